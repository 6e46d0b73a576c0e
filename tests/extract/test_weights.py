"""The weights: made again byte for byte, and refused where they were altered."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import train
from bot.extract.ranker import FILE, WeightsError, weights


def test_training_makes_the_shipped_file_byte_for_byte() -> None:
    assert train.trained().encode("ascii") == FILE.read_bytes(), "run `make train`"


@pytest.mark.parametrize(
    ("altered", "message"),
    [
        (lambda text: text.replace('"bias": ', '"bias": 1', 1), "does not match its hash"),
        (lambda text: text[:-40], "is no weight file"),
        (lambda _: "{}", "is no weight file"),
        (lambda _: "[]", "is no weight file"),
    ],
)
def test_an_altered_file_is_refused_with_a_hint(altered, message: str, tmp_path: Path) -> None:
    path = tmp_path / "weights.json"
    path.write_text(altered(FILE.read_text(encoding="ascii")), encoding="ascii")
    with pytest.raises(WeightsError, match=message) as caught:
        weights(path)
    assert "make train" in caught.value.hint

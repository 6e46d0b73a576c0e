"""The benchmark of attribution: it scores as it says, and tells why a peer was not measured."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import attribution

TEXT = "“No,” Ana Ortega said. “Never,” she added."


def _article(*quotes: tuple[str, str, str | None]) -> dict[str, object]:
    made = []
    for words, speaker, name in quotes:
        start, first = TEXT.index(words), TEXT.index(speaker)
        place = {"text": speaker, "start": first, "end": first + len(speaker)}
        made.append({"start": start, "end": start + len(words), "speaker": place, "speaker_canonical": name})
    return {"id": "a", "text": TEXT, "quotes": made}


GOLD = {"a": _article(("“No,”", "Ana Ortega", "Ana Ortega"), ("“Never,”", "she", "Ana Ortega"))}


def test_the_right_answers_score_one() -> None:
    assert attribution.score(GOLD, GOLD) == (1.0, 1.0, 1.0, 1.0)


def test_a_pronoun_names_nobody() -> None:
    """Marks and punctuation at the edges do not matter; a bare "she" is the right words but no name."""
    found = {"a": _article(("No", "Ortega", None), ("Never", "she", None))}
    assert attribution.score(GOLD, found) == (1.0, 1.0, 1.0, 0.5)


def test_what_is_missing_costs_recall() -> None:
    assert attribution.score(GOLD, {})[1] == 0.0


def test_a_peer_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "articles.jsonl"
    file.write_text(json.dumps(GOLD["a"]) + "\n", encoding="utf-8")
    attribution.main([str(file), "--peers", "nobody"])
    _, ours, peer = capsys.readouterr().out.splitlines()
    assert ours.split()[:4] == ["ours", "1.000", "1.000", "1.000"]
    assert peer.startswith("nobody     not measured: unknown")

"""The floors of attribution, measured on sample articles that the weights in use for each were fitted without.

`attribution.json` holds the floors and the hash of the corpus they were measured on. A floor is raised when figures get
better and lowered only with a reason in the commit.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from benchmarks.heldout import Figures, accuracy, calibration_error, heldout
from bot import samples

BASELINE = json.loads((Path(__file__).parent / "attribution.json").read_text(encoding="utf-8"))


def corpus() -> str:
    """SHA-256 over articles and annotation, in hexadecimal."""
    held = hashlib.sha256()
    for path in sorted([*(samples.ROOT / "articles").glob("*.txt"), *(samples.ROOT / "gold").glob("*.json")]):
        held.update(path.name.encode() + b"\0" + path.read_bytes())
    return held.hexdigest()


@pytest.fixture(scope="module")
def figures() -> Figures:
    return heldout()


def faults(figures: Figures, baseline: dict[str, Any]) -> list[str]:
    """Every figure that is worse than its floor."""
    measured = {
        "spans": figures.spans,
        "speakers": figures.speakers,
        "names": figures.names,
        "names at 90 %": accuracy(figures.judged, 0.9)[0],
        "names at 80 %": accuracy(figures.judged, 0.8)[0],
    }
    below = [f"{name}: {measured[name]:.4f} < {floor}" for name, floor in baseline["at least"].items()
             if measured[name] < floor]  # fmt: skip
    error = calibration_error(figures.judged)
    return below + ([f"calibration: {error:.4f}"] if error > baseline["calibration error at most"] else [])


def test_the_floors_stand_on_this_corpus() -> None:
    assert corpus() == BASELINE["corpus"], "the samples changed: measure again with `python -m benchmarks.heldout`"


def test_no_figure_is_below_its_floor(figures: Figures) -> None:
    assert not faults(figures, BASELINE)


def test_the_gate_notices_worse_figures(figures: Figures) -> None:
    """With every answer wrong and every span lost the gate fails in each figure."""
    wrong = tuple(replace(each, named=False, mentioned=False) for each in figures.judged)
    assert len(faults(replace(figures, right=0, judged=wrong), BASELINE)) == 6

"""Weights over named features, summed: which candidate speaks, and whether anybody does.

The weights are fitted by ``make train`` on the sample articles and stand in ``weights.json``: a readable file whose
``hash`` is the SHA-256 of its other contents, so that a damaged or hand-edited file is noticed when it is loaded.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp
from pathlib import Path

from bot.errors import OnRecordError

FILE = Path(__file__).parent / "weights.json"


@dataclass(frozen=True, slots=True)
class Weights:
    """`speaker` ranks candidates, `speech` tells speech from borrowed words, `referent` ranks who a pronoun is.

    `unnamed` tells a nominal that stands for nobody named from one that stands for somebody. `trust` turns the features
    of a decided speaker into the chance that the name is right, fitted on decisions about articles that the others had
    not seen.
    """

    speaker: dict[str, float]
    speech: dict[str, float]
    referent: dict[str, float]
    unnamed: dict[str, float]
    trust: dict[str, float]
    version: str


class WeightsError(OnRecordError):
    """The weight file cannot be used: it is damaged, of another form, or does not match its own hash."""


_MEND = "Make it again with `make train`, or install the program again."


@lru_cache(maxsize=4)
def weights(path: Path = FILE) -> Weights:
    """The shipped weights. Raises `WeightsError` where the file was altered by hand."""
    try:
        data = json.loads(path.read_text(encoding="ascii"))
        stated = data.pop("hash")
        if digest(data) != stated:
            raise WeightsError(f"{path.name} does not match its hash: it was altered by hand or damaged", hint=_MEND)
        return Weights(**data, version=stated[:12])
    except (ValueError, KeyError, TypeError, AttributeError, OSError) as error:
        raise WeightsError(f"{path.name} is no weight file: {error}", hint=_MEND) from error


def digest(data: dict[str, dict[str, float]]) -> str:
    """The SHA-256 of a weight file's contents without its hash, in hexadecimal."""
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode("ascii")).hexdigest()


def total(features: Sequence[str], weight: dict[str, float]) -> float:
    """The sum of the features' weights; an unknown feature weighs nothing."""
    return sum([weight[name] for name in features if name in weight])


def shares(scores: Sequence[float]) -> list[float]:
    """The scores as probabilities that sum to one."""
    top = max(scores)
    powers = [exp(score - top) for score in scores]
    whole = sum(powers)
    return [power / whole for power in powers]


def chance(score: float) -> float:
    """The probability that a yes-or-no score stands for."""
    return 1.0 / (1.0 + exp(-max(-30.0, min(30.0, score))))

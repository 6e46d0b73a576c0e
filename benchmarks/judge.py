"""One sample article read with given weights, each attribution judged by its annotation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.extract.entities import fold
from bot.extract.language import language
from bot.extract.layers import reading
from bot.extract.ranker import Weights
from bot.extract.speakers import verdicts
from bot.samples import Sample


@dataclass(frozen=True, slots=True)
class Judged:
    """One attributed quotation: how sure the program is, by which features, and whether name and mention are right."""

    confidence: float
    features: tuple[str, ...]
    named: bool
    mentioned: bool


@dataclass(frozen=True, slots=True)
class Article:
    """What one article came to: spans rightly taken for speech, taken, owed; and the attributions of the right ones."""

    right: int
    taken: int
    gold: int
    judged: tuple[Judged, ...]


def judge(sample: Sample, weights: Weights) -> Article:
    """Read a sample and hold it against its annotation."""
    made = reading(sample.text, language("en"))
    answers = {core(sample.text, each.start, each.end): each for each in sample.quotations}
    right = taken = 0
    judged: list[Judged] = []
    for index, (passage, verdict) in enumerate(zip(made.passages, verdicts(made, weights), strict=True)):
        answer = answers.get(core(sample.text, passage.inner_start, passage.inner_end))
        taken += verdict.spoken
        if not verdict.spoken or answer is None or answer.kind == "scare":
            continue
        right += 1
        if answer.speakers and verdict.candidates:
            stream = made.layers[made.parent[index]].stream
            mention = verdict.candidates[0].mention
            start, end = stream.start[mention.first], stream.end[mention.last - 1]
            told = answer.mention
            mentioned = told is not None and start < told[1] and told[0] < end
            named = same(verdict.name, answer.speakers)
            judged.append(Judged(verdict.confidence, tuple(verdict.trust), named, mentioned))
    gold = sum(each.kind != "scare" for each in sample.quotations)
    return Article(right, taken, gold, tuple(judged))


def core(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without the punctuation at its edges: whose stop it is does not matter here."""
    while start < end and not text[start].isalnum():
        start += 1
    while start < end and not text[end - 1].isalnum():
        end -= 1
    return start, end


def same(name: str | None, accepted: Sequence[str]) -> bool:
    """Whether a name is an accepted one: the same words, or one the beginning or end of the other."""
    if name is None:
        return False
    words = [fold(word) for word in name.split()]
    for other in accepted:
        theirs = [fold(word) for word in other.split()]
        size = min(len(words), len(theirs))
        if words[-size:] == theirs[-size:] or words[:size] == theirs[:size]:
            return True
    return False

"""Which quotations are parts of one: split by who said it, or running on over paragraphs.

``"We will wait," she said, "but not for long."`` is one utterance in two parts, and so is the next whole sentence after
the cue: ``"We will wait," she said. "It is late."``. A quotation that no mark closes runs on where the next paragraph
opens with the same mark; block quotations run on from line to line. Fragments in the reporter's sentence do not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.extract.layers import Reading
from bot.extract.marks import Marked
from bot.model import Kind, Quotation

_LONGEST = 240
"""Characters that may stand between two parts: "Ortega told reporters outside the town hall on Monday"."""
_UNFINISHED = frozenset(",;:—–-…")


def numbers(made: Reading, found: Sequence[Quotation]) -> Iterator[int]:
    """The utterance of each quotation, counted from 1 in order of their first parts."""
    latest: dict[int, tuple[int, int]] = {}  # of each layer: the last quotation and its utterance
    count = 0
    for index, quotation in enumerate(found):
        layer = made.parent[index]
        before, number = latest.get(layer, (-1, 0))
        if before < 0 or not _continues(made, found, before, index):
            count += 1
            number = count
        if quotation.kind is not Kind.SCARE:
            latest[layer] = index, number
        yield number


def _continues(made: Reading, found: Sequence[Quotation], before: int, index: int) -> bool:
    if Kind.SCARE in (found[before].kind, found[index].kind):
        return False
    left, right = made.passages[before], made.passages[index]
    between = made.text[left.end : right.start]
    if "\n" in between:
        return _runs_on(left, right, between)
    return _same_speaker(found[before], found[index]) and _split(made, found, before, index, between)


def _runs_on(left: Marked, right: Marked, between: str) -> bool:
    """Whether a passage runs on in the next paragraph."""
    if left.block or right.block:
        return left.block and right.block and between.strip(" \t\n>") == "" and "\n\n" not in between
    return not left.closed and not between.strip() and left.glyph == right.glyph


def _same_speaker(left: Quotation, right: Quotation) -> bool:
    return (
        left.attribution is None or right.attribution is None or left.attribution.speaker == right.attribution.speaker
    )


def _split(made: Reading, found: Sequence[Quotation], before: int, index: int, between: str) -> bool:
    """Whether nothing but the words that say who speaks parts two quotations of one paragraph."""
    if len(between) > _LONGEST or not _cued(found[before], found[index], made, before, index):
        return False
    layer = made.layers[made.parent[before]]
    first, last = layer.place[before] + 1, layer.place[index]
    if layer.stream.sentence[first] != layer.stream.sentence[last - 1]:
        return False
    end = between.rstrip()[-1]
    if end in _UNFINISHED:
        return made.text[made.passages[before].inner_end - 1] not in ".?!"
    return end == "." and found[before].kind is found[index].kind is not Kind.MIXED


def _cued(left: Quotation, right: Quotation, made: Reading, before: int, index: int) -> bool:
    """Whether the cue of one of the two stands between them."""
    start, end = made.passages[before].end, made.passages[index].start
    cues = [quotation.attribution.cue for quotation in (left, right) if quotation.attribution is not None]
    spans = [cue.span for cue in cues if cue is not None and cue.span is not None]
    return any(start <= span.start and span.end <= end for span in spans)

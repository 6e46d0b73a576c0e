"""A claim and wordings of the record as a table: a column each, the same words in the same row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.model import Alignment, Claim, Edit, Op, Variant
from bot.report.diff import CONTEXT_WORDS, CUT, Part, Segment
from bot.text import Word, words

_OPENING = "[(“‘«‹„\"'"

ROW_WORDS = 6
"""Words of the claim in one row, at most, so that a reader finds the other column's words beside them."""


@dataclass(frozen=True, slots=True)
class Row:
    """What stands at one place: the claim's words and, in the order of the variants, theirs; empty where none do."""

    claim: str
    variants: tuple[tuple[Segment, ...], ...]

    @property
    def changed(self) -> bool:
        """Whether a variant differs here."""
        return any(one.part in (Part.YOURS, Part.THEIRS) for cell in self.variants for one in cell)


def rows(claim: Claim, variants: Sequence[Variant]) -> list[Row]:
    """The table, in the order of the claim's words.

    A variant's cell holds all that its text has at that place, with what it leaves out or replaces marked `Part.YOURS`.
    """
    ours = words(claim.text)
    columns = [_Column(claim.text, ours, variant) for variant in variants]
    made = []
    for start, end in _places(len(ours), [variant.alignment for variant in variants]):
        said = _slice(claim.text, ours, start, end)
        made.append(Row(said, tuple(tuple(column.cell(start, end)) for column in columns)))
    return [row for row in made if row.claim or any(row.variants)]


def _places(length: int, alignments: Sequence[Alignment]) -> Iterator[tuple[int, int]]:
    """Ranges of the claim's words, in order: an empty one for what stands between two words, then the words."""
    borders, closed = {0, length}, set()
    for edit in (edit for alignment in alignments for edit in alignment.edits):
        borders |= set(edit.claim)
        if edit.op is not Op.EQUAL:
            closed |= set(range(edit.claim[0] + 1, edit.claim[1]))
    for start, end in pairwise(sorted(borders - closed)):
        yield (start, start)
        steps = [start, *(at for at in range(start + ROW_WORDS, end - 1, ROW_WORDS) if at not in closed), end]
        yield from pairwise(steps)
    yield (length, length)


@dataclass(frozen=True, slots=True)
class _Column:
    claim: str
    ours: list[Word]
    variant: Variant

    def cell(self, start: int, end: int) -> Iterator[Segment]:
        """What the variant has beside the claim's words from `start` to `end`."""
        for edit in self.variant.alignment.edits:
            first, last = edit.claim
            if edit.op is Op.EQUAL:
                stands_here = first < end and start < last and start < end and not edit.outside
            else:
                stands_here = start <= first and last <= end and (first < last) == (start < end)
            if stands_here:
                yield from self._segments(edit, max(start, first), min(end, last))

    def _segments(self, edit: Edit, start: int, end: int) -> Iterator[Segment]:
        theirs = words(self.variant.text)
        if edit.op is Op.EQUAL:
            shift = edit.witness[0] - edit.claim[0]
            yield Segment(Part.SAME, _slice(self.variant.text, theirs, start + shift, end + shift))
            return
        if start < end and edit.op in (Op.DELETE, Op.REPLACE):
            yield Segment(Part.MARKED if edit.marked else Part.YOURS, _slice(self.claim, self.ours, start, end))
        if edit.witness[0] < edit.witness[1]:
            text = _slice(self.variant.text, theirs, *edit.witness)
            if edit.outside:
                yield Segment(Part.CONTEXT, _near(text, before=start == 0))
            else:
                yield Segment(Part.MARKED if edit.marked else Part.THEIRS, text)


def _slice(text: str, found: list[Word], start: int, end: int) -> str:
    """The text of some words, with the marks that open before the first and those behind the last."""
    if start >= end:
        return ""
    stop = _opening(text, found[end].start) if end < len(found) else len(text)
    return text[_opening(text, found[start].start) : max(stop, found[end - 1].end)].strip()


def _opening(text: str, at: int) -> int:
    """Where the brackets and quotation marks begin that open right before a word."""
    while at and text[at - 1] in _OPENING:
        at -= 1
    return at


def _near(text: str, *, before: bool) -> str:
    """The few words of what stands around the claim's that are next to them."""
    pieces = text.split()
    if len(pieces) <= CONTEXT_WORDS:
        return text
    return f"{CUT} {' '.join(pieces[-CONTEXT_WORDS:])}" if before else f"{' '.join(pieces[:CONTEXT_WORDS])} {CUT}"

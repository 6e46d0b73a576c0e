"""One variant's wording as segments: what is the same, what only the claim has, what only the outlet has.

The segments are markup-free, so that terminal, card, sheet and picture mark the same difference in their own way.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.model import Alignment, Claim, Edit, Op, Variant
from bot.text import Word, words


class Part(StrEnum):
    """What a segment is to the reader."""

    SAME = "same"
    CONTEXT = "context"  # the outlet's words before and after what the claim covers
    YOURS = "yours"  # only in the claim
    THEIRS = "theirs"  # only in the outlet's wording
    MARKED = "marked"  # a difference that one of the texts marks itself: a gap, brackets


LEGEND = {Part.YOURS: "card.yours", Part.THEIRS: "card.theirs", Part.MARKED: "card.marked"}
"""The parts that a reader needs explained, and under which key of the catalogue."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text of one part; white space between segments belongs to the one before."""

    part: Part
    text: str


CONTEXT_WORDS = 6
"""How many unchanged words are kept on each side of a change."""

CUT = "…"


def segments(claim: Claim, variant: Variant) -> list[Segment]:
    """The variant's wording against the claim's, in reading order, unchanged stretches whole."""
    return _bracketed(_merge(_walk(claim.text, variant.text, variant.alignment)))


def shortened(parts: list[Segment], keep: int = CONTEXT_WORDS) -> list[Segment]:
    """The same with each unchanged stretch cut to `keep` words beside a change and an ellipsis for the rest."""
    result = []
    for at, segment in enumerate(parts):
        if segment.part in (Part.SAME, Part.CONTEXT):
            limit = keep if segment.part is Part.CONTEXT else 2 * keep
            text = _cut(segment.text, keep, limit, first=at == 0, last=at == len(parts) - 1)
            result.append(Segment(segment.part, text))
        else:
            result.append(segment)
    return result


def marked_up(parts: list[Segment]) -> str:
    """The segments as text that needs no colour: ``[-only in the claim-] {+only in the outlet+}``."""
    brackets = {Part.YOURS: ("[-", "-]"), Part.THEIRS: ("{+", "+}"), Part.MARKED: ("{~", "~}")}
    shown = []
    for segment in parts:
        opening, closing = brackets.get(segment.part, ("", ""))
        bare = segment.text.rstrip()
        shown.append(f"{opening}{bare}{closing}{segment.text[len(bare) :]}")
    return "".join(shown).strip()


def _walk(claim: str, witness: str, alignment: Alignment) -> Iterator[Segment]:
    ours, theirs = words(claim), words(witness)
    cursor = 0
    for edit in alignment.edits:
        if edit.outside and edit.op is Op.EQUAL:
            continue
        following = edit.witness[0] < len(theirs)
        start = max(cursor, theirs[edit.witness[0]].start) if following else cursor
        yield Segment(Part.SAME, witness[cursor:start])
        cursor = start
        if edit.claim[1] > edit.claim[0] and edit.op in (Op.DELETE, Op.REPLACE):
            yours = _slice(claim, ours, edit.claim)
            lead = "" if following or not cursor else " "
            yield Segment(Part.SAME, lead)
            yield Segment(Part.MARKED if edit.marked else Part.YOURS, yours + (" " if following else ""))
        if edit.witness[1] > edit.witness[0]:
            cursor = max(start, theirs[edit.witness[1] - 1].end)
            yield Segment(_part(edit), witness[start:cursor])
    yield Segment(Part.CONTEXT, witness[cursor:])


def _part(edit: Edit) -> Part:
    if edit.op is Op.EQUAL:
        return Part.SAME
    if edit.outside:
        return Part.CONTEXT
    return Part.MARKED if edit.marked else Part.THEIRS


def _slice(text: str, found: list[Word], bounds: tuple[int, int]) -> str:
    return text[found[bounds[0]].start : found[bounds[1] - 1].end]


def _merge(parts: Iterator[Segment]) -> list[Segment]:
    """Neighbours of one part put together; the outlet's text without a letter joins its text before."""
    merged: list[Segment] = []
    for segment in parts:
        if not segment.text:
            continue
        blank = not any(char.isalnum() for char in segment.text)
        outlets = segment.part in (Part.SAME, Part.CONTEXT) and bool(merged) and merged[-1].part is not Part.YOURS
        if merged and (merged[-1].part is segment.part or (blank and outlets)):
            merged[-1] = Segment(merged[-1].part, merged[-1].text + segment.text)
        else:
            merged.append(segment)
    return merged


def _bracketed(parts: list[Segment]) -> list[Segment]:
    """The same with an opening bracket that stands before a marked difference taken into it, as its end is."""
    for at, segment in enumerate(parts[1:], 1):
        before = parts[at - 1]
        if segment.part is Part.MARKED and before.text.endswith(("[", "(")):
            parts[at - 1] = Segment(before.part, before.text[:-1])
            parts[at] = Segment(segment.part, before.text[-1] + segment.text)
    return [segment for segment in parts if segment.text]


def _cut(text: str, keep: int, limit: int, *, first: bool, last: bool) -> str:
    """`text` with its middle, or its far end where only one side touches a change, left out."""
    pieces = text.split()
    if len(pieces) <= limit or (first and last):
        return text
    space = text[len(text.rstrip()) :]
    if first:
        return f"{CUT} {' '.join(pieces[-keep:])}{space}"
    if last:
        return f"{' '.join(pieces[:keep])} {CUT}"
    lead = text[: len(text) - len(text.lstrip())]
    return f"{lead}{' '.join(pieces[:keep])} {CUT} {' '.join(pieces[-keep:])}{space}"

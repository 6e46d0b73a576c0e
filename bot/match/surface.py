"""Equal words that are written otherwise: typography, spelling, another format of the same number."""

from __future__ import annotations

from collections.abc import Iterator

from bot.match import policy
from bot.model import Edit, Finding, FindingClass, Op, Span
from bot.text import Word, plain_letters


def written_otherwise(
    claim: str, witness: str, ours: list[Word], theirs: list[Word], edits: tuple[Edit, ...]
) -> Iterator[Finding]:
    """One finding for each run of equal words whose letters differ; typography is told once, at its first place."""
    told = False
    for edit in edits:
        if edit.op is not Op.EQUAL:
            continue
        for place in range(edit.claim[1] - edit.claim[0]):
            one, other = ours[edit.claim[0] + place], theirs[edit.witness[0] + place]
            yours, held = claim[one.start : one.end], witness[other.start : other.end]
            if yours == held:
                continue
            cls = _class(yours, held)
            if cls is FindingClass.TYPOGRAPHY and told:
                continue
            told = told or cls is FindingClass.TYPOGRAPHY
            yield Finding(
                cls=cls,
                severity=policy.severity(cls),
                claim_span=Span(one.start, one.end),
                witness_span=Span(other.start, other.end),
                claim=yours,
                witness=held,
            )


def _class(one: str, other: str) -> FindingClass:
    if _letters(one) == _letters(other):
        return FindingClass.TYPOGRAPHY
    if any(char.isdecimal() for char in one + other):
        return FindingClass.NUMBER_FORMAT
    same = plain_letters(one) == plain_letters(other)
    return FindingClass.TYPOGRAPHY if same and one.isascii() == other.isascii() else FindingClass.SPELLING


def _letters(written: str) -> str:
    """Letters and figures alone, without case: marks, stops and hyphens are typography."""
    return "".join(char for char in written if char.isalnum()).casefold()

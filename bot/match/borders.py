"""What lies before the first and after the last word in common: trimmed, cropped, or an overlap of two texts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.match import lexicon, policy
from bot.match.findings import finding, sentence_ends
from bot.model import Edit, Finding, FindingClass, Kind, Span, Witness
from bot.text import Word, words

_SENTENCE_END = re.compile(r"[.!?]['\"”’)\]]*\s*$")


def borders(
    claim: str, witness: Witness, ours: list[Word], theirs: list[Word], edits: tuple[Edit, ...]
) -> Iterator[Finding]:
    """The findings about what the alignment leaves outside on either side."""
    mine = [edit for edit in edits if edit.outside and edit.claim[0] < edit.claim[1]]
    held = [edit for edit in edits if edit.outside and edit.witness[0] < edit.witness[1]]
    for edit in mine:
        cls = FindingClass.OVERLAP
        yield finding(cls, policy.severity(cls), edit, claim, witness.text, ours, theirs)
    if held and not mine:
        cls = FindingClass.TRIM
        yield finding(cls, policy.severity(cls), held[0], claim, witness.text, ours, theirs)
    yield from _cropped(claim, witness, ours, theirs, edits)


def _cropped(
    claim: str, witness: Witness, ours: list[Word], theirs: list[Word], edits: tuple[Edit, ...]
) -> Iterator[Finding]:
    """A claim that begins just after, or stops just before, a word that qualifies it."""
    first, last = edits[0], edits[-1]
    if first.claim[0] == first.claim[1] and first.outside and (place := _before(witness.text, theirs, first.witness)):
        yield _crop(claim, witness.text, ours, theirs, Edit(first.op, (0, 0), place))
    elif not first.outside and (qualifier := _qualified(witness)):
        yield Finding(
            cls=FindingClass.CROPPED,
            severity=policy.severity(FindingClass.CROPPED),
            claim_span=Span(0, 0),
            witness_span=None,
            claim="",
            witness=qualifier,
        )
    if last.claim[0] == last.claim[1] and last.outside and (place := _after(witness.text, theirs, last.witness)):
        yield _crop(claim, witness.text, ours, theirs, Edit(last.op, (len(ours), len(ours)), place))


def _crop(claim: str, witness: str, ours: list[Word], theirs: list[Word], edit: Edit) -> Finding:
    cls = FindingClass.CROPPED
    return finding(cls, policy.severity(cls), edit, claim, witness, ours, theirs)


def _before(text: str, theirs: list[Word], flank: tuple[int, int]) -> tuple[int, int] | None:
    """The qualifier at the end of the flank before, if there is one and no sentence ends behind it."""
    at = flank[1] - 1
    if theirs[at].text not in lexicon.PRECEDING or flank[1] >= len(theirs):
        return None
    return None if sentence_ends(text, theirs[at], theirs[flank[1]]) else (at, at + 1)


def _after(text: str, theirs: list[Word], flank: tuple[int, int]) -> tuple[int, int] | None:
    """The qualification that follows: from its first word to the end of the clause, at most eight words."""
    at = flank[0]
    apart = at > 0 and sentence_ends(text, theirs[at - 1], theirs[at])
    listed = lexicon.NEXT_SENTENCE if apart else lexicon.FOLLOWING
    joining = ("and", "or", "but") if apart else ("and", "or")
    if at + 1 < flank[1] and theirs[at].text in joining and theirs[at + 1].text in lexicon.LIMITS:
        at += 1
    if theirs[at].text not in listed:
        return None
    end = at + 1
    while end < min(flank[1], at + 8) and not re.search(r"[.!?;]", text[theirs[end - 1].end : theirs[end].start]):
        end += 1
    return at, end


def _qualified(witness: Witness) -> str:
    """The negation or hedge that the reporter's sentence sets just before a fragment, as printed, or nothing."""
    if witness.kind is not Kind.MIXED:
        return ""
    lead = words(witness.before[-40:])
    if not lead or lead[-1].text not in lexicon.PRECEDING:
        return ""
    tail = witness.before[-40:][lead[-1].start :]
    return "" if _SENTENCE_END.search(tail.rstrip("\"'“‘« ")) else tail.strip(" \"'“‘«")

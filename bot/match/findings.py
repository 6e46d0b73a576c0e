"""What an alignment comes to: one finding for each changed place between the first and the last word in common."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.match import lexicon, policy
from bot.match.change import Around, Change, around
from bot.match.classes import classify
from bot.model import Edit, Finding, FindingClass, Op, Span, Witness
from bot.text import Mark, Word

_SENTENCE_END = re.compile(r"[.!?…:]['\"”’)\]]*\s*$")


def changes(
    witness: Witness, ours: list[Word], theirs: list[Word], edits: tuple[Edit, ...]
) -> Iterator[tuple[Edit, FindingClass, int]]:
    """Each changed place with its class and severity; what lies outside is for `bot.match.borders`."""
    proper, indirect = names(witness.text, theirs), witness.kind.own
    inner = [edit for edit in edits if edit.op is not Op.EQUAL and not edit.outside]
    for edit in inner:
        mine, held = _texts(ours, edit.claim), _texts(theirs, edit.witness)
        if edit.op is Op.MOVE:
            if mine:
                yield edit, FindingClass.REORDER, policy.severity(FindingClass.REORDER)
            continue
        if edit.marked:
            cls = _marked(ours, theirs, edit)
            hidden = held if cls is FindingClass.ELISION and _gaps(ours, edit.claim) else (*mine, *held)
            yield edit, cls, policy.severity(cls, [word for word in hidden if word != "…"], proper)
            continue
        if _skips(witness.text, theirs, edit):
            yield edit, FindingClass.SPLICE, policy.severity(FindingClass.SPLICE)
            continue
        change = Change(
            mine, held, _elsewhere(edit, inner, ours, theirs), proper, _around(edit, ours, theirs), indirect
        )
        cls = classify(change)
        yield edit, cls, policy.severity(cls, _differing(mine, held), proper)


def finding(
    cls: FindingClass, gravity: int, edit: Edit, claim: str, witness: str, ours: list[Word], theirs: list[Word]
) -> Finding:
    """The finding at an edit, with the words as printed on both sides."""
    mine, held = extent(ours, edit.claim, len(claim)), extent(theirs, edit.witness, len(witness))
    return Finding(
        cls=cls, severity=gravity, claim_span=mine, witness_span=held, claim=mine.of(claim), witness=held.of(witness)
    )


def extent(words: list[Word], bounds: tuple[int, int], end: int) -> Span:
    """The characters of a stretch of words; where it is empty, the place where the next word begins."""
    if bounds[0] < bounds[1]:
        return Span(words[bounds[0]].start, words[bounds[1] - 1].end)
    at = words[bounds[0]].start if bounds[0] < len(words) else end
    return Span(at, at)


def names(text: str, words: list[Word]) -> frozenset[str]:
    """The folded words of a text that are proper names: capital letters where no sentence begins, and known places."""
    found = set()
    for at, word in enumerate(words):
        if word.text in lexicon.PLACES:
            found.add(word.text)
        if not text[word.start].isupper() or word.text in lexicon.FUNCTION_WORDS or word.text in lexicon.CALENDAR:
            continue
        lead = text[words[at - 1].end : word.start] if at else ""
        if at and not _SENTENCE_END.search(lead) and not any(mark in lead for mark in "\"“‘'\n"):
            found.add(word.text)
    return frozenset(found)


def _skips(witness: str, theirs: list[Word], edit: Edit) -> bool:
    """Whether the claim passes over a long stretch, and a sentence's end in it, without a mark."""
    start, end = edit.witness
    if edit.claim[0] < edit.claim[1] or end - start < policy.LONG_SKIP:
        return False
    seams = zip(theirs[start - 1 : end], theirs[start : end + 1], strict=False)
    return any(sentence_ends(witness, left, right) for left, right in seams)


def sentence_ends(text: str, left: Word, right: Word) -> bool:
    """Whether a sentence ends between two words; at the seam of a split quotation only a capital letter tells."""
    between = text[left.end : right.start]
    capital = text[right.start].isupper() and right.text in lexicon.FUNCTION_WORDS and right.text != "i"
    return bool(_SENTENCE_END.search(between)) or ("," in between and capital)


def _texts(words: list[Word], bounds: tuple[int, int]) -> tuple[str, ...]:
    return tuple(word.text for word in words[bounds[0] : bounds[1]])


def _gaps(words: list[Word], bounds: tuple[int, int]) -> bool:
    return any(word.mark is Mark.GAP for word in words[bounds[0] : bounds[1]])


def _marked(ours: list[Word], theirs: list[Word], edit: Edit) -> FindingClass:
    gap = _gaps(ours, edit.claim) or _gaps(theirs, edit.witness)
    return FindingClass.ELISION if gap else FindingClass.BRACKET


def _elsewhere(edit: Edit, inner: list[Edit], ours: list[Word], theirs: list[Word]) -> frozenset[str]:
    """Words of this change that stand in another changed place of the other side."""
    others = [other for other in inner if other is not edit]
    gone = {word for other in others for word in _texts(theirs, other.witness)}
    come = {word for other in others for word in _texts(ours, other.claim)}
    return frozenset((gone & set(_texts(ours, edit.claim))) | (come & set(_texts(theirs, edit.witness))))


def _around(edit: Edit, ours: list[Word], theirs: list[Word]) -> Around:
    return (*around(ours, edit.claim), *around(theirs, edit.witness))


def _differing(mine: tuple[str, ...], held: tuple[str, ...]) -> list[str]:
    """The words that only one side has."""
    return [word for word in (*mine, *held) if (word in mine) != (word in held)]

"""The best local chain of equal runs between two word lists: what an alignment hangs on.

A run is a stretch of words that are the same on both sides. The chain takes runs in order on both sides, gains their
words and pays for what it jumps over; it begins and ends where it likes, so that an overlap in the middle of two texts
is found as well as a whole quotation. Marked gaps and bracketed words are jumped over for nothing.

The price is affine with a ceiling: one changed word must not break a chain, a long omission must be bridged when enough
stands behind it, and a lone "the" far away must not be reached for.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from bot.match.lexicon import FUNCTION_WORDS
from bot.text import Mark, Word

GAIN, FUNCTION_GAIN = 1.0, 0.6
OPEN, STEP, CEILING = 0.4, 0.12, 3.0
REACH = 0.5  # for a chain that begins or ends where the claim does
MOST_RUNS = 160
"""Chaining is quadratic in the runs: of more than these, the shortest are not considered."""


Run = tuple[int, int, int]
"""Where equal words begin in the claim and in the witness, and how many they are."""

Links = list[tuple[int, int]]
_WORD, _GAP = Mark.WORD, Mark.GAP


class Side(NamedTuple):
    """What the chain needs to know of one text: prefix sums over its words, `None` where nothing is marked."""

    plain: list[int] | None  # words that must be paid for
    gaps: list[int] | None

    @classmethod
    def of(cls, words: Sequence[Word]) -> Side:
        """The sums of a list of words."""
        marks = [word.mark for word in words]
        if marks.count(_WORD) == len(marks):
            return cls(None, None)
        plain = list(accumulate([mark is _WORD for mark in marks], initial=0))
        return cls(plain, list(accumulate([mark is _GAP for mark in marks], initial=0)))


def runs(claim: Sequence[str], witness: Sequence[str]) -> list[Run]:
    """Every longest stretch of equal words, in order of its end in the claim."""
    places: dict[str, list[int]] = {}
    for at, word in enumerate(witness):
        if word in places:
            places[word].append(at)
        else:
            places[word] = [at]
    found: list[Run] = []
    growing: dict[int, int] = {}  # place behind a run in the witness -> its length
    for at, word in enumerate(claim):
        here: dict[int, int] = {}
        for place in places.get(word, ()):
            here[place + 1] = growing.pop(place, 0) + 1
        for end, length in growing.items():
            found.append((at - length, end - length, length))
        growing = here
    for end, length in growing.items():
        found.append((len(claim) - length, end - length, length))
    return found


def gains(claim: Sequence[str]) -> list[float]:
    """What the words up to each place are worth when aligned."""
    return list(accumulate([FUNCTION_GAIN if word in FUNCTION_WORDS else GAIN for word in claim], initial=0.0))


def best(found: list[Run], worth: list[float], ours: Side, theirs: Side) -> tuple[list[Run], float]:
    """The runs of the best chain, cut where they overlap, and its score; nothing where nothing is equal."""
    found = _fewer(found, worth)
    scores: list[float] = []
    links: Links = []  # the run before and how many words are cut off the start
    if ours.plain is None and theirs.plain is None:
        for at in range(len(found)):
            _extend(at, found, worth, scores, links)
    else:
        for at in range(len(found)):
            _extend_marked(at, found, worth, scores, links, ours, theirs)
    if not scores:
        return [], 0.0
    whole = len(worth) - 1
    ends = [score + (REACH if run[0] + run[2] == whole else 0.0) for score, run in zip(scores, found, strict=True)]
    top = max(ends)
    return _trace(ends.index(top), found, links), top


def _fewer(found: list[Run], worth: list[float]) -> list[Run]:
    if len(found) <= MOST_RUNS:
        return found
    ranked = sorted(found, key=lambda run: worth[run[0]] - worth[run[0] + run[2]])[:MOST_RUNS]
    return sorted(ranked, key=lambda run: (run[0] + run[2], run[1]))


def _extend(at: int, found: list[Run], worth: list[float], scores: list[float], links: Links) -> None:
    """Add the best score of a chain that ends with run `at`, and its link to the run before."""
    start, other, length = found[at]
    end = worth[start + length]
    top, link = end - worth[start] + (0.0 if start else REACH), (-1, 0)
    for before in range(at - 1, -1, -1):
        first, second, size = found[before]
        over, jump = start - first - size, other - second - size
        cut = -over if over < jump else -jump
        if cut >= length:
            continue
        cut = max(cut, 0)
        price = OPEN + STEP * ((over if over > jump else jump) + cut)
        score = scores[before] + end - worth[start + cut] - (price if price < CEILING else CEILING)
        if score > top:
            top, link = score, (before, cut)
    scores.append(top)
    links.append(link)


def _extend_marked(
    at: int, found: list[Run], worth: list[float], scores: list[float], links: Links, ours: Side, theirs: Side
) -> None:
    """As `_extend`, where marked gaps and brackets are free."""
    start, other, length = found[at]
    end = worth[start + length]
    top, link = end - worth[start] + (0.0 if start else REACH), (-1, 0)
    for before in range(at - 1, -1, -1):
        first, second, size = found[before]
        cut = max(first + size - start, second + size - other, 0)
        if cut >= length:
            continue
        over, ours_gap = _between(ours, first + size, start + cut)
        jump, theirs_gap = _between(theirs, second + size, other + cut)
        wide = max(0 if theirs_gap else over, 0 if ours_gap else jump)
        price = min(OPEN + STEP * wide, CEILING) if wide else 0.0
        score = scores[before] + end - worth[start + cut] - price
        if score > top:
            top, link = score, (before, cut)
    scores.append(top)
    links.append(link)


def _between(side: Side, start: int, end: int) -> tuple[int, bool]:
    """How many plain words stand between two places, and whether a marked gap does."""
    if side.plain is None or side.gaps is None:
        return end - start, False
    return side.plain[end] - side.plain[start], side.gaps[end] > side.gaps[start]


def _trace(at: int, found: list[Run], links: Links) -> list[Run]:
    chain: list[Run] = []
    while at >= 0:
        (claim, witness, length), (before, cut) = found[at], links[at]
        chain.append((claim + cut, witness + cut, length - cut))
        at = before
    return chain[::-1]

"""The passages to compare a claim with: found by the whole claim, or window by window where it is long."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bot.errors import ClaimError
from bot.model import Candidates, Claim, Witness
from bot.text import Mark, Word, words

Find = Callable[[str, int], Candidates]
"""Retrieval: the candidates for a text, at most so many distinct wordings."""

MOST_WORDS = 2_000
"""Longer claims are articles, not quotes."""

CANDIDATES = 24
WINDOW, STEP = 60, 45
"""Words of a long claim that are looked up at once, and from one window to the next."""


def folded(claim: Claim) -> list[Word]:
    """The claim's words. Raises `ClaimError` where there is nothing to check, or too much."""
    found = words(claim.text)
    if not any(word.mark is not Mark.GAP for word in found):
        raise ClaimError(
            "There are no words in this quote.", hint="Give the words that were said, for example: “all is well”."
        )
    if len(found) > MOST_WORDS:
        raise ClaimError(
            f"This quote has {len(found):,} words; at most {MOST_WORDS:,} can be checked at once.",
            hint="Check the passage in question alone, or cut the text into quotes and check them in bulk.",
        )
    return found


def gather(claim: str, ours: list[Word], find: Find) -> Candidates:
    """All candidates for a claim, each witness once, likeliest first."""
    if len(ours) <= WINDOW:
        return find(claim, CANDIDATES)
    parts = [find(claim[start:end], CANDIDATES // 3) for start, end in _windows(ours)]
    witnesses: dict[int, Witness] = {}
    weight: dict[str, float] = {}
    for part in parts:
        witnesses.update({witness.id: witness for witness in part.witnesses})
        weight.update(part.weight)
    return Candidates(tuple(witnesses.values()), weight, passages=max(part.passages for part in parts))


def _windows(ours: list[Word]) -> Iterator[tuple[int, int]]:
    """The characters of each window."""
    for start in range(0, max(len(ours) - WINDOW + STEP, 1), STEP):
        part = ours[start : start + WINDOW]
        yield part[0].start, part[-1].end

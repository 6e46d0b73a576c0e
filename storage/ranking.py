"""Which of a few passages carry a claim best: word by word, each word weighed by how much it tells."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from rapidfuzz.distance import LCSseq

from storage.features import Ids

_COVERED, _UNBROKEN, _ALIKE = 0.80, 0.08, 0.12  # shares of the score; see `score`
_MANY = 8  # wordings behind which one has to be more alike
_EVERY_WORD = 0.15  # even "the" is a word that agrees


class Ranker:
    """Scores wordings against one claim, given as numbered words with the rarity of each, 0 to 1."""

    def __init__(self, claim: Ids, rarity: Sequence[float]) -> None:
        self._claim = array("I", claim.tobytes())
        self._bytes = claim.tobytes()
        self._weights = [_EVERY_WORD + rare for rare in rarity]
        self._total = sum(self._weights)

    def score(self, wording: bytes) -> float:
        """0 to 1: mostly the weighed share of the claim's words that stand in the wording in the same order.

        Runs of two words and more, and a wording of the claim's own length, are the lesser parts.
        """
        words = array("I", wording)
        covered, unbroken, equal = 0.0, 0, 0
        for block in LCSseq.opcodes(self._claim, words).as_matching_blocks():
            covered += sum(self._weights[block.a : block.a + block.size])
            equal += block.size
            unbroken += block.size if block.size > 1 else 0
        length = len(self._claim)
        return (
            _COVERED * covered / self._total
            + _UNBROKEN * unbroken / length
            + _ALIKE * 2 * equal / (length + len(words))
        )

    def carried(self, wording: bytes) -> bool:
        """Whether the wording holds the claim's words in one piece."""
        at = wording.find(self._bytes)
        while at >= 0 and at % 4:
            at = wording.find(self._bytes, at + 1)
        return at >= 0


def best(scored: Sequence[tuple[float, int]], limit: int, share: float) -> list[int]:
    """The identifiers of at most `limit` wordings that score at least `share` of the best score, best first.

    Those behind the eighth have to score twice as much: where so many are better, they are there by chance.
    """
    ranked = sorted(scored, key=lambda pair: (-pair[0], pair[1]))[:limit]
    return [
        wording
        for at, (points, wording) in enumerate(ranked)
        if points >= share * (1 if at < _MANY else 2) * ranked[0][0]
    ]

"""How much speaks for a witness carrying a claim: the information in their common words, and how these hang together.

The unit is the nat: a word that stands in one of a thousand passages brings ln(1000), about 7. A word counts once: a
passage that has it once has it again too easily.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from bot.match import policy
from bot.model import Alignment, Op
from bot.text import Mark, Word


@dataclass(frozen=True, slots=True)
class Evidence:
    """`information`: nats of the common words; `share`: of the claim's, 0 to 1.

    `mutual`: share of the witness's words that are common; `loose`: by how many words the sides differ where the common
    words stop and go on again without a mark, for each common word; `variety`: the claim's distinct words to all its
    words, for a text that repeats itself tells less than its words seem to; `passages`: how many were looked through.
    """

    information: float
    share: float
    mutual: float
    loose: float = 0.0
    variety: float = 1.0
    passages: int = 0

    @property
    def strength(self) -> float:
        """The log-odds that both render one utterance."""
        told = self.information * self.variety**2
        return policy.strength(told, self.alike, self.loose, self.passages)

    @property
    def alike(self) -> float:
        """The harmonic mean of what is common of the claim and of the witness, 0 to 1."""
        whole = self.share + self.mutual
        return 2 * self.share * self.mutual / whole if whole else 0.0

    @property
    def asserts(self) -> bool:
        """Whether the witness carries the claim."""
        return self.share >= policy.WHOLE or self.strength >= policy.ASSERTED

    @property
    def suggests(self) -> bool:
        """Whether the witness is possibly the same utterance."""
        return self.share >= policy.RELATED_SHARE and self.strength >= policy.POSSIBLE


def tell(words: Sequence[Word], weight: Mapping[str, float]) -> dict[str, float]:
    """What each distinct word of a claim is worth; what is marked as another's, or unknown, is worth nothing."""
    return {word.text: weight.get(word.text, 0.0) for word in words if word.mark is Mark.WORD}


def variety(words: Sequence[Word]) -> float:
    """How many of a claim's words are distinct, 0 to 1."""
    said = [word.text for word in words if word.mark is Mark.WORD]
    return len(set(said)) / len(said) if said else 1.0


def evidence(words: Sequence[Word], alignment: Alignment, weight: Mapping[str, float], passages: int = 0) -> Evidence:
    """What the alignment of a claim's words with one of so many passages says."""
    worth = tell(words, weight)
    common: set[str] = set()
    same = skipped = 0
    for edit in alignment.edits:
        if edit.op is Op.EQUAL or edit.op is Op.MOVE:
            equal = [word.text for word in words[edit.claim[0] : edit.claim[1]] if word.text in worth]
            common.update(equal)
            same += len(equal)
        elif not edit.outside and not edit.marked:
            skipped += abs(edit.claim[1] - edit.claim[0] - edit.witness[1] + edit.witness[0])
    information = fsum(worth.get(word, 0.0) for word in common)  # the same in whatever order a set has
    total = sum(worth.values())
    mutual = same / max(alignment.edits[-1].witness[1], 1) if alignment.edits else 0.0
    share = information / total if total else 0.0
    return Evidence(information, share, mutual, skipped / max(same, 1), variety(words), passages)

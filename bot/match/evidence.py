"""How much speaks for a witness carrying a claim: the information in their common words.

The unit is the nat: a word that stands in one of a thousand passages brings ln(1000), about 7.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.match import policy
from bot.model import Alignment, Op
from bot.text import Mark, Word


@dataclass(frozen=True, slots=True)
class Evidence:
    """`information`: nats of the common words less an eighth of those changed; `share`: of the claim's, 0 to 1."""

    information: float
    share: float

    @property
    def asserts(self) -> bool:
        """Whether the witness carries the claim."""
        carries = self.share >= policy.LEAST_SHARE and self.information >= policy.ENOUGH
        mostly = self.share >= policy.HALF and self.information >= policy.ENOUGH_OF_HALF
        return self.share >= policy.WHOLE or carries or mostly

    @property
    def suggests(self) -> bool:
        """Whether the witness is possibly the same utterance."""
        return self.information >= policy.POSSIBLE and self.share >= policy.POSSIBLE_SHARE


def evidence(words: Sequence[Word], alignment: Alignment, weight: Mapping[str, float]) -> Evidence:
    """What the alignment of a claim's words says; a word that `weight` does not know weighs nothing."""
    worth = [0.0 if word.mark is not Mark.WORD else weight.get(word.text, 0.0) for word in words]
    common = changed = 0.0
    for edit in alignment.edits:
        part = sum(worth[edit.claim[0] : edit.claim[1]])
        if edit.op is Op.EQUAL or edit.op is Op.MOVE:
            common += part
        elif not edit.outside and not edit.marked:
            changed += part
    return Evidence(common - policy.CHANGED * changed, common / sum(worth) if sum(worth) else 0.0)

"""A claim on its way through its candidates: each is compared only if it could still matter, and each wording once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from math import fsum

from bot.match.compare import Comparison, compared
from bot.match.evidence import Evidence, tell, variety
from bot.model import Kind, Witness
from bot.text import Word, fold

_Key = tuple[str, Kind, str]


@dataclass(slots=True)
class Trial:
    """A claim, its folded words, the information of each word in nats, and how many passages are looked through."""

    claim: str
    ours: list[Word]
    weight: Mapping[str, float]
    passages: int = 0
    worth: dict[str, float] = field(init=False)
    total: float = field(init=False)
    variety: float = field(init=False)
    _most: dict[str, Evidence] = field(init=False, default_factory=dict)
    _known: dict[_Key, Comparison] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.worth = tell(self.ours, self.weight)
        self.total = sum(self.worth.values())
        self.variety = variety(self.ours)

    def most(self, witness: Witness) -> Evidence:
        """What the witness can say for the claim at the very most: all words in common, unbroken.

        Takes a twentieth of the time of a comparison, and spares most of them.
        """
        known = self._most.get(witness.text)
        if known is None:
            theirs = fold(witness.text)
            shared = [word for word in theirs if word in self.worth]
            common = fsum(map(self.worth.__getitem__, set(shared)))
            share = common / self.total if self.total else 0.0
            mutual = len(shared) / len(theirs) if theirs else 0.0
            known = Evidence(common, share, mutual, 0.0, self.variety, self.passages)
            self._most[witness.text] = known
        return known

    def compare(self, witness: Witness) -> Comparison:
        """The claim against one witness; witnesses of one wording in one context are compared once."""
        key = (witness.text, witness.kind, witness.before[-40:] if witness.kind is Kind.MIXED else "")
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = compared(self.claim, self.ours, witness, self.weight, self.passages)
        return known if known.witness is witness else replace(known, witness=witness)

    def against(self, witnesses: Iterable[Witness]) -> list[Comparison]:
        """The claim against each witness."""
        return [self.compare(witness) for witness in witnesses]

"""One claim against one witness: alignment, findings, wording, evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.match import policy
from bot.match.align import align
from bot.match.borders import borders
from bot.match.evidence import Evidence, evidence
from bot.match.findings import changes, finding
from bot.match.surface import written_otherwise
from bot.model import Alignment, Claim, Edit, Finding, FindingClass, Op, Span, Witness, Wording
from bot.text import Word, words


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a claim and a witness have in common, and each difference."""

    witness: Witness
    alignment: Alignment
    findings: tuple[Finding, ...]
    evidence: Evidence

    @property
    def wording(self) -> Wording:
        """The wording that the worst finding makes."""
        return policy.wording([found.cls for found in self.findings])

    @property
    def severity(self) -> int:
        """The severity of the worst finding, 0 where there is none."""
        return max((found.severity for found in self.findings), default=0)

    @property
    def rank(self) -> tuple[int, int, float]:
        """Orders comparisons from best to worst: lowest severity, best wording, most information."""
        return self.severity, policy.rank(self.wording), -self.evidence.information

    def adding(self, found: Finding) -> Comparison:
        """The same with one more finding."""
        return replace(self, findings=(*self.findings, found))


def compare(claim: Claim, witness: Witness, weight: Mapping[str, float] | None = None) -> Comparison:
    """How the claim's words stand to the witness's; `weight` gives each folded word's information in nats (1 each)."""
    return compared(claim.text, words(claim.text), witness, weight)


def compared(
    claim: str, ours: list[Word], witness: Witness, weight: Mapping[str, float] | None, passages: int = 0
) -> Comparison:
    """As `compare`, with the claim's words already folded; the witness is one of so many `passages`."""
    theirs = words(witness.text)
    alignment = align(ours, theirs)
    if weight is None:
        weight = {word.text: 1.0 for word in ours}
    found = list(written_otherwise(claim, witness.text, ours, theirs, alignment.edits))
    prose = witness.kind.own
    for edit, cls, gravity in changes(witness, ours, theirs, alignment.edits):
        found.append(finding(cls, gravity, edit, claim, witness.text, ours, theirs))
    found.extend(borders(claim, witness, ours, theirs, alignment.edits))
    if prose:
        found.append(_unmarked(claim, witness.text, ours, theirs, alignment.edits))
    found.sort(key=lambda one: (one.claim_span, one.cls))
    return Comparison(witness, alignment, tuple(found), evidence(ours, alignment, weight, passages))


def _unmarked(claim: str, witness: str, ours: list[Word], theirs: list[Word], edits: tuple[Edit, ...]) -> Finding:
    """The whole common stretch stands in the article's own prose."""
    inner = [edit for edit in edits if not edit.outside]
    if not inner:
        return Finding(
            cls=FindingClass.UNMARKED, severity=0, claim_span=Span(0, 0), witness_span=None, claim="", witness=""
        )
    whole = Edit(Op.EQUAL, (inner[0].claim[0], inner[-1].claim[1]), (inner[0].witness[0], inner[-1].witness[1]))
    cls = FindingClass.UNMARKED
    return finding(cls, policy.severity(cls), whole, claim, witness, ours, theirs)

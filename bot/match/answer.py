"""The answer to one claim: candidates compared, those that carry it chosen, both axes judged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.match import policy, translation
from bot.match.agreement import agreement
from bot.match.choose import carrying
from bot.match.compare import Comparison
from bot.match.gather import Find, folded, gather
from bot.match.speakers import said_by
from bot.match.splice import spliced
from bot.match.trial import Trial
from bot.model import (
    Agreement,
    Claim,
    Coverage,
    Finding,
    FindingClass,
    Report,
    Span,
    Variant,
    Witness,
    Wording,
    independent_texts,
)
from bot.text import fold

MOST_SIMILAR = 3
"""Witnesses that are only possibly the same: so many are shown."""


def answer(claim: Claim, find: Find, coverage: Coverage) -> Report:
    """What the record says about a posted quote. Raises `ClaimError` where there is nothing to check.

    `find` is asked for the passages likeliest to carry a text; `coverage` is reported as it is.
    """
    ours = folded(claim)
    candidates = gather(claim.text, ours, find)
    trial = Trial(claim.text, ours, candidates.weight, candidates.passages)
    found = carrying(trial, candidates.witnesses, claim.speaker)
    report = Report(
        claim=claim,
        wording=Wording.NOT_FOUND,
        attribution=Agreement.NOT_CLAIMED,
        severity=0,
        variants=(),
        independent_texts=0,
        coverage=coverage,
        policy=policy.POLICY,
        carriers=candidates.carriers if len(ours) <= policy.FEW_WORDS else 0,
    )
    if found:
        found = translation.marked(spliced(trial, found, find))
        return _judged(report, [_dated(one, claim) for one in found], common=trial.total < policy.TELLING)
    if trial.total < policy.TELLING:
        return replace(report, wording=Wording.TOO_COMMON, carriers=candidates.carriers)
    near = candidates.witnesses
    if len(ours) <= policy.FEW_WORDS:  # chance brings these together anywhere, but seldom in the named one's mouth
        near = tuple(witness for witness in near if said_by(witness.attribution, claim.speaker or ""))
    return _similar(report, trial, near)


def _judged(report: Report, found: list[Comparison], *, common: bool) -> Report:
    """The report over the comparisons that carry the claim; `common`: its words tell too little to be one person's."""
    best = _best(found, report.claim)
    telling = [one.witness for one in found if one.severity <= max(best.severity, 3)]
    if not best.witness.kind.own:
        telling = [witness for witness in telling if not witness.kind.own]
    how, speakers = agreement(report.claim.speaker, telling, common=common)
    return replace(
        report,
        wording=best.wording,
        attribution=how,
        severity=5 if how is Agreement.DIFFERS else best.severity,
        variants=_variants(found),
        independent_texts=independent_texts(one.witness for one in found),
        speakers=speakers,
    )


def _dated(one: Comparison, claim: Claim) -> Comparison:
    """A comparison with a passage that its article has no more says so."""
    if one.witness.current:
        return one
    cls = FindingClass.CHANGED
    ours, theirs = Span(0, len(claim.text)), Span(0, len(one.witness.text))
    return one.adding(
        Finding(cls=cls, severity=policy.severity(cls), claim_span=ours, witness_span=theirs, claim="", witness="")
    )


def _best(found: Sequence[Comparison], claim: Claim) -> Comparison:
    """The gentlest of the comparisons that explain as much of the claim as any; the claimed outlet's go first."""
    named = [one for one in found if claim.names(one.witness.outlet)] or found
    most = max(one.evidence.share for one in named)
    return min((one for one in named if one.evidence.share >= most - policy.AS_MUCH), key=lambda one: one.rank)


def _similar(report: Report, trial: Trial, witnesses: Iterable[Witness]) -> Report:
    """The nearest witnesses, where one is possibly the same; none is asserted."""
    against = trial.against(witness for witness in witnesses if trial.most(witness).suggests)
    near = sorted((one for one in against if one.evidence.suggests), key=lambda one: -one.evidence.strength)
    if not near:
        return report
    variants = [replace(variant, wording=Wording.SIMILAR) for variant in _variants(near[:MOST_SIMILAR])]
    count = independent_texts(one.witness for one in near[:MOST_SIMILAR])
    return replace(report, wording=Wording.SIMILAR, variants=tuple(variants), independent_texts=count)


def _variants(found: Sequence[Comparison]) -> tuple[Variant, ...]:
    """Witnesses of one wording together, those of most outlets first, then the nearest to the claim."""
    groups: dict[tuple[object, ...], list[Comparison]] = {}
    for one in sorted(found, key=lambda one: one.rank):
        key = (tuple(fold(one.witness.text)), one.witness.kind.own, one.wording)
        groups.setdefault(key, []).append(one)
    ordered = sorted(groups.values(), key=lambda group: (-len({one.witness.outlet for one in group}), group[0].rank))
    return tuple(_variant(group) for group in ordered)


def _variant(group: list[Comparison]) -> Variant:
    first = group[0]
    return Variant(
        text=first.witness.text,
        witnesses=tuple(one.witness for one in group),
        alignment=first.alignment,
        wording=first.wording,
        findings=first.findings,
    )

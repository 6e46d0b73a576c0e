"""Which comparisons an answer shows: those that carry the claim, and other readings of the same utterance."""

from __future__ import annotations

from collections.abc import Sequence

from bot.match import policy
from bot.match.compare import Comparison
from bot.match.speakers import said_by
from bot.match.trial import Trial
from bot.model import FindingClass, Witness, Wording

_EXACT = (Wording.VERBATIM, Wording.TRIMMED, Wording.ELIDED, Wording.CROPPED, Wording.PARAPHRASE)


def carrying(trial: Trial, witnesses: Sequence[Witness], claimed: str | None) -> list[Comparison]:
    """The comparisons that carry a claim, with the other readings that belong to them.

    A claim of little information is carried only word for word, and one of next to none only where it stands in marks
    by itself.
    """
    likely = [witness for witness in witnesses if trial.most(witness).asserts]
    asserted = [one for one in trial.against(likely) if one.evidence.asserts]
    if trial.total < policy.EXACT_ONLY:
        asserted = [one for one in asserted if one.wording in _EXACT]
    if trial.total < policy.TELLING:
        asserted = [one for one in asserted if one.wording is Wording.VERBATIM]
    if not asserted:
        return []
    shown = {one.witness.id for one in asserted}
    kin = [each for each in witnesses if each.id not in shown and _related(trial, each, asserted, claimed)]
    others = [one for one in trial.against(kin) if one.evidence.share >= policy.RELATED_SHARE]
    return _tightest([*asserted, *(one for one in others if one.evidence.information >= policy.TELLING)])


def _related(trial: Trial, witness: Witness, asserted: Sequence[Comparison], claimed: str | None) -> bool:
    """Whether a reading belongs to the utterance of one that carries the claim, or to its speaker."""
    most = trial.most(witness)
    if witness.kind.own or most.information < policy.TELLING or most.share < policy.RELATED_SHARE:
        return False
    if witness.utterance and any(witness.utterance == other.witness.utterance for other in asserted):
        return True
    said = (other.witness.attribution for other in asserted)
    names = {each.name for one in said if one is not None for each in one.speakers}
    return any(said_by(witness.attribution, name) for name in names | {claimed or ""})


def _tightest(found: list[Comparison]) -> list[Comparison]:
    """Of passages of one article that hold one another, the one that says most about the claim."""
    return [one for one in found if not any(_covered(one, other) for other in found)]


def _covered(one: Comparison, other: Comparison) -> bool:
    """Whether `other` is a passage within `one`, or around it, that makes `one` superfluous."""
    if other is one or other.witness.article != one.witness.article or other.witness.text == one.witness.text:
        return False
    if other.evidence.information < one.evidence.information - 0.01:
        return False
    within = other.witness.text.strip(" ,.") in one.witness.text
    if within:
        return one.witness.kind.own or not _cropped(one) or _cropped(other)
    around = one.witness.text.strip(" ,.") in other.witness.text
    if around and other.witness.kind.own and not one.witness.kind.own:
        return other.evidence.share > one.evidence.share + policy.AS_MUCH  # a fragment whose sentence has the claim
    if around and not other.witness.kind.own:
        more = other.evidence.information > one.evidence.information + 0.01
        return more or (_cropped(other) and not _cropped(one))
    return one.witness.kind.own and not other.witness.kind.own


def _cropped(one: Comparison) -> bool:
    return any(finding.cls is FindingClass.CROPPED for finding in one.findings)

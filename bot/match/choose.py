"""Which comparisons an answer shows: those that carry the claim, and other readings of the same utterance."""

from __future__ import annotations

from collections.abc import Sequence

from bot.match import policy
from bot.match.compare import Comparison
from bot.match.speakers import same_speaker
from bot.model import FindingClass, Wording

_EXACT = (Wording.VERBATIM, Wording.TRIMMED, Wording.ELIDED, Wording.CROPPED, Wording.PARAPHRASE)


def carrying(compared: Sequence[Comparison], total: float, claimed: str | None) -> list[Comparison]:
    """The comparisons that carry a claim of `total` nats, with the other readings that belong to them.

    A claim of little information is carried only word for word, and one of next to none only where it stands in marks
    by itself.
    """
    asserted = [one for one in compared if one.evidence.asserts]
    if total < policy.ENOUGH_OF_HALF:
        asserted = [one for one in asserted if one.wording in _EXACT]
    if total < policy.TELLING:
        asserted = [one for one in asserted if one.wording is Wording.VERBATIM]
    others = [one for one in compared if one not in asserted and _related(one, asserted, claimed)]
    return _tightest([*asserted, *others])


def _related(one: Comparison, asserted: Sequence[Comparison], claimed: str | None) -> bool:
    """Whether a reading belongs to the utterance of one that carries the claim, or to its speaker."""
    if one.witness.kind.own or one.evidence.information < policy.TELLING or not asserted:
        return False
    if one.evidence.share < policy.RELATED_SHARE:
        return False
    if one.witness.utterance and any(one.witness.utterance == other.witness.utterance for other in asserted):
        return True
    said = one.witness.attribution
    if said is None or said.speaker is None:
        return False
    names = [other.witness.attribution.speaker for other in asserted if other.witness.attribution]
    return any(same_speaker(name, said.speaker, said.kind) for name in (claimed, *names) if name)


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
    if around and not other.witness.kind.own:
        more = other.evidence.information > one.evidence.information + 0.01
        return more or (_cropped(other) and not _cropped(one))
    return one.witness.kind.own and not other.witness.kind.own


def _cropped(one: Comparison) -> bool:
    return any(finding.cls is FindingClass.CROPPED for finding in one.findings)

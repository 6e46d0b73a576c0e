"""The second axis: how the speaker that is claimed stands to those whom the witnesses name."""

from __future__ import annotations

from collections.abc import Iterable

from bot.match.speakers import same_speaker
from bot.model import Agreement, Attribution, Speaker, SpeakerKind, Witness
from bot.text import fold

Group = list[Speaker]
"""Those who are said to have said it together."""


def agreement(
    claimed: str | None, witnesses: Iterable[Witness], *, common: bool = False
) -> tuple[Agreement, tuple[str, ...]]:
    """How they agree, and the speakers named, each once, in order of appearance.

    Of several who said it together any may be claimed, and a witness that names one of them contradicts nobody. Two
    witnesses that name different persons disagree, whether a speaker is claimed or not; one that names a role
    ("officials"), or one of the outlets that carry the words, contradicts nobody. With `common` the words are such that
    anybody says them ("probably"): different speakers then said different things, and do not disagree.
    """
    held = list(witnesses)
    said = _distinct(witness.attribution for witness in held)
    speakers = [one for group in said for one in group]
    who = tuple(one.name for one in speakers)
    people = [group for group in said if any(one.kind is not SpeakerKind.ROLE for one in group)]
    people = [group for group in people if not all(_reports(one.name, held) for one in group)] or people
    conflict = len(people) > 1 and not common
    if claimed is None:
        return (Agreement.OUTLETS_DISAGREE if conflict else Agreement.NOT_CLAIMED), who
    if any(same_speaker(claimed, one.name, one.kind) for one in speakers):
        return (Agreement.OUTLETS_DISAGREE if conflict else Agreement.AGREES), who
    return (Agreement.DIFFERS if people else Agreement.ROLE_ONLY), who


def _reports(name: str, witnesses: Iterable[Witness]) -> bool:
    """Whether somebody named as the speaker is one of the outlets or agencies that carry the words of another."""
    written = "".join(fold(name))
    sites = {label for witness in witnesses for label in witness.outlet.split(".")}
    carriers = (carrier for witness in witnesses if witness.attribution for carrier in witness.attribution.via)
    return written in sites or any(written == "".join(fold(carrier)) for carrier in carriers)


def _distinct(attributions: Iterable[Attribution | None]) -> list[Group]:
    """The speakers, each under the fullest name that appears; whoever shares one with a group is of it."""
    distinct: list[Group] = []
    for said in attributions:
        here = list(said.speakers) if said is not None else []
        group = next((each for each in distinct if any(_place(each, one) >= 0 for one in here)), None)
        if group is None:
            distinct += [here] if here else []
            continue
        for one in here:
            if (at := _place(group, one)) < 0:
                group.append(one)
            else:
                group[at] = Speaker(max(group[at].name, one.name, key=len), group[at].kind)
    return distinct


def _place(group: Group, one: Speaker) -> int:
    """Where somebody stands in a group, -1 where nowhere."""
    return next((at for at, each in enumerate(group) if same_speaker(one.name, each.name, each.kind)), -1)

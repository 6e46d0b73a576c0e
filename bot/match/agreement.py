"""The second axis: how the speaker that is claimed stands to those whom the witnesses name."""

from __future__ import annotations

from collections.abc import Iterable

from bot.match.speakers import same_speaker
from bot.model import Agreement, Attribution, SpeakerKind, Witness
from bot.text import fold

Said = list[tuple[str, SpeakerKind]]


def agreement(
    claimed: str | None, witnesses: Iterable[Witness], *, common: bool = False
) -> tuple[Agreement, tuple[str, ...]]:
    """How they agree, and the speakers named, each once, in order of appearance.

    Two witnesses that name different persons disagree, whether a speaker is claimed or not; one that names a role
    ("officials"), or one of the outlets that carry the words, contradicts nobody. With `common` the words are such that
    anybody says them ("probably"): different speakers then said different things, and do not disagree.
    """
    held = list(witnesses)
    said = _distinct(witness.attribution for witness in held)
    who = tuple(name for name, _ in said)
    people = [(name, kind) for name, kind in said if kind is not SpeakerKind.ROLE]
    people = [one for one in people if not _reports(one[0], held)] or people
    conflict = len(people) > 1 and not common
    if claimed is None:
        return (Agreement.OUTLETS_DISAGREE if conflict else Agreement.NOT_CLAIMED), who
    agreeing = [name for name, kind in said if same_speaker(claimed, name, kind)]
    if agreeing:
        return (Agreement.OUTLETS_DISAGREE if conflict else Agreement.AGREES), who
    return (Agreement.DIFFERS if people else Agreement.ROLE_ONLY), who


def _reports(name: str, witnesses: Iterable[Witness]) -> bool:
    """Whether somebody named as the speaker is one of the outlets or agencies that carry the words of another."""
    written = "".join(fold(name))
    sites = {label for witness in witnesses for label in witness.outlet.split(".")}
    carriers = (carrier for witness in witnesses if witness.attribution for carrier in witness.attribution.via)
    return written in sites or any(written == "".join(fold(carrier)) for carrier in carriers)


def _distinct(attributions: Iterable[Attribution | None]) -> Said:
    """The speakers, each under the fullest name that appears."""
    distinct: Said = []
    for said in attributions:
        if said is None or said.speaker is None:
            continue
        for at, (name, kind) in enumerate(distinct):
            if same_speaker(said.speaker, name, kind):
                distinct[at] = (max(name, said.speaker, key=len), kind)
                break
        else:
            distinct.append((said.speaker, said.kind))
    return distinct

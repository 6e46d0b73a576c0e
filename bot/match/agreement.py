"""The second axis: how the speaker that is claimed stands to those whom the witnesses name."""

from __future__ import annotations

from collections.abc import Iterable

from bot.match.speakers import same_speaker
from bot.model import Agreement, Attribution, SpeakerKind, Witness

Said = list[tuple[str, SpeakerKind]]


def agreement(
    claimed: str | None, witnesses: Iterable[Witness], *, common: bool = False
) -> tuple[Agreement, tuple[str, ...]]:
    """How they agree, and the speakers named, each once, in order of appearance.

    Two witnesses that name different persons disagree, whether a speaker is claimed or not; one that names a role
    ("officials") contradicts nobody. With `common` the words are such that anybody says them ("probably"): different
    speakers then said different things, and do not disagree.
    """
    said = _distinct(witness.attribution for witness in witnesses)
    who = tuple(name for name, _ in said)
    people = [(name, kind) for name, kind in said if kind is not SpeakerKind.ROLE]
    conflict = len(people) > 1 and not common
    if claimed is None:
        return (Agreement.OUTLETS_DISAGREE if conflict else Agreement.NOT_CLAIMED), who
    agreeing = [name for name, kind in said if same_speaker(claimed, name, kind)]
    if agreeing:
        return (Agreement.OUTLETS_DISAGREE if conflict else Agreement.AGREES), who
    return (Agreement.DIFFERS if people else Agreement.ROLE_ONLY), who


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

"""Where the text comes from that several articles copy, as far as their credits tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from bot.model import Witness


def origins(witnesses: Iterable[Witness]) -> tuple[str, ...]:
    """The agency behind each text that two and more articles of different outlets carry, each once.

    It is named where the articles of one text credit one agency between them; one that credits several was put together
    of their reports, and is nobody's copy.
    """
    groups: defaultdict[int, list[Witness]] = defaultdict(list)
    for witness in witnesses:
        if witness.copies:
            groups[witness.copies].append(witness)
    found: dict[str, None] = {}
    for group in groups.values():
        credited = {name for one in group for name in one.credits}
        if len({one.outlet for one in group}) > 1 and len(credited) == 1:
            found |= dict.fromkeys(credited)
    return tuple(found)

"""The names that are offered while a user types: outlets and speakers on record, kept in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import discord
from discord import app_commands

from bot.serve.chat.office import Office
from bot.text import fold

MOST = 25
"""Names that Discord shows."""
_LONGEST = 100  # characters of a choice


class Names:
    """Outlets and speakers, most quoted first."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._outlets: dict[str, str] = {}  # the name and how it is looked for, here and below
        self._speakers: dict[str, str] = {}

    async def refresh(self) -> None:
        """Read the names of the whole record."""
        self._outlets, self._speakers = await self._office.read(
            lambda store: [_folded(names) for names in store.names()]  # some thousands: not in the event loop
        )

    async def learn(self, article: int) -> None:
        """Take up the names of one article, behind those that are known."""
        outlets, speakers = await self._office.read(lambda store: [_folded(names) for names in store.names_in(article)])
        self._outlets, self._speakers = self._outlets | outlets, self._speakers | speakers

    async def outlets(self, _: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Outlets whose name holds what is typed."""
        return _choices(self._outlets, typed)

    async def speakers(self, _: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Speakers whose name holds what is typed."""
        return _choices(self._speakers, typed)


def _folded(names: Sequence[str]) -> dict[str, str]:
    return {name: " ".join(fold(name)) for name in names if len(name) <= _LONGEST}


def _choices(names: Mapping[str, str], typed: str) -> list[app_commands.Choice[str]]:
    """At most 25 names: those that begin with it go first, then those that hold it."""
    wanted = " ".join(fold(typed))
    holding = [(folded, name) for name, folded in names.items() if wanted in folded]
    holding.sort(key=lambda pair: not pair[0].startswith(wanted))
    return [app_commands.Choice(name=name, value=name) for _, name in holding[:MOST]]

"""`/article remove`: shows what goes, asks, and can put it back as long as its message answers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import discord
from discord import app_commands

from bot.errors import NotInRecord
from bot.model import Article, ArticleSummary, Extraction
from bot.report import phrases, rows
from bot.serve.chat import gates
from bot.serve.chat.pages import Question
from bot.serve.chat.words import options, reply, told
from storage.store import Store

if TYPE_CHECKING:
    from bot.serve.chat.client import Bot

Number = app_commands.Range[int, 1, 2**53 - 1]
"""The number of an article, as large as Discord takes one."""


@dataclass(frozen=True, slots=True)
class Kept:
    """All of an article, as `Undo` needs it; `editions` are newest first, `server` is that which added it."""

    summary: ArticleSummary
    editions: tuple[tuple[Article, Extraction], ...]
    server: str | None

    @classmethod
    def of(cls, store: Store, number: int) -> Kept:
        """What is on record under a number. Raises `NotInRecord`."""
        editions = tuple(store.editions(number))
        return cls(store.summary(number), editions, store.servers.note(origin(number)))

    def put_back(self, store: Store) -> int:
        """Store it anew. Returns the number that it has now."""
        number = [store.add(*edition, live=False).article for edition in reversed(self.editions)][-1]
        if self.server is not None:
            store.servers.set_note(origin(number), self.server)
        return number


def origin(number: int) -> str:
    """The name of the note that tells which server added an article."""
    return f"article {number} was added by"


@contextmanager
def numbered(interaction: discord.Interaction, number: int) -> Iterator[None]:
    """Say in Discord's terms that there is no article of a number. Raises `NotInRecord`."""
    try:
        yield
    except NotInRecord as error:
        message, hint = reply(interaction, "article.none", number=number), reply(interaction, "article.none_hint")
        raise NotInRecord(message, hint=hint) from error


def add(article: app_commands.Group) -> None:
    """Put the command into its group."""

    @article.command(name=told("article.remove"), description=told("article.remove_about"))
    @options(number="article.id")
    @gates.often
    async def remove(interaction: discord.Interaction[Bot], number: Number) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        with numbered(interaction, number):
            kept = await interaction.client.office.read(lambda store: Kept.of(store, number))
        await gates.removing(interaction, kept.server)
        await _Removal(interaction, kept).show()


class _Removal(Question):
    """Asks whether an article is to go."""

    def __init__(self, interaction: discord.Interaction[Bot], kept: Kept) -> None:
        locale = interaction.locale.value
        goes = rows.article(kept.summary, locale)
        editions = phrases.many("edition", kept.summary.editions, locale)
        super().__init__(interaction, reply(interaction, "article.remove_asked", article=goes, editions=editions))
        self._office = interaction.client.office
        self._kept, self._goes = kept, goes
        self.choice("article.remove_yes", self._go, discord.ButtonStyle.danger)
        self.choice("article.remove_no", self._stay)

    async def _go(self, interaction: discord.Interaction) -> None:
        await interaction.response.defer()
        number = self._kept.summary.id
        with numbered(interaction, number):
            await self._office.write(lambda store: store.remove(number))
        self.choice("article.undo", self._undo)
        await self.instead(interaction, reply(interaction, "article.removed", article=self._goes))

    async def _stay(self, interaction: discord.Interaction) -> None:
        await self.instead(interaction, reply(interaction, "article.stays", article=self._goes))

    async def _undo(self, interaction: discord.Interaction) -> None:
        await interaction.response.defer()
        number = await self._office.write(self._kept.put_back)
        await self.instead(interaction, reply(interaction, "article.back", article=self._goes, number=number))

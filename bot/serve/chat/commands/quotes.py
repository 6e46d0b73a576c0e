"""`/quotes search`: the passages that hold some words."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import discord
from discord import app_commands

from bot.desk import Desk
from bot.fetch import dates
from bot.model import Witness
from bot.report import phrases, rows
from bot.report.safe import safe
from bot.serve.chat import gates
from bot.serve.chat.pages import Pages
from bot.serve.chat.showing import say, soon
from bot.serve.chat.words import options, reply, told
from storage.store import Store

if TYPE_CHECKING:
    from bot.serve.chat.client import Bot

MOST = 50
"""Passages that are listed, the newest."""


def found(store: Store, text: str, speaker: str | None, outlet: str | None, since: datetime | None) -> list[Witness]:
    """The newest passages that hold every word, as far as they were published since a moment."""
    held = Desk(store).search(text, speaker=speaker, outlet=outlet, limit=MOST)
    return [one for one in held if since is None or (one.published is not None and one.published >= since)]


def add(bot: Bot) -> None:
    """Put the command into the tree."""
    quotes = gates.everywhere(app_commands.Group(name=told("quotes.name"), description=told("quotes.description")))

    @quotes.command(name=told("quotes.search"), description=told("quotes.search_about"))
    @options(text="quotes.text", speaker="quotes.speaker", outlet="quotes.outlet", since="verify.since")
    @app_commands.autocomplete(speaker=bot.names.speakers, outlet=bot.names.outlets)
    @gates.often
    async def search(
        interaction: discord.Interaction[Bot],
        text: app_commands.Range[str, 1, 200],
        speaker: app_commands.Range[str, 1, 200] | None = None,
        outlet: app_commands.Range[str, 1, 200] | None = None,
        since: app_commands.Range[str, 1, 40] | None = None,
    ) -> None:
        begin = dates.since(since) if since else None
        held = await soon(interaction, bot.office.read(lambda store: found(store, text, speaker, outlet, begin)))
        locale = interaction.locale.value
        if not held:
            nothing = reply(interaction, "quotes.nothing", text=safe(text, 300))
            await say(interaction, nothing)
            return
        heading = reply(interaction, "quotes.heading", text=safe(text, 200), passages=_counted(len(held), locale))
        await Pages(interaction, heading, [rows.passage(one, locale) for one in held]).show()

    bot.tree.add_command(quotes)


def _counted(many: int, locale: str | None) -> str:
    return phrases.many("newest" if many == MOST else "place", many, locale)

"""`/verify`: answer one posted quote."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands

from bot.fetch import dates
from bot.model import Claim
from bot.serve.chat import gates
from bot.serve.chat.answers import Answers
from bot.serve.chat.showing import soon
from bot.serve.chat.words import options, told

if TYPE_CHECKING:
    from bot.serve.chat.client import Bot


def add(bot: Bot) -> None:
    """Put the command into the tree."""

    @app_commands.command(name=told("verify.name"), description=told("verify.description"))
    @options(**{name: f"verify.{name}" for name in ("quote", "speaker", "outlet", "since", "public")})
    @app_commands.autocomplete(speaker=bot.names.speakers, outlet=bot.names.outlets)
    @gates.everywhere
    @gates.often
    async def verify(
        interaction: discord.Interaction[Bot],
        quote: app_commands.Range[str, 1, 1000],
        speaker: app_commands.Range[str, 1, 200] | None = None,
        outlet: app_commands.Range[str, 1, 200] | None = None,
        since: app_commands.Range[str, 1, 40] | None = None,
        public: bool = False,
    ) -> None:
        begin = dates.since(since) if since else None
        report = await soon(interaction, bot.office.check(Claim(quote, speaker, outlet), begin), public=public)
        await Answers(bot, interaction, [report], public=public).show()

    bot.tree.add_command(verify)

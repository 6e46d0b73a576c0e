"""`/bulk`: check a list of quotes; the same as sending the file by direct message."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands

from bot.serve.chat import gates
from bot.serve.chat.intake import Sender
from bot.serve.chat.words import options, told

if TYPE_CHECKING:
    from bot.serve.chat.client import Bot


def add(bot: Bot) -> None:
    """Put the command into the tree."""

    @app_commands.command(name=told("bulk.name"), description=told("bulk.description"))
    @options(file="bulk.file")
    @gates.everywhere
    @gates.often
    async def bulk(interaction: discord.Interaction[Bot], file: discord.Attachment) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        channel = await interaction.user.create_dm()
        sender = Sender(interaction.user.id, channel.id, interaction.locale.value)
        text = await interaction.client.bulk.take(sender, file, interaction)
        await interaction.edit_original_response(content=text)

    bot.tree.add_command(bulk)

"""`/watch`: what a user wants to hear of by direct message. Each sees and ends their own watches alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands

from bot.orders import Watch, WatchKind
from bot.report.safe import cut, safe
from bot.serve.chat import gates
from bot.serve.chat.words import fitting, options, reply, told

if TYPE_CHECKING:
    from bot.serve.chat.client import Bot


def add(bot: Bot) -> None:
    """Put the commands into the tree."""
    group = gates.everywhere(app_commands.Group(name=told("watch.name"), description=told("watch.description")))
    adding = app_commands.Group(name=told("watch.add"), description=told("watch.add_about"), parent=group)
    _adding(bot, adding)

    @group.command(name=told("watch.list"), description=told("watch.list_about"))
    async def list_(interaction: discord.Interaction[Bot]) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await _show(interaction, reply(interaction, "watch.yours"))

    async def mine(interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[int]]:
        watches = await bot.office.read(lambda store: store.users.watches(interaction.user.id))
        found = [each for each in watches if typed.casefold() in f"{each.id} {each.text}".casefold()]
        return [app_commands.Choice(name=_choice(each), value=each.id) for each in found[:25]]

    @group.command(name=told("watch.remove"), description=told("watch.remove_about"))
    @options(watch="watch.number")
    @app_commands.autocomplete(watch=mine)
    async def remove(interaction: discord.Interaction[Bot], watch: app_commands.Range[int, 1]) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await bot.office.write(lambda store: store.users.remove_watch(interaction.user.id, watch))
        await _show(interaction, reply(interaction, "watch.removed"))

    bot.tree.add_command(group)


def _adding(bot: Bot, group: app_commands.Group) -> None:
    async def watched(interaction: discord.Interaction[Bot], kind: WatchKind, text: str) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await bot.office.write(lambda store: store.users.add_watch(interaction.user.id, kind, text))
        await _show(interaction, reply(interaction, "watch.added"))

    @group.command(name=told("watch.quote"), description=told("watch.quote_about"))
    @options(words="watch.words")
    async def quote(interaction: discord.Interaction[Bot], words: app_commands.Range[str, 8, 1000]) -> None:
        await watched(interaction, WatchKind.QUOTE, words)

    @group.command(name=told("watch.speaker"), description=told("watch.speaker_about"))
    @options(name="watch.who")
    @app_commands.autocomplete(name=bot.names.speakers)
    async def speaker(interaction: discord.Interaction[Bot], name: app_commands.Range[str, 2, 200]) -> None:
        await watched(interaction, WatchKind.SPEAKER, name)


async def _show(interaction: discord.Interaction[Bot], lead: str) -> None:
    """Answer with the user's own watches."""
    watches = await interaction.client.office.read(lambda store: store.users.watches(interaction.user.id))
    lines = [f"`{each.id}` {reply(interaction, f'watch.{each.kind}')}: {safe(each.text, 120)}" for each in watches]
    await interaction.edit_original_response(content=fitting([lead, *(lines or [reply(interaction, "watch.nothing")])]))


def _choice(watch: Watch) -> str:
    return f"{watch.id}: {cut(watch.text, 80)}"

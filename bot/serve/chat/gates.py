"""Who may do what, and how often: checked in the handler, whatever a server's integration settings say."""

from __future__ import annotations

from typing import TypeVar

import discord
from discord import app_commands

from bot.errors import NotYours
from bot.orders import Scope

Command = TypeVar("Command")

PER_MINUTE = 10
"""Questions that one user may ask in a minute."""
SERVER_PER_MINUTE = 60
"""Questions that all users of one server may ask in a minute."""


def server(command: Command) -> Command:
    """A command that works in a server alone, where the bot itself is installed."""
    command = app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)(command)
    return app_commands.allowed_installs(guilds=True, users=False)(command)


def everywhere(command: Command) -> Command:
    """A command of servers and direct messages, for the bot installed to a server or to a user."""
    command = app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)(command)
    return app_commands.allowed_installs(guilds=True, users=True)(command)


def scope(interaction: discord.Interaction) -> Scope:
    """The server in which something is asked. Raises `NoPrivateMessage`."""
    if interaction.guild_id is None:
        raise app_commands.NoPrivateMessage
    return Scope(interaction.guild_id)


async def managing(interaction: discord.Interaction) -> bool:
    """Whether the one who asks may manage the server. Raises `MissingPermissions`, `NoPrivateMessage`."""
    return await _holding(interaction, "manage_guild")


async def moderating(interaction: discord.Interaction) -> bool:
    """Whether the one who asks may manage messages here. Raises `MissingPermissions`, `NoPrivateMessage`."""
    return await _holding(interaction, "manage_messages")


async def adding(interaction: discord.Interaction) -> None:
    """Let only those go on who may add to the record: who moderates a server that has the bot, and the bot's owner.

    Raises `MissingPermissions`, `NoPrivateMessage`.
    """
    if not owning(interaction):
        await _installed(interaction)
        await moderating(interaction)


async def removing(interaction: discord.Interaction, server_: str | None) -> None:
    """Let only those go on who may remove what `server_` added: who manages that server, and the bot's owner.

    Raises `MissingPermissions`, `NoPrivateMessage`, `NotYours`.
    """
    if owning(interaction):
        return
    await _installed(interaction)
    await managing(interaction)
    if server_ != str(interaction.guild_id):
        raise NotYours("this server did not add that article", hint="Ask those who run this bot to remove it.")


def owning(interaction: discord.Interaction) -> bool:
    """Whether it is the owner of the bot's application, or one of the team that owns it."""
    application = interaction.client.application
    if application is None:
        return False
    owners = application.team.members if application.team else [application.owner]
    return any(owner.id == interaction.user.id for owner in owners)


async def _installed(interaction: discord.Interaction) -> None:
    """Refuse whoever uses the bot where it is no member: their permissions there are no business of this record."""
    if not interaction.is_guild_integration():
        raise app_commands.NoPrivateMessage


async def _holding(interaction: discord.Interaction, permission: str) -> bool:
    if interaction.guild_id is None:
        raise app_commands.NoPrivateMessage
    if not getattr(interaction.permissions, permission):
        raise app_commands.MissingPermissions([permission])
    return True


def often(command: Command) -> Command:
    """At most `PER_MINUTE` of these for one user, and `SERVER_PER_MINUTE` for one server."""
    by_user = app_commands.checks.cooldown(PER_MINUTE, 60, key=lambda asked: asked.user.id)
    by_server = app_commands.checks.cooldown(SERVER_PER_MINUTE, 60, key=lambda asked: asked.guild_id or asked.user.id)
    return by_user(by_server(command))

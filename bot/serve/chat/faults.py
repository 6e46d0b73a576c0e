"""What a user is told when something went wrong: a sentence and a hint; for what nobody foresaw, a reference."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import discord
from discord import app_commands

from bot.errors import DatabaseLocked, DiskFull, OnRecordError
from bot.report.safe import safe
from bot.report.say import say
from bot.serve.chat import permits

log = logging.getLogger(__name__)
_LONGEST = 1500
_PLAIN: dict[type[Exception], str] = {
    app_commands.NoPrivateMessage: "fault.server_only",
    DatabaseLocked: "fault.busy",
    DiskFull: "fault.full",
}
CLOSED = 50007
"""Discord's code for a user who takes no direct messages."""


def sentence(error: BaseException, locale: str | None) -> str:
    """What to tell a user about an error; one that nobody foresaw goes to the log, under the reference that is told."""
    if isinstance(error, app_commands.CommandInvokeError):
        error = error.original
    if isinstance(error, app_commands.CommandOnCooldown):
        return say(locale, "fault.cooldown", when=f"<t:{int(time.time() + error.retry_after) + 1}:R>")
    if isinstance(error, app_commands.MissingPermissions):
        return say(locale, "fault.permission", permissions=_named(error.missing_permissions))
    if isinstance(error, app_commands.BotMissingPermissions):
        return say(locale, "fault.bot_permission", permissions=_named(error.missing_permissions))
    if isinstance(error, app_commands.TransformerError):  # a channel or role that is not there, or not of this server
        return say(locale, "alerts.unusable", value=safe(str(error.value), 100))
    if isinstance(error, discord.Forbidden) and error.code == CLOSED:
        return say(locale, "fault.dms_closed")
    for kind, what in _PLAIN.items():
        if isinstance(error, kind):
            return say(locale, what)
    if isinstance(error, OnRecordError):
        hint = f"\n-# {safe(error.hint, _LONGEST)}" if error.hint else ""
        return safe(str(error), _LONGEST) + hint
    reference = secrets.token_hex(3).upper()
    log.error("reference %s", reference, exc_info=error)
    return say(locale, "fault.unknown", reference=reference)


def _named(permissions: list[str]) -> str:
    return ", ".join(f"**{permits.spoken(name)}**" for name in permissions)


@asynccontextmanager
async def answered(interaction: discord.Interaction[Any]) -> AsyncIterator[None]:
    """Whatever goes wrong in the block is told to the one who asked: for buttons that outlive their view."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - the outermost edge of a press; what nobody foresaw is logged
        await answer(interaction, error)


async def answer(interaction: discord.Interaction, error: BaseException) -> None:
    """Tell the one who asked, whether or not they have had a sign of life already."""
    text = sentence(error, interaction.locale.value)
    try:
        if interaction.response.is_done():
            await interaction.followup.send(text, ephemeral=True)
        else:
            await interaction.response.send_message(text, ephemeral=True)
    except discord.HTTPException as failure:  # the question is too old, or its channel gone: nobody is there to be told
        log.warning("could not answer: %s", failure)

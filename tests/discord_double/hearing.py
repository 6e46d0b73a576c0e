"""Which messages the bot is told of, and how much of each it may read."""

from __future__ import annotations

from typing import Any

from tests.discord_double.clock import Clock
from tests.discord_double.gateway import Session
from tests.discord_double.intents import Intent
from tests.discord_double.messages import Message
from tests.discord_double.places import Channel, User, bits


def needed(channel: Channel) -> Intent:
    """The intent without which nothing is heard of a channel's messages."""
    return Intent.GUILD_MESSAGES if channel.guild else Intent.DIRECT_MESSAGES


def reaches(bot: User, message: Message) -> bool:
    """Whether the bot is where the message is, and sees it."""
    guild = message.channel.guild
    if message.ephemeral or (guild and not guild.has_bot):
        return False
    return guild is None or bool(guild.permissions(bot, message.channel) & bits(view_channel=True))


def heard(clock: Clock, bot: User, message: Message, session: Session) -> dict[str, Any] | None:
    """What a session is told of a message; None for nothing."""
    if not session.may(needed(message.channel)):
        return None
    return message.payload(clock, content=_reads(bot, message, session)) | _sender(message)


def _reads(bot: User, message: Message, session: Session) -> bool:
    """Whether the bot gets the content: with the intent, in direct messages, its own, and where it is mentioned."""
    named = f"<@{bot.id}>" in message.content or (message.reply_to and message.reply_to.author is bot)
    own = message.author is bot or message.channel.guild is None
    return bool(own or named or session.may(Intent.MESSAGE_CONTENT))


def _sender(message: Message) -> dict[str, Any]:
    if message.channel.guild is None:
        return {}
    member = message.channel.guild.member(message.author)
    return {"member": {key: value for key, value in member.items() if key not in ("user", "permissions")}}

"""What the bot must be allowed to do in a channel, and how Discord calls it."""

from __future__ import annotations

import discord

Needed = tuple[str, ...]
"""Permissions by the names that discord.py gives them."""

ALERTS: Needed = (
    "view_channel",
    "send_messages",
    "read_message_history",
    "create_public_threads",
    "send_messages_in_threads",
)
"""In the fact-check channel."""
CHECKED: Needed = ("view_channel",)
"""In a channel whose messages are checked."""
ANSWERED: Needed = ("view_channel", "send_messages", "read_message_history")
"""In one where they are answered as well."""


def reads(flags: discord.ApplicationFlags) -> bool:
    """Whether an application may ask for the content of messages; asking without leave ends the connection."""
    return flags.gateway_message_content or flags.gateway_message_content_limited


def missing(granted: discord.Permissions, needed: Needed) -> Needed:
    """Those that are not granted."""
    return tuple(name for name in needed if not getattr(granted, name))


def spoken(permission: str) -> str:
    """The name that Discord shows: "Manage Server"."""
    return permission.replace("_", " ").replace("guild", "server").title()

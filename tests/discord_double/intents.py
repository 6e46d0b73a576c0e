"""Gateway intents: which events a client asked to be told of, and which of them Discord must have granted."""

from __future__ import annotations

import enum


class Intent(enum.IntFlag):
    """The intents that the double acts on."""

    GUILDS = 1 << 0
    GUILD_MEMBERS = 1 << 1
    GUILD_PRESENCES = 1 << 8
    GUILD_MESSAGES = 1 << 9
    DIRECT_MESSAGES = 1 << 12
    MESSAGE_CONTENT = 1 << 15


# The bits of an application's flags that say that it has a privileged intent (those of apps in fewer than 100 servers).
APPLICATION_FLAGS = {
    Intent.GUILD_PRESENCES: 1 << 13,
    Intent.GUILD_MEMBERS: 1 << 15,
    Intent.MESSAGE_CONTENT: 1 << 19,
}


def privileged(intents: int) -> int:
    """The privileged ones among these."""
    return intents & sum(APPLICATION_FLAGS)


def application_flags(granted: int) -> int:
    """The flags of an application that was granted these intents."""
    return sum(flag for intent, flag in APPLICATION_FLAGS.items() if intent & granted)

"""The catalogue as discord.py asks for it: command names, descriptions and replies in a user's language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import discord
from discord import app_commands
from discord.app_commands import locale_str

from bot.report.say import language, say

Command = TypeVar("Command")
MOST = 2000
"""Characters of one message."""


def told(key: str) -> locale_str:
    """The sentence of `key`, to be translated when the commands are registered."""
    return locale_str(say("en", key), key=key)


class Translator(app_commands.Translator):
    """Names and descriptions of commands in every language of the catalogue."""

    async def translate(
        self, string: locale_str, locale: discord.Locale, context: app_commands.TranslationContextTypes
    ) -> str | None:
        """The sentence, where the catalogue has one of its own in that language."""
        key = string.extras.get("key")
        if key is None or language(locale.value) == "en":
            return None
        return say(locale.value, key)


def options(**keys: str) -> Callable[[Command], Command]:
    """Names and descriptions of a command's options: of each the key of its name, to which ``_about`` is the other."""
    named = app_commands.rename(**{option: told(key) for option, key in keys.items()})
    described = app_commands.describe(**{option: told(f"{key}_about") for option, key in keys.items()})
    return lambda command: named(described(command))


def reply(interaction: discord.Interaction, key: str, **values: object) -> str:
    """A sentence in the language of the one who asked."""
    return say(interaction.locale.value, key, **values)


def fitting(parts: Sequence[str], between: str = "\n", most: int = MOST) -> str:
    """As many whole parts as one message holds; of the first, as much."""
    text = ""
    for part in parts:
        if len(text) + len(part) + len(between) > most:
            break
        text += part + between
    return text.rstrip() or "".join(parts[:1])[:most]

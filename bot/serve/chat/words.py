"""The catalogue as discord.py asks for it: command names, descriptions and replies in a user's language."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.app_commands import locale_str

from bot.report.say import language, say


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


def reply(interaction: discord.Interaction, key: str, **values: object) -> str:
    """A sentence in the language of the one who asked."""
    return say(interaction.locale.value, key, **values)

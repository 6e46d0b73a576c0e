"""Direct messages: a file is a list to check, a quote in marks is checked at once, and whatever else gets help."""

from __future__ import annotations

import io
import logging
from typing import TYPE_CHECKING

import discord

from bot.extract import posts
from bot.report.card import card
from bot.report.say import say
from bot.serve.chat import cards, faults, gates
from bot.serve.chat.commands import menus
from bot.serve.chat.intake import Sender
from bot.serve.chat.often import Often
from bot.serve.chat.once import Once
from bot.serve.chat.progress import TROUBLE

if TYPE_CHECKING:
    from bot.serve.chat.client import Bot

log = logging.getLogger(__name__)
SHOWN = 3
"""Quotes of one message that are answered."""
SAMPLE = (
    "quote,speaker,outlet,id\r\n"
    '"We will not raise the toll before the bridge is paid for",Mara Ollins,,1\r\n'
    '"the lower gate stays shut",,harbourpost.example,2\r\n'
)
"""A list as it may be sent."""
_REMEMBERED = 1000  # messages that are known when they come again


class Direct:
    """What users write to the bot alone. What comes faster than it is allowed is dropped, and counted."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._often = Often(gates.PER_MINUTE)
        self._once = Once(_REMEMBERED)
        self.dropped = 0

    async def take(self, message: discord.Message) -> None:
        """Answer a message, where a person wrote it and it was not answered before."""
        ordinary = message.type in (discord.MessageType.default, discord.MessageType.reply)
        if message.author.bot or not ordinary or not self._once.new(message.id):
            return
        if not self._often.allows(message.author.id):
            self.dropped += 1
            return
        try:
            await self._answer(message)
        except TROUBLE as error:
            log.warning("a direct message was not answered: %s", error)

    async def _answer(self, message: discord.Message) -> None:
        if message.attachments:
            for attachment in message.attachments:
                await message.reply(await self._list(message, attachment))
            return
        locale = self._bot.tongues.of(message.author.id)
        asked = posts.claims(message.content, whole=False)
        reports = await menus.checked(self._bot, asked[: menus.MOST])
        if not reports:
            await message.reply(say(locale, "direct.help"), file=sample())
            return
        for report in reports[:SHOWN]:
            view = cards.layout(card(report, 0, locale))
            await self._bot.showing.send(message.channel.id, message.reply, view=view)
        if len(reports) > SHOWN:
            await message.reply(say(locale, "direct.more", count=len(reports) - SHOWN))

    async def _list(self, message: discord.Message, attachment: discord.Attachment) -> str:
        """Take a file, and say what it comes to, or what is wrong with it."""
        locale = self._bot.tongues.of(message.author.id)
        try:
            return await self._bot.bulk.take(Sender(message.author.id, message.channel.id, locale), attachment)
        except Exception as error:  # noqa: BLE001 - the outermost edge of a message; what nobody foresaw is logged
            return faults.sentence(error, locale)


def sample() -> discord.File:
    """A small list, to be filled in."""
    return discord.File(io.BytesIO(SAMPLE.encode("utf-8-sig")), "sample.csv")

"""Quotes in ordinary messages, in the channels that a server has chosen: checked unasked, answered seldom.

Only what stands in quotation marks is checked, and only what is found to differ by as much as the server has set is
spoken of. No message is stored, none is answered twice, and nothing that a bot wrote is looked at. What comes faster
than we want to check is dropped; of what waits longer than we can check, the oldest, whose talk has gone on. Both are
counted.
"""

from __future__ import annotations

import logging
import time
from collections import deque
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import discord

from bot.desk import Desk
from bot.extract import posts
from bot.model import Report, Wording
from bot.orders import Scope, Settings
from bot.report.card import card
from bot.serve.chat import cards, gates, misquotes
from bot.serve.chat.often import Often
from bot.serve.chat.once import Once
from storage.store import Store

if TYPE_CHECKING:
    from bot.serve.chat.client import Bot

log = logging.getLogger(__name__)
WAITING = 1000
"""Messages that may wait at once."""
QUOTES = 10
"""Quotes of one message that are checked."""
_REMEMBERED = 5000  # messages that are known when they come again
_FRESH = 15.0  # seconds for which a server's settings are not read again
_REFUSED = 3600.0  # seconds for which nothing is said in a channel where we were refused
_MARKS = frozenset("\"“”„‟«»‹›「」『』＂'‘’‚>")
_ORDINARY = (discord.MessageType.default, discord.MessageType.reply)
_UNTOLD = (Wording.NOT_FOUND, Wording.TOO_COMMON, Wording.SIMILAR)
"""Of these we know too little to interrupt anybody."""


@dataclass(slots=True)
class Count:
    """Messages of one server since the start: those whose quotes were checked, and those that were dropped."""

    checked: int = 0
    dropped: int = 0


class Channels:
    """Takes messages as they come, checks some of them, and counts."""

    def __init__(self, bot: Bot, waiting: int = WAITING) -> None:
        self._bot = bot
        self._waiting: deque[tuple[discord.Message, Settings]] = deque()
        self._most, self._checking = waiting, False
        self._once = Once(_REMEMBERED)
        self._settings: dict[int, tuple[float, Settings]] = {}
        self._users, self._servers = Often(gates.PER_MINUTE), Often(gates.SERVER_PER_MINUTE)
        self._refused: dict[int, float] = {}
        self._counts: dict[int, Count] = {}

    def counted(self, server: int) -> Count:
        """What became of a server's messages."""
        return self._counts.get(server, Count())

    async def take(self, message: discord.Message) -> None:
        """Check a message, where it is one to be checked, when its turn comes."""
        if message.guild is None or not _worth(message):
            return
        settings = await self._chosen(message.guild.id)
        if not _chosen(message.channel, settings) or not self._once.new(message.id):
            return
        if not (self._users.allows(message.author.id) and self._servers.allows(message.guild.id)):
            self._count(message).dropped += 1
            return
        self._waiting.append((message, settings))
        if len(self._waiting) > self._most:
            oldest, _ = self._waiting.popleft()
            self._count(oldest).dropped += 1
        if not self._checking:
            await self._check_all()

    async def _check_all(self) -> None:
        """Check what waits, one after the other."""
        self._checking = True
        try:
            while self._waiting:
                message, settings = self._waiting.popleft()
                try:
                    await self._check(message, settings)
                except Exception:  # one message that nobody foresaw must not leave all others waiting
                    log.exception("message %d was not checked", message.id)
        finally:
            self._checking = False

    # --- one message ----------------------------------------------------------------------------------------------

    async def _check(self, message: discord.Message, settings: Settings) -> None:
        report = await self._bot.office.read(lambda store: worst(store, message.content, settings.least))
        self._count(message).checked += 1
        if report is None or message.guild is None:
            return
        if settings.channel is not None:
            await misquotes.misquote(self._bot, Scope(message.guild.id), report, message.jump_url)
        if settings.speak and self._refused.get(message.channel.id, 0.0) < time.monotonic():
            await self._speak(message, report, settings.locale or _spoken(message))

    async def _speak(self, message: discord.Message, report: Report, locale: str | None) -> None:
        """Answer with the verdict and the nearest wording."""
        whole = card(report, 0, locale)
        short = replace(whole, blocks=whole.blocks[:1], pages=1)
        try:
            view = cards.layout(short)
            await self._bot.showing.send(message.channel.id, message.reply, view=view, mention_author=False)
        except discord.Forbidden:
            self._refused[message.channel.id] = time.monotonic() + _REFUSED
            log.warning("may not write in channel %d", message.channel.id)
        except discord.HTTPException as error:
            log.warning("a message was not answered, perhaps it is gone: %s", error)

    async def _chosen(self, server: int) -> Settings:
        """A server's settings, read anew when they are some seconds old."""
        at, settings = self._settings.get(server, (0.0, None))
        if settings is None or time.monotonic() - at > _FRESH:
            settings = await self._bot.office.read(lambda store: store.servers.settings(Scope(server)))
            self._settings[server] = time.monotonic(), settings
        return settings

    def _count(self, message: discord.Message) -> Count:
        return self._counts.setdefault(message.guild.id if message.guild else 0, Count())


def worst(store: Store, text: str, least: int) -> Report | None:
    """The gravest answer to a message's marked quotes that is at least so severe; `None` where none is."""
    reports = Desk(store).check_each(posts.claims(text, whole=False)[:QUOTES])
    told = (report for report in reports if report.severity >= least and report.wording not in _UNTOLD)
    return max(told, key=lambda report: report.severity, default=None)


def _worth(message: discord.Message) -> bool:
    """Whether a person wrote it, and it may hold a quote."""
    spoken = message.type in _ORDINARY and not message.author.bot and message.webhook_id is None
    return spoken and not _MARKS.isdisjoint(message.content)


def _chosen(channel: object, settings: Settings) -> bool:
    """Whether messages of a channel are to be checked: it was chosen, or it is a thread of one that was."""
    places = (getattr(channel, "id", None), getattr(channel, "parent_id", None))
    return any(place in settings.checked for place in places)


def _spoken(message: discord.Message) -> str | None:
    """The language of the server."""
    return message.guild.preferred_locale.value if message.guild else None

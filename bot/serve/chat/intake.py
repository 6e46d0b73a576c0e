"""A file becomes a job: looked at within its limits, all its rows stored, and the user told what it comes to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import discord

from bot.errors import InputError
from bot.fetch import claims
from bot.fetch.claims import Count
from bot.model import Row
from bot.orders import Job
from bot.report import phrases
from bot.report.safe import safe
from bot.report.say import say
from bot.serve.chat import received
from storage.store import Store

if TYPE_CHECKING:
    from bot.serve.chat.client import Bot

LIMIT = 2 * 1024 * 1024
"""Bytes of a list; the catalogue names it."""
MOST = 5_000
"""Quotes of a list; the catalogue names it."""
OPEN = 3
"""Lists of one user that may be waiting or being answered."""
WAITING = 200
"""Lists of all users that may be."""
_NAME = 100  # characters of a file's name that are kept


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sent a list, the channel of their direct messages with the bot, and the language to answer in."""

    user: int
    channel: int
    locale: str | None = None


@dataclass(frozen=True, slots=True)
class List:
    """What was read in a file: its rows, what they come to, and what its sender should know of the reading."""

    rows: list[Row]
    count: Count
    encoding: str
    unused: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Accepted:
    """A job, the list that it was made of, and how many others come before it."""

    job: Job
    list: List
    ahead: int

    def sentence(self, seconds: float) -> str:
        """What its sender is told at once: `seconds` is how long the answers will take."""
        job, count, locale = self.job, self.list.count, self.job.locale
        quotes, name = phrases.many("quote", count.rows, locale), safe(job.name, _NAME)
        rounded = max(1, round(seconds))
        lines = [say(locale, "bulk.accepted", quotes=quotes, name=name, seconds=rounded, job=job.id)]
        counted = {"repeated": count.repeated, "flawed": count.unusable, "ahead": self.ahead}
        lines += [say(locale, f"bulk.{key}", count=number) for key, number in counted.items() if number]
        if self.list.encoding:
            lines.append(say(locale, "bulk.encoding", encoding=self.list.encoding))
        if self.list.unused:
            lines.append(say(locale, "bulk.unused", names=safe(", ".join(self.list.unused), 300)))
        return "\n".join(lines)


async def accept(bot: Bot, sender: Sender, attachment: discord.Attachment) -> Accepted:
    """Store the list of a file as a job. Raises `InputError` where it is no use, or there are too many of them."""
    ending = PurePosixPath(attachment.filename).suffix
    claims.form(ending)
    data = await received.fetched(attachment, LIMIT)
    found = await bot.office.compute(partial(read, data, ending))
    job, ahead = await bot.office.write(lambda store: _stored(store, sender, attachment.filename[:_NAME], found.rows))
    return Accepted(job, found, ahead)


def read(data: bytes, ending: str) -> List:
    """The list in a file. Raises `InputError`."""
    sheet = claims.of(data, ending, MOST)
    return List(list(sheet.rows), claims.count(sheet.rows), sheet.encoding, sheet.unused)


def _stored(store: Store, sender: Sender, name: str, rows: list[Row]) -> tuple[Job, int]:
    """A new job, and how many come before it."""
    mine = sum(not job.state.over for job in store.jobs.of(sender.user))
    if mine >= OPEN:
        raise InputError(say(sender.locale, "bulk.too_many", count=mine), hint="")
    if store.jobs.waiting() >= WAITING:
        raise InputError(say(sender.locale, "bulk.full"), hint="")
    job = store.jobs.create(
        user=sender.user,
        channel=sender.channel,
        name=name,
        rows=rows,
        now=datetime.now(UTC),
        locale=sender.locale,
    )
    return job, store.jobs.ahead(job.id)

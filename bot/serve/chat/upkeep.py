"""What is kept no longer than it must be: what belonged to servers that the bot left, jobs and alerts that are over."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

import discord

from bot.errors import OnRecordError
from bot.orders import Scope
from storage.store import Store

if TYPE_CHECKING:
    from bot.serve.chat.client import Bot

log = logging.getLogger(__name__)
KEPT = timedelta(days=30)
"""How long it is kept."""
EVERY = timedelta(days=1)


async def tend(bot: Bot) -> None:
    """At the start and daily: note the servers that the bot came to or left meanwhile, and forget what is old."""
    await bot.wait_until_ready()
    while True:
        now = datetime.now(UTC)
        try:
            await reconcile(bot, now)
            await bot.office.write(partial(forget, now=now))
        except OnRecordError:
            log.exception("nothing was forgotten today")
        await asyncio.sleep(EVERY.total_seconds())


async def joined(bot: Bot, guild: discord.Guild) -> None:
    """The bot is a member of a server, for the first time or again."""
    await bot.office.write(lambda store: store.servers.joined(Scope(guild.id)))


async def left(bot: Bot, guild: discord.Guild) -> None:
    """The bot is a member no more: what the server chose is kept for `KEPT`, should it come back."""
    await bot.office.write(lambda store: store.servers.left(Scope(guild.id), datetime.now(UTC)))


async def reconcile(bot: Bot, now: datetime) -> None:
    """Note who came and went while the bot was away."""
    here = {Scope(guild.id) for guild in bot.guilds}
    before = set(await bot.office.read(lambda store: store.servers.present()))

    def note(store: Store) -> None:
        for scope in here - before:
            store.servers.joined(scope)
        for scope in before - here:
            store.servers.left(scope, now)

    if here != before:
        await bot.office.write(note)


def forget(store: Store, now: datetime) -> None:
    """Delete what is older than `KEPT`."""
    gone = store.servers.purge(now - KEPT)
    jobs, alerts = store.jobs.purge(now - KEPT), store.outbox.purge(now - KEPT)
    if gone or jobs or alerts:
        log.info("forgot %d servers, %d jobs, %d alerts", len(gone), jobs, alerts)

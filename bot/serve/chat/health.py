"""How the running bot is, as JSON on a port of this machine alone: ``GET /healthz``, 200 when well, else 503."""

from __future__ import annotations

import math
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict
from typing import Any

import discord
from aiohttp import web

from bot.errors import InputError, RecordError
from bot.serve.chat.client import Bot

HOST = "127.0.0.1"


async def state(bot: Bot) -> dict[str, Any]:
    """What is well and what is not: the gateway's latency in seconds, whether the record can be read, what waits."""
    shards = [shard.latency for shard in bot.shards.values()]
    latency = max(shards) if shards and all(map(math.isfinite, shards)) else None
    try:
        lists, outbox, quotations, feeds, pages = await bot.office.read(
            lambda store: (
                store.jobs.waiting(),
                store.outbox.counts(),
                store.coverage().quotations,
                store.feeds.followed(),
                store.pages.counts(),
            )
        )
    except RecordError as error:
        return {"well": False, "gateway_latency": latency, "record": str(error)}
    return {
        "well": latency is not None and not bot.is_closed(),
        "gateway_latency": latency,
        "record": "readable; nothing can be stored, as the disk is full" if bot.office.full else "readable",
        "quotations": quotations,
        "lists": lists,
        "direct_messages_dropped": bot.direct.dropped,
        "outbox": {str(key): count for key, count in outbox.items()},
        "feeds": {
            "followed": len(feeds),
            "paused": sum(feed.paused for feed in feeds),
            "failing": sum(feed.failures > 0 for feed in feeds),
            "last_poll": max((feed.polled.isoformat() for feed in feeds if feed.polled), default=None),
        },
        "pages": asdict(pages),
        **_live(bot),
        "discord.py": discord.__version__,
    }


def _live(bot: Bot) -> dict[str, Any]:
    """What was done on the web since the bot began, and which servers are left alone."""
    if bot.live is None:
        return {}
    troubles = bot.live.polite.state().troubles
    return {"poller": asdict(bot.live.poller.tally), "left_alone": [asdict(trouble) for trouble in troubles]}


@asynccontextmanager
async def served(bot: Bot, port: int) -> AsyncIterator[None]:
    """Answer while the bot runs; port 0 serves nothing. Raises `InputError` where the port is taken."""
    if port == 0:
        yield
        return

    async def answer(_: web.Request) -> web.Response:
        found = await state(bot)
        return web.json_response(found, status=200 if found["well"] else 503)

    app = web.Application()
    app.router.add_get("/healthz", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, HOST, port).start()
    except OSError as error:
        await runner.cleanup()
        raise InputError(f"port {port} is taken", hint="Set health_port to another port, or to 0 for none.") from error
    try:
        yield
    finally:
        await runner.cleanup()

"""Running a client in the double: up when the block begins, closed after it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from typing import Any

import discord

from tests.discord_double.server import serving
from tests.discord_double.world import World

READY_SECONDS = 20.0
FAST = {"guild_ready_timeout": 0.05, "chunk_guilds_at_startup": False}  # public options of discord.py
Factory = Callable[..., discord.AutoShardedClient]  # takes `connector=` and discord.py's other options


async def no_wait(shard_id: int | None, *, initial: bool = False) -> None:
    """In place of `before_identify_hook`, which sleeps for 5 s before every IDENTIFY but the first."""


async def _until_ready(client: discord.AutoShardedClient) -> None:
    while not client.is_ready():  # noqa: ASYNC110 `wait_until_ready` wants the client to be started first
        await asyncio.sleep(0.005)


async def _ready(client: discord.AutoShardedClient, run: asyncio.Task[None]) -> None:
    """Wait until the client is ready; whatever stopped it instead is raised."""
    waiting = asyncio.create_task(_until_ready(client))
    await asyncio.wait({waiting, run}, timeout=READY_SECONDS, return_when=asyncio.FIRST_COMPLETED)
    if waiting.done():
        return
    waiting.cancel()
    if run.done():
        await run
    raise TimeoutError(f"the client was not ready after {READY_SECONDS} s, or ended before")


@contextlib.asynccontextmanager
async def connected(world: World, factory: Factory, token: str | None = None, **options: Any) -> AsyncIterator[Any]:
    """Run the client that `factory` builds in `world`, which is served already."""
    connector = world.connector()
    client = factory(connector=connector, **(FAST | options))
    client.before_identify_hook = no_wait  # type: ignore[method-assign]
    run = asyncio.create_task(client.start(token or world.token))
    try:
        await _ready(client, run)
        yield client
    finally:
        await client.close()
        await asyncio.gather(run, return_exceptions=True)
        await connector.close()  # a client that could not log in leaves it open


@contextlib.asynccontextmanager
async def running(factory: Factory, world: World | None = None) -> AsyncIterator[World]:
    """A world in which the client that `factory` builds is up, as `world.client`. At the end it is judged: nothing may
    have tried to leave the machine, and nothing that was sent may break Discord's own description."""
    async with serving(world or World()) as served, connected(served, factory) as client:
        served.client = client
        yield served
    served.check()

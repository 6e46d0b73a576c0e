"""What tests of the bot share: a small Discord on loopback, a bot that runs in it, and a watch on the event loop."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import time
from collections.abc import AsyncIterator, Callable
from typing import Any, Protocol

import discord
import pytest

from tests.discord_double import World, serving

READY_SECONDS = 20.0
FAST = {"guild_ready_timeout": 0.05, "chunk_guilds_at_startup": False}  # public options of discord.py


class Factory(Protocol):
    """Builds a client out of a connector and discord.py's own options."""

    def __call__(self, *, connector: Any, **options: Any) -> discord.AutoShardedClient: ...


@dataclasses.dataclass
class Lag:
    """How long the event loop was held up: the longest time in seconds by which a nap of 5 ms overslept."""

    worst: float = 0.0


@contextlib.asynccontextmanager
async def watched() -> AsyncIterator[Lag]:
    """Watch the event loop while the block runs."""
    lag = Lag()

    async def beat() -> None:
        while True:
            before = time.perf_counter()
            await asyncio.sleep(0.005)
            lag.worst = max(lag.worst, time.perf_counter() - before - 0.005)

    task = asyncio.create_task(beat())
    try:
        yield lag
    finally:
        task.cancel()


@pytest.fixture
async def discord_world() -> AsyncIterator[World]:
    """A served world without a bot. Everything that a bot sent is judged by Discord's own description at the end."""
    async with serving(World()) as world:
        yield world
    assert not world.wire.refused
    assert not world.judge.faults()


@pytest.fixture
async def heartbeat(request: pytest.FixtureRequest) -> AsyncIterator[Lag]:
    """Fails the test if the event loop was ever held up for 100 ms, or `@pytest.mark.longest_block(seconds)`."""
    marker = request.node.get_closest_marker("longest_block")
    limit = marker.args[0] if marker else 0.1
    async with watched() as lag:
        yield lag
    assert lag.worst < limit, f"the event loop was held up for {lag.worst * 1000:.0f} ms"


async def no_wait(shard_id: int | None, *, initial: bool = False) -> None:
    """In place of `before_identify_hook`, which sleeps for 5 s before every IDENTIFY but the first."""


async def ready(world: World, client: discord.AutoShardedClient, run: asyncio.Task[None]) -> None:
    """Wait until the client is ready; whatever stopped it instead is raised."""
    waiting = asyncio.create_task(_until_ready(client))
    await asyncio.wait({waiting, run}, timeout=READY_SECONDS, return_when=asyncio.FIRST_COMPLETED)
    if run.done():
        waiting.cancel()
        await run
    if not waiting.done():
        waiting.cancel()
        raise TimeoutError(f"not ready after {READY_SECONDS} s; the bot did {[call.path for call in world.calls]}")


async def _until_ready(client: discord.AutoShardedClient) -> None:
    while not client.is_ready():  # noqa: ASYNC110 `wait_until_ready` wants the client to be started first
        await asyncio.sleep(0.005)


@contextlib.asynccontextmanager
async def connected(world: World, factory: Factory, token: str | None = None, **options: Any) -> AsyncIterator[Any]:
    """Run the client that `factory` builds in `world`: it is ready when the block begins, and closed after it."""
    client = factory(connector=world.connector(), **(FAST | options))
    client.before_identify_hook = no_wait  # type: ignore[method-assign]
    run = asyncio.create_task(client.start(token or world.token))
    try:
        await ready(world, client, run)
        yield client
    finally:
        await client.close()
        await asyncio.gather(run, return_exceptions=True)


@contextlib.asynccontextmanager
async def running(factory: Factory, prepare: Callable[[World], Any] | None = None) -> AsyncIterator[World]:
    """A new world in which the bot that `factory` builds is up; `prepare` arranges the world before it comes."""
    async with serving(World()) as world:
        if prepare:
            prepare(world)
        async with connected(world, factory) as client:
            world.client = client
            yield world
    assert not world.wire.refused
    assert not world.judge.faults()

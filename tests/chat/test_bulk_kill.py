"""A bot that is killed in the middle of lists: no row is lost, and no report comes twice."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.orders import Job
from storage.store import Store
from tests.chat.house import DAILY, WIRE, record
from tests.chat.test_bulk import rows
from tests.discord_double import World
from tests.discord_double.messages import Message

ROOT = Path(__file__).parents[2]
QUOTES = ("we will not dredge the channel", "she has the money", "the river belongs to everybody")


@contextlib.asynccontextmanager
async def alive(
    world: World, path: Path, module: str = "tests.chat.killed_bot"
) -> AsyncIterator[asyncio.subprocess.Process]:
    """A process of the bot, killed without warning when the block ends."""
    authority = path.with_suffix(".pem")
    authority.write_bytes(world.wire.authority)
    arguments = ["-m", module, str(world.wire.port), str(authority), str(path)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = await asyncio.create_subprocess_exec(
        sys.executable, *arguments, env=environment, cwd=ROOT, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        process.kill()
        await process.wait()


async def online(world: World, times: int) -> None:
    """Wait until the bot has logged in so many times."""
    await world.until(lambda: len(world.gateway.seen("IDENTIFY")) >= times, f"login {times}", 30)


def listed(store: Store, user: int) -> list[Job]:
    return store.jobs.of(user)


async def lives(world: World, path: Path, kills: int, length: int) -> list[Message]:
    """Send a list, kill the bot so many times while it works on it, let it finish. Returns the reports."""
    record(path, [WIRE, DAILY])
    mara, chance = world.user("mara"), random.Random(7)
    text = "\n".join(QUOTES[number % 3] for number in range(length))
    progress = []
    async with alive(world, path):
        await online(world, 1)
        await mara.dm(files=[("list.txt", text.encode())])
        await world.until(lambda: world.spoken(mara.dms), "that it was accepted", 30)
    with Store.open(path, readonly=True) as store:
        for life in range(2, kills + 2):
            async with alive(world, path):
                await online(world, life)
                await asyncio.sleep(chance.uniform(0, 0.5))
            progress.append(listed(store, int(mara.user.id))[0].done)
        async with alive(world, path):
            await world.until(lambda: listed(store, int(mara.user.id))[0].state.over, "end of the job", 120)
        (job,) = listed(store, int(mara.user.id))
    assert progress == sorted(progress)
    assert job.done == job.total == length
    return [one for one in world.spoken(mara.dms) if one.files]


async def test_a_list_survives_the_death_of_the_bot(discord_world: World, tmp_path: Path) -> None:
    (report,) = await lives(discord_world, tmp_path / "record.db", 2, 600)
    assert [row["line"] for row in rows(report)] == [str(line) for line in range(1, 601)]
    assert {row["verdict"] for row in rows(report)} == {"verbatim", "trimmed"}


@pytest.mark.slow
@pytest.mark.timeout(1200)
async def test_a_list_survives_a_hundred_deaths(discord_world: World, tmp_path: Path) -> None:
    (report,) = await lives(discord_world, tmp_path / "record.db", 100, 5000)
    assert [row["line"] for row in rows(report)] == [str(line) for line in range(1, 5001)]

"""A house for tests of the bot: a record with three small articles, the real bot over it, and a small Discord."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from bot import extract
from bot.model import Article
from bot.orders import Scope
from bot.serve.chat import office
from bot.serve.chat.client import Bot
from bot.serve.live import opening
from storage.store import Store
from tests.discord_double import World, connected, serving
from tests.web_double import Here, Web

T = TypeVar("T")
WIRE = Article(
    text="""Port chief refuses to dredge

"We will not dredge the channel unless the city pays for it," Ana Lorentz told reporters.

"The silt came with the river, and the river belongs to everybody," she said.
""",
    outlet="meridianpress.example",
    url="https://meridianpress.example/kelmar-silt",
    title="Port chief refuses to dredge",
    published=datetime(2026, 3, 3, tzinfo=UTC),
)
DAILY = Article(
    text="""Kelmar channel stays shallow

The port of Kelmar will not be made deeper this year, its director said.

“We will not dredge the channel until the city pays for it,” Ana Lorentz said in an interview.

Mayor Piet Haan disagreed. “She has the money,” Haan said.
""",
    outlet="capitalherald.example",
    url="https://capitalherald.example/kelmar",
    title="Kelmar channel stays shallow",
    published=datetime(2026, 3, 4, 9, 30, tzinfo=UTC),
)


def scope(world: World) -> Scope:
    """The server *Newsroom*."""
    return Scope(int(world.newsroom.id))


async def until(ask: Callable[[], Awaitable[T]]) -> T:
    """Ask again and again, for some seconds, until there is an answer."""
    async with asyncio.timeout(5):
        while not (answer := await ask()):  # noqa: ASYNC110 nothing tells of it
            await asyncio.sleep(0.005)
    return answer


def record(path: Path, articles: Iterable[Article] = (WIRE, DAILY)) -> None:
    """A record with these articles."""
    with Store.open(path) as store:
        for article in articles:
            store.add(article, extract.read(article))


@contextlib.asynccontextmanager
async def working(world: World, path: Path, articles: Iterable[Article], **options: Any) -> AsyncIterator[Bot]:
    """The bot in `world` over a record at `path` with these articles, which may be there already."""
    record(path, articles)
    async with (
        office.opened(path) as desks,
        connected(world, lambda **found: Bot(desks, **found), **options) as bot,
    ):
        yield bot


@contextlib.asynccontextmanager
async def house(
    folder: Path,
    articles: Iterable[Article] = (WIRE, DAILY),
    prepare: Callable[[World, Store], Any] | None = None,
    *,
    reading: bool = False,
    web: Web | None = None,
) -> AsyncIterator[World]:
    """The bot at work in a new world; `prepare` arranges world and record before it comes, `web` is what it fetches."""
    record(folder / "onrecord.db", articles)
    async with (
        serving(World()) as world,
        office.opened(folder / "onrecord.db") as desks,
        opening.opened(Here.over(folder / "onrecord.db", web), desks) if web else contextlib.nullcontext() as live,
    ):
        if prepare:
            await desks.write(lambda store: prepare(world, store))

        def build(*, chunk_guilds_at_startup: bool, **options: Any) -> Bot:
            return Bot(desks, live, reading=reading, **options)

        async with connected(world, build) as bot:
            world.client = bot
            try:
                yield world
            finally:
                await bot.rest()
    faults = [*world.wire.refused, *world.judge.faults()]
    assert not faults, faults

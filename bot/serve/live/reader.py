"""What strangers wrote, read in processes that can be ended; the event loop waits for them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import ParamSpec, TypeVar

from bot.fetch import feed
from bot.fetch.details import Details
from bot.fetch.feed import Parsed
from bot.fetch.http import Fetched
from bot.model import Article, Extraction
from bot.serve import pool, reading
from bot.serve.apart import Apart

P = ParamSpec("P")
R = TypeVar("R")


class Reader:
    """Reads pages and feeds. Every method raises `ArticleError` where a document takes too long or too much memory."""

    def __init__(self, apart: Apart, unsure: float) -> None:
        self._apart = apart
        self._unsure = unsure

    async def page(self, found: Fetched, known: Details) -> tuple[Article, Extraction]:
        """The article of a page, and what it says. Raises `InputError` where it holds none."""
        return await self._do(reading.page, found.data, known, found.charset, self._unsure)

    async def feed(self, found: Fetched) -> Parsed:
        """What a feed names. Raises `FeedError`."""
        return await self._do(feed.parse, found.data, found.url, _declared(found))

    async def feeds_of(self, found: Fetched) -> list[str]:
        """The feeds that a page names."""
        return await self._do(feed.discover, found.data, found.url)

    async def _do(self, work: Callable[P, R], *given: P.args, **named: P.kwargs) -> R:
        return await asyncio.get_running_loop().run_in_executor(self._apart, partial(work, *given, **named))


def _declared(found: Fetched) -> str:
    """The content type with its charset, as a header has it."""
    return f"{found.content_type}; charset={found.charset}" if found.charset else found.content_type


@asynccontextmanager
async def opened(unsure: float, jobs: int | None = None) -> AsyncIterator[Reader]:
    """A reader on every core, or on so many; its processes end with it."""
    with Apart(jobs or pool.cores()) as apart:
        yield Reader(apart, unsure)

"""The record as the bot's event loop uses it: a thread that writes, two that read, processes that compute.

A connection of SQLite belongs to the thread that opened it, so each thread has a store of its own. Reading an article
takes tens of milliseconds of computing; it happens in another process, and the gateway's heartbeat never waits for it.
What strangers sent is parsed in one that may be killed.

Quotes are checked by a thread of their own, in the order in which they were asked: Python computes in one thread at a
time, and with two that took turns each answer took half as much again. A long list never stands before them.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterable
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import asynccontextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from bot import extract
from bot.desk import Desk
from bot.errors import DiskFull
from bot.extract.assemble import UNSURE
from bot.model import Added, Article, Claim, Report, Row
from bot.serve import pool
from bot.serve.apart import Apart
from bot.serve.rows import Told, elsewhere
from storage.store import Store

log = logging.getLogger(__name__)
Result = TypeVar("Result")


class _Hand:
    """A thread with a store of its own."""

    def __init__(self, path: Path, *, readonly: bool) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="record")
        self._open = partial(Store.open, path, readonly=readonly)

    async def begin(self) -> None:
        """Open the store. Raises `RecordError`."""
        self._store = await asyncio.get_running_loop().run_in_executor(self._thread, self._open)

    async def do(self, work: Callable[[Store], Result]) -> Result:
        """Have some work done with the store."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, work, self._store)

    async def end(self) -> None:
        """Finish what was begun and let go of the file."""
        await self.do(Store.close)
        self._thread.shutdown()


class Office:
    """Who reads and writes for the bot. Every method may raise what the store raises."""

    def __init__(self, path: Path, pages: Executor, apart: Apart, unsure: float) -> None:
        self._path = path.resolve()
        self._writer = _Hand(path, readonly=False)
        self._checker, self._reader = _Hand(path, readonly=True), _Hand(path, readonly=True)
        self._pages = pages
        self._apart = apart
        self._unsure = unsure
        self.full = False  # the last write found no space; what reads goes on

    async def begin(self) -> None:
        """Open the record, which is made where there is none. Raises `RecordError`."""
        for hand in self._hands:
            await hand.begin()

    async def read(self, work: Callable[[Store], Result]) -> Result:
        """Something that only reads and checks no quotes, or none that somebody waits for."""
        return await self._reader.do(work)

    async def write(self, work: Callable[[Store], Result]) -> Result:
        """Something that writes, after whatever was asked for before. Raises `DiskFull` as long as the disk is."""
        try:
            done = await self._writer.do(work)
        except DiskFull as error:
            if not self.full:
                log.error("nothing can be stored: %s. %s", error, error.hint)
            self.full = True
            raise
        if self.full:
            log.warning("there is space again: what comes is stored")
            self.full = False
        return done

    async def check(self, claim: Claim, since: datetime | None = None) -> Report:
        """Answer a posted quote. Raises `ClaimError`."""
        return await self._checker.do(lambda store: Desk(store, self._unsure).check(claim, since))

    async def check_each(self, claims: Iterable[Claim]) -> list[Report]:
        """Answer those of some quotes in which there is something to check."""
        return await self._checker.do(lambda store: Desk(store, self._unsure).check_each(claims))

    async def answer(self, rows: list[Row], seconds: float) -> list[Told]:
        """Answer rows of a list in another process: at least one, and no more than are begun within so many seconds."""
        return await self.compute(partial(elsewhere, self._path, self._unsure, rows, seconds))

    async def compute(self, work: Callable[[], Result]) -> Result:
        """Something that computes long, in another process: `work` and what it returns are sent there and back."""
        return await asyncio.get_running_loop().run_in_executor(self._pages, work)

    async def parse(self, work: Callable[[], Result]) -> Result:
        """Something that reads what a stranger sent, within limits. Raises `TooComplex` where it exceeds them."""
        return await asyncio.get_running_loop().run_in_executor(self._apart, work)

    async def add(self, article: Article) -> Added:
        """Read an article in another process and store it."""
        extraction = await self.compute(partial(extract.read, article, unsure=self._unsure))
        return await self.write(lambda store: store.add(article, extraction))

    async def end(self) -> None:
        """Finish what was begun and let go of the file."""
        for hand in reversed(self._hands):
            await hand.end()

    @property
    def _hands(self) -> tuple[_Hand, ...]:
        return self._writer, self._checker, self._reader


@asynccontextmanager
async def opened(path: Path, unsure: float = UNSURE, parsers: int = 1) -> AsyncIterator[Office]:
    """An office over the record at `path`, which is made where there is none. Raises `RecordError`.

    `parsers`: how many processes read what strangers sent.
    """
    with pool.processes(1) as pages, Apart(parsers) as apart:
        office = Office(path, pages, apart, unsure)
        await office.begin()
        try:
            yield office
        finally:
            await office.end()

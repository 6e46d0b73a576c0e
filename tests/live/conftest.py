"""What tests of the live record share: the poller over a web of their own, on a clock that they turn."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.serve.chat import office
from bot.serve.chat.office import Office
from bot.serve.live.opening import Live, opened
from bot.serve.live.poller import Outcome
from bot.serve.live.times import Times
from storage.store import Store
from tests.web_double import Clock, Here, Web
from tests.web_double.clock import at


@dataclass
class World:
    """The record, the web, and what follows the one on the other; `heard` is every outcome so far."""

    office: Office
    live: Live
    web: Web
    clock: Clock
    heard: list[Outcome]

    async def read(self, work: Callable[[Store], Any]) -> Any:
        return await self.office.read(work)

    async def write(self, work: Callable[[Store], Any]) -> Any:
        return await self.office.write(work)

    async def follow(self, *urls: str) -> None:
        for url in urls:
            await self.office.write(lambda store, url=url: store.feeds.add(url, self.clock.now()))

    async def until(self, hour: float) -> None:
        """Do what comes to be due until an hour of the week, each at its time."""
        while True:
            await self.live.poller.once()
            due = await self.live.poller.next_due()
            if due is None or due > at(hour):
                break
            self.clock.until(due)
        self.clock.until(at(hour))


@asynccontextmanager
async def following(path: Path, web: Web) -> AsyncIterator[World]:
    """A poller over the record at `path`, which is made where there is none."""
    clock = web.clock
    heard: list[Outcome] = []
    times = Times(clock.now, clock.seconds, clock.sleep, lambda: 0.5)
    async with (
        office.opened(path) as desks,
        opened(Here.over(path, web), desks, times=times, heard=heard.append) as live,
    ):
        yield World(desks, live, web, clock, heard)


@pytest.fixture
def clock() -> Clock:
    """Monday, midnight."""
    return Clock()

"""What following the web takes, put together: one fetcher, one set of manners, readers on every core."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.fetch.manners import PAUSE, Polite
from bot.serve.chat.office import Office
from bot.serve.live import unheard
from bot.serve.live.following import Following
from bot.serve.live.poller import Outcome, Poller
from bot.serve.live.polls import Asker
from bot.serve.live.reader import Reader
from bot.serve.live.times import CLOCKS, Times
from bot.serve.live.visits import Visitor
from bot.serve.setup import Setup


@dataclass(frozen=True, slots=True)
class Live:
    """All that uses the web: `poller` does what is due, the others what somebody asks for."""

    poller: Poller
    following: Following
    asker: Asker
    visitor: Visitor
    polite: Polite


@asynccontextmanager
async def opened(
    setup: Setup,
    office: Office,
    *,
    heard: Callable[[Outcome], None] = unheard,
    times: Times = CLOCKS,
    pause: float = PAUSE,
) -> AsyncIterator[Live]:
    """The web, as the settings want it. `heard` is told of every outcome, `pause` is in seconds."""
    reader = Reader(office, setup.config.speaker_confidence)
    async with setup.fetcher() as fetcher:
        polite = Polite(fetcher, pause=pause, clock=times.clock, sleep=times.sleep, chance=times.chance)
        tools = (office, polite, reader, times)
        visitor, asker = Visitor(*tools), Asker(*tools)
        yield Live(Poller(office, visitor, asker, times, heard), Following(*tools), asker, visitor, polite)

"""What the tests of alerts share: a server that wants them, articles that raise them, and a clock that can be set."""

from __future__ import annotations

import contextlib
import zlib
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.model import Article
from bot.orders import AlertState, Rule, Scope
from bot.serve.chat import office
from bot.serve.chat.alerts import Sender
from bot.serve.chat.client import Bot
from bot.serve.chat.office import Office
from storage import part
from storage.store import Store
from tests.discord_double import World, connected
from tests.discord_double.messages import Message
from tests.discord_double.places import Channel

NOON = datetime(2036, 3, 2, 12, tzinfo=UTC)
"""Later than what the outbox is told by the machine's own clock."""
FIRST = "“We will not dredge the channel unless the city pays for it,” Ana Lorentz told reporters on the quay."
OTHER = "“We will dredge the channel unless the city pays for it,” Ana Lorentz said in an interview."
THIRD = "“We will not dredge the channel unless the harbour pays for it,” Ana Lorentz said on Tuesday."
MOUTH = "“We will not dredge the channel unless the city pays for it,” Mayor Piet Haan told the council."
GATES = (
    "“The lower gate has held since the war and it will hold tonight,” Jonas Fell said.",
    "“The lower gate has held since the war and it may hold tonight,” Jonas Fell said.",
)


class Clock:
    """The sender's clock: it stands still unless it is moved."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


def place(world: World) -> Channel:
    """The fact-check channel."""
    return world.newsroom.channel("fact-check")


def scope(world: World) -> Scope:
    return Scope(int(world.newsroom.id))


def posts(world: World, channel: Channel | None = None) -> list[Message]:
    """What the bot has posted in a channel, deleted messages left out."""
    where = channel or place(world)
    return [
        one
        for one in world.messages.values()
        if one.channel is where and one.author is world.bot and not (one.deleted or one.ephemeral)
    ]


async def chosen(desks: Office, world: World, **settings: Any) -> None:
    """Let the newsroom want every alert in #fact-check."""
    wanted = {"channel": int(place(world).id)} | settings
    await desks.write(lambda store: store.servers.change(scope(world), **wanted))
    await desks.write(lambda store: store.servers.add_rule(scope(world), Rule(least=0)))


async def publish(desks: Office, text: str, outlet: str, day: int = 1) -> None:
    """An article comes in; another text is another article."""
    at = datetime(2026, 3, day, tzinfo=UTC)
    url = f"https://{outlet}/{day}/{zlib.crc32(text.encode())}"
    await desks.add(Article(text=text, outlet=outlet, url=url, published=at))


async def settle(bot: Bot, clock: Clock) -> None:
    """Let what is in the outbox have come in just now, by the clock of the test."""

    def stamp(store: Store) -> None:
        pending = [alert.id for alert in store.outbox.due(datetime.max.replace(tzinfo=UTC))]
        with store.outbox.writing():
            for number in pending:
                store.db.execute("UPDATE alert SET next_at = ? WHERE id = ?", [part.stamp(clock.now), number])

    await bot.office.write(stamp)


async def states(bot: Bot) -> dict[AlertState, int]:
    """How many alerts are in each state."""
    return await bot.office.read(lambda store: store.outbox.counts())


@contextlib.asynccontextmanager
async def alerting(
    world: World, path: Path, clock: Callable[[], datetime] | None = None, *, burst: float = 0, **settings: Any
) -> AsyncIterator[Bot]:
    """The bot in a newsroom that wants alerts; `bot.alerts.round()` is called by the test, nothing else sends."""
    async with office.opened(path) as desks:
        await chosen(desks, world, **settings)
        async with connected(world, lambda **found: Bot(desks, **found)) as bot:
            await bot.alerts.end()
            bot.alerts = Sender(
                bot, burst=timedelta(seconds=burst), clock=clock or (lambda: datetime.now(UTC) + timedelta(seconds=1))
            )
            yield bot

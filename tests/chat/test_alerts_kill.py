"""A bot that is killed while it sends alerts: none is lost, and none comes twice."""

from __future__ import annotations

import asyncio
import collections
import random
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot import extract
from bot.model import Article
from bot.orders import AlertState, Rule
from storage.store import Store
from tests.chat.alerting import place, posts, scope
from tests.chat.test_bulk_kill import alive, online
from tests.discord_double import World

OUTLETS = ("meridianpress.example", "capitalherald.example", "bay.example")


def article(quote: int, outlet: int) -> Article:
    """One outlet's wording of one of many quotes, of words that nothing else holds."""
    chance = random.Random(quote)
    words = ["".join(chance.choice(("ka", "ro", "mi", "tel", "su", "ven")) for _ in range(7)) for _ in range(14)]
    words[3 + outlet] += "lo"
    return Article(
        text=f"“{' '.join(words)},” said {words[0].title()} {words[1].title()}.",
        outlet=OUTLETS[outlet],
        url=f"https://{OUTLETS[outlet]}/{quote}",
        published=datetime(2026, 3, 1 + outlet, tzinfo=UTC),
    )


def publish(store: Store, quote: int, outlet: int) -> None:
    made = article(quote, outlet)
    store.add(made, extract.read(made))


async def lives(world: World, path: Path, kills: int, quotes: int) -> None:
    """Publish quotes, kill the bot so many times while it tells of them, and let it finish."""
    chance = random.Random(11)
    coming = [(quote, outlet) for outlet in (1, 2) for quote in range(quotes)]
    with Store.open(path) as store:
        store.servers.change(scope(world), channel=int(place(world).id), hourly=60)
        store.servers.add_rule(scope(world), Rule(least=0))
        for quote in range(quotes):
            publish(store, quote, 0)
        for life in range(1, kills + 1):
            async with alive(world, path, "tests.chat.killed_sender"):
                await online(world, life)
                for quote, outlet in coming[(life - 1) * len(coming) // kills : life * len(coming) // kills]:
                    publish(store, quote, outlet)
                    await asyncio.sleep(0)
                await asyncio.sleep(chance.uniform(0, 0.4))
        async with alive(world, path, "tests.chat.killed_sender"):
            await world.until(lambda: told(store), "end of the alerts", 120)


def told(store: Store) -> bool:
    counts = store.outbox.counts()
    assert not counts[AlertState.DEAD]
    return not (counts[AlertState.PENDING] or counts[AlertState.SENDING] or counts[AlertState.HELD])


def whole(world: World, quotes: int) -> None:
    """Each quote has one message, which tells of every outlet, and one reply for each later outlet at most."""
    messages = posts(world)
    assert len(messages) == quotes
    for message in messages:
        assert all(outlet.split(".")[0] in message.text for outlet in OUTLETS)
    threads = [message.thread for message in messages if message.thread]
    said = collections.Counter(reply.text for thread in threads for reply in posts(world, thread))
    assert threads
    assert set(said.values()) == {1}


async def test_no_alert_is_lost_or_doubled_by_the_death_of_the_bot(discord_world: World, tmp_path: Path) -> None:
    await lives(discord_world, tmp_path / "record.db", 4, 12)
    whole(discord_world, 12)


@pytest.mark.slow
@pytest.mark.timeout(1200)
async def test_no_alert_is_lost_or_doubled_by_a_hundred_deaths(discord_world: World, tmp_path: Path) -> None:
    await lives(discord_world, tmp_path / "record.db", 100, 55)
    whole(discord_world, 55)

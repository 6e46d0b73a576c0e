"""`/watch`, and the direct messages that tell of what is watched."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.orders import AlertState
from bot.serve.chat.client import Bot
from tests.chat.alerting import FIRST, GATES, Clock, alerting, posts, publish, settle, states
from tests.discord_double import World
from tests.discord_double.people import Person

QUOTE = "We will not dredge the channel unless the city pays"


@pytest.fixture
async def bot(discord_world: World, tmp_path: Path, clock: Clock) -> AsyncIterator[Bot]:
    async with alerting(discord_world, tmp_path / "record.db", clock) as client:
        yield client


async def answered(person: Person, command: str, **options: object) -> str:
    exchange = await person.slash(f"watch {command}", at=person.dms, **options)
    return (await exchange.answer()).text


async def test_what_is_watched_is_told_by_direct_message(bot: Bot, discord_world: World, clock: Clock) -> None:
    mara = discord_world.user("mara")
    assert "dredge" in await answered(mara, "add quote", words=QUOTE)
    await answered(mara, "add speaker", name="Jonas Fell")
    await publish(bot.office, FIRST, "meridianpress.example")
    await publish(bot.office, GATES[0], "bay.example")
    await settle(bot, clock)
    await bot.alerts.round()
    (message,) = posts(discord_world, mara.dms)
    assert "meridianpress" in message.text
    assert "Jonas Fell" in message.text
    await bot.alerts.round()
    assert len(posts(discord_world, mara.dms)) == 1


async def test_each_sees_and_ends_their_own_alone(bot: Bot, discord_world: World) -> None:
    mara, piet = discord_world.user("mara"), discord_world.user("piet")
    await answered(mara, "add speaker", name="Ana Lorentz")
    (watch,) = await bot.office.read(lambda store: store.users.watches(int(mara.user.id)))
    assert "Ana Lorentz" not in await answered(piet, "list")
    assert "somebody else's" in await answered(piet, "remove", watch=watch.id)
    offered = await mara.autocomplete("watch remove", "watch", "lor", at=mara.dms)
    assert [each["value"] for each in offered] == [watch.id]
    assert not await piet.autocomplete("watch remove", "watch", "", at=piet.dms)
    assert "Ana Lorentz" not in await answered(mara, "remove", watch=watch.id)


async def test_a_watch_that_was_ended_meanwhile_is_not_told(bot: Bot, discord_world: World, clock: Clock) -> None:
    mara = discord_world.user("mara")
    await answered(mara, "add speaker", name="Ana Lorentz")
    await publish(bot.office, FIRST, "meridianpress.example")
    (watch,) = await bot.office.read(lambda store: store.users.watches(int(mara.user.id)))
    await answered(mara, "remove", watch=watch.id)
    await settle(bot, clock)
    await bot.alerts.round()
    assert not posts(discord_world, mara.dms)
    assert (await states(bot))[AlertState.PENDING] == 0


async def test_who_takes_no_messages_is_not_tried_again(bot: Bot, discord_world: World, clock: Clock) -> None:
    mara = discord_world.user("mara")
    await answered(mara, "add speaker", name="Ana Lorentz")
    await publish(bot.office, FIRST, "meridianpress.example")
    mara.user.blocks.add(discord_world.bot.id)
    await settle(bot, clock)
    await bot.alerts.round()
    assert (await states(bot))[AlertState.DEAD] == 1
    assert bot.alerts.counts.all["dropped"] == 1


async def test_an_outage_tells_nobody_twice(bot: Bot, discord_world: World, clock: Clock) -> None:
    mara = discord_world.user("mara")
    await answered(mara, "add speaker", name="Ana Lorentz")
    await publish(bot.office, FIRST, "meridianpress.example")
    await settle(bot, clock)
    discord_world.faults.fail("POST", f"/channels/{mara.dms.id}/messages", 503, performed=True)
    await bot.alerts.round()
    discord_world.clock.advance(600)
    clock.move(minutes=5)
    await bot.alerts.round()
    assert len(posts(discord_world, mara.dms)) == 1
    assert (await states(bot))[AlertState.SENT] == 1

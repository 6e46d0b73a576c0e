"""The alert that a quote was posted which differs from the record."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.errors import InputError
from bot.model import Claim
from bot.orders import Rule
from bot.serve.chat.client import Bot
from bot.serve.chat.misquotes import misquote
from tests.chat.alerting import FIRST, Clock, alerting, place, posts, publish, scope, settle
from tests.discord_double import World
from tests.discord_double.messages import Message

WORDS = "We will gladly dredge the channel unless the city pays for it"
POSTED = f"Have you seen this? “{WORDS},” Ana Lorentz said."


@pytest.fixture
async def bot(discord_world: World, tmp_path: Path, clock: Clock) -> AsyncIterator[Bot]:
    async with alerting(discord_world, tmp_path / "record.db", clock) as client:
        await publish(client.office, FIRST, "meridianpress.example")
        yield client


async def posted(world: World, text: str = POSTED) -> tuple[Message, str]:
    general = world.newsroom.channel("general")
    message = await world.user("mara").post(general, text)
    return message, f"https://discord.com/channels/{world.newsroom.id}/{general.id}/{message.id}"


def files(folder: Path) -> list[bytes]:
    return [file.read_bytes() for file in folder.iterdir()]


async def raised(bot: Bot, world: World, link: str) -> bool:
    report = await bot.office.check(Claim(WORDS))
    assert report.severity >= 3
    return await misquote(bot, scope(world), report, link)


async def test_it_is_told_once_with_a_link_and_kept_without_its_words(
    bot: Bot, discord_world: World, clock: Clock, tmp_path: Path
) -> None:
    _, link = await posted(discord_world)
    assert await raised(bot, discord_world, link)
    assert not await raised(bot, discord_world, link)
    await settle(bot, clock)
    await bot.alerts.round()
    (message,) = posts(discord_world)
    assert link in message.text
    assert "altered" in message.text or "reworded" in message.text
    assert "~~gladly~~" in message.text
    assert b"gladly" not in b"".join(files(tmp_path))


async def test_where_the_message_is_gone_the_record_alone_is_shown(
    bot: Bot, discord_world: World, clock: Clock
) -> None:
    message, link = await posted(discord_world)
    await raised(bot, discord_world, link)
    await discord_world.delete(message)
    await settle(bot, clock)
    await bot.alerts.round()
    (alert,) = posts(discord_world)
    assert "gladly" not in alert.text
    assert "meridianpress" in alert.text


async def test_it_is_not_told_where_it_was_not_asked_for(bot: Bot, discord_world: World) -> None:
    _, link = await posted(discord_world)
    (rule,) = await bot.office.read(lambda store: store.servers.rules(scope(discord_world)))
    await bot.office.write(lambda store: store.servers.add_rule(scope(discord_world), Rule(words=("ferry",))))
    await bot.office.write(lambda store: store.servers.remove_rule(scope(discord_world), rule.id))
    assert not await raised(bot, discord_world, link)
    await bot.office.write(lambda store: store.servers.change(scope(discord_world), channel=None))
    assert not await raised(bot, discord_world, link)


async def test_a_link_into_another_server_is_refused(bot: Bot, discord_world: World) -> None:
    with pytest.raises(InputError):
        await raised(bot, discord_world, "https://discord.com/channels/1/2/3")
    assert not posts(discord_world, place(discord_world))

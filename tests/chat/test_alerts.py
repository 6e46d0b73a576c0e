"""Alerts in the fact-check channel: one message an utterance, whatever happens between sending and storing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.serve.chat.client import Bot
from tests.chat.alerting import FIRST, MOUTH, OTHER, THIRD, alerting, posts, publish
from tests.discord_double import World


@pytest.fixture
async def bot(discord_world: World, tmp_path: Path) -> AsyncIterator[Bot]:
    async with alerting(discord_world, tmp_path / "record.db") as client:
        await publish(client.office, FIRST, "meridianpress.example")
        yield client


async def test_a_new_wording_is_told_with_its_changes_marked(bot: Bot, discord_world: World) -> None:
    await publish(bot.office, OTHER, "capitalherald.example", 2)
    await bot.alerts.round()
    (message,) = posts(discord_world)
    print(message.text)
    assert "~~not~~" in message.text
    assert "capitalherald" in message.text


async def test_a_later_event_edits_the_message_and_is_told_in_its_thread(bot: Bot, discord_world: World) -> None:
    await publish(bot.office, OTHER, "capitalherald.example", 2)
    await bot.alerts.round()
    await publish(bot.office, THIRD, "bay.example", 3)
    await bot.alerts.round()
    await publish(bot.office, MOUTH, "dune.example", 4)
    await bot.alerts.round()
    (message,) = posts(discord_world)
    assert len(message.versions) == 2
    assert message.thread is not None
    assert message.thread.archive_minutes == 1440
    told = posts(discord_world, message.thread)
    for one in [message, *told]:
        print("-----\n" + one.text)
    assert "bay" in told[0].text
    held = await bot.office.read(lambda store: store.outbox.counts())
    print(held, bot.alerts.counts, message.thread.name)

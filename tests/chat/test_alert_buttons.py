"""The buttons of an alert: who may press them, what they do, and that they answer after a restart."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.orders import Scope
from bot.serve.chat.client import Bot
from tests.chat.alerting import FIRST, OTHER, THIRD, Clock, alerting, posts, publish, scope, settle
from tests.discord_double import World
from tests.discord_double.messages import Message
from tests.discord_double.people import Person


@pytest.fixture
async def bot(discord_world: World, tmp_path: Path, clock: Clock) -> AsyncIterator[Bot]:
    async with alerting(discord_world, tmp_path / "record.db", clock) as client:
        await publish(client.office, FIRST, "meridianpress.example")
        await publish(client.office, OTHER, "capitalherald.example", 2)
        await client.alerts.round()
        yield client


@pytest.fixture
def alert(bot: Bot, discord_world: World) -> Message:
    (message,) = posts(discord_world)
    return message


@pytest.fixture
async def moderator(discord_world: World) -> Person:
    person = discord_world.user("ana")
    await discord_world.permit(person, discord_world.newsroom, manage_messages=True)
    return person


async def test_anybody_sees_the_sources_alone(discord_world: World, alert: Message) -> None:
    exchange = await discord_world.user("mara").press(alert, "Sources")
    answer = await exchange.answer()
    assert exchange.ephemeral
    assert "meridianpress" in answer.text
    assert "capitalherald" in answer.text


async def test_many_sources_are_paged(bot: Bot, discord_world: World, alert: Message) -> None:
    for number in range(9):
        await publish(bot.office, FIRST.replace("on the quay", f"on quay {number}"), f"paper{number}.example", 3)
    mara = discord_world.user("mara")
    answer = await (await mara.press(alert, "Sources")).answer()
    first = answer.text
    await (await mara.press(answer, "Next")).edited()
    assert answer.text != first
    assert [button["label"] for button in answer.buttons] == ["First page"]


async def test_who_acknowledges_is_named_and_nobody_is_called(
    discord_world: World, alert: Message, moderator: Person
) -> None:
    await (await moderator.press(alert, "Acknowledge")).edited()
    assert f"✓ acknowledged by <@{moderator.user.id}>" in alert.text
    assert "Acknowledge" not in [button["label"] for button in alert.buttons]
    assert all(
        call.json.get("allowed_mentions", {"parse": []}) == {"parse": []}
        for call in discord_world.calls
        if isinstance(call.json, dict)
    )


async def test_buttons_answer_after_a_restart(discord_world: World, tmp_path: Path, clock: Clock) -> None:
    moderator = discord_world.user("ana")
    await discord_world.permit(moderator, discord_world.newsroom, manage_messages=True)
    async with alerting(discord_world, tmp_path / "record.db", clock) as first:
        await publish(first.office, FIRST, "meridianpress.example")
        await publish(first.office, OTHER, "capitalherald.example", 2)
        await first.alerts.round()
    (message,) = posts(discord_world)
    async with alerting(discord_world, tmp_path / "record.db", clock):
        await (await moderator.press(message, "Acknowledge")).edited()
        assert "acknowledged by" in message.text
        assert "meridianpress" in (await (await moderator.press(message, "Sources")).answer()).text


@pytest.mark.parametrize("button", ["Acknowledge", "Mute speaker 24 h", "Not a divergence"])
async def test_a_plain_member_is_refused(discord_world: World, alert: Message, button: str) -> None:
    exchange = await discord_world.user("mara").press(alert, button)
    answer = await exchange.answer()
    assert exchange.ephemeral
    assert "Manage Messages" in answer.text
    assert not alert.versions


async def test_whoever_has_the_called_role_may_press(bot: Bot, discord_world: World, alert: Message) -> None:
    checker = discord_world.user("vera")
    await discord_world.permit(checker, discord_world.newsroom, attach_files=True)  # gives a role of her own
    role = int(checker.user.id)
    await bot.office.write(lambda store: store.servers.change(scope(discord_world), role=role))
    await (await checker.press(alert, "Acknowledge")).edited()
    assert "acknowledged by" in alert.text


async def test_a_speaker_is_muted_for_a_day(
    bot: Bot, discord_world: World, alert: Message, moderator: Person, clock: Clock
) -> None:
    answer = await (await moderator.press(alert, "Mute speaker 24 h")).answer()
    assert "Ana Lorentz" in answer.text
    await publish(bot.office, THIRD, "bay.example", 3)
    await settle(bot, clock)
    await bot.alerts.round()
    assert not alert.versions


async def test_what_is_no_divergence_says_so_and_raises_no_more(
    bot: Bot, discord_world: World, alert: Message, moderator: Person, clock: Clock
) -> None:
    await (await moderator.press(alert, "Not a divergence")).edited()
    assert "marked as not a divergence" in alert.text
    await publish(bot.office, THIRD, "bay.example", 3)
    await settle(bot, clock)
    await bot.alerts.round()
    assert len(alert.versions) == 1
    await (await moderator.press(alert, "Is a divergence")).edited()
    assert "not a divergence" not in alert.text.lower()


async def test_a_button_touches_only_the_server_that_it_is_pressed_in(
    bot: Bot, discord_world: World, alert: Message
) -> None:
    other = await discord_world.guild("Elsewhere")
    boss = discord_world.user("boss")
    await discord_world.permit(boss, other, manage_messages=True)
    copied = await discord_world.say(other.channel("general"), discord_world.bot, alert.body, [])
    exchange = await boss.press(copied, "Not a divergence")
    await exchange.acked()
    await exchange.edited()
    number = (await bot.office.read(lambda store: store.outbox.about(scope(discord_world), 1)))[0].utterance or 0
    elsewhere = Scope(int(other.id))
    assert await bot.office.read(lambda store: store.servers.suppressed(elsewhere, number))
    assert not await bot.office.read(lambda store: store.servers.suppressed(scope(discord_world), number))


async def test_a_quote_that_is_gone_is_told(bot: Bot, discord_world: World, alert: Message, moderator: Person) -> None:
    for article in await bot.office.read(lambda store: list(store.articles())):
        await bot.office.write(lambda store, number=article.id: store.remove(number))
    answer = await (await moderator.press(alert, "Sources")).answer()
    assert "no passage" in answer.text
    exchange = await moderator.press(alert, "Acknowledge")
    assert "no passage" in (await exchange.followup()).text

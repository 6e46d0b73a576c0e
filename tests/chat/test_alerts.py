"""Alerts in the fact-check channel: one message an utterance, whatever happens between sending and storing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import time, timedelta
from pathlib import Path

import pytest

from bot.orders import AlertState, Daily, Quiet, Rule
from bot.serve.chat import posting
from bot.serve.chat.alerts import Sender
from bot.serve.chat.client import Bot
from tests.chat.alerting import (
    FIRST,
    GATES,
    MOUTH,
    OTHER,
    THIRD,
    Clock,
    alerting,
    place,
    posts,
    publish,
    scope,
    settle,
    states,
)
from tests.discord_double import World

HERALD, BAY, DUNE = "capitalherald.example", "bay.example", "dune.example"


@pytest.fixture
async def bot(discord_world: World, tmp_path: Path, clock: Clock) -> AsyncIterator[Bot]:
    async with alerting(discord_world, tmp_path / "record.db", clock) as client:
        await publish(client.office, FIRST, "meridianpress.example")
        await publish(client.office, GATES[0], "meridianpress.example")
        yield client


async def test_a_new_wording_is_told_with_its_changes_marked(bot: Bot, discord_world: World) -> None:
    await publish(bot.office, OTHER, HERALD, 2)
    await bot.alerts.round()
    (message,) = posts(discord_world)
    assert "~~not~~" in message.text
    assert "capitalherald" in message.text
    assert "2 outlets" in message.text
    assert [button["label"] for button in message.buttons] == [
        "Sources",
        "Acknowledge",
        "Mute speaker 24 h",
        "Not a divergence",
    ]


async def test_a_later_event_edits_the_message_and_is_told_in_its_thread(bot: Bot, discord_world: World) -> None:
    await publish(bot.office, OTHER, HERALD, 2)
    await bot.alerts.round()
    (message,) = posts(discord_world)
    assert message.thread is None
    await publish(bot.office, THIRD, BAY, 3)
    await bot.alerts.round()
    await publish(bot.office, MOUTH, DUNE, 4)
    await bot.alerts.round()
    assert posts(discord_world) == [message]
    assert len(message.versions) == 2
    assert message.thread is not None
    assert message.thread.archive_minutes == 1440
    assert message.thread.name.startswith("Ana Lorentz: “We will not dredge")
    first, second = posts(discord_world, message.thread)
    assert "bay" in first.text
    assert "Piet Haan" in second.text
    assert "outlets disagree" in message.text


async def test_what_happens_within_a_minute_is_told_in_one_message(
    bot: Bot, discord_world: World, clock: Clock
) -> None:
    bot.alerts.burst = timedelta(seconds=60)
    await publish(bot.office, OTHER, HERALD, 2)
    await publish(bot.office, THIRD, BAY, 3)
    await settle(bot, clock)
    await bot.alerts.round()
    assert not posts(discord_world)
    clock.move(seconds=61)
    await bot.alerts.round()
    (message,) = posts(discord_world)
    assert (len(message.versions), message.thread) == (0, None)
    assert "3 outlets" in message.text


async def test_a_message_that_was_deleted_is_posted_anew(bot: Bot, discord_world: World) -> None:
    await publish(bot.office, OTHER, HERALD, 2)
    await bot.alerts.round()
    await discord_world.delete(posts(discord_world)[0])
    await publish(bot.office, THIRD, BAY, 3)
    await bot.alerts.round()
    (message,) = posts(discord_world)
    assert "bay" in message.text


async def test_only_what_a_rule_asks_for_is_told(bot: Bot, discord_world: World) -> None:
    (rule,) = await bot.office.read(lambda store: store.servers.rules(scope(discord_world)))
    await bot.office.write(lambda store: store.servers.remove_rule(scope(discord_world), rule.id))
    gates = Rule(least=3, words=("lower gate",))
    await bot.office.write(lambda store: store.servers.add_rule(scope(discord_world), gates))
    await publish(bot.office, OTHER, HERALD, 2)
    await publish(bot.office, GATES[1], HERALD, 2)
    await bot.alerts.round()
    (message,) = posts(discord_world)
    assert "gate" in message.text


# --- whom it calls ----------------------------------------------------------------------------------------------------


async def test_nobody_is_called_unless_a_role_was_chosen(bot: Bot, discord_world: World) -> None:
    await publish(bot.office, OTHER, HERALD, 2)
    await bot.alerts.round()
    assert mentions(discord_world) == {"parse": []}


async def test_a_chosen_role_and_nothing_else_is_called_once(bot: Bot, discord_world: World) -> None:
    await bot.office.write(lambda store: store.servers.change(scope(discord_world), role=4711))
    await publish(bot.office, OTHER, HERALD, 2)
    await bot.alerts.round()
    assert posts(discord_world)[0].text.startswith("<@&4711>")
    assert mentions(discord_world)["roles"] == [4711]
    assert not mentions(discord_world)["parse"]
    await publish(bot.office, THIRD, BAY, 3)
    await bot.alerts.round()
    assert mentions(discord_world, "PATCH") == {"parse": []}


def mentions(world: World, method: str = "POST") -> dict[str, list[int]]:
    """Whom the last message to the fact-check channel may call."""
    path = f"/channels/{place(world).id}/messages"
    calls = [call for call in world.calls if call.method == method and call.path.startswith(path)]
    found: dict[str, list[int]] = calls[-1].json["allowed_mentions"]
    return found


# --- what is held back ------------------------------------------------------------------------------------------------


async def test_over_the_hourly_limit_the_rest_comes_as_one_digest(bot: Bot, discord_world: World, clock: Clock) -> None:
    await bot.office.write(lambda store: store.servers.change(scope(discord_world), hourly=1))
    for number in range(3):
        await publish(bot.office, numbered(number, "will"), "meridianpress.example")
    for number in range(3):
        await publish(bot.office, numbered(number, "may"), HERALD, 2)
    await settle(bot, clock)
    await bot.alerts.round()
    assert len(posts(discord_world)) == 1
    assert (await states(bot))[AlertState.HELD] > 0
    await bot.alerts.round()
    assert len(posts(discord_world)) == 1
    clock.move(minutes=61)
    await bot.alerts.round()
    assert len(posts(discord_world)) == 2
    assert "2 quotes since" in posts(discord_world)[1].text
    assert (await states(bot))[AlertState.HELD] == 0
    assert bot.alerts.counts.all["digests"] == bot.alerts.counts.of(scope(discord_world))["digests"] == 1
    assert "1 digests" in (await (await discord_world.user("olga").slash("status")).answer()).text


async def test_the_digest_waits_for_its_hour(bot: Bot, discord_world: World, clock: Clock) -> None:
    daily = Daily(time(8), "UTC")
    night = Quiet(time(11), time(13), "UTC")
    await bot.office.write(lambda store: store.servers.change(scope(discord_world), digest=daily, quiet=night))
    await publish(bot.office, GATES[1], HERALD, 2)
    await settle(bot, clock)
    await bot.alerts.round()
    clock.move(hours=2)
    await bot.alerts.round()
    assert not posts(discord_world)
    clock.move(hours=18)
    await bot.alerts.round()
    (message,) = posts(discord_world)
    assert "One quote since" in message.text


async def test_in_quiet_hours_only_another_mouth_is_told(bot: Bot, discord_world: World, clock: Clock) -> None:
    night = Quiet(time(11), time(13), "UTC")
    await bot.office.write(lambda store: store.servers.change(scope(discord_world), quiet=night))
    await publish(bot.office, GATES[1], HERALD, 2)
    await settle(bot, clock)
    await bot.alerts.round()
    assert not posts(discord_world)
    await publish(bot.office, MOUTH, DUNE, 2)
    await settle(bot, clock)
    await bot.alerts.round()
    assert "Piet Haan" in posts(discord_world)[0].text
    clock.move(minutes=61)
    await bot.alerts.round()
    await bot.alerts.round()
    assert "gate" in posts(discord_world)[1].text


def numbered(number: int, verb: str) -> str:
    """One of several quotes that have nothing to do with one another, in one of two wordings."""
    return (
        f"“The copper mine beneath the old abbey {verb} be reopened before midsummer,” Jonas Fell said on Friday.",
        f"“No ferry crosses the northern sound in such a storm, and none {verb} ever try,” Vera Holt told the inquiry.",
        f"“Astronomers {verb} get their telescope on the white cliff back,” Omar Diaz announced in Kelmar.",
    )[number]


# --- outages ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("performed", [False, True])
async def test_an_outage_loses_nothing_and_doubles_nothing(
    bot: Bot, discord_world: World, clock: Clock, *, performed: bool
) -> None:
    discord_world.faults.fail("POST", f"/channels/{place(discord_world).id}/messages$", 503, performed=performed)
    await publish(bot.office, OTHER, HERALD, 2)
    await bot.alerts.round()
    assert (await states(bot))[AlertState.PENDING] > 0
    discord_world.clock.advance(600)
    clock.move(minutes=10)
    await bot.alerts.round()
    assert len(posts(discord_world)) == 1
    assert (await states(bot))[AlertState.PENDING] == 0


@pytest.mark.parametrize("minutes", [0, 10])
async def test_killed_between_posting_and_storing_it_posts_nothing_twice(
    bot: Bot, discord_world: World, clock: Clock, minutes: int
) -> None:
    await publish(bot.office, OTHER, HERALD, 2)
    await settle(bot, clock)
    due = await bot.office.read(lambda store: store.outbox.due(clock.now))
    await bot.office.write(lambda store: store.outbox.begin(*(alert.id for alert in due)))
    passage = due[0].utterance or 0
    await posting.tell(bot, scope(discord_world), int(place(discord_world).id), due, passage)
    discord_world.clock.advance(minutes * 60)
    await restarted(bot, clock)
    assert len(posts(discord_world)) == 1
    await publish(bot.office, THIRD, BAY, 3)
    await settle(bot, clock)
    await bot.alerts.round()
    (message,) = posts(discord_world)
    assert "bay" in message.text
    counts = await states(bot)
    assert counts[AlertState.SENDING] == counts[AlertState.PENDING] == 0


async def test_a_digest_that_was_posted_before_the_kill_is_not_posted_again(
    bot: Bot, discord_world: World, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    night = Quiet(time(11), time(13), "UTC")
    await bot.office.write(lambda store: store.servers.change(scope(discord_world), quiet=night, hourly=1))
    await publish(bot.office, GATES[1], HERALD, 2)
    await publish(bot.office, OTHER, HERALD, 2)
    await settle(bot, clock)
    await bot.alerts.round()
    clock.move(hours=2)
    write = bot.office.write

    async def killed(work: object) -> None:
        if posts(discord_world):
            raise ConnectionError
        await write(work)  # type: ignore[arg-type]

    monkeypatch.setattr(bot.office, "write", killed)
    with pytest.raises(ConnectionError):
        await bot.alerts.round()
    monkeypatch.undo()
    assert (await states(bot))[AlertState.SENDING] > 0
    discord_world.clock.advance(600)
    await restarted(bot, clock)
    clock.move(hours=2)
    await bot.alerts.round()
    assert len(posts(discord_world)) == 1


async def restarted(bot: Bot, clock: Clock) -> None:
    """A sender that begins where another was killed."""
    bot.alerts = Sender(bot, burst=timedelta(0), clock=clock)
    await bot.alerts.recover()
    await settle(bot, clock)
    for _ in range(3):
        await bot.alerts.round()


async def test_where_posting_is_refused_it_pauses_and_tells_who_set_it_up_once(
    bot: Bot, discord_world: World, clock: Clock
) -> None:
    ana = discord_world.user("ana")
    await bot.office.write(lambda store: store.servers.change(scope(discord_world), keeper=int(ana.user.id)))
    await discord_world.permit(discord_world.bot, place(discord_world), send_messages=False)
    for text in (OTHER, THIRD):
        await publish(bot.office, text, HERALD, 2)
        await settle(bot, clock)
        await bot.alerts.round()
    (told,) = posts(discord_world, ana.dms)
    assert "paused" in told.text
    assert not posts(discord_world)
    refused = discord_world.faults.statuses[403]
    await bot.alerts.round()
    assert discord_world.faults.statuses[403] == refused
    await discord_world.permit(discord_world.bot, place(discord_world), send_messages=True)
    channel = int(place(discord_world).id)
    await bot.office.write(lambda store: store.servers.change(scope(discord_world), channel=channel))
    for _ in range(3):
        await bot.alerts.round()
    assert len(posts(discord_world)) == 1


async def test_without_leave_to_open_threads_the_message_is_edited_all_the_same(bot: Bot, discord_world: World) -> None:
    await discord_world.permit(discord_world.bot, place(discord_world), create_public_threads=False)
    await publish(bot.office, OTHER, HERALD, 2)
    await bot.alerts.round()
    await publish(bot.office, THIRD, BAY, 3)
    await bot.alerts.round()
    (message,) = posts(discord_world)
    assert "bay" in message.text
    assert message.thread is None

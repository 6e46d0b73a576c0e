"""Ordinary messages in the channels that a server has chosen."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.serve.chat import channels, gates
from storage.store import Store
from tests.chat.house import WIRE, house, record, scope, until
from tests.discord_double import World
from tests.discord_double.intents import Intent
from tests.discord_double.messages import Message

MISQUOTE = "“We will dredge the channel unless the city pays for it,” Ana Lorentz said."
FAR = datetime(2100, 1, 1, tzinfo=UTC)
EXACT = "“We will not dredge the channel unless the city pays for it,” Ana Lorentz said."


def chosen(**more: Any) -> Callable[[World, Store], None]:
    """#general is checked, and the bot speaks up from severity 4 on."""

    def prepare(world: World, store: Store) -> None:
        world.granted = int(Intent.MESSAGE_CONTENT)
        general = int(world.newsroom.channel("general").id)
        store.servers.change(scope(world), **({"checked": (general,), "speak": True, "least": 4} | more))

    return prepare


def answers(world: World) -> list[Message]:
    """What the bot wrote."""
    return [message for message in world.messages.values() if message.author is world.bot]


async def checked(world: World, many: int) -> channels.Count:
    """Wait until so many messages were checked or dropped."""

    async def enough() -> channels.Count | None:
        count: channels.Count = world.client.checking.counted(int(world.newsroom.id))
        return count if count.checked + count.dropped >= many else None

    return await until(enough)


async def test_a_misquote_is_answered_with_a_short_card(tmp_path: Path) -> None:
    """The verdict and the nearest wording, as a reply that calls nobody."""
    async with house(tmp_path, prepare=chosen(), reading=True) as world:
        posted = await world.user("mara").post(world.newsroom.channel("general"), MISQUOTE)
        await world.until(lambda: answers(world), "an answer")
        (answer,) = answers(world)
        assert "Altered" in answer.text
        assert "**__not__**" in answer.text
        assert answer.reply_to is posted
        assert answer.body["allowed_mentions"] == {"parse": [], "replied_user": False}


async def test_what_is_no_grave_difference_is_passed_over_in_silence(tmp_path: Path) -> None:
    """A faithful quote, words without marks, words that are not on record, and what a bot wrote."""
    async with house(tmp_path, prepare=chosen(), reading=True) as world:
        general, mara = world.newsroom.channel("general"), world.user("mara")
        await mara.post(general, EXACT)
        await mara.post(general, "We will dredge the channel unless the city pays for it")
        await mara.post(general, "“Nobody ever said any of these words anywhere,” he said.")
        robot = world.user("robot")
        robot.user.bot = True
        await robot.post(general, MISQUOTE)
        await checked(world, 2)
        await asyncio.sleep(0.1)
        assert world.client.checking.counted(int(world.newsroom.id)) == channels.Count(checked=2)
        assert not answers(world)


async def test_only_the_chosen_channels_are_read(tmp_path: Path) -> None:
    """Elsewhere the same words bring nothing, and where the bot is not to speak it does not."""
    async with house(tmp_path, prepare=chosen(speak=False), reading=True) as world:
        await world.user("mara").post(world.newsroom.channel("fact-check"), MISQUOTE)
        await world.user("mara").post(world.newsroom.channel("general"), MISQUOTE)
        assert (await checked(world, 1)).checked == 1
        await asyncio.sleep(0.1)
        assert not answers(world)


async def test_an_event_that_comes_twice_is_answered_once(tmp_path: Path) -> None:
    """Discord replays events after a lost connection."""
    async with house(tmp_path, prepare=chosen(), reading=True) as world:
        await world.user("mara").post(world.newsroom.channel("general"), MISQUOTE)
        await world.until(lambda: answers(world), "an answer")
        (message,) = [one for one in world.messages.values() if one.author is not world.bot]
        body = message.payload(world.clock)
        await world.gateway.emit("MESSAGE_CREATE", lambda _: body, guild=world.newsroom.id)
        await asyncio.sleep(0.1)
        assert len(answers(world)) == 1


async def test_a_flood_is_dropped_and_counted(tmp_path: Path) -> None:
    """Ten a minute of one user, so that one cannot use up the server's sixty."""
    async with house(tmp_path, prepare=chosen(), reading=True) as world:
        general = world.newsroom.channel("general")
        for number in range(gates.PER_MINUTE + 4):
            await world.user("mara").post(general, f"“Words without end, the {number}th time,” she said.")
        await world.user("nils").post(general, EXACT)
        count = await checked(world, gates.PER_MINUTE + 5)
        assert (count.checked, count.dropped) == (gates.PER_MINUTE + 1, 4)
        status = await (await world.user("olga").slash("status")).answer()
        assert f"{gates.PER_MINUTE + 1} checked, 4 dropped" in status.text


async def test_of_more_than_may_wait_the_oldest_is_dropped(tmp_path: Path) -> None:
    """The queue is bounded whatever the rates are; what was said last is what people still talk about."""
    async with house(tmp_path, prepare=chosen(), reading=True) as world:
        general, hold = world.newsroom.channel("general"), threading.Event()
        world.client.checking = channels.Channels(world.client, waiting=1)
        await world.user("mara").post(general, EXACT)
        await checked(world, 1)
        held = asyncio.create_task(world.client.office.read(lambda _: hold.wait(10)))
        posted = [await world.user(name).post(general, MISQUOTE) for name in ("nils", "olga", "piet")]
        assert (await checked(world, 2)).dropped == 1
        hold.set()
        await held
        assert (await checked(world, 4)).checked == 3
        await world.until(lambda: len(answers(world)) == 2, "two answers")
        assert [answer.reply_to for answer in answers(world)] == [posted[0], posted[2]]


async def test_a_channel_that_refuses_us_is_left_alone(tmp_path: Path) -> None:
    """After the first refusal nothing more is sent: Discord bans who collects them."""
    async with house(tmp_path, prepare=chosen(), reading=True) as world:
        general = world.newsroom.channel("general")
        await world.permit(world.bot, general, send_messages=False)
        for _ in range(3):
            await world.user("mara").post(general, MISQUOTE)
        assert (await checked(world, 3)).checked == 3
        await asyncio.sleep(0.1)
        assert [call.status for call in world.calls if call.path.endswith("/messages")] == [403]


def test_the_gravest_of_several_quotes_is_told(tmp_path: Path) -> None:
    """At or above the least severity, whatever else the message holds."""
    record(tmp_path / "r.db", (WIRE,))
    with Store.open(tmp_path / "r.db") as store:
        both = f"{EXACT}\n\n{MISQUOTE}"
        found = channels.worst(store, both, 4)
        assert found is not None
        assert found.wording == "altered"
        assert channels.worst(store, EXACT, 4) is None
        assert channels.worst(store, "“Never heard of this in all my life”", 0) is None


async def test_a_misquote_is_told_in_the_fact_check_channel(tmp_path: Path) -> None:
    """With a link to the message, whose words are stored nowhere."""

    def prepare(world: World, store: Store) -> None:
        chosen(speak=False, channel=int(world.newsroom.channel("fact-check").id))(world, store)

    async with house(tmp_path, prepare=prepare, reading=True) as world:
        posted = await world.user("mara").post(world.newsroom.channel("general"), MISQUOTE)
        (alert,) = await until(lambda: world.client.office.read(lambda store: store.outbox.due(FAR, 9)))
        assert alert.severity == 5
        assert str(alert.facts["link"]).endswith(f"/{posted.id}")
        assert "dredge" not in str(alert)

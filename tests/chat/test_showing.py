"""How answers are shown: at once or after a wait, in Components v2 or, where those are refused, as embeds."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import discord
import pytest
from discord import ui

from bot.model import Claim
from bot.serve.chat import classic, notices, posting, showing
from bot.serve.chat.client import Bot
from tests.chat.alerting import FIRST, OTHER, THIRD, Clock, alerting, place, posts, publish
from tests.chat.house import DAILY, WIRE, working
from tests.discord_double import World
from tests.discord_double.interactions import DEFER, MESSAGE
from tests.discord_double.limits import V2
from tests.discord_double.messages import Message

QUOTE = "We will not dredge the channel"
FAR = "webhooks|callback"  # where answers to commands go


@pytest.fixture
async def bot(discord_world: World, tmp_path: Path) -> AsyncIterator[Bot]:
    async with working(discord_world, tmp_path / "record.db", [WIRE, DAILY]) as client:
        yield client


@pytest.fixture
async def alerted(discord_world: World, tmp_path: Path, clock: Clock) -> AsyncIterator[Bot]:
    """A newsroom that wants alerts, in a channel where Components v2 are refused."""
    discord_world.faults.refuse_components(f"/channels/{place(discord_world).id}/messages")
    async with alerting(discord_world, tmp_path / "record.db", clock) as client:
        await publish(client.office, FIRST, "meridianpress.example")
        await publish(client.office, OTHER, "capitalherald.example", 2)
        await client.alerts.round()
        yield client


def embedded(message: Message) -> bool:
    """Whether it is a message of the older kind."""
    return bool(message.embeds) and not message.flags & V2


def asked_before(hold: threading.Event) -> Iterator[Claim]:
    """A quote of somebody else, which keeps the thread that checks."""
    hold.wait(10)
    yield Claim(QUOTE)


@pytest.mark.parametrize("public", [True, False])
async def test_an_answer_that_is_ready_is_the_acknowledgement(bot: Bot, discord_world: World, *, public: bool) -> None:
    """One request, seen by those who are to see it."""
    exchange = await discord_world.user("mara").slash("verify", quote=QUOTE, public=public)
    await exchange.answer()
    assert exchange.acknowledged_with == MESSAGE
    assert exchange.ephemeral is not public
    assert len([call for call in discord_world.calls if exchange.token in call.path]) == 1


@pytest.mark.parametrize("public", [True, False])
async def test_an_answer_that_is_waited_for_takes_the_place_of_a_sign(
    bot: Bot, discord_world: World, *, public: bool
) -> None:
    """Another's quotes stand before it; the sign comes within a second, and is seen by the same eyes."""
    hold = threading.Event()
    before = asyncio.create_task(bot.office.check_each(asked_before(hold)))
    exchange = await discord_world.user("mara").slash("verify", quote=QUOTE, public=public)
    assert await exchange.acked() < 1
    assert exchange.acknowledged_with == DEFER
    hold.set()
    assert "Ana Lorentz" in (await exchange.answer()).text
    assert exchange.ephemeral is not public
    assert len(await before) == 1


async def test_what_is_wrong_with_a_question_is_told_to_the_asker_alone(bot: Bot, discord_world: World) -> None:
    exchange = await discord_world.user("mara").slash("verify", quote=QUOTE, since="soon", public=True)
    await exchange.answer()
    assert exchange.ephemeral


async def test_a_card_that_is_refused_goes_out_as_an_embed_once(bot: Bot, discord_world: World) -> None:
    """With the same words, buttons that work, and no second attempt in that channel."""
    discord_world.faults.refuse_components(FAR)
    mara = discord_world.user("mara")
    exchange = await mara.slash("verify", quote=QUOTE)
    answer = await exchange.answer()
    assert embedded(answer)
    assert exchange.ephemeral
    assert len(exchange.changes) == 1
    assert "Ana Lorentz" in answer.text
    assert "~~We~~" not in answer.text
    shared = await (await mara.press(answer, "Share")).answer()
    assert embedded(shared)
    assert "Checked by mara" in shared.text
    refused = [call.status for call in discord_world.calls].count(400)
    assert embedded(await (await mara.slash("verify", quote=QUOTE)).answer())
    assert [call.status for call in discord_world.calls].count(400) == refused == 1


async def test_a_page_of_an_embed_is_turned_within_it(bot: Bot, discord_world: World) -> None:
    """What was sent as an embed stays one, though Components v2 are taken again."""
    fault = discord_world.faults.refuse_components(FAR)
    mara, ben = discord_world.user("mara"), discord_world.user("ben")
    message = await ben.post(next(iter(discord_world.newsroom.channels.values())), f"“{QUOTE}” and “She has the money”")
    answer = await (await mara.menu("Verify quote", message)).answer()
    fault.times = 0
    picked = await (await mara.select(answer, "Another quote of this message", "1")).edited()
    assert embedded(picked)
    assert "Piet Haan" in picked.text


async def test_other_channels_keep_their_cards_and_status_counts_the_embeds(bot: Bot, discord_world: World) -> None:
    discord_world.faults.refuse_components(FAR, times=1)
    olga = discord_world.user("olga")
    assert embedded(await (await olga.slash("verify", quote=QUOTE)).answer())
    assert not embedded(await (await olga.slash("verify", quote=QUOTE, at=olga.dms)).answer())
    assert "as embeds: 1" in (await (await olga.slash("status")).answer()).text


async def test_after_an_hour_cards_are_tried_again(discord_world: World) -> None:
    now = [0.0]
    shown, tried = showing.Showing(lambda: now[0]), list[str]()

    async def to(**message: object) -> None:
        tried.append("embeds" if "embeds" in message else "card")
        if "embeds" not in message and now[0] == 0:
            raise _refusal("In components.0: no")

    view = ui.LayoutView().add_item(ui.TextDisplay("x" * 2001))
    for now[0] in (0.0, 3599.0, 3601.0):
        await shown.send(1, to, view=view)
    assert tried == ["card", "embeds", "embeds", "card"]
    assert (shown.embeds, shown.refusing) == (2, 0)


async def test_other_faults_are_no_reason_for_an_embed(bot: Bot, discord_world: World) -> None:
    for error in (_refusal("In content: too long"), _refusal("In components.0: no", 50001)):
        assert not showing.refuses(error)
    assert showing.refuses(_refusal("", 50006))


async def test_an_alert_that_is_refused_is_an_embed_that_is_found_and_edited(
    alerted: Bot, discord_world: World
) -> None:
    """Once, with its buttons; found by its mark after a crash; changed by what happens later."""
    (message,) = posts(discord_world)
    assert embedded(message)
    assert "~~not~~" in message.text
    assert len(message.buttons) == 4
    nonce = next(call.json["nonce"] for call in discord_world.calls if "nonce" in (call.json or {}))
    channel = alerted.get_partial_messageable(int(place(discord_world).id))
    assert await posting.found(alerted, channel, nonce) == int(message.id)
    assert classic.mark(notices.mark(nonce)) in message.text
    await publish(alerted.office, THIRD, "bay.example", 3)
    await alerted.alerts.round()
    assert posts(discord_world) == [message]
    assert "bay" in message.text
    olga = discord_world.user("olga")
    assert "acknowledged by" in (await (await olga.press(message, "Acknowledge")).edited()).text
    assert [call.status for call in discord_world.calls].count(400) == 1


def test_too_long_a_line_becomes_an_embed_too() -> None:
    content, embeds = classic.texts(ui.LayoutView().add_item(ui.TextDisplay("x" * 2001)))
    assert content == ""
    assert [embed.description for embed in embeds] == ["x" * 2001]


def _refusal(text: str, code: int = 50035) -> discord.HTTPException:
    class Response:
        status, reason = 400, "Bad Request"

    return discord.HTTPException(Response(), {"code": code, "message": text})  # type: ignore[arg-type]

"""`/alerts`: who may, what it changes, and that every reply says what holds."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import time
from pathlib import Path

import pytest

from bot.orders import AlertKind, Daily, Quiet, Rule, Scope, Settings
from bot.serve.chat import office
from bot.serve.chat.client import Bot
from tests.chat.alerting import place, posts, scope
from tests.chat.conftest import connected
from tests.discord_double import World
from tests.discord_double.intents import Intent
from tests.discord_double.people import Person
from tests.discord_double.refusal import Unusable


@pytest.fixture
async def bot(discord_world: World, tmp_path: Path) -> AsyncIterator[Bot]:
    async with (
        office.opened(tmp_path / "record.db") as desks,
        connected(discord_world, lambda **found: Bot(desks, **found)) as client,
    ):
        yield client


@pytest.fixture
async def admin(discord_world: World) -> Person:
    person = discord_world.user("ana")
    await discord_world.permit(person, discord_world.newsroom, manage_guild=True)
    return person


async def settings(bot: Bot, world: World) -> Settings:
    return await bot.office.read(lambda store: store.servers.settings(scope(world)))


async def rules(bot: Bot, world: World) -> list[Rule]:
    return await bot.office.read(lambda store: store.servers.rules(scope(world)))


async def answered(person: Person, command: str, **options: object) -> str:
    """The text of the answer, which only the asker sees."""
    exchange = await person.slash(f"alerts {command}", **options)
    text = (await exchange.answer()).text
    assert exchange.ephemeral
    assert exchange.acknowledged is not None
    assert exchange.acknowledged < 1
    return text


COMMANDS = [
    ("test", {}),
    ("digest", {"hour": 8}),
    ("quiet", {"from": "22", "to": "7"}),
    ("rule add", {}),
    ("rule list", {}),
    ("rule remove", {"rule": 1}),
    ("mute speaker", {"speaker": "Ana Lorentz"}),
    ("mute list", {}),
    ("mute end", {"speaker": "Ana Lorentz"}),
]


@pytest.mark.parametrize(("command", "options"), COMMANDS)
async def test_a_plain_member_is_refused_even_where_admins_opened_the_command(
    bot: Bot, discord_world: World, command: str, options: dict[str, object]
) -> None:
    mara = discord_world.user("mara")
    with pytest.raises(Unusable):
        await mara.slash(f"alerts {command}", **options)
    discord_world.overrides.add("alerts")
    exchange = await mara.slash(f"alerts {command}", **options)
    assert "Manage Server" in (await exchange.answer()).text
    assert await settings(bot, discord_world) == Settings()


async def test_it_is_not_offered_in_direct_messages(bot: Bot, discord_world: World, admin: Person) -> None:
    with pytest.raises(Unusable):
        await admin.slash("alerts test", at=admin.dms)


async def test_a_channel_is_chosen_with_whom_it_calls_and_a_first_rule(
    bot: Bot, discord_world: World, admin: Person
) -> None:
    text = await answered(admin, "set", channel=place(discord_world), severity=3, hourly=9)
    found = await settings(bot, discord_world)
    assert (found.channel, found.least, found.hourly) == (int(place(discord_world).id), 3, 9)
    assert found.keeper == int(admin.user.id)
    assert f"<#{found.channel}>" in text
    assert "at most 9 new messages an hour" in text
    (rule,) = await rules(bot, discord_world)
    assert AlertKind.OUTLET not in rule.kinds


async def test_permissions_that_the_bot_lacks_are_named(bot: Bot, discord_world: World, admin: Person) -> None:
    await discord_world.permit(discord_world.bot, place(discord_world), create_public_threads=False)
    assert "Create Public Threads" in await answered(admin, "set", channel=place(discord_world))
    await discord_world.permit(discord_world.bot, place(discord_world), send_messages=False)
    text = await answered(admin, "test")
    assert "Send Messages" in text
    assert "No sample" in text


async def test_a_sample_is_posted(bot: Bot, discord_world: World, admin: Person) -> None:
    assert "no channel" in await answered(admin, "test")
    await answered(admin, "set", channel=place(discord_world))
    await answered(admin, "test")
    (message,) = posts(discord_world)
    assert "nobody said it" in message.text


async def test_a_channel_of_another_server_is_refused(bot: Bot, discord_world: World, admin: Person) -> None:
    other = await discord_world.guild("Elsewhere")
    text = await answered(admin, "set", channel=other.channel("general"))
    assert "cannot be used here" in text
    assert (await settings(bot, discord_world)).channel is None


async def test_a_rule_is_added_listed_and_removed(bot: Bot, discord_world: World, admin: Person) -> None:
    options = {"severity": 4, "kind": "new_wording", "speakers": "Ana Lorentz, Piet Haan", "words": "lower gate"}
    text = await answered(admin, "rule add", **options)
    (rule,) = await rules(bot, discord_world)
    assert rule.speakers == ("Ana Lorentz", "Piet Haan")
    assert (rule.words, rule.outlets, rule.kinds) == (("lower gate",), (), frozenset({AlertKind.WORDING}))
    for part in (f"`{rule.id}`", "from severity 4", "new wording", "Ana Lorentz", "lower gate"):
        assert part in text
    assert text == await answered(admin, "rule list")
    await answered(admin, "rule remove", rule=rule.id)
    assert not await rules(bot, discord_world)


async def test_the_rule_of_another_server_cannot_be_removed(bot: Bot, discord_world: World, admin: Person) -> None:
    elsewhere = Scope(int((await discord_world.guild("Elsewhere")).id))
    theirs = await bot.office.write(lambda store: store.servers.add_rule(elsewhere, Rule()))
    assert "no rule" in await answered(admin, "rule remove", rule=theirs.id)
    assert await bot.office.read(lambda store: store.servers.rules(elsewhere)) == [theirs]


async def test_a_speaker_is_muted_and_heard_again(bot: Bot, discord_world: World, admin: Person) -> None:
    assert "Ana Lorentz" in await answered(admin, "mute speaker", speaker="Ana Lorentz", **{"for": 7})
    assert "Ana Lorentz" in await answered(admin, "mute list")
    assert [each["name"] for each in await admin.autocomplete("alerts mute end", "speaker", "an")] == ["Ana Lorentz"]
    assert "Ana Lorentz" not in await answered(admin, "mute end", speaker="Ana Lorentz")


async def test_quiet_hours_and_a_digest_are_set_and_ended(bot: Bot, discord_world: World, admin: Person) -> None:
    text = await answered(admin, "quiet", **{"from": "22:30", "to": "7"}, zone="Europe/Berlin")
    assert "22:30 to 07:00 (Europe/Berlin)" in text
    await answered(admin, "digest", hour=8)
    found = await settings(bot, discord_world)
    assert found.quiet == Quiet(time(22, 30), time(7), "Europe/Berlin")
    assert found.digest == Daily(time(8), "Europe/Berlin")
    await answered(admin, "quiet", off=True)
    await answered(admin, "digest", off=True)
    assert await settings(bot, discord_world) == Settings()


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"from": "25", "to": "7"}, "no time of day"),
        ({"from": "22"}, "beginning and an end"),
        ({"from": "22", "to": "22"}, "different times"),
        ({"from": "22", "to": "7", "zone": "Atlantis"}, "no time zone"),
    ],
)
async def test_hours_that_are_none_are_told_and_change_nothing(
    bot: Bot, discord_world: World, admin: Person, options: dict[str, str], told: str
) -> None:
    assert told in await answered(admin, "quiet", **options)
    assert await settings(bot, discord_world) == Settings()


async def test_time_zones_are_offered(bot: Bot, admin: Person) -> None:
    names = [each["name"] for each in await admin.autocomplete("alerts quiet", "zone", "new y")]
    assert names == ["America/New_York"]
    assert len(await admin.autocomplete("alerts digest", "zone", "")) == 25


async def test_ordinary_messages_are_checked_only_where_discord_lets_them_be_read(
    bot: Bot, discord_world: World, admin: Person
) -> None:
    text = await answered(admin, "check", channel=place(discord_world), on=True)
    assert "may not read messages" in text
    assert not bot.renewing.is_set()
    assert (await settings(bot, discord_world)).checked == ()


async def test_the_first_checked_channel_makes_the_bot_connect_anew(discord_world: World, tmp_path: Path) -> None:
    discord_world.granted = Intent.MESSAGE_CONTENT
    boss = discord_world.user("boss")
    await discord_world.permit(boss, discord_world.newsroom, manage_guild=True)
    async with (
        office.opened(tmp_path / "record.db") as desks,
        connected(discord_world, lambda **found: Bot(desks, **found)) as client,
    ):
        text = await answered(boss, "check", channel=place(discord_world), on=True, speak=True)
        assert f"**Checked channels** <#{place(discord_world).id}>" in text
        async with asyncio.timeout(2):
            await client.renewing.wait()
        assert await desks.read(lambda store: store.servers.reading())
        await answered(boss, "check", channel=place(discord_world), on=False)
        assert not await desks.read(lambda store: store.servers.reading())


async def test_it_speaks_spanish(bot: Bot, discord_world: World, admin: Person) -> None:
    admin.user.locale = "es-ES"
    assert "Horas de silencio" in await answered(admin, "rule list")

"""`/privacy`, and what is forgotten without being asked."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.model import Claim, Row
from bot.orders import Scope, WatchKind
from bot.serve.chat import upkeep
from storage.store import Store
from tests.chat.house import house, scope, until
from tests.discord_double import World

NOW = datetime.now(UTC)


def watching(world: World, store: Store) -> None:
    """Mara and Nils each watch a quote; Mara has sent a list."""
    for name in ("mara", "nils"):
        store.users.add_watch(int(world.user(name).user.id), WatchKind.QUOTE, f"words of {name}")
    row = Row(1, Claim("We will not dredge"))
    store.jobs.create(user=int(world.user("mara").user.id), channel=1, name="list.txt", rows=[row], now=NOW)


async def test_what_is_held_is_told_to_its_owner_alone(tmp_path: Path) -> None:
    """A line for each kind of thing with how many, and what is never held."""
    async with house(tmp_path, prepare=watching) as world:
        exchange = await world.user("mara").slash("privacy show")
        text = (await exchange.answer()).text
        assert exchange.ephemeral
        assert "quotes and speakers that you watch: 1" in text
        assert "rows of these lists, with their answers: 1" in text
        assert "are not stored" in text
        assert "30 days" in text


async def test_an_export_holds_all_of_ones_own_and_nothing_of_others(tmp_path: Path) -> None:
    """As a file of JSON."""
    async with house(tmp_path, prepare=watching) as world:
        answer = await (await world.user("mara").slash("privacy export")).answer()
        (data,) = answer.attachments.values()
        held = json.loads(data)
        assert held["watches"][0]["text"] == "words of mara"
        assert held["job_rows"][0]["text"] == "We will not dredge"
        assert b"nils" not in data


async def test_data_is_deleted_after_a_question_and_only_ones_own(tmp_path: Path) -> None:
    """Keeping is the other button; where nothing is held there is nothing to ask."""
    async with house(tmp_path, prepare=watching) as world:
        mara = world.user("mara")
        kept = await (await mara.slash("privacy delete")).answer()
        assert "Nothing was deleted" in (await (await mara.press(kept, "Keep it")).edited()).text
        asked = await (await mara.slash("privacy delete")).answer()
        assert "Deleted, 2 things" in (await (await mara.press(asked, "Delete")).edited()).text
        assert "Nothing is held" in (await (await mara.slash("privacy delete")).answer()).text
        text = (await (await world.user("nils").slash("privacy show")).answer()).text
        assert "that you watch: 1" in text


async def test_a_server_that_the_bot_left_is_forgotten_after_thirty_days(tmp_path: Path) -> None:
    """Not before, and not where it comes back in between."""
    async with house(tmp_path) as world:
        desks = world.client.office
        await desks.write(lambda store: store.servers.change(scope(world), least=2))
        await world.remove_bot(world.newsroom)

        def least(store: Store) -> int:
            return store.servers.settings(scope(world)).least

        await left(world, scope(world))
        await desks.write(lambda store: upkeep.forget(store, datetime.now(UTC) + timedelta(days=29)))
        assert await desks.read(least) == 2
        await desks.write(lambda store: upkeep.forget(store, datetime.now(UTC) + timedelta(days=31)))
        assert await desks.read(least) == 4


async def test_a_server_that_the_bot_was_thrown_out_of_while_away_is_noted_at_the_start(tmp_path: Path) -> None:
    """And one that it came to is known, so that nothing is forgotten of it."""
    gone = Scope(77)
    async with house(tmp_path, prepare=lambda _, store: store.servers.joined(gone)) as world:
        await left(world, gone)
        present = await world.client.office.read(lambda store: store.servers.present())
        assert set(present) == {scope(world)}


async def left(world: World, server: Scope) -> None:
    """Wait until it is noted that the bot is in a server no more."""

    def gone(store: Store) -> bool:
        return server not in store.servers.present()

    await until(lambda: world.client.office.read(gone))

"""`/feed`, and `/article add` with an address: what may be followed and fetched, and by whom."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.orders import Scope
from storage.store import Store
from tests.chat.house import house
from tests.discord_double import World
from tests.web_double import Clock, Web
from tests.web_double import serving as serving_web
from tests.web_double.clock import at
from tests.web_double.week import SITES

DAILY = "http://dailyharbour.test/feed"


@pytest.fixture
async def web() -> AsyncIterator[Web]:
    """The outlets at the end of their week."""
    async with serving_web(SITES, Clock(at(168))) as served:
        yield served


async def manager(world: World) -> None:
    """Let Mara manage the server, and its messages."""
    await world.permit(world.user("mara"), world.newsroom, manage_guild=True, manage_messages=True)


def another(world: World, store: Store) -> None:
    """Another server follows a feed, and so does who runs the bot."""
    now = at(0)
    store.feeds.add("http://capitalgazette.test/atom.xml", now, Scope(77))
    store.feeds.add("http://meridianpost.test/feed", now)


async def test_a_manager_follows_lists_pauses_and_ends_feeds(tmp_path: Path, web: Web) -> None:
    """A home page leads to its feed; what was done is said, and how it is undone."""
    async with house(tmp_path, (), web=web) as world:
        await manager(world)
        mara = world.user("mara")
        added = await (await mara.slash("feed add", address="http://dailyharbour.test/")).answer(timeout=20)
        assert "`1` **The Daily Harbour** is followed from now on. It names 3 articles now" in added.text
        again = await (await mara.slash("feed add", address=DAILY)).answer(timeout=20)
        assert "was followed already" in again.text
        assert [each["value"] for each in await mara.autocomplete("feed pause", "feed", "harb")] == [1]
        assert "is paused" in (await (await mara.slash("feed pause", feed=1)).answer()).text
        assert "next poll: paused" in (await (await mara.slash("feed list")).answer()).text
        assert "polled again" in (await (await mara.slash("feed resume", feed=1)).answer()).text
        listed = (await (await mara.slash("feed list")).answer()).text
        assert "0 articles so far · next poll: <t:" in listed
        assert "Feeds of this server: 1, of which 0 failed" in (await (await mara.slash("status")).answer()).text
        removed = (await (await mara.slash("feed remove", feed=1)).answer()).text
        assert "Undo: `/feed add` with" in removed
        assert "None." in (await (await mara.slash("feed list")).answer()).text


async def test_who_does_not_manage_the_server_may_none_of_it(tmp_path: Path, web: Web) -> None:
    """Checked in the handler, whatever the server's settings say; nothing is fetched for them."""
    async with house(tmp_path, (), prepare=another, web=web) as world:
        mara = world.user("mara")
        world.overrides.add("feed")
        for command, options in (
            ("add", {"address": DAILY}),
            ("list", {}),
            ("pause", {"feed": 1}),
            ("resume", {"feed": 1}),
            ("remove", {"feed": 1}),
        ):
            answer = await (await mara.slash(f"feed {command}", **options)).answer()
            assert "**Manage Server**" in answer.text, command
        assert not web.asked


async def test_the_feeds_of_others_are_neither_shown_nor_ended(tmp_path: Path, web: Web) -> None:
    """They are counted. The bot's owner may end them."""
    async with house(tmp_path, (), prepare=another, web=web) as world:
        await manager(world)
        mara = world.user("mara")
        listed = (await (await mara.slash("feed list")).answer()).text
        assert "capitalgazette" not in listed
        assert "2 more are followed for others" in listed
        assert not await mara.autocomplete("feed remove", "feed", "")
        for number in (1, 2):
            assert "did not add that feed" in (await (await mara.slash("feed remove", feed=number)).answer()).text
        assert "no feed 9" in (await (await mara.slash("feed remove", feed=9)).answer()).text
        olga = world.user("olga")
        assert "not followed any more" in (await (await olga.slash("feed remove", feed=1)).answer()).text


async def test_what_leads_to_no_feed_or_inside_is_told(tmp_path: Path, web: Web) -> None:
    async with house(tmp_path, (), web=web) as world:
        await manager(world)
        mara = world.user("mara")

        async def told(address: str) -> str:
            return (await (await mara.slash("feed add", address=address)).answer(timeout=20)).text

        assert "a page, not a feed" in await told("http://dailyharbour.test/east-quay")
        assert "not of the public internet" in await told("http://169.254.169.254/latest/meta-data")
        assert "not http" in await told("file:///etc/passwd")
        assert await told("http://trickster.test/inside")
        assert web.private == 0


async def test_an_address_alone_is_fetched_and_put_on_record(tmp_path: Path, web: Web) -> None:
    """As news, by those who may; the same again changes nothing. Neither file nor address is refused."""
    async with house(tmp_path, (), web=web) as world:
        mara = world.user("mara")
        page = "http://capitalgazette.test/night-train"
        assert "**Manage Messages**" in (await (await mara.slash("article add", address=page)).answer()).text
        assert not web.asked
        await manager(world)
        answer = (await (await mara.slash("article add", address=page)).answer(timeout=20)).text
        assert "Article 1 is on record" in answer
        assert "Night train comes back" in answer
        again = (await (await mara.slash("article add", address=page)).answer(timeout=20)).text
        assert "Nothing changed" in again
        assert "neither a file nor an address" in (await (await mara.slash("article add")).answer()).text
        gone = (await (await mara.slash("article add", address="http://movedmail.test/gone")).answer(timeout=20)).text
        assert "410 Gone" in gone
        asked = await (await mara.slash("article remove", number=1)).answer()
        assert "Removed" in (await (await mara.press(asked, "Remove")).edited()).text
        back = (await (await mara.slash("article add", address=page)).answer(timeout=20)).text
        assert "Article 2 is on record" in back


async def test_a_bot_without_the_web_says_so(tmp_path: Path) -> None:
    async with house(tmp_path, ()) as world:
        await manager(world)
        answer = await (await world.user("mara").slash("feed add", address=DAILY)).answer()
        assert "fetches nothing" in answer.text

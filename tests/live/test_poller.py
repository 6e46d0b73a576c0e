"""The poller: who is asked when and how often, what is noted of failures, and how it ends."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import time
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from bot.errors import InputError, Refused, TooComplex, Unreachable
from bot.fetch.details import Details
from bot.fetch.http import Fetched
from bot.model import Article, Extraction
from bot.serve.live import NOTE, poller
from bot.serve.live.polls import Polled
from bot.serve.live.visits import Visited
from bot.sources import ATTEMPTS, LONGEST, Feed, Page
from storage.store import Store
from tests.live.conftest import World, following
from tests.web_double import Clock, Site, builders, many, serving, stories
from tests.web_double.site import Answer
from tests.web_double.stories import story
from tests.web_double.week import DAILY

FEED = "http://dailyharbour.test/feed"
PAGE = "http://dailyharbour.test/old-crane"


def pages(store: Store) -> list[Page]:
    found = store.db.execute("SELECT id FROM page ORDER BY id").fetchall()
    return [page for (number,) in found if (page := store.pages.get(number))]


async def only(world: World) -> Feed:
    (feed,) = await world.read(lambda store: store.feeds.followed())
    return feed


async def test_a_page_is_visited_again_when_it_is_older_and_then_no_more(tmp_path: Path, clock: Clock) -> None:
    """At 1, 4, 12, 24, 72 and 168 hours, each time with what its server wants to hear: it answers 304."""
    async with serving([DAILY], clock) as web, following(tmp_path / "record.db", web) as world:
        visited = await world.live.visitor.ask(PAGE, live=True)
        assert visited.added
        hours = []
        while due := await world.live.poller.next_due():
            hours.append((due - clock.start).total_seconds() / 3600)
            clock.until(due)
            await world.live.poller.once()
        assert [round(hour) for hour in hours] == [1, 4, 12, 24, 72, 168]
        assert web.asked["dailyharbour.test/old-crane"] == 7
        assert web.unchanged == 6


async def test_a_server_that_is_ill_is_tried_again_ever_later_and_then_given_up(tmp_path: Path, clock: Clock) -> None:
    """Each failure and its reason stand with the page; Retry-After is kept."""
    asked: list[float] = []

    def ill(hour: float, before: int) -> Answer:
        asked.append(hour * 60)
        return Answer(status=503, headers={"Retry-After": "3600"} if before == 0 else {})

    site = replace(DAILY, odd={"/old-crane": ill})
    async with serving([site], clock) as web, following(tmp_path / "record.db", web) as world:
        first = await world.live.visitor.ask(PAGE, live=True)
        assert isinstance(first.error, Unreachable)
        assert first.again == clock.now() + timedelta(hours=1)
        await world.until(72)
        (page,) = await world.read(pages)
        assert (page.failures, page.next_at) == (ATTEMPTS, None)
        assert "503" in page.error
        waits = [round(later - earlier) for earlier, later in pairwise(asked)]
        assert waits == sorted(waits[:1]) + sorted(waits[1:])
        assert waits[0] == 60


async def test_a_server_that_is_down_for_long_loses_no_page(tmp_path: Path, clock: Clock) -> None:
    """Once it is left alone its pages wait, which counts as no attempt."""
    (made,) = many.sites(1, 40, 1)
    down = {f"/{one.slug}": lambda hour, _: Answer(status=502) if hour < 20 else None for one in made.stories}
    async with serving([replace(made, odd=down)], clock) as web, following(tmp_path / "record.db", web) as world:
        await world.follow(*many.feed_addresses([made]))
        await world.until(72)
        assert await world.read(lambda store: store.coverage().articles) == 40
        assert sum(web.asked[f"{made.host}/{one.slug}"] for one in made.stories) < 40 * 10


async def test_a_page_that_took_too_long_is_tried_again(tmp_path: Path, clock: Clock) -> None:
    """The machine may have been busy; at last it is given up."""

    class Busy:
        async def page(self, found: Fetched, known: Details) -> tuple[Article, Extraction]:
            raise TooComplex("too complex", hint="")

    async with serving([DAILY], clock) as web, following(tmp_path / "record.db", web) as world:
        visitor = replace(world.live.visitor, reader=Busy())
        again = [(await visitor.ask(PAGE, live=True)).again]
        while (page := (await world.read(pages))[0]).next_at:
            again.append((await visitor.visit(page)).again)
        assert [moment is None for moment in again] == [False] * (ATTEMPTS - 1) + [True]


async def test_what_a_feed_says_stands_in_where_the_page_says_nothing(tmp_path: Path, clock: Clock) -> None:
    """Its date and headline; the page's own go before them."""

    def bare(site: Site, told: object, hour: float) -> bytes:
        body = "".join(f"<p>{paragraph}</p>" for paragraph in stories.CRANE)
        return f"<html><body><article>{body}</article></body></html>".encode()

    site = replace(DAILY, page=bare, stories=(DAILY.stories[0],))
    async with serving([site], clock) as web, following(tmp_path / "record.db", web) as world:
        await world.follow(FEED)
        await world.live.poller.once()
        article = next(one.article for one in world.heard if isinstance(one, Visited) and one.article)
        assert (article.published, article.dated) == (DAILY.stories[0].published, "feed")
        assert article.outlet == "dailyharbour.test"
        assert article.title


async def test_a_page_that_gives_itself_out_as_another_outlets_is_not_believed(tmp_path: Path, clock: Clock) -> None:
    """Nor does a redirection lend a name: what counts is who sent it."""

    def forged(site: Site, told: object, hour: float) -> bytes:
        return builders.wordpress(replace(site, host="capitalgazette.test"), DAILY.stories[0], hour)

    site = replace(DAILY, page=forged)
    async with serving([site], clock) as web, following(tmp_path / "record.db", web) as world:
        visited = await world.live.visitor.ask(PAGE, live=True)
        assert visited.article
        assert (visited.article.outlet, visited.article.url) == ("dailyharbour.test", PAGE)


async def test_a_feed_that_robots_forbid_is_paused_and_one_that_is_gone_after_some_tries(
    tmp_path: Path, clock: Clock
) -> None:
    """With the reason; who resumes it has it asked again."""
    forbidden = replace(DAILY, robots="User-agent: OnRecord\nDisallow: /feed\n")
    gone = replace(DAILY, host="gone.test", odd={"/feed": lambda *_: Answer(status=410)})
    async with serving([forbidden, gone], clock) as web, following(tmp_path / "record.db", web) as world:
        await world.follow(FEED, "http://gone.test/feed")
        await world.until(72)
        first, second = await world.read(lambda store: store.feeds.followed())
        assert first.paused
        assert "robots.txt" in first.error
        assert (second.paused, second.failures) == (True, ATTEMPTS)
        assert web.asked["dailyharbour.test/feed"] == 0
        polled = [one for one in world.heard if isinstance(one, Polled)]
        assert isinstance(polled[0].error, Refused)
        assert [one.given_up for one in polled] == [True, *[False] * (ATTEMPTS - 1), True]


async def test_what_is_no_feed_any_more_is_asked_seldom(tmp_path: Path, clock: Clock) -> None:
    site = replace(DAILY, feed=lambda *_: b"<html>We have moved", feed_kind="text/html")
    async with serving([site], clock) as web, following(tmp_path / "record.db", web) as world:
        await world.follow(FEED)
        await world.live.poller.once()
        feed = await only(world)
        assert feed.error.startswith("this is a page, not a feed")
        assert feed.next_at - clock.now() == LONGEST


async def test_a_feed_that_is_removed_while_it_is_asked_brings_nothing(tmp_path: Path, clock: Clock) -> None:
    async with serving([DAILY], clock) as web, following(tmp_path / "record.db", web) as world:
        await world.follow(FEED)
        feed = await only(world)
        await world.write(lambda store: store.feeds.remove(feed.id))
        assert (await world.live.asker.poll(feed)).brought == 0
        web.sites = {}
        assert (await world.live.asker.poll(feed)).feed == feed
        assert await world.read(pages) == []


async def test_a_removed_article_does_not_come_back_by_itself(tmp_path: Path, clock: Clock) -> None:
    """Not by its page, not by another that leads to it; a person may ask for it."""
    async with serving([DAILY], clock) as web, following(tmp_path / "record.db", web) as world:
        await world.follow(FEED)
        await world.live.poller.once()
        await world.write(lambda store: store.remove(1))
        await world.until(168)
        assert "old-crane" not in str(await world.read(lambda store: store.articles()))
        visited = await world.live.visitor.ask(PAGE, live=True)
        assert visited.added
    with pytest.raises(InputError, match="not an address"):
        await world.live.visitor.ask("ftp://dailyharbour.test/a", live=True)


async def test_no_more_servers_are_asked_at_once_and_none_more_than_its_share(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many pages are due; one that is slow holds up no other."""
    made = [replace(site, odd=_slow(site) if number == 0 else {}) for number, site in enumerate(many.sites(16, 5, 1))]
    monkeypatch.setattr(poller, "SHARE", 3)
    async with serving(made, clock) as web, following(tmp_path / "record.db", web) as world:
        await world.follow(*many.feed_addresses(made))
        await world.live.poller.round()
        visits = [one for one in world.heard if isinstance(one, Visited)]
        by_host = {site.host: sum(site.host in one.page.url for one in visits) for site in made}
        assert set(by_host.values()) == {poller.SHARE}
        assert web.most <= poller.SERVERS


def _slow(site: Site) -> dict:  # type: ignore[type-arg]
    return {f"/{one.slug}": lambda *_: Answer(b"<p>No", headers={"X-Slow": "0.2"}) for one in site.stories}


async def test_it_ends_soon_when_it_is_told_to_whatever_is_under_way(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was not stored by then is fetched another time."""
    monkeypatch.setattr(poller, "GRACE", 0.2)
    site = replace(DAILY, odd={"/old-crane": lambda *_: Answer(headers={"X-Slow": "3"})})
    async with serving([site], clock) as web, following(tmp_path / "record.db", web) as world:
        await world.write(lambda store: store.pages.ask(PAGE, live=True, now=clock.now()))
        async with world.live.poller.at_work():
            while not web.asked["dailyharbour.test/old-crane"]:  # noqa: ASYNC110 nothing tells of it
                await asyncio.sleep(0.01)
            began = time.monotonic()
        assert time.monotonic() - began < 1.5
        (page,) = await world.read(pages)
        assert (page.fetched, page.failures, page.next_at) == (None, 0, clock.start)


@pytest.mark.slow
async def test_a_record_that_is_locked_is_waited_for(
    tmp_path: Path, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    """It is logged, and done when the lock is gone."""
    path = tmp_path / "record.db"
    async with serving([DAILY], clock) as web, following(path, web) as world:
        await world.follow(FEED)
        holder = sqlite3.connect(path, isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        async with world.live.poller.at_work():
            while "a round was broken off" not in caplog.text:  # noqa: ASYNC110 nothing tells of it
                await asyncio.sleep(0.05)
            holder.execute("COMMIT")
            while not await world.read(lambda store: store.coverage().articles):  # noqa: ASYNC110 nor of this
                await asyncio.sleep(0.05)
        holder.close()


async def test_each_minute_it_is_noted_how_it_is(tmp_path: Path, clock: Clock) -> None:
    async with serving([DAILY], clock) as web, following(tmp_path / "record.db", web) as world:
        await world.follow(FEED)
        await world.until(1)
        said = json.loads(await world.read(lambda store: store.servers.note(NOTE)))
        assert said["articles"] == 1
        assert said["error"] == ""
        assert said["at"] <= clock.now().isoformat()


async def test_a_story_that_is_older_than_its_feed_is_no_news(tmp_path: Path, clock: Clock) -> None:
    """What a feed names at first is a back catalogue; what it names later alerts."""
    site = replace(DAILY, stories=(*DAILY.stories, story("now", "It happens now", 0.1, stories.RAIL)))
    async with serving([site], clock) as web, following(tmp_path / "record.db", web) as world:
        await world.follow(FEED)
        await world.until(4)
        assert {page.url.rpartition("/")[2]: page.live for page in await world.read(pages)} == {
            "old-crane": False,
            "now": True,
        }

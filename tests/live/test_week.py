"""A week of the web of the double, on a clock that the test turns: what is on record at its end, to the figure."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bot.model import AddStatus
from bot.orders import AlertKind, Rule, Scope
from bot.serve.live.visits import Visited
from storage.store import Store
from tests.live.conftest import World, following
from tests.web_double import Clock, serving
from tests.web_double.week import EXPECTED, FEEDS, GIVEN_UP, SITES

NEWSROOM = Scope(11)


def ask(store: Store) -> None:
    """A server wants to hear of every outlet and every wording that joins."""
    store.servers.change(NEWSROOM, channel=5)
    store.servers.add_rule(
        NEWSROOM, Rule(least=0, kinds=frozenset({AlertKind.OUTLET, AlertKind.WORDING, AlertKind.CHANGED}))
    )


def counted(store: Store) -> dict[str, Any]:
    """What is on record, under the names of `EXPECTED`."""

    def one(query: str) -> int:
        return int(store.db.execute(query).fetchone()[0])

    groups = "SELECT count(*) AS members FROM article GROUP BY copies HAVING members > 1"
    alerts = store.db.execute("SELECT kind, count(*) FROM alert GROUP BY kind").fetchall()
    return {
        "articles": one("SELECT count(*) FROM article"),
        "editions": one("SELECT count(*) FROM edition"),
        "outlets": one("SELECT count(DISTINCT outlet) FROM article"),
        "copied": sorted(members for (members,) in store.db.execute(groups)),
        "independent": one("SELECT count(DISTINCT copies) FROM article"),
        "quotations": store.coverage().quotations,
        "utterances": len({witness.utterance or -witness.id for witness in store.quotations()}),
        "shared": one("SELECT count(DISTINCT utterance) FROM passage WHERE utterance IS NOT NULL"),
        "alerts": dict(alerts),
    }


async def test_a_week_ends_with_the_right_figures_and_a_second_one_adds_nothing(tmp_path: Path, clock: Clock) -> None:
    """The reasons of the figures stand in the script of the week."""
    async with serving(SITES, clock) as web, following(tmp_path / "record.db", web) as world:
        await world.write(ask)
        await world.follow(*FEEDS)
        await world.until(168)
        assert await world.read(counted) == EXPECTED
        assert {page.url for page in await given_up(world)} == GIVEN_UP
        await kept_manners(world)
        await again(world)
        assert await world.read(counted) == EXPECTED
        await world.until(336)
        assert await world.read(counted) == EXPECTED


async def given_up(world: World) -> list[Any]:
    def those(store: Store) -> list[Any]:
        found = store.db.execute("SELECT id FROM page WHERE next_at IS NULL AND article IS NULL").fetchall()
        return [store.pages.get(number) for (number,) in found]

    pages: list[Any] = await world.read(those)
    assert all(page.error for page in pages)
    return pages


async def kept_manners(world: World) -> None:
    """Nothing private was reached, what robots.txt forbids was never asked for, and most visits were 304."""
    web = world.web
    assert web.private == 0
    assert web.asked["movedmail.test/private/memo"] == 0
    assert web.agents == {next(iter(web.agents))}
    assert next(iter(web.agents)).startswith("OnRecord/")
    visits = [one for one in world.heard if isinstance(one, Visited) and one.error is None]
    assert sum(one.added is None for one in visits) > len(visits) / 2
    feeds = await world.read(lambda store: store.feeds.followed())
    assert [feed.url for feed in feeds if feed.error or feed.paused] == []
    assert "http://movedmail.test/rss.xml" in {feed.url for feed in feeds}


async def again(world: World) -> None:
    """Every article that is on record is asked for anew, as news, and every feed too."""
    pages = await world.read(lambda store: store.db.execute("SELECT url FROM page WHERE article > 0").fetchall())
    for (url,) in pages:
        visited = await world.live.visitor.ask(url, live=True)
        assert visited.added is not None, url
        assert visited.added.status is AddStatus.KNOWN, url
    for feed in await world.read(lambda store: store.feeds.followed()):
        assert (await world.live.asker.poll(feed)).brought == 0

"""A week of the web of the double, on a clock that the test turns: what is on record at its end, to the figure."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.serve.chat import office
from bot.serve.chat.office import Office
from bot.serve.live.opening import Live, opened
from bot.serve.live.times import Times
from bot.serve.setup import Setup
from tests.web_double import Clock, Web, serving
from tests.web_double.clock import at
from tests.web_double.week import FEEDS, SITES


class Here(Setup):
    """A set-up whose fetcher finds the outlets of the double."""

    web: Web

    def fetcher(self):
        return self.web.fetcher()


@asynccontextmanager
async def following(path: Path, web: Web, heard=lambda _: None) -> AsyncIterator[tuple[Office, Live]]:
    setup = Here(database=path)
    setup.web = web
    clock = web.clock
    times = Times(clock.now, clock.seconds, clock.sleep, lambda: 0.5)
    async with office.opened(path) as desks, opened(setup, desks, times=times, heard=heard) as live:
        yield desks, live


async def live_until(live: Live, clock: Clock, hour: float) -> None:
    """Do what comes to be due until an hour of the week."""
    while True:
        await live.poller.once()
        due = await live.poller.next_due()
        if due is None or due > at(hour):
            return
        clock.until(due)


async def test_x(tmp_path: Path) -> None:
    import time

    b = time.time()
    async with serving(SITES, Clock()) as web:

        async def add(store):
            pass

        def heard(o):
            if o.error:
                print(
                    f"{web.clock.hour:.2f}",
                    getattr(o, "page", None) and o.page.url or o.feed.url,
                    type(o.error).__name__,
                    o.error,
                )
            elif getattr(o, "added", None):
                print(
                    f"{web.clock.hour:.2f}",
                    o.page.url,
                    o.page.live,
                    o.added,
                    o.article.title,
                    o.article.outlet,
                    o.article.published,
                    o.article.dated,
                    o.article.language,
                )

        async with following(tmp_path / "r.db", web, heard) as (desks, live):
            for url in FEEDS:
                await desks.write(lambda store, url=url: store.feeds.add(url, web.clock.now()))
            await live_until(live, web.clock, 168)
            print(live.poller.tally)

            def look(store):
                print(store.pages.counts())
                for f in store.feeds.followed():
                    print(f.url, f.polls, f.found, f.error, f.paused)
                db = store.db
                print(
                    db.execute("select count(*) from article").fetchall(),
                    db.execute("select count(*) from edition").fetchall(),
                    db.execute("select copies, count(*), group_concat(id) from article group by 1").fetchall(),
                )
                for (u,) in db.execute("select distinct utterance from passage where utterance is not null").fetchall():
                    ut = store.utterance(u)
                    print(u, [(w.outlet, w.text[:60], w.attribution and w.attribution.speaker) for w in ut.witnesses])
                for e in (
                    db.execute(
                        "select v.kind, v.utterance, p.outlet, a.url, substr(w.text,1,60) from event v join passage p on p.id=v.passage join edition e on e.id=p.edition join article a on a.id=e.article left join wording w on w.id=p.wording"
                    ).fetchall()
                    if 0
                    else []
                ):
                    print(e)
                for ev in store.events(0):
                    print(
                        ev.kind,
                        ev.utterance,
                        [
                            (w.outlet, w.text[:50])
                            for w in store._witnesses(
                                "SELECT 1" and __import__("storage.rows").rows.WITNESS + " WHERE p.id = ?", ev.passage
                            )
                        ],
                    )
                print(db.execute("select kind,count(*) from event group by 1").fetchall())

            await desks.read(look)
    print(web.unchanged, sum(web.asked.values()), web.private, time.time() - b)

"""`onrecord feed`, `watch`, and `add` with addresses, against the outlets of the double."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
import pytest

from bot.serve.cli.feed_rows import WIDTH, row, span
from bot.serve.setup import Setup
from bot.sources import Feed
from storage.store import Store
from tests.serve.conftest import Run
from tests.web_double import Clock, Web, in_thread
from tests.web_double.clock import at
from tests.web_double.week import SITES

DAILY = "http://dailyharbour.test/feed"
NOW = datetime(2026, 5, 11, tzinfo=UTC)


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    """The outlets at the end of their week."""
    with in_thread(SITES, Clock(at(168))) as served:
        monkeypatch.setattr(Setup, "fetcher", lambda _: served.fetcher())
        yield served


def test_a_home_page_leads_to_its_feed_and_the_feed_onto_the_record(run: Run, web: Web) -> None:
    """Added, listed, watched, removed: each says what it did and how it is undone."""
    added = run("feed", "add", "http://dailyharbour.test/")
    assert added.exit_code == 0, added.output
    assert f"feed 1: The Daily Harbour ({DAILY})" in added.output
    assert "3 articles now, as a back catalogue" in added.output
    assert "followed already" in run("feed", "add", DAILY).output
    watched = run("watch", "--once")
    assert "✔ http://dailyharbour.test/east-quay: article" in watched.output
    assert "3 new articles, 0 new editions; 0 polls, 3 visits, 0 failures." in watched.output
    assert "3 articles" in run("feed", "list").output
    (listed,) = json.loads(run("feed", "list", "--json").output)
    assert (listed["url"], listed["articles"], listed["paused"], listed["polls"]) == (DAILY, 3, False, 2)
    removed = run("feed", "remove", "1")
    assert f"Undo: onrecord feed add {DAILY}" in removed.output
    assert "3 articles" not in run("feed", "list").output
    assert "east-quay" in run("article", "list").output or "East quay" in run("article", "list").output


def test_what_is_no_feed_is_told_and_does_not_stop_the_others(run: Run, web: Web) -> None:
    found = run("feed", "add", "http://dailyharbour.test/east-quay", DAILY, "http://127.0.0.1/")
    assert found.exit_code == 1
    assert "a page, not a feed" in found.stderr
    assert "not of the public internet" in found.stderr
    assert "feed 1: The Daily Harbour" in found.stdout
    assert run("feed", "add", "http://nowhere.example/").exit_code == 2


def test_feeds_are_paused_resumed_and_polled_by_number_or_address(run: Run, web: Web) -> None:
    run("feed", "add", DAILY)
    assert "feed 1 is paused" in run("feed", "pause", DAILY).output
    assert "paused" in run("feed", "list").output
    assert "No feed is followed, or all are paused" in run("feed", "poll").output
    assert "polled again" in run("feed", "resume", "1").output
    assert "feed 1: 0 new" in run("feed", "poll").output
    missing = run("feed", "pause", "1", "7")
    assert missing.exit_code == 1
    assert "no feed 7 is followed" in missing.stderr


def test_lists_of_feeds_go_out_and_come_in(run: Run, folder: Path) -> None:
    """Without a network: none is fetched. A bad line is told by its number."""
    (folder / "in.opml").write_text(
        '<opml version="2.0"><body><outline text="Sea">\n<outline type="rss" xmlUrl="https://sea.example/feed"/>\n'
        '<outline type="rss" xmlUrl="gopher://sea.example/"/></outline></body></opml>',
        encoding="utf-8",
    )
    taken = run("feed", "import", "in.opml")
    assert taken.exit_code == 1
    assert "1 feed followed, 0 known already." in taken.stdout
    assert "line 3" in taken.stderr
    assert "1 known already" in run("feed", "import", "in.opml").stdout
    assert 'xmlUrl="https://sea.example/feed"' in run("feed", "export").output
    assert "is written" in run("feed", "export", "out.opml").output
    assert (folder / "out.opml").read_bytes() == run("feed", "export").stdout_bytes
    assert run("feed", "export", "no/such/out.opml").exit_code == 2


def test_an_address_is_added_like_a_file_and_beside_files(run: Run, web: Web, articles: Path) -> None:
    """What is wrong with one is told at the end; the outlet is that of the address, or the one that is given."""
    found = run("add", "wire.txt", "http://islandtimes.test/salt", "http://islandtimes.test/no", "--outlet", "The Wire")
    assert found.exit_code == 1
    assert "http://islandtimes.test/salt: article 2, 2 quotations" in found.stdout
    assert "2 new articles" in found.stdout
    assert "answers 404" in found.stderr
    alone = run("add", "http://capitalgazette.test/night-train")
    assert alone.exit_code == 0
    with Store.open("onrecord.db") as store:
        assert [one.outlet for one in store.articles()] == ["capitalgazette.test", "The Wire", "The Wire"]
        assert [store.pages.get(number).live for number in (1, 2, 3)] == [False, False, True]  # type: ignore[union-attr]
    assert run("add", "http://islandtimes.test/salt", "--url", "http://x.test/").exit_code == 2


def test_a_page_that_cannot_be_had_now_and_is_tried_again_is_said_to_be(run: Run, web: Web) -> None:
    """A server that is not known may be known tomorrow; a page that is gone is gone."""
    lost = run("add", "http://nowhere.example/a", "http://islandtimes.test/no", "http://islandtimes.test/salt")
    assert lost.exit_code == 1
    assert lost.stderr.splitlines()[-1] == "1 page will be tried again by `onrecord watch` or `onrecord run`."
    assert "1 waiting" in run("status").output
    assert "tried again" not in run("add", "http://islandtimes.test/no").stderr


def test_what_is_watched_for_so_long_ends_by_itself(run: Run, web: Web) -> None:
    run("feed", "add", DAILY)
    assert "3 new articles" in run("watch", "--for", "2s").output
    refused = run("watch", "--for", "soon")
    assert refused.exit_code == 2
    assert "write 90s, 30m, 12h or 7d" in refused.stderr


def test_a_row_fits_a_terminal_of_eighty_columns() -> None:
    """Whatever a feed calls itself, and whatever went wrong."""
    feed = Feed(
        id=1234, url="http://a.test/" + "x" * 90, title="The " * 40, added=NOW, next_at=NOW + timedelta(hours=5)
    )
    ill = Feed(
        id=1, url="http://a.test/", added=NOW, next_at=NOW, polled=NOW - timedelta(days=3), error="é" * 300, failures=12
    )
    for one in (feed, ill):
        lines = list(row(one, NOW))
        assert max(map(len, map(click.unstyle, lines))) <= WIDTH
    assert "next in 5 h" in "".join(row(feed, NOW))
    assert "(12× in a row)" in "".join(row(ill, NOW))
    assert [span(timedelta(seconds=seconds)) for seconds in (-5, 80, 600, 90_000, 300_000)] == [
        "0 s",
        "80 s",
        "10 min",
        "25 h",
        "3 days",
    ]

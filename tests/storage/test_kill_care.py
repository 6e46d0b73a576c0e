"""A process that is killed while it stores pages, copies the record or brings it up: nothing acknowledged is lost, and
nothing is torn or done twice.
"""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from bot.sources import Entry, Visit
from storage import backups, soundness
from storage.migrations import LATEST
from storage.store import Store
from tests.contract.reader import article, read
from tests.storage.killing import killed

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
RSS, SITE = "https://harbour.example/rss", "https://harbour.example"
EACH = 40
"""Entries of a poll."""
OLD = (Path(__file__).parent / "forms" / "form-3.sql").read_text(encoding="utf-8")


def text(number: int) -> str:
    return f"“The gate number {number} of the harbour stays shut until winter {number * 7}” said Ada Lind."


def poll_and_fetch(path: Path, told: Connection) -> None:
    """Poll a feed that always names something new, store what its pages hold, and tell what was acknowledged."""
    with Store.open(path) as store:
        feed = store.feeds.add(RSS, NOW)
        told.send(("begun", 0))
        while True:
            first = feed.polls * EACH
            entries = [Entry(f"{SITE}/{number}") for number in range(first, first + EACH)]
            store.feeds.polled(feed.id, now=NOW, entries=entries)
            feed = store.feeds.get(RSS)
            told.send(("polled", feed.polls))
            for page in store.pages.due(NOW, 2 * EACH):
                number = int(page.url.rpartition("/")[2])
                visit = Visit(at=NOW, next_at=None)
                store.add_page(page.id, article(text(number), url=page.url), read(text(number)), visit)
                told.send(("stored", number))


def hold_pages(path: Path, said: list[tuple[str, int]]) -> None:
    with Store.open(path) as store:
        polls = store.feeds.get(RSS).polls
        assert polls >= max((number for what, number in said if what == "polled"), default=0)
        (queued,) = store.db.execute("SELECT count(*) FROM page").fetchone()
        assert queued == polls * EACH
        urls = "SELECT p.url, a.url FROM page p LEFT JOIN article a ON a.id = p.article WHERE p.fetched IS NOT NULL"
        held = dict(store.db.execute(urls).fetchall())
        assert all(page == of for page, of in held.items())
        assert {f"{SITE}/{number}" for what, number in said if what == "stored"} <= held.keys()
        assert store.coverage().articles == len(held) == store.feeds.get(RSS).found
    assert soundness.check(path).sound


def copy(path: Path, folder: Path, told: Connection) -> None:
    """Copy the record again and again, and tell of each copy."""
    told.send("begun")
    number = 0
    while True:
        told.send(str(backups.make(path, folder, NOW + timedelta(seconds=number)).path))
        number += 1


def hold_copies(path: Path, folder: Path, said: list[str]) -> None:
    held = {str(each.path): each for each in backups.found(path, folder)}
    assert set(said[1:]) <= held.keys()
    for each in held.values():
        assert backups.total(each.path) == each.sum
        assert soundness.check(each.path).sound
        each.path.unlink()


def bring_up(path: Path, told: Connection) -> None:
    told.send("begun")
    Store.open(path).close()
    told.send("up")


def hold_form(path: Path, said: list[str]) -> None:
    """It is wholly of the one form or of the other, with the same articles, and can be brought up from either."""
    with closing(sqlite3.connect(path)) as db:
        (form,) = db.execute("PRAGMA user_version").fetchone()
        new = db.execute("SELECT count(*) FROM sqlite_master WHERE name IN ('feed', 'page', 'seal')").fetchone()
    assert (form, new) in {(3, (0,)), (LATEST, (3,))}
    assert form == LATEST or "up" not in said
    kept = path.with_name(f"{path.stem}-form-3{path.suffix}")
    assert kept.exists() or form == 3
    with Store.open(path) as store:
        assert store.coverage().articles == 2
    for each in (path, kept):
        assert soundness.check(each).sound


def hold_to(folder: Path, kills: int, seed: int) -> None:
    """Kill in turn what stores, what copies and what brings up."""
    chance = random.Random(seed)
    path, said = folder / "record.db", list[tuple[str, int]]()
    for number in range(kills):
        if number % 4 < 2:
            said += killed(poll_and_fetch, path, after=chance.uniform(0.0, 0.12))
            hold_pages(path, said)
        elif number % 4 == 2:
            hold_copies(path, folder, killed(copy, path, folder, after=chance.uniform(0.0, 0.2)))
        else:
            old = folder / f"old-{number}.db"
            with closing(sqlite3.connect(old)) as db:
                db.executescript(OLD)
            hold_form(old, killed(bring_up, old, after=chance.uniform(0.0, 0.05)))


def test_a_killed_program_tears_neither_pages_nor_copies_nor_forms(tmp_path: Path) -> None:
    hold_to(tmp_path, 16, 1)


@pytest.mark.slow
def test_two_hundred_kills_tear_nothing(tmp_path: Path) -> None:
    hold_to(tmp_path, 200, 2)

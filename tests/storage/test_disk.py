"""A full disk and a held lock: nothing is torn, what reads goes on, and writing goes on when it can."""

from __future__ import annotations

import sqlite3
import threading
import time
from pathlib import Path

import pytest

from bot.errors import DatabaseLocked, DiskFull
from storage import opening, soundness
from storage.store import Store
from tests.contract.reader import article, read
from tests.storage.killing import holding

_NAMES = "harbour quay bridge ferry school winter council mayor engine garden market tower river valley station museum"


def text(number: int) -> str:
    """A long text that no other number has."""
    words = _NAMES.split()
    said = " ".join(f"{words[(number * 7 + at * at) % len(words)]}{number + at}" for at in range(120))
    return f"“The {said} stays closed” said Ada Lind."


def add(store: Store, number: int) -> None:
    store.add(article(text(number), url=f"https://harbour.example/{number}"), read(text(number)))


def fill(store: Store, acknowledged: list[int]) -> None:
    """Add articles until one is refused."""
    for number in range(10_000):
        add(store, number)
        acknowledged.append(number)


def test_a_full_disk_refuses_what_is_new_and_keeps_what_was_acknowledged(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    with Store.open(path) as store, Store.open(path, readonly=True) as reader:
        (pages,) = store.db.execute("PRAGMA page_count").fetchone()
        store.db.execute(f"PRAGMA max_page_count={pages + 40}")
        acknowledged: list[int] = []
        with pytest.raises(DiskFull, match="the disk is full") as told:
            fill(store, acknowledged)
        assert "Free some space" in told.value.hint
        with pytest.raises(DiskFull):
            add(store, len(acknowledged))
        assert reader.coverage().articles == len(acknowledged) > 3
        assert reader.candidates(text(1), limit=1).witnesses[0].url == "https://harbour.example/1"
        store.db.execute("PRAGMA max_page_count=1000000")
        add(store, len(acknowledged))
        assert reader.coverage().articles == len(acknowledged) + 1
    assert soundness.check(path).sound


def lock(path: Path) -> sqlite3.Connection:
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    return holder


def test_a_lock_that_is_let_go_of_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """For several times the busy timeout, which is made short here; those who read do not wait at all."""
    monkeypatch.setitem(opening.PRAGMAS, "busy_timeout", 200)
    path = tmp_path / "record.db"
    with Store.open(path) as store, Store.open(path, readonly=True) as reader, holding(lock, path):
        began = time.monotonic()
        assert reader.coverage().articles == 0
        assert time.monotonic() - began < 0.1
        with pytest.raises(DatabaseLocked, match="held by another process"):
            add(store, 1)
        assert 0.2 * opening.TRIES <= time.monotonic() - began < 5
    with Store.open(path) as store:
        holder = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        holder.execute("BEGIN IMMEDIATE")
        letting_go = threading.Timer(0.3, holder.rollback)
        letting_go.start()
        add(store, 1)
        letting_go.join()
        holder.close()
        assert store.coverage().articles == 1

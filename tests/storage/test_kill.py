"""A process that is killed while it stores and merges: index and rows agree, and nothing acknowledged is lost."""

from __future__ import annotations

import random
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from benchmarks.corpora import held, quoted
from benchmarks.expansion import expanded
from storage import merging
from storage.store import Store
from tests.storage.killing import killed

LIST, BATCH, LINES = "list", 120, 12_000
START_AGAIN = 40
"""Kills after which a new record is begun, so that young and old ones are tried."""


def store_on(path: Path, lines: list[str], told: Connection) -> None:
    """Import the list from where it stands, a batch in each transaction, merge, and tell what was acknowledged."""
    with Store.open(path) as store:
        at = store.imported(LIST)
        told.send(at)
        while at < len(lines):
            end = min(at + BATCH, len(lines))
            store.add_quotations([quoted(line, at + more) for more, line in enumerate(lines[at:end])], (LIST, end))
            at = end
            told.send(at)
            store.tidy()
            for piece in store.pieces()[:1]:
                store.put(piece, merging.read(path, piece))


def hold_to(folder: Path, kills: int, seed: int) -> None:
    """After each kill the record is sound and has every acknowledged line, and no more than the bookmark says."""
    chance = random.Random(seed)
    lines = list(dict.fromkeys(expanded(held(None), LINES, seed)))
    for number in range(kills):
        path = folder / f"record-{number // START_AGAIN}.db"
        acknowledged = killed(store_on, path, lines, after=chance.uniform(0.0, 0.12))[-1]
        with Store.open(path) as store:
            reached = store.imported(LIST)
            assert reached >= acknowledged, f"kill {number}"
            assert store.coverage().quotations == reached, f"kill {number}"
            assert store.verify().sound, f"kill {number}"
            assert store.db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        if reached == len(lines):
            path.unlink()


def test_a_killed_import_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    hold_to(tmp_path, 10, 1)


@pytest.mark.slow
def test_two_hundred_kills_lose_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    hold_to(tmp_path, 200, 2)

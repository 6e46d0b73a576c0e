"""Damage to the file of a real record is found, whatever it meets: SQLite alone sees some seven tenths of it."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import pytest

from bot.desk import Desk
from bot.errors import OnRecordError
from bot.samples import samples
from storage import backups, soundness
from storage.store import Store
from tests.storage.damage import contents, damaged, in_order

NOW = datetime(2026, 3, 2, 12, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sample articles on record, with all merging done, in one file."""
    folder = tmp_path_factory.mktemp("whole")
    with Store.open(folder / "record.db") as store:
        desk = Desk(store)
        for sample in islice(samples(), 40):
            desk.add(sample.article)
        while store.tidy():
            pass
    return backups.make(folder / "record.db", folder, NOW).path


def found(path: Path) -> bool:
    try:
        return not soundness.check(path).sound
    except OnRecordError:
        return True


def seen_by_sqlite(path: Path) -> bool:
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as db:
            return not in_order(db)
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return True


def hold_to(whole: Path, folder: Path, trials: int, seed: int, share: float) -> None:
    """So much of what changes the record is found, and all of it in a backup, by its name."""
    chance, data, before = random.Random(seed), whole.read_bytes(), contents(whole)
    assert before is not None
    harmed = [0, 0, 0]
    path = folder / whole.name
    for number in range(trials):
        path.write_bytes(damaged(data, number, chance))
        assert backups.total(path) != backups.known(whole)
        if contents(path) != before:
            for which, one in enumerate((True, found(path), seen_by_sqlite(path))):
                harmed[which] += one
    harm, ours, theirs = harmed
    assert harm > trials * 0.4
    assert ours >= share * harm, f"{ours} of {harm} were found"
    assert theirs < share * harm, "the control: without our own hashes too little is found"


def test_nothing_is_found_where_nothing_is_wrong(whole: Path) -> None:
    checked = soundness.check(whole)
    assert checked.sound
    assert str(checked) == "nothing is wrong"


def test_damage_is_found(whole: Path, tmp_path: Path) -> None:
    hold_to(whole, tmp_path, 60, 1, 0.95)


@pytest.mark.slow
def test_of_a_thousand_damaged_files_nineteen_in_twenty_are_found(whole: Path, tmp_path: Path) -> None:
    hold_to(whole, tmp_path, 1000, 2, 0.95)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE edition SET title = 'Another'", "editions that were changed"),
        ("UPDATE edition SET published = '1999-01-01T00:00:00+00:00'", "editions that were changed"),
        ("UPDATE edition SET text = replace(text, 'said', 'sang')", "passages that were changed"),
        ("UPDATE speaker SET name = name || 'x' WHERE id = 1", "editions that were changed"),
        ("UPDATE passage SET cue = 'denied' WHERE cue = 'said'", "editions that were changed"),
        ("UPDATE entity SET roles = '[]'", "editions that were changed"),
        ("UPDATE outlet SET name = 'x' || name", "editions that were changed"),
        ("DELETE FROM seal WHERE edition = 1", "editions that were changed: 1 (1)"),
        ("DELETE FROM passage WHERE kind = 'scare'", "editions that were changed"),
        ("UPDATE tally SET value = value + 1", "tally"),
        ("DELETE FROM speaker_word WHERE speaker = 1", "speaker_word"),
        ("DELETE FROM shingle WHERE edition = 1", "shingle"),
        ("UPDATE segment SET lengths = CAST(x'c8' || substr(lengths, 2) AS BLOB)", "segment"),
        ("UPDATE segment SET wordings = wordings + 1", "segment"),
        ("DELETE FROM chunk WHERE id = (SELECT min(id) FROM chunk)", "postings of the index are missing"),
        ("DELETE FROM outlet WHERE id = 1", "refers to one that is not there"),
        ("DROP INDEX page_due", "not those of its form"),
    ],
)
def test_what_was_changed_is_said(whole: Path, tmp_path: Path, change: str, said: str) -> None:
    path = tmp_path / "changed.db"
    path.write_bytes(whole.read_bytes())
    with closing(sqlite3.connect(path)) as db:
        db.execute(change)
        db.commit()
    checked = soundness.check(path)
    assert not checked.sound
    assert said in str(checked)

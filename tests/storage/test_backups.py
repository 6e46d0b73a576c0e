"""Copies of the record: whole and sound before they have their name, found by it, and kept by hours and days."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.errors import DamagedDatabase, RecordError
from storage import backups, soundness
from storage.store import Store
from tests.contract.reader import article, read

NOW = datetime(2026, 3, 2, 12, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
TEXT = "“The lower gate of the harbour stays shut until winter” said Ada Lind."


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A record with an article, closed."""
    path = tmp_path / "record.db"
    with Store.open(path) as store:
        store.add(article(TEXT), read(TEXT))
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "copies"


def test_a_copy_is_one_sound_file_with_all_that_was_stored(path: Path, folder: Path) -> None:
    """Others have the record open and write to it, and what they have acknowledged is in the copy."""
    with Store.open(path) as store:
        store.add(article(f"{TEXT} Again", "other.example"), read(f"{TEXT} Again"))
        made = backups.make(path, folder, NOW)
        store.add(article(f"{TEXT} Once more", "third.example"), read(f"{TEXT} Once more"))
    assert [made] == backups.found(path, folder)
    assert list(folder.iterdir()) == [made.path]
    assert made.sum == backups.known(made.path) == backups.total(made.path)
    assert soundness.check(made.path).sound
    with Store.open(made.path, readonly=True) as copy:
        assert copy.coverage().articles == 2


def test_a_damaged_record_is_not_copied(path: Path, folder: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("UPDATE edition SET title = 'Another'")
        db.commit()
    with pytest.raises(DamagedDatabase, match="editions that were changed: 1"):
        backups.make(path, folder, NOW)
    assert not list(folder.iterdir())


def test_a_folder_that_cannot_be_written_is_told(path: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(RecordError, match="no backup can be kept in"):
        backups.make(path, tmp_path / "file" / "copies", NOW)


def test_a_copy_is_due_every_hour(path: Path, folder: Path) -> None:
    assert backups.due(path, folder, NOW)
    assert backups.keep_up(path, folder, NOW) is not None
    assert backups.keep_up(path, folder, NOW + HOUR / 2) is None
    assert backups.due(path, folder, NOW + HOUR)
    assert backups.due(path, folder, NOW - HOUR), "the clock went back"


def test_a_record_that_is_not_there_is_not_copied(tmp_path: Path, folder: Path) -> None:
    assert backups.keep_up(tmp_path / "none.db", folder, NOW) is None
    assert not folder.exists()


def test_copies_of_other_records_are_left_alone(path: Path, folder: Path) -> None:
    folder.mkdir(parents=True)
    others = [folder / name for name in ("record-old-20260302T120000Z-0123456789abcdef.db", "record.db", "notes.txt")]
    for other in others:
        other.touch()
    backups.make(path, folder, NOW)
    backups.prune(path, folder)
    assert all(other.exists() for other in others)
    assert len(backups.found(path, folder)) == 1


def test_the_newest_of_24_hours_and_of_7_days_are_kept(path: Path, folder: Path) -> None:
    folder.mkdir(parents=True)
    times = [NOW - timedelta(minutes=20 * number) for number in range(3 * 24 * 12)]
    for made in times:
        (folder / f"record-{made:%Y%m%dT%H%M%SZ}-0123456789abcdef.db").touch()
    gone = backups.prune(path, folder)
    left = [copy.made for copy in backups.found(path, folder)]
    assert len(gone) + len(left) == len(times)
    hours = [made for made in times if made.minute == 50 and made > NOW - 23 * HOUR]
    days = [made for made in times if (made.hour, made.minute) == (23, 50)][:6]
    assert left == sorted({NOW, *hours, *days}, reverse=True)
    assert len(left) == 24 + 7 - 2, "today's and yesterday's newest are among those of the hours"


def test_what_a_killed_program_left_behind_is_swept_away_later(path: Path, folder: Path) -> None:
    folder.mkdir(parents=True)
    fresh, stale = folder / ".record-part-new", folder / ".record-part-old"
    for part in (fresh, stale):
        part.touch()
    day = timedelta(days=1).total_seconds()
    os.utime(stale, (time.time() - 2 * day, time.time() - 2 * day))
    backups.make(path, folder, datetime.now(UTC))
    assert fresh.exists()
    assert not stale.exists()

"""The record's file: how durable every connection is, and what each refusal says."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.errors import DamagedDatabase, DatabaseLocked, NewerDatabase, NotOurDatabase, RecordError
from storage.migrations import LATEST
from storage.opening import APPLICATION_ID, CACHE_KIB, PRAGMAS, backup, connect, spoken, writing


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A record that was made and closed."""
    path = tmp_path / "record.db"
    connect(path).close()
    return path


def value(db: sqlite3.Connection, name: str) -> object:
    (held,) = db.execute(f"PRAGMA {name}").fetchone()
    return held


def complain(code: int) -> None:
    """Fail as SQLite does."""
    complaint = sqlite3.OperationalError("it failed")
    complaint.sqlite_errorcode = code  # type: ignore[misc]
    raise complaint


def half_done(db: Database) -> None:
    db.execute("INSERT INTO gone (wording) VALUES (1)")
    complain(sqlite3.SQLITE_CORRUPT)


@pytest.mark.parametrize("readonly", [False, True])
def test_every_connection_has_the_settings_that_keep_what_was_acknowledged(path: Path, readonly: bool) -> None:
    db = connect(path, readonly=readonly)
    assert {name: value(db.conn, name) for name in PRAGMAS} == PRAGMAS
    assert value(db.conn, "journal_mode") == "wal"
    assert value(db.conn, "query_only") == int(readonly)
    assert value(db.conn, "application_id") == APPLICATION_ID
    assert value(db.conn, "user_version") == LATEST
    db.close()


@pytest.mark.parametrize("made", [True, False])
def test_a_writer_holds_no_more_than_its_cache_also_where_it_has_made_the_record(tmp_path: Path, made: bool) -> None:
    path = tmp_path / "record.db"
    if not made:
        connect(path).close()
    db = connect(path)
    journal, pages, over = Path(f"{path}-wal"), CACHE_KIB // 8, 16 << 20
    with writing(db):
        before = journal.stat().st_size
        db.execute("CREATE TABLE filler (data)")
        db.conn.executemany("INSERT INTO filler VALUES (zeroblob(8000))", ((),) * (pages + (over >> 13)))
        assert journal.stat().st_size - before >= over
    db.close()


def test_a_reader_writes_nothing(path: Path) -> None:
    db = connect(path, readonly=True)
    with pytest.raises(RecordError, match="cannot be written"), spoken(path):
        db.execute("DELETE FROM article")
    db.close()


def test_a_reader_makes_no_file(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="there is no database"):
        connect(tmp_path / "none.db", readonly=True)
    assert not list(tmp_path.iterdir())


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="is a folder"):
        connect(tmp_path)


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE mine (x)")
    with pytest.raises(NotOurDatabase, match="another program"):
        connect(path)


def test_a_newer_form_is_refused_and_an_older_one_needs_a_writer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"PRAGMA user_version={LATEST + 1}")
    with pytest.raises(NewerDatabase, match=str(LATEST + 1)):
        connect(path)
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"PRAGMA user_version={LATEST - 1}")
    with pytest.raises(RecordError, match="older form"):
        connect(path, readonly=True)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (sqlite3.SQLITE_BUSY, DatabaseLocked),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, DatabaseLocked),
        (sqlite3.SQLITE_NOTADB, NotOurDatabase),
        (sqlite3.SQLITE_CORRUPT, DamagedDatabase),
        (sqlite3.SQLITE_FULL, RecordError),
        (sqlite3.SQLITE_IOERR_READ, RecordError),
    ],
)
def test_what_sqlite_complains_of_is_said_with_a_hint(code: int, kind: type[RecordError]) -> None:
    """Extended codes are read by the plain code within them."""
    with pytest.raises(kind) as told, spoken(Path("record.db")):
        complain(code)
    assert "record.db" in str(told.value)
    assert told.value.hint


def test_a_transaction_that_fails_leaves_nothing(path: Path) -> None:
    db = connect(path)
    with pytest.raises(DamagedDatabase), spoken(path), writing(db):
        half_done(db)
    assert db.execute("SELECT count(*) FROM gone").fetchone() == (0,)
    db.close()


def test_a_backup_is_a_record_of_its_own(path: Path, tmp_path: Path) -> None:
    db = connect(path)
    with writing(db):
        db.execute("INSERT INTO gone (wording) VALUES (1)")
    backup(path, tmp_path / "copy.db")
    db.close()
    copy = connect(tmp_path / "copy.db", readonly=True)
    assert copy.execute("SELECT wording FROM gone").fetchone() == (1,)
    copy.close()

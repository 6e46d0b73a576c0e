"""Connections to the record's file: whose it is, how durable it is, and what goes wrong in words.

``synchronous=FULL`` is what keeps an acknowledged article through a power cut (with ``NORMAL`` half of the last commits
were lost in simulated cuts); ``WAL`` lets readers go on while one writer writes. Memory mapping is off: pages that a
failing disk tears would pass unnoticed, and it saves a reader nothing that its cache does not.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlite_utils import Database

from bot.errors import DamagedDatabase, DatabaseLocked, NewerDatabase, NotOurDatabase, RecordError
from storage.migrations import LATEST, migrations

APPLICATION_ID = 0x4F6E5265  # "OnRe", in the file's header: how we know our own
PRAGMAS = {
    "busy_timeout": 5000,
    "synchronous": 2,  # FULL
    "foreign_keys": 1,
    "trusted_schema": 0,
    "journal_size_limit": 64 << 20,
    "mmap_size": 0,
    "temp_store": 2,  # in memory: sorting leaves no file behind
}
CACHE_KIB = 64 << 10
READER_CACHE_KIB = 128 << 10  # most of the index of a million quotations
_SAID = (
    (sqlite3.SQLITE_BUSY, DatabaseLocked, "is held by another process", "Wait for it to end, or stop it."),
    (sqlite3.SQLITE_LOCKED, DatabaseLocked, "is held by another process", "Wait for it to end, or stop it."),
    (sqlite3.SQLITE_NOTADB, NotOurDatabase, "is not a database", "Give the path of a database that On Record made."),
    (sqlite3.SQLITE_CORRUPT, DamagedDatabase, "is damaged", "Restore the newest backup of it."),
    (sqlite3.SQLITE_FULL, RecordError, "cannot grow: the disk is full", "Free some space; what is stored is safe."),
    (sqlite3.SQLITE_READONLY, RecordError, "cannot be written", "Check the permissions of the file and its folder."),
    (sqlite3.SQLITE_CANTOPEN, RecordError, "cannot be opened", "Check the path and its permissions."),
    (sqlite3.SQLITE_IOERR, RecordError, "cannot be read or written", "Check the disk."),
)


def connect(path: Path, *, readonly: bool = False) -> Database:
    """A connection to the record at `path`, which is made where there is none. Raises `RecordError` and its kin."""
    if path.is_dir():
        raise RecordError(f"{path} is a folder, not a database", hint="Give the path of a file in it.")
    with spoken(path):
        made = not path.exists() or path.stat().st_size == 0
        if made and readonly:
            raise RecordError(f"there is no database at {path}", hint="Add an article first, or check the path.")
        connection = sqlite3.connect(_address(path, readonly), uri=True)
        try:
            db = Database(connection)
            if not made:
                _recognise(db, path)
            _settle(db, made=made, readonly=readonly)
            _bring_up(db, path, readonly)
        except BaseException:
            connection.close()
            raise
        return db


@contextmanager
def spoken(path: Path) -> Iterator[None]:
    """Say SQLite's complaints about the file at `path` as our own errors."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        for known, kind, what, hint in _SAID:
            if code == known:
                raise kind(f"{path} {what}", hint=hint) from error
        raise


@contextmanager
def writing(db: Database) -> Iterator[Database]:
    """One transaction that holds the write lock from its start, so that it never has to be begun anew half-way."""
    db.execute("BEGIN IMMEDIATE")
    try:
        with db.atomic():
            yield db
        db.execute("COMMIT")
    except BaseException:
        db.rollback()
        raise


@contextmanager
def reading(db: Database) -> Iterator[Database]:
    """One view of the record: what others write meanwhile is not seen."""
    db.execute("BEGIN")
    try:
        yield db
    finally:
        db.execute("COMMIT")


def backup(db: Database, target: Path) -> None:
    """Copy the record to `target` while others read and write."""
    with closing(sqlite3.connect(target)) as copy:
        db.conn.backup(copy, pages=4096)


def _address(path: Path, readonly: bool) -> str:
    return f"{path.absolute().as_uri()}?mode={'ro' if readonly else 'rwc'}"


def _recognise(db: Database, path: Path) -> None:
    """Refuse a file that is not ours before anything is written to it."""
    (application,) = db.execute("PRAGMA application_id").fetchone()
    (version,) = db.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION_ID:
        raise NotOurDatabase(
            f"{path} is a database of another program", hint="Give the path of a database that On Record made."
        )
    if version > LATEST:
        raise NewerDatabase(
            f"{path} has the form {version}, this program knows {LATEST}", hint="Use the newer On Record that made it."
        )


def _settle(db: Database, *, made: bool, readonly: bool) -> None:
    for name, value in PRAGMAS.items():
        db.execute(f"PRAGMA {name}={value}")
    db.execute(f"PRAGMA cache_size=-{READER_CACHE_KIB if readonly else CACHE_KIB}")
    if readonly:
        db.execute("PRAGMA query_only=1")
        return
    db.execute("PRAGMA cell_size_check=1")
    if made:
        db.execute("PRAGMA page_size=8192")
    db.execute("PRAGMA journal_mode=WAL")
    if made:
        db.execute(f"PRAGMA application_id={APPLICATION_ID}")


def _bring_up(db: Database, path: Path, readonly: bool) -> None:
    """Apply the migrations that are pending, all of them or none."""
    (version,) = db.execute("PRAGMA user_version").fetchone()
    if version == LATEST:
        return
    if readonly:
        raise RecordError(f"{path} has the older form {version}", hint="Run a command that writes once to bring it up.")
    with writing(db):
        migrations.apply(db)
        db.execute(f"PRAGMA user_version={LATEST}")

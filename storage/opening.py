"""Connections to the record's file: whose it is, how durable it is, and what goes wrong in words.

``synchronous=FULL`` is what keeps an acknowledged article through a power cut (with ``NORMAL`` half of the last commits
were lost in simulated cuts); ``WAL`` lets readers go on while one writer writes. Memory mapping is off: pages that a
failing disk tears would pass unnoticed, and it saves a reader nothing that its cache does not.
"""

from __future__ import annotations

import logging
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlite_utils import Database

from bot.errors import DamagedDatabase, DatabaseLocked, DiskFull, NewerDatabase, NotOurDatabase, RecordError
from storage.migrations import LATEST, migrations

log = logging.getLogger(__name__)
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
TRIES = 3
"""How often a writer waits for the write lock, each time for the busy timeout."""
RESTORE = "`onrecord restore` takes the newest sound backup."
"""What helps against damage."""
CACHE_KIB = 64 << 10
READER_CACHE_KIB = 128 << 10  # most of the index of a million quotations
_SAID = (
    (sqlite3.SQLITE_BUSY, DatabaseLocked, "is held by another process", "Wait for it to end, or stop it."),
    (sqlite3.SQLITE_LOCKED, DatabaseLocked, "is held by another process", "Wait for it to end, or stop it."),
    (sqlite3.SQLITE_NOTADB, NotOurDatabase, "is not a database", "Give the path of a database that On Record made."),
    (sqlite3.SQLITE_CORRUPT, DamagedDatabase, "is damaged", RESTORE),
    (sqlite3.SQLITE_FULL, DiskFull, "cannot grow: the disk is full", "Free some space; what is stored is safe."),
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
def granted(what: str) -> Iterator[None]:
    """Say what the file system refuses, as our own error that begins with `what`."""
    try:
        yield
    except OSError as error:
        raise RecordError(f"{what}: {error.strerror}", hint="Check the folder, its permissions and disk.") from error


@contextmanager
def writing(db: Database) -> Iterator[Database]:
    """One transaction that holds the write lock from its start, so that it never has to be begun anew half-way."""
    _begin(db)
    try:
        with db.atomic():
            yield db
        db.execute("COMMIT")
    except BaseException:
        db.rollback()
        raise


def _begin(db: Database) -> None:
    """Take the write lock. Who holds it for long is waited for `TRIES` times the busy timeout, and no longer."""
    for left in reversed(range(TRIES)):
        try:
            db.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or not left:
                raise
        else:
            return


@contextmanager
def reading(db: Database) -> Iterator[Database]:
    """One view of the record: what others write meanwhile is not seen."""
    db.execute("BEGIN")
    try:
        yield db
    finally:
        db.execute("COMMIT")


@contextmanager
def looking(path: Path) -> Iterator[Database]:
    """A connection that reads a record of any form we know, sound or not. Raises `RecordError` and its kin."""
    with spoken(path), closing(sqlite3.connect(_address(path, readonly=True), uri=True)) as connection:
        db = Database(connection)
        _recognise(db, path)
        for name in ("busy_timeout", "trusted_schema", "mmap_size", "temp_store"):
            db.execute(f"PRAGMA {name}={PRAGMAS[name]}")
        db.execute("PRAGMA query_only=1")
        db.execute("PRAGMA cell_size_check=1")
        yield db


def backup(path: Path, target: Path) -> None:
    """Copy the record at `path`, as it is at one moment, into a single file, while others read and write.

    The copy is made in one step: were it made in several, each write in between would have it begin anew.
    Raises `RecordError` and its kin.
    """
    with looking(path) as db, spoken(target), closing(sqlite3.connect(target)) as copy:
        db.conn.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")


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
    if made:
        db.execute("PRAGMA page_size=8192")  # first: SQLite reckons the pages of its cache by the size that they have
    for name, value in PRAGMAS.items():
        db.execute(f"PRAGMA {name}={value}")
    db.execute(f"PRAGMA cache_size=-{READER_CACHE_KIB if readonly else CACHE_KIB}")
    if readonly:
        db.execute("PRAGMA query_only=1")
        return
    db.execute("PRAGMA cell_size_check=1")
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
        if version:
            _copy_aside(path, version)
        migrations.apply(db)
        db.execute(f"PRAGMA user_version={LATEST}")


def _copy_aside(path: Path, version: int) -> None:
    """Keep a file as it is, before it is brought up to the present form."""
    copy = path.with_name(f"{path.stem}-form-{version}{path.suffix}")
    part = copy.with_name(f".{copy.name}.part")
    part.unlink(missing_ok=True)
    backup(path, part)
    synced(part)
    part.replace(copy)
    synced(path.parent)
    told = "%s has the older form %d and is brought up to form %d; as it was it is kept as %s"
    log.warning(told, path, version, LATEST, copy)


def synced(path: Path) -> None:
    """Have the disk keep a file, or the names in a folder, through a power cut."""
    held = os.open(path, os.O_RDONLY)
    try:
        os.fsync(held)
    finally:
        os.close(held)

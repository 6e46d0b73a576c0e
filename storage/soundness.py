"""Whether a file is a record that is whole: SQLite's own look at its structure, and ours at what is stored in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sqlite_utils import Database

from bot.errors import DamagedDatabase
from storage import checking, opening
from storage.checking import Verified
from storage.migrations import LATEST, migrations
from storage.rows import Value

_MOST = 20
"""Faults of the structure that are told."""
_NONSENSE = (ValueError, LookupError, ArithmeticError, TypeError, MemoryError)
"""What reading raises that meets bytes which nobody wrote."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What is wrong with a file: `faults` of its structure, a sentence each; where there is none, what it holds."""

    faults: tuple[str, ...]
    held: Verified | None

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong with it."""
        return self.held is not None and self.held.sound and not self.faults

    def __str__(self) -> str:
        return "; ".join(self.told()) or "nothing is wrong"

    def told(self) -> Iterator[str]:
        """What is wrong, a sentence each."""
        yield from self.faults
        if self.held is not None:
            yield from self.held.told()


def check(path: Path, progress: Callable[[float], None] = lambda _: None) -> Checked:
    """Look through all of a record of any form; `progress` is told the share done.

    Raises `RecordError` and its kin where it is no record, or another process does not let it be read.
    """
    try:
        with opening.looking(path) as db:
            return _checked(db, progress)
    except DamagedDatabase as error:
        return Checked((str(error),), None)


def quick(path: Path) -> str | None:
    """What SQLite finds wrong at a quick look through the structure, which reads all of the file; else `None`.

    Raises `RecordError` and its kin where it is no record, or is being held.
    """
    try:
        with opening.looking(path) as db:
            return next(_complaints(db, "PRAGMA quick_check(1)"), None)
    except DamagedDatabase as error:
        return str(error)


def _structure(db: Database) -> Iterator[str]:
    """What is wrong with the file as a database of ours, whatever is stored in it."""
    complained = False
    for complaint in _complaints(db, f"PRAGMA integrity_check({_MOST})"):
        complained = True
        yield complaint
    if complained:
        return
    (version,) = db.execute("PRAGMA user_version").fetchone()
    if version == LATEST and _form(db) != _expected():
        yield "its tables are not those of its form"
    else:
        for table, *_ in db.execute("PRAGMA foreign_key_check").fetchmany(_MOST):
            yield f"a row of {table} refers to one that is not there"


def _form(db: Database) -> list[tuple[Value, ...]]:
    query = "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE '%sqlite_%' ORDER BY 1, 2"
    return list(db.execute(query).fetchall())


@cache
def _expected() -> list[tuple[Value, ...]]:
    db = Database(memory=True)
    migrations.apply(db)
    form = _form(db)
    db.close()
    return form


def _complaints(db: Database, pragma: str) -> Iterator[str]:
    for (said,) in db.execute(pragma):
        if said != "ok":
            yield " ".join(str(said).split())


def _checked(db: Database, progress: Callable[[float], None]) -> Checked:
    try:
        faults = tuple(_structure(db))
        if faults:
            return Checked(faults, None)
        with opening.reading(db):
            return Checked((), checking.verify(db, progress))
    except _NONSENSE as error:
        return Checked((f"what is stored cannot be read: {type(error).__name__}: {error}",), None)
    except sqlite3.OperationalError as error:
        if getattr(error, "sqlite_errorcode", None) is not None:
            raise
        return Checked((f"what is stored cannot be read: {error}",), None)  # a text that is not UTF-8

"""Copies of a file with a flipped bit or an overwritten stretch, and what is left of the record in them."""

from __future__ import annotations

import hashlib
import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

STRETCH = 512
"""Bytes that a disk tears at once."""


def damaged(whole: bytes, number: int, chance: random.Random) -> bytes:
    """The bytes with one bit flipped, or, every other time, with a stretch of noise in them."""
    data = bytearray(whole)
    if number % 2:
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    else:
        at = chance.randrange(len(data) // STRETCH) * STRETCH
        data[at : at + STRETCH] = chance.randbytes(STRETCH)
    return bytes(data)


def contents(path: Path) -> list[str] | None:
    """A hash of the rows of each table; `None` where SQLite finds the file out of order, or no such table in it.

    Where it is the same, what the damage has met holds nothing: free pages, and the room that is left in others.
    """
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as db:
        try:
            return list(_hashes(db)) if in_order(db) else None
        except (sqlite3.DatabaseError, UnicodeDecodeError):
            return None


def in_order(db: sqlite3.Connection) -> bool:
    """Whether SQLite itself finds nothing wrong with the structure of a file."""
    return db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def _hashes(db: sqlite3.Connection) -> Iterator[str]:
    for pragma in ("application_id", "user_version"):
        yield str(db.execute(f"PRAGMA {pragma}").fetchone())
    yield hashlib.sha256(repr(db.execute("SELECT * FROM sqlite_master").fetchall()).encode()).hexdigest()
    tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1")]
    db.text_factory = bytes
    for table in tables:
        yield hashlib.sha256(repr(db.execute(f'SELECT * FROM "{table}"').fetchall()).encode()).hexdigest()

"""What an article's edition was stored with, sealed: damage that SQLite does not see is found by it.

A text has its SHA-256. The seal is about everything else that never changes once it is stored: the edition's title,
dates and credits, its outlet and address, what it names, and where its passages stand and to whom they are attributed.
It is the exclusive or of a hash of each row. Quotations of a list have the hash of their words alone: their list can be
imported again, and sealing them too took a twelfth of the time of an import.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from itertools import pairwise

from sqlite_utils import Database

_ABOUT = (
    "o.name, a.url, e.whole, e.title, e.published, e.fetched, e.language, e.credits, e.credits_read, e.modified, "
    "e.dated"
)
_OF = "JOIN article a ON a.id = e.article JOIN outlet o ON o.id = a.outlet"
_EDITIONS = (
    f"SELECT e.id, CAST(json_array('edition', hex(e.digest), {_ABOUT}, hex(e.shingles)) AS BLOB) "
    f"FROM edition e {_OF} WHERE e.whole AND e.id > ? AND e.id <= ?"
)
_ENTITIES = (
    "SELECT edition, CAST(json_array('entity', rowid, name, kind, forms, roles) AS BLOB) FROM entity "
    "WHERE edition > ? AND edition <= ?"
)
_PASSAGES = (
    "SELECT p.edition, CAST(json_array(p.id, p.kind, p.start, p.end, p.outer_start, p.outer_end, p.depth, p.part_of, "
    "p.parts, hex(p.digest), s.name, s.kind, p.mention, p.mention_start, p.mention_end, p.cue, p.cue_start, p.cue_end, "
    f"p.rule, p.confidence, p.via, {_ABOUT}) AS BLOB) FROM passage p "
    f"JOIN edition e ON e.id = p.edition {_OF} LEFT JOIN speaker s ON s.id = p.speaker WHERE e.whole"
)
_WITHIN = f"{_PASSAGES} AND p.edition > ? AND p.edition <= ?"
_NEW = f"{_PASSAGES} AND p.id > ?"
_BATCH = 5_000
"""Editions that are looked at at once."""
_PUT = (
    "INSERT INTO seal (edition, value) VALUES (?, ?) ON CONFLICT (edition) DO UPDATE "
    "SET value = (value | excluded.value) - (value & excluded.value)"
)


def put(db: Database, edition: int, passage: int) -> None:
    """Seal, within the caller's transaction, the editions behind this one, and the passages behind this one."""
    found = _united(db, (edition, _last(db)), _NEW, (passage,))
    db.conn.executemany(_PUT, found.items())


def put_all(db: Database) -> None:
    """Seal every article's editions, within the caller's transaction."""
    for some in _ranges(db):
        db.conn.executemany(_PUT, _united(db, some, _WITHIN, some).items())


def broken(db: Database) -> Iterator[int]:
    """The editions that are not as they were sealed, and those whose seal is lost."""
    for some in _ranges(db):
        kept = dict(db.execute("SELECT edition, value FROM seal WHERE edition > ? AND edition <= ?", some))
        found = _united(db, some, _WITHIN, some)
        yield from sorted(number for number in kept.keys() | found.keys() if kept.get(number) != found.get(number))


def _united(db: Database, editions: tuple[int, int], passages: str, of: tuple[int, ...]) -> dict[int, int]:
    """The seals of the editions above one number, up to another, and of the passages that a query gives."""
    found: dict[int, int] = {}
    for query, values in ((_EDITIONS, editions), (_ENTITIES, editions), (passages, of)):
        for edition, row in db.execute(query, values):
            found[edition] = found.get(edition, 0) ^ _hash(row)
    return found


def _hash(row: bytes) -> int:
    """63 bits of a row."""
    return int.from_bytes(blake2b(row, digest_size=8).digest(), "big") >> 1


def _ranges(db: Database) -> Iterator[tuple[int, int]]:
    return pairwise((*range(0, _last(db), _BATCH), _last(db)))


def _last(db: Database) -> int:
    (last,) = db.execute("SELECT coalesce(max(id), 0) FROM edition").fetchone()
    return int(last)

"""How the index grows: every article writes a small segment, and small ones are merged into larger ones.

Readers look into every live segment, so there are few: at most `MOST_SMALL` that are held in memory and `MOST_LARGE`
that are not. When there are more, the smallest are merged, with the next larger ones as long as these are less than
twice what is merged already. A merge goes feature by feature in bounded steps, each in the transaction of whoever
calls, and what it has reached is on record: a crash loses one step at most. Readers go on with the old segments until
the last step, which puts the new one in their place. Small merges go on while a large one is under way.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from storage import opening, segments, shelf
from storage.features import Ids, lengths_of
from storage.segments import Packed

MOST_SMALL, MOST_LARGE = 6, 2
STEP = 24_000
"""Postings that one step of a merge handles: some five milliseconds."""
_FEATURES = 1 << 32
_DROPPED = 400  # rows of merged segments that one step deletes
_LIVE, _DEAD = 1, 2
_ALIKE = 2


def add_segment(db: Database, wordings: Sequence[int], texts: Sequence[bytes], postings: NDArray[np.uint64]) -> None:
    """Write new wordings, ascending, each with its numbered words, and their ascending postings as one segment."""
    if not wordings:
        return
    first, last = wordings[0], wordings[-1]
    lengths = np.zeros(last - first + 1, np.uint8)
    lengths[np.array(wordings) - first] = np.minimum(lengths_of(texts), 255)
    number = _new_segment(db, _LIVE, len(postings), first, lengths)
    shelf.write(db, number, segments.pack(segments.group(postings)))


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a merge: the features from `low` up to but not including `high` of the segments that are merged.

    `gone` are the wordings that are left out. The segments do not change, so that it can be done by any reader.
    """

    target: int
    sources: tuple[int, ...]
    gone: tuple[int, ...]
    low: int
    high: int


def step(db: Database, budget: int = STEP, large: int = MOST_LARGE) -> bool:
    """One bounded piece of the work that is due, where `large` segments may stand. Returns whether there was any.

    The smallest merge goes on, so that small segments stay few; and the largest, or what is left of merged segments is
    deleted, so that neither waits for ever.
    """
    under_way = _under_way(db, large)
    dead = db.execute("SELECT id FROM segment WHERE live = ? LIMIT 1", [_DEAD]).fetchone()
    if under_way:
        _go_on(db, under_way[0], budget)
    if dead is not None:
        _clear(db, dead[0], max(_DROPPED, budget // 64))
    elif len(under_way) > 1:
        _go_on(db, under_way[-1], budget)
    return bool(under_way) or dead is not None


def pieces(db: Database, budget: int) -> list[Piece]:
    """What is left of the smallest merge that is due, in order, to be done by `read` and `put`."""
    under_way = _under_way(db, MOST_LARGE)
    return list(_pieces(under_way[0], budget)) if under_way else []


def read(path: Path, piece: Piece) -> Packed | None:
    """What a piece of a merge makes of its segments, read from the record at `path`; any process can do it.

    `None` where the merge is at its end: somebody else went on with it, and its segments may be gone.
    """
    with opening.looking(path) as db, opening.reading(db):
        there = db.execute("SELECT 1 FROM merge WHERE target = ?", [piece.target]).fetchone()
        return united(db, piece) if there else None


def united(db: Database, piece: Piece) -> Packed:
    """What a piece of a merge makes of its segments."""
    parts = [shelf.read(db, source, piece.low, piece.high) for source in piece.sources]
    return segments.pack(segments.united(parts, np.array(piece.gone, np.uint32)))


def put(db: Database, piece: Piece, merged: Packed) -> None:
    """Store a piece; where it is the last, put the new segment in the place of the old ones.

    Does nothing where the merge is not as far as the end of the piece before it: somebody else goes on with it.
    """
    where = [piece.target, piece.low]
    merge = db.execute("SELECT postings FROM merge WHERE target = ? AND reached = ?", where).fetchone()
    if merge is None:
        return
    shelf.write(db, piece.target, merged, piece.low)
    if piece.high < _FEATURES:
        db.execute("UPDATE merge SET reached = ? WHERE target = ?", [piece.high, piece.target])
        return
    db.execute("DELETE FROM merge WHERE target = ?", [piece.target])
    db.execute("UPDATE segment SET live = ?, postings = ? WHERE id = ?", [_LIVE, *merge, piece.target])
    for source in piece.sources:
        db.execute("UPDATE segment SET live = ?, lengths = x'' WHERE id = ?", [_DEAD, source])
    db.conn.executemany("DELETE FROM gone WHERE wording = ?", [(wording,) for wording in piece.gone])


_Merge = tuple[int, int, str, int]  # the new segment, the postings of all that are merged, which, and how far it is


def _under_way(db: Database, large: int) -> list[_Merge]:
    """The merges under way, smallest first, after what is due was begun."""
    due = _due(db, large)
    if due:
        _begin(db, due)
    return db.execute("SELECT target, postings, sources, reached FROM merge ORDER BY postings").fetchall()


def _go_on(db: Database, merge: _Merge, budget: int) -> None:
    piece = next(_pieces(merge, budget))
    put(db, piece, united(db, piece))


def _pieces(merge: _Merge, budget: int) -> Iterator[Piece]:
    """What is left of a merge, in pieces of about so many postings."""
    target, total, task, low = merge
    sources, gone = json.loads(task).values()
    while low < _FEATURES:
        high = min(low + max(_FEATURES * budget // max(total, 1), 1), _FEATURES)
        yield Piece(target, tuple(sources), tuple(gone), low, high)
        low = high


def _due(db: Database, large: int) -> list[int]:
    """The segments that are to be merged next, smallest first."""
    busy = {
        number for (sources,) in db.execute("SELECT sources FROM merge") for number in json.loads(sources)["segments"]
    }
    rows = db.execute("SELECT wordings, id FROM segment WHERE live = ? ORDER BY wordings", [_LIVE])
    live = [(wordings, number) for wordings, number in rows if number not in busy]
    small = [segment for segment in live if segment[0] < shelf.RESIDENT]
    if len(small) > MOST_SMALL:
        return _alike(small)
    return _alike(live[len(small) :]) if len(live) - len(small) > large else []


def _alike(ascending: list[tuple[int, int]]) -> list[int]:
    """The smallest segments: two and all that follow as long as none is twice as large as those before it together."""
    sums = accumulate(wordings for wordings, _ in ascending)
    steps = zip(ascending[1:], sums, strict=False)
    stop = next((at for at, ((size, _), before) in enumerate(steps, 1) if at > 1 and size >= _ALIKE * before), None)
    return [number for _, number in ascending[:stop]]


def _begin(db: Database, numbers: list[int]) -> None:
    """Open a merge: the lengths of the new segment, and which wordings it leaves out."""
    row = "SELECT first, lengths, postings FROM segment WHERE id = ?"
    sources = [db.execute(row, [number]).fetchone() for number in numbers]
    first = min(begin for begin, _, _ in sources)
    lengths = np.zeros(max(begin + len(held) for begin, held, _ in sources) - first, np.uint8)
    for begin, held, _ in sources:
        place = lengths[begin - first :][: len(held)]
        np.maximum(place, np.frombuffer(held, np.uint8), out=place)
    gone = gone_between(db, first, first + len(lengths))
    gone = gone[lengths[gone - np.uint32(first)] > 0]
    lengths[gone - np.uint32(first)] = 0
    total = sum(count for _, _, count in sources)
    target = _new_segment(db, 0, 0, first, lengths)
    task = json.dumps({"segments": numbers, "gone": gone.tolist()})
    db.execute("INSERT INTO merge (target, postings, sources, reached) VALUES (?, ?, ?, 0)", [target, total, task])


def _clear(db: Database, segment: int, limit: int) -> None:
    if shelf.drop(db, segment, limit) == 0:
        db.execute("DELETE FROM segment WHERE id = ?", [segment])


def _new_segment(db: Database, live: int, count: int, first: int, lengths: NDArray[np.uint8]) -> int:
    row = "INSERT INTO segment (live, wordings, postings, first, lengths) VALUES (?, ?, ?, ?, ?)"
    db.execute(row, [live, int(np.count_nonzero(lengths)), count, first, lengths.tobytes()])
    (number,) = db.execute("SELECT last_insert_rowid()").fetchone()
    return int(number)


def gone_between(db: Database, first: int, end: int) -> Ids:
    """The removed wordings from `first` up to but not including `end`, ascending."""
    rows = db.execute("SELECT wording FROM gone WHERE wording >= ? AND wording < ? ORDER BY wording", [first, end])
    return np.array([wording for (wording,) in rows], np.uint32)


def wipe(db: Database) -> None:
    """Empty the index, to be written anew."""
    for table in ("merge", "segment", *shelf.TABLES, "gone"):
        db.execute(f"DELETE FROM {table}")

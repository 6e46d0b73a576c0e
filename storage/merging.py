"""How the index grows: every article writes a small segment, and small ones are merged into larger ones.

Readers look into every live segment, so there are few: at most `MOST_SMALL` that are held in memory and `MOST_LARGE`
that are not. When there are more, the smallest are merged, with the next larger ones as long as these are less than
twice what is merged already. A merge goes feature by feature in bounded steps, each in the transaction of whoever
calls, and what it has reached is on record: a crash loses one step at most. Readers go on with the old segments until
the last step, which puts the new one in their place. Small merges go on while a large one is under way.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from storage import segments, shelf
from storage.features import Ids, lengths_of, postings

MOST_SMALL, MOST_LARGE = 6, 2
STEP = 24_000
"""Postings that one step of a merge handles: some five milliseconds."""
_FEATURES = 1 << 32
_DROPPED = 400  # rows of merged segments that one step deletes
_LIVE, _DEAD = 1, 2
_ALIKE = 2


def add_segment(db: Database, wordings: Sequence[int], texts: Sequence[bytes]) -> None:
    """Write new wordings, ascending, each with its numbered words, as one segment."""
    if not wordings:
        return
    first, last = wordings[0], wordings[-1]
    lengths = np.zeros(last - first + 1, np.uint8)
    lengths[np.array(wordings) - first] = np.minimum(lengths_of(texts), 255)
    held = segments.group(postings(wordings, texts))
    number = _new_segment(db, _LIVE, len(held.ids), first, lengths)
    shelf.write(db, number, held)


def step(db: Database, budget: int = STEP, large: int = MOST_LARGE) -> bool:
    """One bounded piece of the work that is due, where `large` segments may stand. Returns whether there was any.

    The smallest merge goes on, so that small segments stay few; and the largest, or what is left of merged segments is
    deleted, so that neither waits for ever.
    """
    due = _due(db, large)
    if due:
        _begin(db, due)
    under_way = db.execute("SELECT target, postings, sources, reached FROM merge ORDER BY postings").fetchall()
    dead = db.execute("SELECT id FROM segment WHERE live = ? LIMIT 1", [_DEAD]).fetchone()
    if under_way:
        _go_on(db, under_way[0], budget)
    if dead is not None:
        _clear(db, dead[0], max(_DROPPED, budget // 64))
    elif len(under_way) > 1:
        _go_on(db, under_way[-1], budget)
    return bool(under_way) or dead is not None


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


def _go_on(db: Database, merge: tuple[int, int, str, int], budget: int) -> None:
    """Merge one range of features; where it is the last, put the new segment in the place of the old ones."""
    target, total, task, reached = merge
    sources, gone = json.loads(task).values()
    until = min(reached + max(_FEATURES * budget // max(total, 1), 1), _FEATURES)
    parts = [shelf.read(db, source, reached, until) for source in sources]
    merged = segments.united(parts, np.array(gone, np.uint32))
    shelf.write(db, target, merged, reached)
    if until < _FEATURES:
        db.execute("UPDATE merge SET reached = ? WHERE target = ?", [until, target])
        return
    db.execute("DELETE FROM merge WHERE target = ?", [target])
    db.execute("UPDATE segment SET live = ?, postings = ? WHERE id = ?", [_LIVE, total, target])
    for source in sources:
        db.execute("UPDATE segment SET live = ?, lengths = x'' WHERE id = ?", [_DEAD, source])
    db.conn.executemany("DELETE FROM gone WHERE wording = ?", [(wording,) for wording in gone])


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

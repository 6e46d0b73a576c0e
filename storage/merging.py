"""How the index grows: every article writes a small segment, and small ones are merged into larger ones.

Segments are of one size class when their numbers of wordings have the same power of eight. As soon as four of one class
stand, they are merged. A merge goes feature by feature in bounded steps, each in the transaction of whoever calls,
and what it has reached is on record: a crash loses one step at most. Readers go on with the old segments until
the last step, which puts the new one in their place.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from storage import segments, shelf
from storage.features import Ids, postings
from storage.segments import Postings

FAN_IN = 4
"""How many segments of one size class are merged into one."""
STEP = 24_000
"""Postings that one step of a merge handles: some five milliseconds."""
_FEATURES = 1 << 32
_DROPPED = 400  # chunks of merged segments that one step deletes
_LIVE, _DEAD = 1, 2


@dataclass(frozen=True, slots=True)
class Source:
    """A live segment, as a merge needs it."""

    id: int
    wordings: int
    postings: int
    first: int
    lengths: NDArray[np.uint8]
    directory: Ids


def add_segment(db: Database, wordings: list[tuple[int, Ids]]) -> None:
    """Write new wordings, identifier and numbered words, as one segment."""
    if not wordings:
        return
    first, last = wordings[0][0], wordings[-1][0]
    lengths = np.zeros(last - first + 1, np.uint8)
    for wording, words in wordings:
        lengths[wording - first] = min(len(words), 255)
    number = _new_segment(db, _LIVE, len(wordings), first, lengths)
    _extend(db, number, segments.group(postings(wordings)))


def step(db: Database, budget: int = STEP) -> bool:
    """One bounded piece of the work that is due. Returns whether there was any."""
    under_way = db.execute("SELECT target, sources, reached FROM merge").fetchone()
    if under_way is not None:
        _go_on(db, under_way[0], json.loads(under_way[1]), under_way[2], budget)
        return True
    dead = db.execute("SELECT id FROM segment WHERE live = ? LIMIT 1", [_DEAD]).fetchone()
    if dead is not None:
        _clear(db, dead[0], max(_DROPPED, budget // 64))
        return True
    due = _due(db)
    if due:
        _begin(db, due)
    return bool(due)


def _due(db: Database) -> list[int]:
    """The segments of the smallest size class that has enough of them."""
    classes: dict[int, list[int]] = {}
    for number, wordings in db.execute("SELECT id, wordings FROM segment WHERE live = ? ORDER BY id", [_LIVE]):
        classes.setdefault((int(wordings).bit_length() - 1) // 3, []).append(number)
    return next((numbers for _, numbers in sorted(classes.items()) if len(numbers) >= FAN_IN), [])


def _begin(db: Database, numbers: list[int]) -> None:
    """Open a merge: the lengths of the new segment, and which wordings it leaves out."""
    sources = [_source(db, number) for number in numbers]
    first = min(source.first for source in sources)
    lengths = np.zeros(max(source.first + len(source.lengths) for source in sources) - first, np.uint8)
    for source in sources:
        place = lengths[source.first - first :][: len(source.lengths)]
        np.maximum(place, source.lengths, out=place)
    gone = gone_between(db, first, first + len(lengths))
    gone = gone[lengths[gone - np.uint32(first)] > 0]
    lengths[gone - np.uint32(first)] = 0
    target = _new_segment(db, 0, int(np.count_nonzero(lengths)), first, lengths)
    db.execute(
        "INSERT INTO merge (target, sources, reached) VALUES (?, ?, 0)",
        [target, json.dumps({"segments": numbers, "gone": gone.tolist()})],
    )


def _go_on(db: Database, target: int, task: dict[str, list[int]], reached: int, budget: int) -> None:
    """Merge one range of features; where it is the last, put the new segment in the place of the old ones."""
    sources = [_source(db, number) for number in task["segments"]]
    width = max(_FEATURES * budget // max(sum(source.postings for source in sources), 1), 1)
    until = min(reached + width, _FEATURES)
    parts = [shelf.read(db, source.id, source.directory, reached, until) for source in sources]
    merged = segments.united(parts, np.array(task["gone"], np.uint32))
    _extend(db, target, merged)
    if until < _FEATURES:
        db.execute("UPDATE merge SET reached = ?", [until])
        return
    db.execute("DELETE FROM merge")
    db.execute("UPDATE segment SET live = ? WHERE id = ?", [_LIVE, target])
    for source in sources:
        db.execute("UPDATE segment SET live = ?, lengths = x'', directory = x'' WHERE id = ?", [_DEAD, source.id])
    db.conn.executemany("DELETE FROM gone WHERE wording = ?", [(wording,) for wording in task["gone"]])


def _clear(db: Database, segment: int, limit: int) -> None:
    if shelf.drop(db, segment, limit) == 0:
        db.execute("DELETE FROM segment WHERE id = ?", [segment])


def _source(db: Database, number: int) -> Source:
    row = "SELECT id, wordings, postings, first, lengths, directory FROM segment WHERE id = ?"
    number, wordings, count, first, lengths, directory = db.execute(row, [number]).fetchone()
    return Source(number, wordings, count, first, np.frombuffer(lengths, np.uint8), np.frombuffer(directory, "<u4"))


def _new_segment(db: Database, live: int, wordings: int, first: int, lengths: NDArray[np.uint8]) -> int:
    row = "INSERT INTO segment (live, wordings, postings, first, lengths, directory) VALUES (?, ?, 0, ?, ?, x'')"
    db.execute(row, [live, wordings, first, lengths.tobytes()])
    (number,) = db.execute("SELECT last_insert_rowid()").fetchone()
    return int(number)


def _extend(db: Database, segment: int, added: Postings) -> None:
    """Append postings to a segment whose features all lie below theirs."""
    (directory,) = db.execute("SELECT directory FROM segment WHERE id = ?", [segment]).fetchone()
    chunks = shelf.write(db, segment, added, len(directory) // 4)
    row = "UPDATE segment SET directory = ?, postings = postings + ? WHERE id = ?"
    db.execute(row, [directory + chunks.astype("<u4").tobytes(), len(added.ids), segment])


def gone_between(db: Database, first: int, end: int) -> Ids:
    """The removed wordings from `first` up to but not including `end`, ascending."""
    rows = db.execute("SELECT wording FROM gone WHERE wording >= ? AND wording < ? ORDER BY wording", [first, end])
    return np.array([wording for (wording,) in rows], np.uint32)


def wipe(db: Database) -> None:
    """Empty the index, to be written anew."""
    for table in ("merge", "segment", "chunk", "list", "gone"):
        db.execute(f"DELETE FROM {table}")

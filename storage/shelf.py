"""The live segments as a reader sees them: small ones in memory, large ones read a chunk at a time.

A reader looks at the file's version before each query (two microseconds) and takes up what was written since. What
it holds of a large segment is its directory, four bytes per kilobyte.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from storage import segments
from storage.features import Ids
from storage.segments import Loose, Postings

RESIDENT = 1 << 15
"""Segments of fewer wordings than this are held in memory."""
_CHUNKS, _LISTS = 24, 32  # bits by which a segment's number is shifted in the keys of its chunks and lists


@dataclass(frozen=True, slots=True)
class Held:
    """One live segment: its postings where it is small, else its directory."""

    id: int
    wordings: int
    postings: Postings | None
    directory: Ids


@dataclass(slots=True)
class Found:
    """What the segments say of one feature: how many wordings hold it, ids at hand, and lists still to be read."""

    count: int = 0
    ids: list[Ids] = field(default_factory=list)
    lists: list[tuple[int, int]] = field(default_factory=list)  # key and length


class Shelf:
    """The live segments of one connection. `lengths[wording]` is the number of its words, at most 255, 0 for none."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._version = -1
        self._held: dict[int, Held] = {}
        self.lengths: NDArray[np.uint8] = np.zeros(0, np.uint8)

    def refresh(self) -> None:
        """Take up what was written since the last look."""
        (version,) = self._db.execute("PRAGMA data_version").fetchone()
        if version != self._version:
            self._version = version
            self._read()

    def forget(self) -> None:
        """Look afresh at the next refresh: this connection itself has written."""
        self._version = -1

    @property
    def wordings(self) -> int:
        """How many wordings are in the index."""
        return sum(held.wordings for held in self._held.values())

    @property
    def segments(self) -> Sequence[Held]:
        """The live segments."""
        return tuple(self._held.values())

    def find(self, features: Ids) -> list[Found]:
        """What is known of each of some features."""
        found = [Found() for _ in features]
        for held in self._held.values():
            if held.postings is not None:
                _look_up(held.postings, features, found)
            else:
                self._look_up(held, features, found)
        return found

    def lists(self, keys: Iterable[tuple[int, int]]) -> dict[int, Ids]:
        """Read long lists by their keys and lengths; what is too common has none."""
        sizes = dict(keys)
        return {key: segments.unpack_list(data, sizes[key]) for key, data in _rows(self._db, "list", sizes)}

    def _look_up(self, held: Held, features: Ids, found: list[Found]) -> None:
        base = held.id << _CHUNKS
        numbers = (np.searchsorted(held.directory, features, "right") - 1).tolist()
        chunks = dict(_rows(self._db, "chunk", {base + number for number in numbers if number >= 0}))
        for feature, number, into in zip(features.tolist(), numbers, found, strict=True):
            ids = segments.find(chunks[base + number], feature) if number >= 0 else None
            if isinstance(ids, int):
                into.count += ids
                if ids <= segments.TOO_COMMON:
                    into.lists.append((held.id << _LISTS | feature, ids))
            elif ids is not None:
                into.count += len(ids)
                into.ids.append(ids)

    def _read(self) -> None:
        live = dict(self._db.execute("SELECT id, first FROM segment WHERE live = 1").fetchall())
        self._held = {number: held for number, held in self._held.items() if number in live}
        for number in live.keys() - self._held.keys():
            self._held[number] = self._take_up(number)

    def _take_up(self, number: int) -> Held:
        row = "SELECT wordings, first, lengths, directory FROM segment WHERE id = ?"
        wordings, first, lengths, directory = self._db.execute(row, [number]).fetchone()
        self._note_lengths(first, np.frombuffer(lengths, np.uint8))
        places = np.frombuffer(directory, "<u4")
        postings = segments.united([read(self._db, number, places)]) if wordings < RESIDENT else None
        return Held(number, wordings, postings, places)

    def _note_lengths(self, first: int, lengths: NDArray[np.uint8]) -> None:
        end = first + len(lengths)
        if end > len(self.lengths):
            grown = np.zeros(end + end // 8, np.uint8)
            grown[: len(self.lengths)] = self.lengths
            self.lengths = grown
        np.maximum(self.lengths[first:end], lengths, out=self.lengths[first:end])


def _look_up(postings: Postings, features: Ids, found: list[Found]) -> None:
    """Look features up in a segment that is in memory."""
    if not len(postings.features):
        return
    places = np.searchsorted(postings.features, features)
    places[places == len(postings.features)] = 0
    for at in np.flatnonzero(postings.features[places] == features).tolist():
        place = int(places[at])
        found[at].count += int(postings.counts[place])
        found[at].ids.append(postings.ids[postings.ends[place - 1] if place else 0 : postings.ends[place]])


def read(db: Database, segment: int, directory: Ids, low: int = 0, high: int = 1 << 32) -> Loose:
    """The postings of a stored segment whose features are at least `low` and below `high`."""
    begin = max(int(np.searchsorted(directory, low, "right")) - 1, 0)
    end = int(np.searchsorted(directory, high))
    span = [(segment << _CHUNKS) + begin, (segment << _CHUNKS) + end]
    chunks = [data for (data,) in db.execute("SELECT data FROM chunk WHERE id >= ? AND id < ? ORDER BY id", span)]
    span = [(segment << _LISTS) + low, (segment << _LISTS) + high]
    lists = db.execute("SELECT id, data FROM list WHERE id >= ? AND id < ?", span)
    return segments.within(segments.unpack(chunks, {key & 0xFFFFFFFF: data for key, data in lists}), low, high)


def write(db: Database, segment: int, postings: Postings, number: int = 0) -> Ids:
    """Store postings as chunks from `number` on, with their long lists. Returns the first feature of each chunk."""
    chunks, lists = segments.pack(postings)
    base = (segment << _CHUNKS) + number
    rows = [(base + at, data) for at, (_, data) in enumerate(chunks)]
    db.conn.executemany("INSERT INTO chunk (id, data) VALUES (?, ?)", rows)
    rows = [(segment << _LISTS | feature, data) for feature, data in lists]
    db.conn.executemany("INSERT INTO list (id, data) VALUES (?, ?)", rows)
    return np.array([first for first, _ in chunks], np.uint32)


def drop(db: Database, segment: int, limit: int = -1) -> int:
    """Delete at most `limit` chunks of a segment, with as many lists. Returns how many rows went."""
    gone = 0
    for table, shift in (("chunk", _CHUNKS), ("list", _LISTS)):
        statement = _DROP[table]
        gone += db.execute(statement, [segment << shift, (segment + 1) << shift, limit]).rowcount
    return gone


_DROP = {
    "chunk": "DELETE FROM chunk WHERE id IN (SELECT id FROM chunk WHERE id >= ? AND id < ? LIMIT ?)",
    "list": "DELETE FROM list WHERE id IN (SELECT id FROM list WHERE id >= ? AND id < ? LIMIT ?)",
}
_FETCH = {
    "chunk": "SELECT id, data FROM chunk WHERE id IN (SELECT value FROM json_each(?))",
    "list": "SELECT id, data FROM list WHERE id IN (SELECT value FROM json_each(?))",
}


def _rows(db: Database, table: str, keys: Iterable[int]) -> list[tuple[int, bytes]]:
    return db.execute(_FETCH[table], [json.dumps(list(keys))]).fetchall()

"""The live segments as a reader sees them: small ones in memory, large ones read a chunk at a time.

A reader looks at the file's version before each query (two microseconds) and takes up what was written since. What
it holds of a large segment is its directory, four bytes per kilobyte, and the lengths of its long lists.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from storage import segments
from storage.features import Ids
from storage.segments import Loose, Packed, Postings

RESIDENT = 1 << 14
"""Segments of fewer wordings than this are held in memory."""
_SHIFT = 32  # bits by which a segment's number is shifted in the keys of its rows


@dataclass(frozen=True, slots=True)
class Directory:
    """Where the features of a large segment stand: first feature of each chunk; long lists and their lengths."""

    firsts: Ids
    common: Ids
    sizes: Ids


@dataclass(frozen=True, slots=True)
class Held:
    """One live segment: its postings where it is small, else its directory."""

    id: int
    wordings: int
    content: Postings | Directory


@dataclass(frozen=True, slots=True)
class Found:
    """What the segments say of some features, by their place: how many wordings hold each, and where these stand.

    `near` are ids at hand; `far` are the key and length of lists still to be read.
    """

    counts: NDArray[np.int64]
    near: list[list[Ids]]
    far: list[list[tuple[int, int]]]

    def of(self, places: NDArray[np.int64]) -> Found:
        """The part of it that is about some of the features."""
        wanted = places.tolist()
        return Found(self.counts[places], [self.near[at] for at in wanted], [self.far[at] for at in wanted])


class Shelf:
    """The live segments of one connection. `lengths[wording]` is the number of its words, at most 255, 0 for none."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._version = -1
        self._held: dict[int, Held] = {}
        self.lengths: NDArray[np.uint8] = np.zeros(0, np.uint8)
        self.wordings = 0

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
    def segments(self) -> Sequence[Held]:
        """The live segments."""
        return tuple(self._held.values())

    def find(self, features: Ids) -> Found:
        """What is known of each of some features."""
        found = Found(np.zeros(len(features), np.int64), [[] for _ in features], [[] for _ in features])
        for held in self._held.values():
            if isinstance(held.content, Postings):
                _look_up(held.content, features, found)
            else:
                self._look_up(held.id, held.content, features, found)
        return found

    def lists(self, keys: Iterable[tuple[int, int]]) -> dict[int, Ids]:
        """Read long lists by their keys and lengths; what is too common has none."""
        sizes = dict(keys)
        rows = self._db.execute(_LISTS, [json.dumps(list(sizes))]).fetchall()
        return {key: segments.unpack_list(data, sizes[key]) for key, data in rows}

    def _look_up(self, segment: int, directory: Directory, features: Ids, found: Found) -> None:
        """Look features up in a segment on disk."""
        base = segment << _SHIFT
        common, places = _among(directory.common, features)
        for at, size in zip(np.flatnonzero(common).tolist(), directory.sizes[places[common]].tolist(), strict=True):
            found.counts[at] += size
            if size <= segments.TOO_COMMON:
                found.far[at].append((base | int(features[at]), size))
        chunks = np.searchsorted(directory.firsts, features, "right")
        wanted = np.flatnonzero(~common & (chunks > 0))
        keys = (directory.firsts[chunks[wanted] - 1].astype(np.int64) | base).tolist()
        data = dict(self._db.execute(_CHUNKS, [json.dumps(list(set(keys)))]).fetchall())
        for at, feature, key in zip(wanted.tolist(), features[wanted].tolist(), keys, strict=True):
            ids = segments.find(data[key], feature)
            if ids is not None:
                found.counts[at] += len(ids)
                found.near[at].append(ids)

    def _read(self) -> None:
        live = {number for (number,) in self._db.execute("SELECT id FROM segment WHERE live = 1")}
        self._held = {number: held for number, held in self._held.items() if number in live}
        for number in sorted(live - self._held.keys()):
            self._held[number] = self._take_up(number)
        self.wordings = sum(held.wordings for held in self._held.values())

    def _take_up(self, number: int) -> Held:
        row = "SELECT wordings, first, lengths FROM segment WHERE id = ?"
        wordings, first, lengths = self._db.execute(row, [number]).fetchone()
        self._note_lengths(first, np.frombuffer(lengths, np.uint8))
        if wordings < RESIDENT:
            return Held(number, wordings, segments.united([read(self._db, number)]))
        return Held(number, wordings, _directory(self._db, number << _SHIFT, (number + 1) << _SHIFT))

    def _note_lengths(self, first: int, lengths: NDArray[np.uint8]) -> None:
        end = first + len(lengths)
        if end > len(self.lengths):
            grown = np.zeros(end + end // 8, np.uint8)
            grown[: len(self.lengths)] = self.lengths
            self.lengths = grown
        np.maximum(self.lengths[first:end], lengths, out=self.lengths[first:end])


def _among(held: Ids, features: Ids) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """Which features stand in an ascending array, and where."""
    if not len(held):
        return np.zeros(len(features), bool), np.zeros(len(features), np.int64)
    places = np.searchsorted(held, features)
    places[places == len(held)] = 0
    return held[places] == features, places


def _look_up(postings: Postings, features: Ids, found: Found) -> None:
    """Look features up in a segment that is in memory."""
    there, places = _among(postings.features, features)
    places = places[there]
    counts = postings.counts[places]
    found.counts[there] += counts
    ends = postings.ends[places]
    starts = np.where(places > 0, postings.ends[places - 1], 0)
    for at, start, end in zip(np.flatnonzero(there).tolist(), starts.tolist(), ends.tolist(), strict=True):
        found.near[at].append(postings.ids[start:end])


def read(db: Database, segment: int, low: int = 0, high: int = 1 << 32) -> Loose:
    """The postings of a stored segment whose features are at least `low` and below `high`."""
    base = segment << _SHIFT
    begin, end = base + low, base + high
    chunks = [data for (data,) in db.execute(_FROM["chunk"], [base, begin, begin, end])]
    known = _directory(db, begin, end)
    lists = db.execute("SELECT id, data FROM list WHERE id >= ? AND id < ?", [begin, end])
    held = {key & 0xFFFFFFFF: data for key, data in lists}
    return segments.within(segments.unpack(chunks, known.common, known.sizes, held), low, high)


def _directory(db: Database, begin: int, end: int) -> Directory:
    """The directory of the ranges that hold the keys from `begin` up to but not including `end`."""
    base = begin >> _SHIFT << _SHIFT
    rows = db.execute(_FROM["directory"], [base, begin, begin, end]).fetchall()
    firsts, common, sizes = (np.frombuffer(b"".join(parts), "<u4") for parts in zip(*rows, strict=True))
    return Directory(firsts, common, sizes)


def write(db: Database, segment: int, packed: Packed, low: int = 0) -> None:
    """Store the postings of a range of features that begins at `low`."""
    base = segment << _SHIFT
    rows = [(base | first, data) for first, data in packed.chunks]
    db.conn.executemany("INSERT INTO chunk (id, data) VALUES (?, ?)", rows)
    rows = [(base | feature, data) for feature, data in packed.lists]
    db.conn.executemany("INSERT INTO list (id, data) VALUES (?, ?)", rows)
    firsts = np.array([first for first, _ in packed.chunks], "<u4")
    row = [base | low, firsts.tobytes(), packed.common.astype("<u4").tobytes(), packed.sizes.astype("<u4").tobytes()]
    db.execute("INSERT INTO directory (id, firsts, common, sizes) VALUES (?, ?, ?, ?)", row)


def drop(db: Database, segment: int, limit: int = -1) -> int:
    """Delete at most `limit` chunks of a segment, with as many lists and directories. Returns how many rows went."""
    span = [segment << _SHIFT, (segment + 1) << _SHIFT, limit]
    return sum(db.execute(_DROP[table], span).rowcount for table in TABLES)


TABLES = ("chunk", "list", "directory")
"""The tables that hold a segment's content, keyed ``segment << 32 | feature``."""
_DROP = {
    table: f"DELETE FROM {table} WHERE id IN (SELECT id FROM {table} WHERE id >= ? AND id < ? LIMIT ?)"
    for table in TABLES
}
_CHUNKS = "SELECT id, data FROM chunk WHERE id IN (SELECT value FROM json_each(?))"
_LISTS = "SELECT id, data FROM list WHERE id IN (SELECT value FROM json_each(?))"
# The rows of a segment (from its base on) that hold the keys from one on up to another; the first may begin before it.
_FROM = {
    table: f"SELECT {columns} FROM {table} WHERE id >= coalesce((SELECT max(id) FROM {table} "
    "WHERE id >= ? AND id <= ?), ?) AND id < ? ORDER BY id"
    for table, columns in (("chunk", "data"), ("directory", "firsts, common, sizes"))
}

"""The state of the index, and whether it and the passages are what the record says they are."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from bot.errors import DamagedDatabase
from bot.text import fold
from storage import opening, rows, seals, shelf
from storage.copies import sample
from storage.features import OWNER, Ids, lengths_of, postings
from storage.migrations import LATEST
from storage.passages import digest
from storage.segments import Loose

_AT_ONCE = 4_000_000
"""Postings that are compared at once: some hundred megabytes."""
_FEATURES = 1 << 32
_BATCH = 20_000
_SAMPLES = (
    "SELECT shingles, (SELECT json_group_array(hash) FROM shingle WHERE edition = e.id) FROM edition e "
    "WHERE newest AND shingles IS NOT NULL"
)
_COUNTED = {
    "articles": "SELECT count(*) FROM article",
    "quotations": "SELECT count(*) FROM passage p JOIN edition e ON e.id = p.edition "
    f"WHERE e.newest AND p.{rows.MARKED}",
}


@dataclass(frozen=True, slots=True)
class Status:
    """What the index holds: `segments` gives the wordings of each, `merging` how far each merge is (0..1).

    It is `ready` where it holds every wording on record. Nothing has to be warmed: what a question needs and is not yet
    in memory is read from the file.
    """

    ready: bool
    wordings: int
    postings: int
    size: int
    segments: tuple[int, ...]
    merging: tuple[float, ...]
    removed: int


@dataclass(frozen=True, slots=True)
class Verified:
    """What a check found: postings that should be there and are not, or the reverse, and what was damaged.

    `damaged` are passages whose words changed, `editions` those whose text, or what they were stored with, changed;
    `astray` are the tables that are drawn from others and do not agree with them.
    """

    wordings: int
    postings: int
    missing: int
    surplus: int
    passages: int
    damaged: tuple[int, ...]
    editions: tuple[int, ...]
    astray: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Whether all of it is as it was stored."""
        return next(self.told(), None) is None

    def told(self) -> Iterator[str]:
        """What is wrong, a sentence each."""
        if self.missing or self.surplus:
            yield f"{self.missing:,} postings of the index are missing and {self.surplus:,} too many"
        for what, changed in (("passages", self.damaged), ("editions", self.editions)):
            if changed:
                some = ", ".join(map(str, changed[:10])) + (" …" if len(changed) > 10 else "")
                yield f"{what} that were changed: {len(changed):,} ({some})"
        if self.astray:
            yield f"these tables do not agree with others: {', '.join(self.astray)}"


def status(db: Database) -> Status:
    """The state of the index; `size` in bytes."""
    live = db.execute("SELECT wordings, postings FROM segment WHERE live = 1 ORDER BY wordings DESC").fetchall()
    merges = db.execute("SELECT reached FROM merge ORDER BY postings").fetchall()
    (removed,) = db.execute("SELECT count(*) FROM gone").fetchone()
    (recorded,) = db.execute("SELECT count(*) FROM wording").fetchone()
    held = sum(wordings for wordings, _ in live)
    return Status(
        ready=held - removed == recorded,
        wordings=held,
        postings=sum(count for _, count in live),
        size=sum(_bytes(db, table) for table in shelf.TABLES),
        segments=tuple(wordings for wordings, _ in live),
        merging=tuple(reached / _FEATURES for (reached,) in merges),
        removed=removed,
    )


def verify(db: Database, progress: Callable[[float], None] = lambda _: None) -> Verified:
    """Compare the index with all wordings and every passage with its digest; `progress` is told the share done."""
    live = [number for (number,) in db.execute("SELECT id FROM segment WHERE live = 1")]
    (total,) = db.execute("SELECT coalesce(sum(postings), 0) FROM segment WHERE live = 1").fetchone()
    ranges = max(total // _AT_ONCE, 1)
    edges = [_FEATURES * part // ranges for part in range(ranges + 1)]
    held = missing = surplus = 0
    for part, (low, high) in enumerate(itertools.pairwise(edges), 1):
        expected = _expected(db, low, high)
        actual = _actual(db, live, low, high)
        common = np.unique(actual.common)
        expected, found = (_without(one, common) for one in (expected, np.unique(actual.postings)))
        missing += len(np.setdiff1d(expected, found, assume_unique=True))
        surplus += len(np.setdiff1d(found, expected, assume_unique=True))
        held += len(found)
        progress(part / (ranges + 1))
    (wordings,) = db.execute("SELECT count(*) FROM wording").fetchone()
    (passages,) = db.execute("SELECT count(*) FROM passage").fetchone()
    damaged, changed = tuple(_damaged(db)), tuple(_changed(db))
    progress(1.0)
    return Verified(wordings, held, missing, surplus, passages, damaged, changed, tuple(_astray(db)))


def pages(db: Database, path: Path) -> None:
    """SQLite's own look at the structure of the file, without the order within its indices."""
    (found,) = db.execute("PRAGMA quick_check(1)").fetchone()
    if found != "ok":
        raise DamagedDatabase(f"{path} is damaged: {found}", hint=opening.RESTORE)


def wordings(db: Database) -> Iterator[tuple[list[int], list[bytes]]]:
    """All wordings on record, in batches: their identifiers, ascending, and their numbered words."""
    found = db.execute("SELECT id, words FROM wording ORDER BY id")
    while held := found.fetchmany(_BATCH):
        yield [wording for wording, _ in held], [words for _, words in held]


def _bytes(db: Database, table: str) -> int:
    """The bytes of a table's rows."""
    columns = "length(firsts) + length(common) + length(sizes)" if table == "directory" else "length(data)"
    (size,) = db.execute(f"SELECT coalesce(sum({columns}), 0) FROM {table}").fetchone()
    return int(size)


def _expected(db: Database, low: int, high: int) -> NDArray[np.uint64]:
    parts = [_between(postings(*batch), low, high) for batch in wordings(db)]
    return np.unique(np.concatenate(parts)) if parts else np.empty(0, np.uint64)


def _between(held: NDArray[np.uint64], low: int, high: int) -> NDArray[np.uint64]:
    """Those ascending postings whose features are at least `low` and below `high`."""
    begin = np.searchsorted(held, np.uint64(low << 32))
    end = len(held) if high == _FEATURES else np.searchsorted(held, np.uint64(high << 32))
    return held[begin:end]


def _actual(db: Database, live: list[int], low: int, high: int) -> Loose:
    parts = [shelf.read(db, segment, low, high) for segment in live]
    removed = np.array([wording for (wording,) in db.execute("SELECT wording FROM gone")], np.uint32)
    whole = np.concatenate([np.empty(0, np.uint64), *(part.postings for part in parts)])
    whole = whole[~np.isin((whole & OWNER).astype(np.uint32), removed)]
    common = np.concatenate([np.empty(0, np.uint32), *(part.common for part in parts)])
    return Loose(whole, common, common)


def _without(held: NDArray[np.uint64], common: Ids) -> NDArray[np.uint64]:
    """The postings of features whose lists are kept in every segment."""
    return held[~np.isin((held >> np.uint64(32)).astype(np.uint32), common)]


def _damaged(db: Database) -> Iterator[int]:
    """The passages whose words are no longer those that were stored."""
    found = db.execute(
        "SELECT p.id, p.start, p.end, p.parts, p.digest, e.text FROM passage p JOIN edition e ON e.id = p.edition"
    )
    for number, start, end, parts, known, text in found:
        if digest(rows.words_of(text, start, end, parts)) != known:
            yield number


def _changed(db: Database) -> Iterator[int]:
    """The editions whose text, or what they were stored with, is no longer that which was stored."""
    texts = db.execute("SELECT id, digest, text FROM edition WHERE whole")
    found = {number for number, known, text in texts if digest(text) != known}
    sealed = db.execute("SELECT 1 FROM sqlite_master WHERE name = 'seal'").fetchone()
    yield from sorted(found.union(seals.broken(db) if sealed else ()))


def _astray(db: Database) -> Iterator[str]:
    """The tables that hold what follows from others, and do not."""
    held = dict(db.execute("SELECT name, value FROM tally"))
    counted = {name: db.execute(query).fetchone()[0] for name, query in _COUNTED.items()}
    if any(held.get(name, 0) != number for name, number in counted.items()):
        yield "tally"
    names = db.execute("SELECT id, name FROM speaker")
    spelt = {(rows.printable(word), number) for number, name in names for word in fold(name)}
    if spelt != set(db.execute("SELECT word, speaker FROM speaker_word")):
        yield "speaker_word"
    (version,) = db.execute("PRAGMA user_version").fetchone()
    if version == LATEST and not all(_sampled(db)):  # older forms have larger samples
        yield "shingle"
    if not all(_measured(db)):
        yield "segment"


def _measured(db: Database) -> Iterator[bool]:
    """Whether the segments know how many words each wording has, and how many wordings they hold themselves."""
    (last,) = db.execute("SELECT coalesce(max(id), 0) FROM wording").fetchone()
    known = np.zeros(last + 1, np.uint8)
    for first, count, data in db.execute("SELECT first, wordings, lengths FROM segment WHERE live = 1"):
        held = np.frombuffer(data, np.uint8)
        yield np.count_nonzero(held) == count
        place = known[first:][: len(held)]
        np.maximum(place, held[: len(place)], out=place)
    for numbers, texts in wordings(db):
        yield np.array_equal(known[numbers], np.minimum(lengths_of(texts), 255))


def _sampled(db: Database) -> Iterator[bool]:
    """Whether each text has the sample of its shingles by which its copies are found, and nothing else has one."""
    (left,) = db.execute("SELECT count(*) FROM shingle").fetchone()
    for whole, held in db.execute(_SAMPLES):
        kept = json.loads(held)
        left -= len(kept)
        yield set(sample(np.frombuffer(whole, "<u4")).tolist()) == set(kept)
    yield not left

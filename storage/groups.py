"""Copy groups on record: articles that share a text, directly or through one another."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial

import numpy as np
from sqlite_utils import Database

from storage.copies import are_copies, sample
from storage.features import Ids
from storage.grouping import reached

_COMPARED = 24  # texts that are compared in full with a new one; the likeliest by their samples


def join(db: Database, article: int, edition: int, shingles: Ids) -> tuple[int, ...]:
    """Find what the newest edition of an article copies or is copied by, and group them. Returns those articles."""
    found = tuple(_copies(db, article, shingles))
    sampled = [(value, edition) for value in sample(shingles).tolist()]
    db.conn.executemany("INSERT INTO shingle (hash, edition) VALUES (?, ?)", sampled)
    pairs = [(min(article, other), max(article, other)) for other in found]
    db.conn.executemany("INSERT OR IGNORE INTO copy (one, other) VALUES (?, ?)", pairs)
    if found:
        _regroup(db, {article, *found})
    return found


def leave(db: Database, article: int) -> None:
    """Take an article out of its group, which may fall apart."""
    rows = db.execute("SELECT b.id FROM article a JOIN article b ON b.copies = a.copies WHERE a.id = ?", [article])
    others = {number for (number,) in rows} - {article}
    db.execute("DELETE FROM copy WHERE one = ? OR other = ?", [article, article])
    db.execute("UPDATE article SET copies = id WHERE id = ?", [article])
    if others:
        _regroup(db, others)


def _copies(db: Database, article: int, shingles: Ids) -> list[int]:
    """The articles whose newest edition shares its text with one that has these shingles."""
    rows = db.execute(
        "SELECT e.article, e.shingles FROM edition e JOIN (SELECT edition, count(*) AS shared FROM shingle "
        "WHERE hash IN (SELECT value FROM json_each(?)) GROUP BY edition ORDER BY shared DESC LIMIT ?) "
        "ON e.id = edition WHERE e.article <> ?",
        [json.dumps(sample(shingles).tolist()), _COMPARED, article],
    ).fetchall()
    return sorted(other for other, held in rows if are_copies(shingles, np.frombuffer(held, "<u4")))


def _regroup(db: Database, articles: set[int]) -> None:
    """Give every article that hangs together with these its group anew: the lowest number of its members."""
    left = set(articles)
    while left:
        group = reached(left.pop(), partial(_neighbours, db))
        left -= group
        lowest = min(group)
        db.conn.executemany("UPDATE article SET copies = ? WHERE id = ?", [(lowest, number) for number in group])


def _neighbours(db: Database, article: int) -> Iterator[int]:
    pairs = "SELECT other FROM copy WHERE one = ?1 UNION SELECT one FROM copy WHERE other = ?1"
    return (other for (other,) in db.execute(pairs, [article]))

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

_COMPARED = 24  # texts that are compared in full with a new one: those that share the most
_NEWEST = 24  # passages or editions that are looked at for each: every page of an outlet may end in the same words
_SHARING = (
    # the same sentences and quotations, each counted by its bytes
    "SELECT p.edition, length(w.words) AS shared FROM passage n JOIN wording w ON w.id = n.wording JOIN passage p "
    f"ON p.id IN (SELECT id FROM passage WHERE wording = n.wording ORDER BY id DESC LIMIT {_NEWEST}) "
    "WHERE n.edition = ?1 "
    # quotations that render the same
    "UNION ALL SELECT p.edition, length(w.words) FROM passage n JOIN wording w ON w.id = n.wording "
    "JOIN rendering r ON r.other = n.id JOIN passage p ON p.id = r.one WHERE n.edition = ?1 "
    # the same lowest shingles, where every sentence was edited
    "UNION ALL SELECT s.edition, 100 FROM json_each(?2) j JOIN shingle s ON s.hash = j.value AND s.edition IN "
    f"(SELECT edition FROM shingle WHERE hash = j.value ORDER BY edition DESC LIMIT {_NEWEST})"
)


def join(db: Database, article: int, edition: int, shingles: Ids) -> tuple[int, ...]:
    """Find what the newest edition of an article copies or is copied by, and group them. Returns those articles.

    Its passages and the links of its quotations are on record already: a copy is likeliest where these are shared.
    """
    found = tuple(_copies(db, article, edition, shingles))
    sampled = [(value, edition) for value in sample(shingles).tolist()]
    db.conn.executemany("INSERT INTO shingle (hash, edition) VALUES (?, ?)", sampled)
    pairs = [(min(article, other), max(article, other)) for other in found]
    db.conn.executemany("INSERT OR IGNORE INTO copy (one, other) VALUES (?, ?)", pairs)
    if found:
        _unite(db, {article, *found})
    return found


def leave(db: Database, article: int) -> None:
    """Take an article out of its group, which may fall apart."""
    rows = db.execute("SELECT b.id FROM article a JOIN article b ON b.copies = a.copies WHERE a.id = ?", [article])
    others = {number for (number,) in rows} - {article}
    db.execute("DELETE FROM copy WHERE one = ? OR other = ?", [article, article])
    db.execute("UPDATE article SET copies = id WHERE id = ?", [article])
    if others:
        _regroup(db, others)


def _copies(db: Database, article: int, edition: int, shingles: Ids) -> list[int]:
    """The articles whose newest edition shares its text with one that has these shingles."""
    rows = db.execute(
        f"SELECT e.article, e.shingles FROM ({_SHARING}) s JOIN edition e ON e.id = s.edition WHERE e.newest "
        "AND e.shingles IS NOT NULL AND e.article <> ?3 "
        f"GROUP BY e.id ORDER BY sum(s.shared) DESC, e.id DESC LIMIT {_COMPARED}",
        [edition, json.dumps(sample(shingles).tolist()), article],
    ).fetchall()
    return sorted(other for other, held in rows if are_copies(shingles, np.frombuffer(held, "<u4")))


def _unite(db: Database, articles: set[int]) -> None:
    """Make one group of those of some articles."""
    these = json.dumps(list(articles))
    query = "SELECT DISTINCT copies FROM article WHERE id IN (SELECT value FROM json_each(?))"
    lowest, *others = sorted(name for (name,) in db.execute(query, [these]))
    db.conn.executemany("UPDATE article SET copies = ? WHERE copies = ?", [(lowest, name) for name in others])


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

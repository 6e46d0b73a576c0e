"""Quotations that say the same words: what links those of a list, which are too many to be compared in full."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from itertools import pairwise

from sqlite_utils import Database

from bot.match.utterance import APART
from storage import rows
from storage.grouping import Pair

LEAST = 5
"""Words; what is shorter is said on too many occasions."""
_WORDS = 4 * LEAST  # in the bytes of a wording
_ALIKE = (
    "SELECT p.wording, p.speaker, e.published, p.id, e.whole FROM passage p JOIN edition e ON e.id = p.edition "
    f"JOIN wording w ON w.id = p.wording WHERE p.wording IN (SELECT value FROM json_each(?)) AND p.{rows.SPOKEN} "
    f"AND p.speaker IS NOT NULL AND length(w.words) >= {_WORDS} AND p.id NOT IN (SELECT passage FROM apart) "
    "ORDER BY p.wording, p.speaker, e.published, p.id"
)


def added(db: Database, after: int) -> set[int]:
    """The wordings of passages behind `after` that others carry, too."""
    query = (
        "SELECT DISTINCT p.wording FROM passage p WHERE p.id > ? AND p.speaker IS NOT NULL "
        "AND EXISTS (SELECT 1 FROM passage q WHERE q.wording = p.wording AND q.id <> p.id)"
    )
    return {wording for (wording,) in db.execute(query, [after])}


def pairs(db: Database, wordings: Collection[int], gone: Collection[int] = ()) -> Iterator[Pair]:
    """Each passage with the one before it in time that says the same words, is of the same speaker and of one occasion.

    One of the two at least is known from a list alone: two articles are compared in full. Passages that are `gone` or
    that a person has taken out are left out.
    """
    found = db.execute(_ALIKE, [json.dumps(list(wordings))])
    kept = (row for row in found if row[3] not in gone)
    for (*said, then, one, read), (*also, now, other, read_too) in pairwise(kept):
        if said == also and not (read and read_too) and _one_occasion(then, now):
            yield min(one, other), max(one, other)


def _one_occasion(then: str | None, now: str | None) -> bool:
    one, other = rows.time_of(then), rows.time_of(now)
    return one is None or other is None or other - one <= APART

"""Wordings: each distinct sequence of folded words on record, once, whoever carries it."""

from __future__ import annotations

import json
from collections.abc import Sequence

import numpy as np
from sqlite_utils import Database

from storage import merging, rows
from storage.features import Worded


def intern(db: Database, held: Worded, texts: Sequence[int]) -> list[int | None]:
    """The wordings of some of the texts, given by their place; a text without words has none.

    New ones are stored and indexed.
    """
    places = held.places[texts]
    used = np.unique(places[places >= 0])
    known = _known(db, [held.keys[place] for place in used.tolist()])
    numbers = [known.get(words) for words in held.words]
    new = [place for place in used.tolist() if numbers[place] is None]
    first = rows.last(db, "wording") + 1
    numbered = range(first, first + len(new))
    for place, number in zip(new, numbered, strict=True):
        numbers[place] = number
    words = [held.words[place] for place in new]
    values = zip(numbered, (held.keys[place] for place in new), words, strict=True)
    db.conn.executemany("INSERT INTO wording (id, key, words) VALUES (?, ?, ?)", values)
    merging.add_segment(db, numbered, words, held.postings_of(new, first))
    return [numbers[place] if place >= 0 else None for place in places.tolist()]


def release(db: Database, wordings: set[int]) -> None:
    """Remove those of some wordings that no passage carries any more; the index is told to leave them out."""
    bare = [
        (wording,)
        for wording in wordings
        if db.execute("SELECT 1 FROM passage WHERE wording = ? LIMIT 1", [wording]).fetchone() is None
    ]
    db.conn.executemany("DELETE FROM wording WHERE id = ?", bare)
    db.conn.executemany("INSERT INTO gone (wording) VALUES (?)", bare)


def _known(db: Database, keys: Sequence[int]) -> dict[bytes, int]:
    query = "SELECT words, id FROM wording WHERE key IN (SELECT value FROM json_each(?))"
    return dict(db.execute(query, [json.dumps(keys)]).fetchall())

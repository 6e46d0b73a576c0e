"""Wordings: each distinct sequence of folded words on record, once, whoever carries it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import count

from sqlite_utils import Database

from storage import merging, rows
from storage.features import key_of


def intern(db: Database, texts: Sequence[bytes]) -> list[int | None]:
    """The wording of each numbered text; new ones are stored and indexed. A text without words has none."""
    keys = {words: key_of(words) for words in texts if words}
    known = _known(db, set(keys.values()))
    new = dict(zip((words for words in keys if words not in known), count(rows.last(db, "wording") + 1), strict=False))
    values = ((wording, keys[words], words) for words, wording in new.items())
    db.conn.executemany("INSERT INTO wording (id, key, words) VALUES (?, ?, ?)", values)
    merging.add_segment(db, list(new.values()), list(new))
    known |= new
    return list(map(known.get, texts))


def release(db: Database, wordings: set[int]) -> None:
    """Remove those of some wordings that no passage carries any more; the index is told to leave them out."""
    bare = [
        (wording,)
        for wording in wordings
        if db.execute("SELECT 1 FROM passage WHERE wording = ? LIMIT 1", [wording]).fetchone() is None
    ]
    db.conn.executemany("DELETE FROM wording WHERE id = ?", bare)
    db.conn.executemany("INSERT INTO gone (wording) VALUES (?)", bare)


def _known(db: Database, keys: set[int]) -> dict[bytes, int]:
    query = "SELECT words, id FROM wording WHERE key IN (SELECT value FROM json_each(?))"
    return dict(db.execute(query, [json.dumps(list(keys))]).fetchall())

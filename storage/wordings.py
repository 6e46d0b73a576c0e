"""Wordings: each distinct sequence of folded words on record, once, whoever carries it."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlite_utils import Database

from storage import merging, rows
from storage.features import Ids, key_of


def intern(db: Database, texts: Sequence[Ids]) -> list[int | None]:
    """The wording of each numbered text; new ones are stored and indexed. A text without words has none."""
    keys = [key_of(words) for words in texts]
    known = _known(db, set(keys))
    new: list[tuple[int, int, Ids]] = []
    following = rows.last(db, "wording") + 1
    result: list[int | None] = []
    for key, words in zip(keys, texts, strict=True):
        if not len(words):
            result.append(None)
            continue
        data = words.tobytes()
        wording = known.get((key, data))
        if wording is None:
            wording = known[key, data] = following + len(new)
            new.append((wording, key, words))
        result.append(wording)
    stored = [(wording, key, words.tobytes()) for wording, key, words in new]
    db.conn.executemany("INSERT INTO wording (id, key, words) VALUES (?, ?, ?)", stored)
    merging.add_segment(db, [(wording, words) for wording, _, words in new])
    return result


def release(db: Database, wordings: set[int]) -> None:
    """Remove those of some wordings that no passage carries any more; the index is told to leave them out."""
    bare = [
        (wording,)
        for wording in wordings
        if db.execute("SELECT 1 FROM passage WHERE wording = ? LIMIT 1", [wording]).fetchone() is None
    ]
    db.conn.executemany("DELETE FROM wording WHERE id = ?", bare)
    db.conn.executemany("INSERT INTO gone (wording) VALUES (?)", bare)


def _known(db: Database, keys: set[int]) -> dict[tuple[int, bytes], int]:
    found = db.execute(
        "SELECT key, words, id FROM wording WHERE key IN (SELECT value FROM json_each(?))", [json.dumps(list(keys))]
    )
    return {(key, words): wording for key, words, wording in found}

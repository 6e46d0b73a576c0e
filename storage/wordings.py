"""Wordings: each distinct sequence of folded words on record, once, whoever carries it."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlite_utils import Database

from storage import merging, rows
from storage.features import Ids, key_of


def intern(db: Database, texts: Sequence[Ids]) -> list[int | None]:
    """The wording of each numbered text; new ones are stored and indexed. A text without words has none."""
    held = [words.tobytes() for words in texts]
    keys = [key_of(data) for data in held]
    known = _known(db, set(keys))
    new: list[tuple[int, int, bytes]] = []
    added: list[tuple[int, Ids]] = []
    following = rows.last(db, "wording") + 1
    result: list[int | None] = []
    for key, data, words in zip(keys, held, texts, strict=True):
        if not data:
            result.append(None)
            continue
        wording = known.get((key, data))
        if wording is None:
            wording = known[key, data] = following + len(new)
            new.append((wording, key, data))
            added.append((wording, words))
        result.append(wording)
    db.conn.executemany("INSERT INTO wording (id, key, words) VALUES (?, ?, ?)", new)
    merging.add_segment(db, added)
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

"""Speakers on record, found by any part of their name, whatever its accents and case.

Those who said something together are one row, with a line of name and kind for each: what they said is found under
each of their names.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlite_utils import Database

from bot.model import Attribution
from bot.text import fold
from storage.rows import printable, written


def same_name(asked: Sequence[str], held: Sequence[str]) -> bool:
    """Whether two folded names can be one: all words of the one stand in the other, the surname among them.

    "Guaidó" asks for "Juan Guaido", and "Juan Guaidó" for a speaker whom an article only calls "Guaido".
    """
    if not asked or not held:
        return False
    return set(asked) <= set(held) or (set(held) <= set(asked) and held[-1] == asked[-1])


def speaker_id(db: Database, said: Attribution | None, known: dict[tuple[str, str], int]) -> int | None:
    """The row of an attribution's speaker, made where there is none; `known` remembers them within one addition."""
    if said is None or said.speaker is None:
        return None
    who = written(said.speakers)
    if who not in known:
        known[who] = _row(db, *who)
    return known[who]


def named(db: Database, name: str) -> list[int]:
    """The speakers who can be meant by a name."""
    asked = fold(name)
    rows = db.execute(
        "SELECT DISTINCT s.id, s.name FROM speaker_word w JOIN speaker s ON s.id = w.speaker "
        "WHERE w.word IN (SELECT value FROM json_each(?))",
        [json.dumps([printable(word) for word in asked])],
    ).fetchall()
    return [number for number, held in rows if any(same_name(asked, fold(line)) for line in held.splitlines())]


def forget_unheard(db: Database, speakers: set[int]) -> None:
    """Delete those of some speakers to whom no passage is attributed any more."""
    unheard = [
        (number,)
        for number in speakers
        if db.execute("SELECT 1 FROM passage WHERE speaker = ? LIMIT 1", [number]).fetchone() is None
    ]
    db.conn.executemany("DELETE FROM speaker_word WHERE speaker = ?", unheard)
    db.conn.executemany("DELETE FROM speaker WHERE id = ?", unheard)


def _row(db: Database, name: str, kind: str) -> int:
    found = db.execute("SELECT id FROM speaker WHERE name = ? AND kind = ?", [name, kind]).fetchone()
    if found is not None:
        return int(found[0])
    db.execute("INSERT INTO speaker (name, kind) VALUES (?, ?)", [name, kind])
    (number,) = db.execute("SELECT last_insert_rowid()").fetchone()
    words = [(printable(word), number) for word in set(fold(name))]
    db.conn.executemany("INSERT INTO speaker_word (word, speaker) VALUES (?, ?)", words)
    return int(number)

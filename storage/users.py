"""What users ask for and have said; a user's own data is shown and deleted whole."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.errors import InputError, NotInRecord, NotYours
from bot.orders import Scope, Watch, WatchKind
from storage.part import Part, listed, stamp, sure
from storage.rows import Value, printable

MOST_WATCHES = 50
"""Watches that one user may have: each is held against every new article."""
_WATCH = "SELECT id, user, kind, text FROM watch"
_HELD = {
    "watches": "SELECT id, kind, text FROM watch WHERE user = ?1",
    "jobs": "SELECT id, name, state, total, done, made, locale FROM job WHERE user = ?1",
    "job_rows": (
        "SELECT r.job, r.number, r.text, r.speaker, r.outlet, r.url, r.identifier, r.error, r.result "
        "FROM job_row r JOIN job j ON j.id = r.job WHERE j.user = ?1"
    ),
    "acknowledged": "SELECT server, utterance, at FROM acknowledged WHERE user = ?1",
    "reported_wrong": "SELECT server, passages, comment, at FROM wrong WHERE user = ?1",
    "keeps_alerts_of": "SELECT id AS server, channel FROM server WHERE keeper = ?1",
    "alerts": "SELECT kind, utterance, passage, facts, state, sent_at FROM alert WHERE user = ?1",
}
_TABLES = ("watch", "job", "acknowledged", "wrong", "alert")


class Users(Part):
    """Watches and reports of users; each method keeps to the user whose number it is handed."""

    def watches(self, user: int) -> list[Watch]:
        """A user's watches, oldest first."""
        return [watch_of(row) for row in self.all(f"{_WATCH} WHERE user = ? ORDER BY id", user)]

    def add_watch(self, user: int, kind: WatchKind, words: str) -> Watch:
        """Watch a quote or a speaker; the same again is the same watch. Raises `InputError` where it cannot be."""
        words = printable(words.strip())
        if not words:
            raise InputError("there is nothing to watch", hint="Give the words of a quote, or a speaker's name.")
        mine = self.watches(user)
        same = next((watch for watch in mine if (watch.kind, watch.text) == (kind, words)), None)
        if same is not None:
            return same
        if len(mine) >= MOST_WATCHES:
            raise InputError(f"you have {MOST_WATCHES} watches already", hint="Remove one first.")
        with self.writing():
            self.db.execute("INSERT INTO watch (user, kind, text) VALUES (?, ?, ?)", [user, kind, words])
            (identifier,) = self.db.execute("SELECT last_insert_rowid()").fetchone()
        return Watch(identifier, user, kind, words)

    def remove_watch(self, user: int, watch: int) -> None:
        """Delete a watch of this user. Raises `NotInRecord` and `NotYours`."""
        with self.writing():
            row = self.db.execute("SELECT user FROM watch WHERE id = ?", [watch]).fetchone()
            if row is None:
                raise NotInRecord(f"there is no watch {watch}", hint="Look at the watches that you have.")
            if row[0] != user:
                raise NotYours(f"watch {watch} is somebody else's", hint="Look at the watches that you have.")
            self.db.execute("DELETE FROM watch WHERE id = ?", [watch])

    def report_wrong(
        self, user: int, scope: Scope | None, passages: Sequence[int], comment: str | None, now: datetime
    ) -> int:
        """Store that a user finds an answer wrong, with the passages that it showed. Returns the report's number."""
        said = comment and printable(comment)
        with self.writing():
            self.db.execute(
                "INSERT INTO wrong (user, server, passages, comment, at) VALUES (?, ?, ?, ?, ?)",
                [user, scope and scope.server, listed(passages), said, stamp(now)],
            )
            (identifier,) = self.db.execute("SELECT last_insert_rowid()").fetchone()
        return int(identifier)

    def export_user(self, user: int) -> dict[str, list[dict[str, Any]]]:
        """Everything that is held about a user: a list of plain rows for each kind of thing."""
        return {name: self._plain(query, user) for name, query in _HELD.items()}

    def forget_user(self, user: int) -> int:
        """Delete everything that is held about a user. Returns how many things that were."""
        with self.writing():
            gone = [self.db.execute(f"DELETE FROM {table} WHERE user = ?", [user]).rowcount for table in _TABLES]
            gone.append(self.db.execute("UPDATE server SET keeper = NULL WHERE keeper = ?", [user]).rowcount)
        return sum(gone)

    def _plain(self, query: str, user: int) -> list[dict[str, Any]]:
        cursor = self.db.execute(query, [user])
        names = [column for column, *_ in cursor.description]
        return [
            {name: _value(name, value) for name, value in zip(names, row, strict=True)} for row in cursor.fetchall()
        ]


def watch_of(row: tuple[Value, ...]) -> Watch:
    """The watch of `id, user, kind, text`."""
    identifier, user, kind, words = row
    return Watch(sure(identifier), sure(user), WatchKind(str(kind)), str(words))


def _value(name: str, stored: Value) -> Any:
    return json.loads(str(stored)) if name in ("passages", "facts", "result") and stored is not None else stored

"""What servers have chosen and said. Every method that touches a server's data is handed its scope and keeps to it.

Utterances are named by their lowest passage, which changes when two of them grow together or that passage leaves: what
was said about an utterance is kept with a passage of it, and holds for all that render it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time
from typing import Any

from sqlite_utils import Database

from bot.errors import InputError, NotInRecord
from bot.orders import AlertKind, Daily, Posted, Quiet, Rule, Scope, Settings
from storage.part import Part, listed, moment_of, number, stamp, sure, text
from storage.rows import Value, names_of, printable

MOST_RULES = 50
"""Rules that one server may have: each is held against everything new."""
_SETTINGS = ("channel", "least", "role", "quiet", "digest", "hourly", "checked", "speak", "locale", "keeper")
_READ = ", ".join(_SETTINGS)
_RULE = "SELECT id, least, speakers, outlets, words, kinds FROM rule"
_ABOUT = "server = ?1 AND (utterance = ?2 OR utterance IN (SELECT id FROM passage WHERE utterance = ?2))"


class Servers(Part):
    """The settings, rules and verdicts of every server, each within its own scope."""

    def settings(self, scope: Scope) -> Settings:
        """What a server has chosen; the defaults where it has chosen nothing."""
        row = self.one(f"SELECT {_READ} FROM server WHERE id = ?", scope.server)
        return Settings() if row is None else settings_of(row)

    def change(self, scope: Scope, **chosen: Any) -> Settings:
        """Change fields of `Settings`. Raises `InputError` where a value is none that they can have."""
        columns = ", ".join(f"{name} = ?" for name in _SETTINGS)
        with self.writing():
            known(self.db, scope)
            try:
                settings = replace(self.settings(scope), **chosen)
            except ValueError as error:
                raise InputError(str(error), hint="Nothing was changed.") from error
            self.db.execute(f"UPDATE server SET {columns} WHERE id = ?", [*_settings_row(settings), scope.server])
        return settings

    def rules(self, scope: Scope) -> list[Rule]:
        """A server's rules, oldest first."""
        return [rule_of(row) for row in self.all(f"{_RULE} WHERE server = ? ORDER BY id", scope.server)]

    def add_rule(self, scope: Scope, rule: Rule) -> Rule:
        """Store a rule. Returns it with its number; raises `InputError` where the server has too many."""
        if len(self.rules(scope)) >= MOST_RULES:
            raise InputError(f"there are {MOST_RULES} rules already", hint="Remove one first.")
        filters = [listed(map(printable, names)) for names in (rule.speakers, rule.outlets, rule.words)]
        with self.writing():
            known(self.db, scope)
            self.db.execute(
                "INSERT INTO rule (server, least, speakers, outlets, words, kinds) VALUES (?, ?, ?, ?, ?, ?)",
                [scope.server, rule.least, *filters, listed(sorted(rule.kinds))],
            )
            (identifier,) = self.db.execute("SELECT last_insert_rowid()").fetchone()
        return replace(rule, id=identifier)

    def remove_rule(self, scope: Scope, rule: int) -> None:
        """Delete a rule of this server. Raises `NotInRecord`."""
        with self.writing():
            if not self.db.execute("DELETE FROM rule WHERE server = ? AND id = ?", [scope.server, rule]).rowcount:
                raise NotInRecord(f"this server has no rule {rule}", hint="Look at the rules that there are.")

    # --- what it does not want to hear ----------------------------------------------------------------------------

    def mute(self, scope: Scope, speaker: str, until: datetime) -> None:
        """Raise no alerts about a speaker until some time."""
        with self.writing():
            known(self.db, scope)
            statement = "INSERT OR REPLACE INTO muted (server, speaker, until) VALUES (?, ?, ?)"
            self.db.execute(statement, [scope.server, printable(speaker), stamp(until)])

    def unmute(self, scope: Scope, speaker: str) -> None:
        """Undo `mute`."""
        with self.writing():
            self.db.execute("DELETE FROM muted WHERE server = ? AND speaker = ?", [scope.server, printable(speaker)])

    def mutes(self, scope: Scope, now: datetime) -> dict[str, datetime]:
        """The speakers that are muted, and until when."""
        query = "SELECT speaker, until FROM muted WHERE server = ? AND until > ? ORDER BY until"
        return {str(speaker): moment_of(until) for speaker, until in self.all(query, scope.server, stamp(now))}

    def suppress(self, scope: Scope, utterance: int) -> None:
        """Not a divergence: raise no alerts about an utterance, and drop those that were not sent."""
        with self.writing():
            known(self.db, scope)
            self.db.execute("INSERT OR IGNORE INTO suppressed VALUES (?, ?)", [scope.server, utterance])
            self.db.execute(
                f"DELETE FROM alert WHERE {_ABOUT} AND state IN ('pending', 'held')", [scope.server, utterance]
            )

    def unsuppress(self, scope: Scope, utterance: int) -> None:
        """Undo `suppress`."""
        with self.writing():
            self.db.execute(f"DELETE FROM suppressed WHERE {_ABOUT}", [scope.server, utterance])

    def suppressed(self, scope: Scope, utterance: int) -> bool:
        """Whether the server has said that the utterance is no divergence."""
        return suppressed(self.db, scope, utterance)

    # --- what became of an alert ----------------------------------------------------------------------------------

    def acknowledge(self, scope: Scope, utterance: int, user: int, now: datetime) -> tuple[int, datetime]:
        """Note that a user has seen to an utterance. Returns who did so first, and when."""
        with self.writing():
            known(self.db, scope)
            values = [scope.server, utterance, user, stamp(now)]
            self.db.execute("INSERT OR IGNORE INTO acknowledged VALUES (?, ?, ?, ?)", values)
        return self.acknowledged(scope, utterance) or (user, now)

    def acknowledged(self, scope: Scope, utterance: int) -> tuple[int, datetime] | None:
        """Who has seen to an utterance, and when."""
        row = self.one(f"SELECT user, at FROM acknowledged WHERE {_ABOUT} ORDER BY at LIMIT 1", scope.server, utterance)
        return None if row is None else (sure(row[0]), moment_of(row[1]))

    def posted(self, scope: Scope, utterance: int) -> Posted | None:
        """The message that stands for an utterance."""
        query = f"SELECT channel, message, thread, events FROM posted WHERE {_ABOUT} ORDER BY utterance LIMIT 1"
        row = self.one(query, scope.server, utterance)
        return None if row is None else Posted(sure(row[0]), sure(row[1]), number(row[2]), sure(row[3]))

    def set_posted(self, scope: Scope, utterance: int, posted: Posted | None) -> None:
        """Remember the message that stands for an utterance; `None`: it is there no more."""
        with self.writing():
            set_posted(self.db, scope, utterance, posted)

    # --- coming and going -----------------------------------------------------------------------------------------

    def joined(self, scope: Scope) -> None:
        """The bot is a member of the server, for the first time or again."""
        with self.writing():
            known(self.db, scope)
            self.db.execute("UPDATE server SET departed = NULL WHERE id = ?", [scope.server])

    def left(self, scope: Scope, when: datetime) -> None:
        """The bot is a member no more; what the server chose is kept for some days."""
        with self.writing():
            self.db.execute("UPDATE server SET departed = ? WHERE id = ?", [stamp(when), scope.server])

    def forget_server(self, scope: Scope) -> None:
        """Delete everything of a server."""
        with self.writing():
            self.db.execute("UPDATE wrong SET server = NULL WHERE server = ?", [scope.server])
            self.db.execute("DELETE FROM server WHERE id = ?", [scope.server])

    def present(self) -> dict[Scope, Settings]:
        """The servers that the bot is a member of, as far as it knows, each with what it has chosen."""
        found = self.all(f"SELECT id, {_READ} FROM server WHERE departed IS NULL ORDER BY id")
        return {Scope(sure(server)): settings_of(tuple(row)) for server, *row in found}

    def purge(self, before: datetime) -> list[Scope]:
        """Delete everything of the servers that the bot left before a moment. Returns these."""
        found = self.all("SELECT id FROM server WHERE departed < ? ORDER BY id", stamp(before))
        gone = [Scope(sure(server)) for (server,) in found]
        for scope in gone:
            self.forget_server(scope)
        return gone

    def reading(self) -> bool:
        """Whether any server wants ordinary messages checked, for which Discord wants an intent."""
        query = "SELECT EXISTS (SELECT 1 FROM server WHERE departed IS NULL AND checked <> '[]')"
        found = self.one(query)
        return found is not None and bool(found[0])

    # --- notes of the bot's own -----------------------------------------------------------------------------------

    def note(self, name: str) -> str | None:
        """What the bot noted under a name, such as the hash of its command tree."""
        row = self.one("SELECT value FROM note WHERE name = ?", name)
        return None if row is None else text(row[0])

    def set_note(self, name: str, value: str) -> None:
        """Note something."""
        with self.writing():
            self.db.execute("INSERT OR REPLACE INTO note (name, value) VALUES (?, ?)", [name, value])


def set_posted(db: Database, scope: Scope, utterance: int, posted: Posted | None) -> None:
    """Remember within the caller's transaction the message that stands for an utterance."""
    known(db, scope)
    db.execute(f"DELETE FROM posted WHERE {_ABOUT}", [scope.server, utterance])
    if posted is not None:
        values = [scope.server, utterance, posted.channel, posted.message, posted.thread, posted.events]
        db.execute("INSERT INTO posted VALUES (?, ?, ?, ?, ?, ?)", values)


def known(db: Database, scope: Scope) -> None:
    """Make the row of a server where there is none."""
    db.execute("INSERT OR IGNORE INTO server (id) VALUES (?)", [scope.server])


def follow(db: Database, heirs: Mapping[int, int]) -> None:
    """Keep with another passage of the same utterance what was kept with one that is no witness any more."""
    for table in ("posted", "suppressed", "acknowledged", "alert"):
        db.conn.executemany(f"UPDATE OR REPLACE {table} SET utterance = ?2 WHERE utterance = ?1", heirs.items())


def muted(db: Database, scope: Scope, now: datetime) -> tuple[str, ...]:
    """The speakers that a server does not want to hear of at present."""
    found = db.execute("SELECT speaker FROM muted WHERE server = ? AND until > ?", [scope.server, stamp(now)])
    return tuple(str(speaker) for (speaker,) in found)


def suppressed(db: Database, scope: Scope, utterance: int) -> bool:
    """Whether a server has said that an utterance is no divergence."""
    query = f"SELECT 1 FROM suppressed WHERE {_ABOUT} LIMIT 1"
    return db.execute(query, [scope.server, utterance]).fetchone() is not None


def rule_of(row: tuple[Value, ...]) -> Rule:
    """The rule of `id, least, speakers, outlets, words, kinds`."""
    identifier, least, speakers, outlets, words, kinds = row
    return Rule(
        id=sure(identifier),
        least=sure(least),
        speakers=names_of(speakers),
        outlets=names_of(outlets),
        words=names_of(words),
        kinds=frozenset(map(AlertKind, names_of(kinds))),
    )


def settings_of(row: tuple[Value, ...]) -> Settings:
    """The settings of the columns of `_SETTINGS`."""
    held: Mapping[str, Value] = dict(zip(_SETTINGS, row, strict=True))
    return Settings(
        channel=number(held["channel"]),
        least=sure(held["least"]),
        role=number(held["role"]),
        quiet=_quiet_of(held["quiet"]),
        digest=_daily_of(held["digest"]),
        hourly=sure(held["hourly"]),
        checked=tuple(json.loads(str(held["checked"] or "[]"))),
        speak=bool(held["speak"]),
        locale=text(held["locale"]),
        keeper=number(held["keeper"]),
    )


def _settings_row(settings: Settings) -> tuple[Value, ...]:
    quiet, digest = settings.quiet, settings.digest
    return (
        settings.channel,
        settings.least,
        settings.role,
        None if quiet is None else listed((quiet.start.isoformat(), quiet.end.isoformat(), quiet.zone)),
        None if digest is None else listed((digest.at.isoformat(), digest.zone)),
        settings.hourly,
        listed(settings.checked),
        settings.speak,
        settings.locale,
        settings.keeper,
    )


def _quiet_of(stored: Value) -> Quiet | None:
    if stored is None:
        return None
    start, end, zone = json.loads(str(stored))
    return Quiet(time.fromisoformat(start), time.fromisoformat(end), zone)


def _daily_of(stored: Value) -> Daily | None:
    if stored is None:
        return None
    at, zone = json.loads(str(stored))
    return Daily(time.fromisoformat(at), zone)

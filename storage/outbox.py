"""What is to be sent, stored with what gave rise to it, so that no crash loses it.

An alert is `begun` before it is sent and `sent` after. Where a crash comes between the two it is sent again with the
same nonce, by which Discord knows a message that it has had already.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from sqlite_utils import Database

from bot.orders import ATTEMPTS, Alert, AlertKind, AlertState, Posted, Scope
from storage.part import Part, listed, moment_of, number, stamp, sure
from storage.rows import Value, printable
from storage.servers import known, set_posted

_ALERT = (
    "SELECT id, key, server, user, channel, utterance, kind, passage, severity, facts, state, attempts, next_at "
    "FROM alert"
)
_THESE = "id IN (SELECT value FROM json_each(?))"
_OF = "(utterance = ?2 OR passage = ?2 OR utterance IN (SELECT id FROM passage WHERE utterance = ?2))"


def put(db: Database, alert: Alert, now: datetime) -> bool:
    """Put an alert in the outbox within the caller's transaction. Returns false where its key was there already."""
    if alert.scope is not None:
        known(db, alert.scope)
    added = db.execute(
        "INSERT INTO alert (key, server, user, channel, utterance, kind, passage, severity, facts, state, attempts, "
        "next_at, nonce) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?) ON CONFLICT (key) DO NOTHING",
        [
            printable(alert.key),
            alert.scope and alert.scope.server,
            alert.user,
            alert.channel,
            alert.utterance,
            alert.kind,
            alert.passage,
            alert.severity,
            json.dumps(dict(alert.facts)),
            alert.state,
            stamp(alert.next_at or now),
            alert.nonce,
        ],
    )
    return bool(added.rowcount)


class Outbox(Part):
    """The alerts to servers and users. Several may go out as one message: the methods take any number of them."""

    def put(self, alert: Alert, now: datetime) -> bool:
        """Put an alert in the outbox, due at its `next_at` or at once. Returns false where its key was there."""
        with self.writing():
            return put(self.db, alert, now)

    def due(self, now: datetime, limit: int = 100) -> list[Alert]:
        """The alerts that are to be sent now, the longest due first."""
        query = f"{_ALERT} WHERE state = 'pending' AND next_at <= ? ORDER BY next_at, id LIMIT ?"
        return [_alert_of(row) for row in self.all(query, stamp(now), limit)]

    def next_due(self) -> datetime | None:
        """When the next alert is due; `None` where none waits."""
        row = self.one("SELECT next_at FROM alert WHERE state = 'pending' ORDER BY next_at LIMIT 1")
        return None if row is None else moment_of(row[0])

    def begin(self, *alerts: int) -> None:
        """Note that these are being sent, before they are: one more attempt."""
        self._change("state = 'sending', attempts = attempts + 1", alerts, "pending", "held")

    def sent(self, *alerts: int, message: int | None, now: datetime) -> None:
        """Note that these are in a message."""
        self._change("state = 'sent', message = ?, sent_at = ?", alerts, "sending", values=(message, stamp(now)))

    def shown(self, scope: Scope, utterance: int, posted: Posted, *alerts: int, now: datetime) -> None:
        """Note that these are told in the message that stands for their utterance, which is remembered with it."""
        with self.writing():
            set_posted(self.db, scope, utterance, posted)
            self.db.execute(
                f"UPDATE alert SET state = 'sent', message = ?, sent_at = ? WHERE {_THESE} AND state = 'sending'",
                [posted.message, stamp(now), listed(alerts)],
            )

    def later(self, *alerts: int, at: datetime) -> None:
        """Try these again at some time; those that have been tried often enough are given up."""
        change = f"state = CASE WHEN attempts >= {ATTEMPTS} THEN 'dead' ELSE 'pending' END, next_at = ?"
        self._change(change, alerts, "sending", values=(stamp(at),))

    def give_up(self, *alerts: int) -> None:
        """Send these never: they cannot be."""
        self._change("state = 'dead'", alerts, "pending", "sending", "held")

    def hold(self, *alerts: int) -> None:
        """Keep these back until they are released."""
        self._change("state = 'held'", alerts, "pending")

    def held(self, scope: Scope) -> list[Alert]:
        """What is kept back for a server, oldest first."""
        query = f"{_ALERT} WHERE state = 'held' AND server = ? ORDER BY id"
        return [_alert_of(row) for row in self.all(query, scope.server)]

    def holding(self) -> list[Scope]:
        """The servers for which something is kept back."""
        query = "SELECT DISTINCT server FROM alert WHERE state = 'held' AND server IS NOT NULL ORDER BY server"
        return [Scope(sure(server)) for (server,) in self.all(query)]

    def release(self, scope: Scope, now: datetime) -> int:
        """Make due what is kept back for a server. Returns how many alerts that are."""
        with self.writing():
            statement = "UPDATE alert SET state = 'pending', next_at = ? WHERE state = 'held' AND server = ?"
            return int(self.db.execute(statement, [stamp(now), scope.server]).rowcount)

    def recover(self, now: datetime) -> int:
        """Make due what was being sent when the program ended. Returns how many alerts that are."""
        with self.writing():
            statement = "UPDATE alert SET state = 'pending', next_at = ? WHERE state = 'sending'"
            return int(self.db.execute(statement, [stamp(now)]).rowcount)

    def sent_since(self, scope: Scope, since: datetime) -> int:
        """How many new messages with alerts a server was sent since a moment; those that were only edited are not."""
        row = self.one(
            "SELECT count(*) FROM (SELECT 1 FROM alert WHERE server = ? AND state = 'sent' "
            "GROUP BY coalesce(message, -id) HAVING min(sent_at) >= ?)",
            scope.server,
            stamp(since),
        )
        return 0 if row is None else sure(row[0])

    def about(self, scope: Scope, utterance: int) -> list[Alert]:
        """What a server was told about an utterance, or is being told, oldest first."""
        query = f"{_ALERT} WHERE server = ?1 AND state IN ('sending', 'sent') AND {_OF} ORDER BY id"
        return [_alert_of(row) for row in self.all(query, scope.server, utterance)]

    def sending(self) -> list[Alert]:
        """What was being sent when the program ended, oldest first."""
        return [_alert_of(row) for row in self.all(f"{_ALERT} WHERE state = 'sending' ORDER BY id")]

    def get(self, alert: int) -> Alert | None:
        """One alert; `None` where it is not there any more."""
        row = self.one(f"{_ALERT} WHERE id = ?", alert)
        return None if row is None else _alert_of(row)

    def counts(self, scope: Scope | None = None) -> dict[AlertState, int]:
        """How many alerts are in each state: of one server, or of all servers and users."""
        query = "SELECT state, count(*) FROM alert WHERE ?1 IS NULL OR server = ?1 GROUP BY state"
        found = self.all(query, scope.server if scope else None)
        return dict.fromkeys(AlertState, 0) | {AlertState(str(state)): sure(count) for state, count in found}

    def purge(self, before: datetime) -> int:
        """Forget the alerts that were sent or given up before a moment. Returns how many there were."""
        with self.writing():
            statement = "DELETE FROM alert WHERE state IN ('sent', 'dead') AND coalesce(sent_at, next_at) < ?"
            return int(self.db.execute(statement, [stamp(before)]).rowcount)

    def _change(self, change: str, alerts: Sequence[int], *states: str, values: Sequence[Value] = ()) -> None:
        """Change those of some alerts that are in one of these states."""
        among = ", ".join(f"'{state}'" for state in states)
        with self.writing():
            self.db.execute(
                f"UPDATE alert SET {change} WHERE {_THESE} AND state IN ({among})", [*values, listed(alerts)]
            )


def _alert_of(row: tuple[Value, ...]) -> Alert:
    identifier, key, server, user, channel, utterance, kind, passage, severity, facts, state, attempts, next_at = row
    return Alert(
        id=sure(identifier),
        key=str(key),
        scope=None if server is None else Scope(sure(server)),
        user=number(user),
        channel=number(channel),
        utterance=number(utterance),
        kind=AlertKind(str(kind)),
        passage=number(passage),
        severity=sure(severity),
        facts=json.loads(str(facts)),
        state=AlertState(str(state)),
        attempts=sure(attempts),
        next_at=moment_of(next_at),
    )

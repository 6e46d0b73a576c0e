"""The outbox: each alert once, due when it should be, tried eight times, held back and released."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.orders import ATTEMPTS, Alert, AlertKind, AlertState, Scope, back_off
from storage.store import Store

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
ONE, OTHER = Scope(11), Scope(22)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "record.db") as opened:
        yield opened


def alert(key: str, scope: Scope = ONE, **about: object) -> Alert:
    return Alert(key=key, kind=AlertKind.MISQUOTE, severity=4, scope=scope, channel=5, **about)  # type: ignore[arg-type]


def put(store: Store, *keys: str, scope: Scope = ONE) -> list[int]:
    """The numbers of new alerts."""
    for key in keys:
        assert store.outbox.put(alert(key, scope), NOW)
    return [one.id for one in store.outbox.due(NOW) if one.key in keys]


def test_the_same_is_put_in_once(store: Store) -> None:
    """Also when it has been sent."""
    (number,) = put(store, "a")
    assert not store.outbox.put(alert("a"), NOW)
    store.outbox.begin(number)
    store.outbox.sent(number, message=50, now=NOW)
    assert not store.outbox.put(alert("a"), NOW)
    assert store.outbox.counts()[AlertState.SENT] == 1


def test_an_alert_comes_out_as_it_went_in(store: Store) -> None:
    store.outbox.put(alert("a", utterance=3, facts={"link": "https://a.example", "rows": [1]}), NOW)
    (held,) = store.outbox.due(NOW)
    assert (held.utterance, held.facts, held.next_at) == (3, {"link": "https://a.example", "rows": [1]}, NOW)
    assert held.nonce == alert("a").nonce
    assert store.db.execute("SELECT nonce FROM alert").fetchone() == (held.nonce,)


def test_what_is_due_comes_in_the_order_of_its_time(store: Store) -> None:
    put(store, "second")
    store.outbox.put(alert("first", next_at=NOW - timedelta(minutes=1)), NOW)
    store.outbox.put(alert("later", next_at=NOW + timedelta(minutes=1)), NOW)
    assert [one.key for one in store.outbox.due(NOW)] == ["first", "second"]
    assert [one.key for one in store.outbox.due(NOW, 1)] == ["first"]
    assert store.outbox.next_due() == NOW - timedelta(minutes=1)


def test_an_alert_is_given_up_after_eight_attempts(store: Store) -> None:
    (number,) = put(store, "a")
    at = NOW
    for attempt in range(1, ATTEMPTS + 1):
        (due,) = store.outbox.due(at)
        store.outbox.begin(number)
        at += back_off(due.attempts + 1)
        store.outbox.later(number, at=at)
        assert store.outbox.counts()[AlertState.DEAD] == int(attempt == ATTEMPTS)
    assert not store.outbox.due(at + timedelta(days=1))
    assert store.outbox.next_due() is None


def test_what_was_begun_and_not_sent_is_due_again_after_a_restart(store: Store) -> None:
    (number,) = put(store, "a")
    store.outbox.begin(number)
    assert not store.outbox.due(NOW)
    assert store.outbox.recover(NOW) == 1
    (again,) = store.outbox.due(NOW)
    assert (again.id, again.attempts) == (number, 1)


def test_what_is_held_waits_for_its_server(store: Store) -> None:
    mine, theirs = put(store, "a", "b"), put(store, "c", scope=OTHER)
    store.outbox.hold(*mine, *theirs)
    assert store.outbox.holding() == [ONE, OTHER]
    assert [one.id for one in store.outbox.held(ONE)] == mine
    assert store.outbox.release(ONE, NOW) == 2
    assert [one.id for one in store.outbox.due(NOW)] == mine
    assert [one.id for one in store.outbox.held(OTHER)] == theirs


def test_several_alerts_go_as_one_message(store: Store) -> None:
    """Those that are held, too: that is the digest."""
    first, second = put(store, "a", "b")
    (third,) = put(store, "c")
    store.outbox.hold(second)
    store.outbox.begin(first, second)
    store.outbox.sent(first, second, message=50, now=NOW)
    store.outbox.begin(third)
    store.outbox.sent(third, message=51, now=NOW + timedelta(hours=1))
    assert store.outbox.sent_since(ONE, NOW) == 2
    assert store.outbox.sent_since(ONE, NOW + timedelta(minutes=1)) == 1
    assert store.outbox.sent_since(OTHER, NOW) == 0


def test_what_cannot_be_sent_is_given_up(store: Store) -> None:
    (number,) = put(store, "a")
    store.outbox.give_up(number)
    held = store.outbox.get(number)
    assert held is not None
    assert held.state is AlertState.DEAD
    store.outbox.begin(number)
    assert store.outbox.counts() == dict.fromkeys(AlertState, 0) | {AlertState.DEAD: 1}


def test_what_was_sent_long_ago_is_forgotten(store: Store) -> None:
    sent, _ = put(store, "a", "b")
    store.outbox.begin(sent)
    store.outbox.sent(sent, message=50, now=NOW)
    assert store.outbox.purge(NOW) == 0
    assert store.outbox.purge(NOW + timedelta(days=1)) == 1
    assert store.outbox.get(sent) is None
    assert len(store.outbox.due(NOW)) == 1

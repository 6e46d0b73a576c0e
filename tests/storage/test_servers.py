"""What servers and users have chosen and said: kept, kept apart, shown and deleted whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from bot.errors import InputError, NotInRecord, NotYours
from bot.model import Claim, Row
from bot.orders import Alert, AlertKind, Daily, Posted, Quiet, Rule, Scope, Settings, WatchKind
from storage.servers import MOST_RULES
from storage.store import Store
from storage.users import MOST_WATCHES

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
ONE, OTHER = Scope(11), Scope(22)
ANA, PIET = 1, 2
CHOSEN = Settings(
    channel=5,
    least=2,
    role=6,
    quiet=Quiet(time(22), time(7, 30), "Europe/Berlin"),
    digest=Daily(time(8), "UTC"),
    hourly=3,
    checked=(7, 8),
    speak=True,
    locale="es-ES",
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "record.db") as opened:
        yield opened


def chosen() -> dict[str, object]:
    return {name: getattr(CHOSEN, name) for name in CHOSEN.__dataclass_fields__}


def fill(store: Store, scope: Scope, user: int) -> None:
    """Something of every kind for a server and a user."""
    store.servers.change(scope, **chosen() | {"keeper": user})
    store.servers.add_rule(scope, Rule(words=("bridge",)))
    store.servers.mute(scope, "Ana Lorentz", NOW + timedelta(days=1))
    store.servers.suppress(scope, 3)
    store.servers.acknowledge(scope, 4, user, NOW)
    store.servers.set_posted(scope, 4, Posted(5, 50))
    store.users.add_watch(user, WatchKind.QUOTE, "the lower gate")
    store.users.report_wrong(user, scope, [1, 2], "no", NOW)
    store.jobs.create(user=user, channel=9, name="list.csv", rows=[Row(1, Claim("the lower gate"))], now=NOW)
    alert = Alert(key=f"{scope}", kind=AlertKind.OUTLET, severity=0, scope=scope, channel=5, utterance=4)
    store.outbox.put(alert, NOW)
    store.outbox.put(Alert(key=f"user {user}", kind=AlertKind.WATCH, severity=0, user=user), NOW)


def of_server(store: Store, scope: Scope) -> tuple[object, ...]:
    """Everything that can be read of a server."""
    held = store.servers
    return (
        held.settings(scope),
        held.rules(scope),
        held.mutes(scope, NOW),
        held.suppressed(scope, 3),
        held.acknowledged(scope, 4),
        held.posted(scope, 4),
        [alert for alert in store.outbox.due(NOW) if alert.scope == scope],
        store.outbox.held(scope),
    )


NOTHING = (Settings(), [], {}, False, None, None, [], [])


def test_settings_are_kept_as_they_were_chosen(store: Store) -> None:
    assert store.servers.settings(ONE) == Settings()
    assert store.servers.change(ONE, **chosen()) == store.servers.settings(ONE) == CHOSEN
    assert store.servers.change(ONE, quiet=None, hourly=9).quiet is None
    assert (store.servers.settings(ONE).hourly, store.servers.settings(ONE).digest) == (9, CHOSEN.digest)


def test_a_setting_that_cannot_be_changes_nothing(store: Store) -> None:
    store.servers.change(ONE, least=2)
    with pytest.raises(InputError, match="severity 9"):
        store.servers.change(ONE, least=9)
    assert store.servers.settings(ONE).least == 2


def test_rules_are_kept_until_they_are_removed(store: Store) -> None:
    whole = Rule(
        least=1, speakers=("Ana",), outlets=("a.example",), words=("gate",), kinds=frozenset({AlertKind.OUTLET})
    )
    first, second = (store.servers.add_rule(ONE, rule) for rule in (whole, Rule()))
    assert store.servers.rules(ONE) == [first, second]
    store.servers.remove_rule(ONE, first.id)
    assert store.servers.rules(ONE) == [second]
    with pytest.raises(NotInRecord):
        store.servers.remove_rule(ONE, first.id)


def test_a_server_can_have_so_many_rules_and_a_user_so_many_watches(store: Store) -> None:
    for number in range(MOST_RULES):
        store.servers.add_rule(ONE, Rule(words=(f"word {number}",)))
    with pytest.raises(InputError, match=f"{MOST_RULES} rules"):
        store.servers.add_rule(ONE, Rule())
    for number in range(MOST_WATCHES):
        store.users.add_watch(ANA, WatchKind.SPEAKER, f"Speaker {number}")
    with pytest.raises(InputError, match=f"{MOST_WATCHES} watches"):
        store.users.add_watch(ANA, WatchKind.SPEAKER, "One More")


def test_a_mute_ends_by_itself_or_is_undone(store: Store) -> None:
    for speaker in ("Ana Lorentz", "Piet Haan"):
        store.servers.mute(ONE, speaker, NOW + timedelta(hours=24))
    store.servers.unmute(ONE, "Piet Haan")
    assert list(store.servers.mutes(ONE, NOW)) == ["Ana Lorentz"]
    assert not store.servers.mutes(ONE, NOW + timedelta(hours=24))


def test_no_divergence_drops_what_was_not_sent(store: Store) -> None:
    fill(store, ONE, ANA)
    store.servers.suppress(ONE, 4)
    assert [alert.user for alert in store.outbox.due(NOW)] == [ANA]
    store.servers.unsuppress(ONE, 4)
    assert not store.servers.suppressed(ONE, 4)


def test_the_first_who_acknowledges_stays(store: Store) -> None:
    assert store.servers.acknowledge(ONE, 4, ANA, NOW) == (ANA, NOW)
    assert store.servers.acknowledge(ONE, 4, PIET, NOW + timedelta(hours=1)) == (ANA, NOW)


def test_one_message_stands_for_an_utterance(store: Store) -> None:
    store.servers.set_posted(ONE, 4, Posted(5, 50))
    store.servers.set_posted(ONE, 4, Posted(5, 50, 500, 2))
    assert store.servers.posted(ONE, 4) == Posted(5, 50, 500, 2)
    store.servers.set_posted(ONE, 4, None)
    assert store.servers.posted(ONE, 4) is None


def test_servers_and_users_see_nothing_of_one_another(store: Store) -> None:
    fill(store, ONE, ANA)
    assert of_server(store, OTHER) == NOTHING
    assert not any(store.users.export_user(PIET).values())
    (rule,) = store.servers.rules(ONE)
    (watch,) = store.users.watches(ANA)
    job = store.jobs.running(ANA)
    assert job is not None
    with pytest.raises(NotInRecord):
        store.servers.remove_rule(OTHER, rule.id)
    with pytest.raises(NotYours):
        store.users.remove_watch(PIET, watch.id)
    with pytest.raises(NotYours):
        store.jobs.cancel(job.id, PIET)
    store.servers.unmute(OTHER, "Ana Lorentz")
    store.servers.unsuppress(OTHER, 3)
    store.servers.set_posted(OTHER, 4, None)
    store.servers.suppress(OTHER, 4)
    store.servers.change(OTHER, channel=99)
    store.outbox.release(OTHER, NOW)
    assert of_server(store, ONE)[1:4] == ([rule], {"Ana Lorentz": NOW + timedelta(days=1)}, True)
    assert store.servers.settings(ONE) == replace(CHOSEN, keeper=ANA)
    assert store.servers.posted(ONE, 4) == Posted(5, 50)
    assert len(store.outbox.due(NOW)) == 2


def test_a_server_is_forgotten_whole_and_alone(store: Store) -> None:
    fill(store, ONE, ANA)
    fill(store, OTHER, PIET)
    kept = of_server(store, OTHER)
    store.servers.forget_server(ONE)
    assert of_server(store, ONE) == NOTHING
    assert of_server(store, OTHER) == kept
    assert store.users.export_user(ANA)["reported_wrong"][0]["server"] is None


def test_servers_that_were_left_are_forgotten_after_some_days(store: Store) -> None:
    for scope in (ONE, OTHER):
        fill(store, scope, ANA)
        store.servers.left(scope, NOW)
    store.servers.joined(OTHER)
    assert store.servers.purge(NOW) == []
    assert store.servers.purge(NOW + timedelta(days=30)) == [ONE]
    assert of_server(store, ONE) == NOTHING
    assert store.servers.settings(OTHER) == replace(CHOSEN, keeper=ANA)


def test_a_user_is_shown_everything_and_forgotten_whole(store: Store) -> None:
    fill(store, ONE, ANA)
    fill(store, OTHER, PIET)
    held = store.users.export_user(ANA)
    assert {name: len(rows) for name, rows in held.items()} == dict.fromkeys(held, 1)
    assert held["reported_wrong"] == [
        {"server": 11, "passages": [1, 2], "comment": "no", "at": "2026-03-02T12:00:00.000+00:00"}
    ]
    kept = store.users.export_user(PIET)
    assert store.users.forget_user(ANA) == 6
    assert not any(store.users.export_user(ANA).values())
    assert store.users.export_user(PIET) == kept
    assert (store.servers.settings(ONE).keeper, store.servers.settings(OTHER).keeper) == (None, PIET)
    for (table,) in store.db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        columns = {column for _, column, *_ in store.db.execute(f"PRAGMA table_info({table})")}
        if "user" in columns:
            assert not store.db.execute(f"SELECT 1 FROM {table} WHERE user = ?", [ANA]).fetchall(), table


def test_the_same_watch_is_kept_once(store: Store) -> None:
    first = store.users.add_watch(ANA, WatchKind.SPEAKER, " Piet Haan ")
    assert store.users.add_watch(ANA, WatchKind.SPEAKER, "Piet Haan") == first
    assert store.users.add_watch(PIET, WatchKind.SPEAKER, "Piet Haan") != first
    store.users.remove_watch(ANA, first.id)
    assert not store.users.watches(ANA)
    with pytest.raises(NotInRecord):
        store.users.remove_watch(ANA, first.id)
    with pytest.raises(InputError):
        store.users.add_watch(ANA, WatchKind.QUOTE, " ")


def test_a_note_is_overwritten(store: Store) -> None:
    assert store.servers.note("tree") is None
    store.servers.set_note("tree", "one")
    store.servers.set_note("tree", "two")
    assert store.servers.note("tree") == "two"

"""What a new article raises: alerts for the servers and users that asked, each once, and for nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.desk import Desk
from bot.model import Article, EventKind
from bot.orders import Alert, AlertKind, Posted, Rule, Scope, WatchKind
from storage.store import Store

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
ONE, OTHER = Scope(11), Scope(22)
WORDS = "We will not open the lower gate before the river has fallen by two metres"
SAID = f"“{WORDS},” Ana Lorentz said on Monday."
ALTERED = SAID.replace("will not open", "will open")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "record.db") as opened:
        yield opened


def add(store: Store, text: str, outlet: str, *, live: bool = True, url: str | None = None) -> int:
    return Desk(store).add(Article(text=text, outlet=outlet, url=url, published=MONDAY), live=live).article


def ask(store: Store, scope: Scope, rule: Rule, channel: int | None = 5) -> None:
    store.servers.change(scope, channel=channel)
    store.servers.add_rule(scope, rule)


def raised(store: Store) -> list[Alert]:
    return store.outbox.due(datetime.now(UTC) + timedelta(minutes=1))


def kinds(store: Store) -> list[str]:
    return [alert.kind for alert in raised(store)]


def test_each_news_is_raised_with_its_severity(store: Store) -> None:
    """An altered wording weighs as the same words posted by a user would; a first article is no news."""
    ask(store, ONE, Rule(least=0))
    add(store, SAID, "one.example")
    assert not raised(store)
    add(store, ALTERED, "two.example")
    assert {alert.kind: alert.severity for alert in raised(store)} == {AlertKind.OUTLET: 0, AlertKind.WORDING: 5}
    for alert in raised(store):
        assert (alert.scope, alert.channel, alert.utterance) == (ONE, 5, store.utterance(1).id)
        assert alert.passage is not None
        assert store.utterance(alert.passage).id == alert.utterance


def test_only_what_a_rule_asks_for_is_raised(store: Store) -> None:
    ask(store, ONE, Rule(least=4))
    ask(store, OTHER, Rule(least=0, speakers=("Piet Haan",)))
    add(store, SAID, "one.example")
    add(store, SAID.replace("Monday", "Sunday"), "two.example")
    assert not raised(store)
    add(store, ALTERED, "three.example")
    assert [(alert.scope, alert.kind) for alert in raised(store)] == [(ONE, AlertKind.WORDING)]


def test_two_speakers_of_one_utterance_disagree(store: Store) -> None:
    """Told when it comes about, not again with every outlet that follows."""
    ask(store, ONE, Rule(least=5))
    add(store, SAID, "one.example")
    add(store, SAID.replace("Ana Lorentz", "Piet Haan"), "two.example")
    assert kinds(store) == [AlertKind.ATTRIBUTION, AlertKind.DISAGREE]
    add(store, SAID.replace("Monday", "Sunday"), "three.example")
    assert len(raised(store)) == 2


@pytest.mark.parametrize("outlet", ["two.example", "three.example"])
def test_the_same_news_is_raised_once(store: Store, outlet: str) -> None:
    """Whether another outlet copies the wording or the same one publishes its article anew."""
    ask(store, ONE, Rule(least=4))
    add(store, SAID, "one.example")
    add(store, ALTERED, "two.example", url="https://two.example/1")
    assert len(raised(store)) == 1
    add(store, f"{ALTERED} The weather was fine.", outlet, url=f"https://{outlet}/1")
    assert len(raised(store)) == 1


def test_a_new_edition_raises_what_it_altered(store: Store) -> None:
    ask(store, ONE, Rule(least=4))
    add(store, SAID, "one.example")
    add(store, SAID.replace("Monday", "Sunday"), "two.example", url="https://two.example/1")
    add(store, ALTERED, "two.example", url="https://two.example/1")
    assert {alert.kind: alert.severity for alert in raised(store)} == {AlertKind.WORDING: 5, AlertKind.CHANGED: 5}


def test_a_quote_that_only_its_own_outlet_carries_is_told_when_it_changes(store: Store) -> None:
    ask(store, ONE, Rule(least=5, kinds=frozenset({AlertKind.CHANGED})))
    add(store, SAID, "one.example", url="https://one.example/1")
    add(store, ALTERED, "one.example", url="https://one.example/1")
    (alert,) = raised(store)
    assert alert.passage is not None
    assert store.utterance(alert.passage).witnesses[-1].text == ALTERED.split("”")[0].removeprefix("“")


def test_a_quote_that_is_taken_back_is_told_to_those_who_ask_for_trifles(store: Store) -> None:
    """Live blogs drop quotes all day."""
    ask(store, ONE, Rule(least=0, kinds=frozenset({AlertKind.CHANGED})))
    ask(store, OTHER, Rule(kinds=frozenset({AlertKind.CHANGED})))
    add(store, SAID, "one.example", url="https://one.example/1")
    add(store, "The lower gate stays as it is, the river board decided.", "one.example", url="https://one.example/1")
    assert [(alert.scope, alert.severity) for alert in raised(store)] == [(ONE, 1)]


def test_a_back_catalogue_may_hold_editions(store: Store) -> None:
    ask(store, ONE, Rule(least=0))
    for text in (SAID, ALTERED):
        add(store, text, "one.example", url="https://one.example/1", live=False)
    assert [event.kind for event in store.events()].count(EventKind.CHANGED) == 1
    assert not raised(store)


def test_a_back_catalogue_raises_nothing_and_is_known_afterwards(store: Store) -> None:
    ask(store, ONE, Rule(least=0))
    store.users.add_watch(1, WatchKind.SPEAKER, "Ana Lorentz")
    add(store, SAID, "one.example", live=False)
    add(store, ALTERED, "two.example", live=False)
    assert store.events()
    assert not raised(store)
    add(store, ALTERED.replace("Monday", "Sunday"), "three.example")
    assert kinds(store) == [AlertKind.OUTLET, AlertKind.WATCH]


@pytest.mark.parametrize("reason", ["no channel", "left", "muted", "suppressed"])
def test_who_does_not_want_to_hear_is_not_told(store: Store, reason: str) -> None:
    ask(store, ONE, Rule(least=0), None if reason == "no channel" else 5)
    add(store, SAID, "one.example")
    if reason == "left":
        store.servers.left(ONE, MONDAY)
    if reason == "muted":
        store.servers.mute(ONE, "Lorentz", datetime.now(UTC) + timedelta(hours=24))
    if reason == "suppressed":
        store.servers.suppress(ONE, 1)
    add(store, ALTERED, "two.example")
    assert not raised(store)


def test_what_was_said_of_an_utterance_holds_when_it_grows_together_with_an_older(store: Store) -> None:
    tail = "The pumps stay where they are until the insurers have been here"
    add(store, SAID, "one.example")
    add(store, f"“{tail},” Ana Lorentz said later.", "two.example")
    add(store, f"“{tail},” Ana Lorentz said on Sunday.", "three.example")
    younger = store.trending(MONDAY)[0].id
    store.servers.set_posted(ONE, younger, Posted(5, 50))
    store.servers.suppress(ONE, younger)
    ask(store, ONE, Rule(least=0))
    add(store, f"“{WORDS}. {tail},” Ana Lorentz said.", "four.example")
    older = store.utterance(younger).id
    assert older != younger
    assert store.servers.posted(ONE, older) == Posted(5, 50)
    assert not raised(store)


@pytest.mark.parametrize("removed", [False, True])
def test_what_was_said_of_an_utterance_holds_when_its_first_article_is_changed_or_removed(
    store: Store, removed: bool
) -> None:
    url = "https://one.example/1"
    first = add(store, SAID, "one.example", url=url)
    for name in ("two", "three"):
        add(store, SAID.replace("Monday", "Sunday"), f"{name}.example")
    utterance = store.utterance(1).id
    store.servers.set_posted(ONE, utterance, Posted(5, 50))
    store.servers.suppress(ONE, utterance)
    if removed:
        store.remove(first)
    else:
        add(store, f"The weather was fine. {SAID}", "one.example", url=url)
    renamed = store.trending(MONDAY)[0].id
    assert renamed != utterance
    assert store.servers.posted(ONE, renamed) == Posted(5, 50)
    assert store.servers.suppressed(ONE, renamed)


def test_users_hear_of_the_quote_and_the_speaker_that_they_watch(store: Store) -> None:
    """Once for each article."""
    quote = store.users.add_watch(1, WatchKind.QUOTE, "we will not open the lower gate before the river has fallen")
    speaker = store.users.add_watch(2, WatchKind.SPEAKER, "Lorentz")
    store.users.add_watch(3, WatchKind.SPEAKER, "Piet Haan")
    store.users.add_watch(3, WatchKind.QUOTE, "The ferry will run again before the summer holidays begin")
    add(store, f"{SAID} “Nobody has asked me about the bridge,” Lorentz said.", "one.example")
    told = raised(store)
    assert {(alert.user, alert.facts["watch"], alert.kind) for alert in told} == {
        (1, quote.id, AlertKind.WATCH),
        (2, speaker.id, AlertKind.WATCH),
    }
    assert all(alert.scope is None and alert.channel is None and alert.passage == 1 for alert in told)
    add(store, "“Nobody has asked me about the bridge at all,” Ana Lorentz said.", "two.example")
    assert [alert.user for alert in raised(store)] == [1, 2, 2]


def test_an_article_that_is_removed_takes_its_alerts_with_it(store: Store) -> None:
    ask(store, ONE, Rule(least=0))
    add(store, SAID, "one.example")
    gone = add(store, ALTERED, "two.example")
    assert raised(store)
    store.remove(gone)
    assert not raised(store)


def test_an_article_that_could_not_be_stored_raises_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Article and alerts are one transaction."""
    ask(store, ONE, Rule(least=0))
    add(store, SAID, "one.example")

    def fail(*_: object) -> bool:
        raise OSError("no space")

    monkeypatch.setattr("storage.merging.step", fail)
    with pytest.raises(OSError, match="no space"):
        add(store, ALTERED, "two.example")
    assert not raised(store)
    assert store.coverage().articles == 1

"""What is followed on the web: what a poll brings is queued once, and what a page holds is stored with the visit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.errors import InputError, NotInRecord
from bot.model import Added, AddStatus
from bot.orders import Rule, Scope
from bot.sources import Entry, Page, Queue, Visit
from storage.feeds import MOST_FEEDS
from storage.store import Store
from tests.contract.reader import article, read

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
RSS, URL = "https://harbour.example/rss", "https://harbour.example/a"
TEXT = "“The lower gate of the harbour stays shut until winter” said Ada Lind.\n\nShe left the quay at once."
CHANGED = "“The lower gate of the harbour stays shut until summer” said Ada Lind.\n\nShe left the quay at once."


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "record.db") as opened:
        yield opened


def follow(store: Store, *entries: Entry, url: str = RSS) -> int:
    """A feed that has been polled once."""
    feed = store.feeds.add(url, NOW)
    store.feeds.polled(feed.id, now=NOW, entries=entries, title="Harbour")
    return feed.id


def bring(store: Store, page: Page, text: str = TEXT, *, url: str | None = None, at: datetime = NOW) -> Added | None:
    """Fetch a page that holds this text."""
    visit = Visit(at=at, next_at=at + HOUR, etag="e")
    return store.add_page(page.id, article(text, url=url or page.url), read(text), visit)


def only(store: Store, now: datetime = NOW) -> Page:
    (page,) = store.pages.due(now)
    return page


# --- feeds ----------------------------------------------------------------------------------------------------------


def test_a_feed_is_followed_once(store: Store) -> None:
    first = store.feeds.add(RSS, NOW, Scope(7))
    assert store.feeds.add(RSS, NOW + HOUR) == first == store.feeds.get(RSS) == store.feeds.get(first.id)
    assert (first.server, first.next_at, first.polled, first.polls) == (7, NOW, None, 0)
    assert store.feeds.followed() == store.feeds.followed(Scope(7)) == [first]
    assert not store.feeds.followed(Scope(8))


def test_a_server_can_follow_so_many_feeds(store: Store) -> None:
    for number in range(MOST_FEEDS):
        store.feeds.add(f"{RSS}/{number}", NOW, Scope(7))
    with pytest.raises(InputError, match=str(MOST_FEEDS)):
        store.feeds.add(RSS, NOW, Scope(7))
    assert store.feeds.add(f"{RSS}/0", NOW, Scope(7)).id
    assert store.feeds.add(RSS, NOW, Scope(8)).id


def test_an_unknown_feed_is_refused(store: Store) -> None:
    for ask in (store.feeds.get, store.feeds.remove, lambda feed: store.feeds.pause(feed, True)):
        with pytest.raises(NotInRecord, match="no feed 9"):
            ask(9)


def test_a_poll_queues_what_nobody_has_named_before(store: Store) -> None:
    feed = follow(store, Entry(URL, "A"))
    assert store.feeds.polled(feed, now=NOW + HOUR, entries=[Entry(URL), Entry(f"{URL}b"), Entry(f"{URL}b")]) == 1
    assert [page.url for page in store.pages.due(NOW + HOUR)] == [f"{URL}b", URL]
    assert store.feeds.polled(follow(store, url=f"{RSS}/2"), now=NOW, entries=[Entry(URL)]) == 0


def test_what_a_feed_had_before_it_was_followed_is_no_news(store: Store) -> None:
    """Its first poll is a back catalogue but for what was published since; so is whatever is older, whenever named."""
    feed = follow(store, Entry(f"{URL}1"), Entry(f"{URL}2", published=NOW), Entry(f"{URL}3", published=NOW - HOUR))
    store.feeds.polled(feed, now=NOW + HOUR, entries=[Entry(f"{URL}4"), Entry(f"{URL}5", published=NOW - HOUR)])
    news = {page.url.removeprefix(URL): page.live for page in store.pages.due(NOW + HOUR)}
    assert news == {"1": False, "2": True, "3": False, "4": True, "5": False}
    assert [page.live for page in store.pages.due(NOW + HOUR)] == [True, True, False, False, False]


def test_a_poll_notes_when_the_next_is_due(store: Store) -> None:
    feed = store.feeds.add(RSS, NOW)
    assert [due.id for due in store.feeds.due(NOW)] == [feed.id]
    store.feeds.polled(feed.id, now=NOW, entries=[Entry(URL)], title="Harbour", etag="x", modified="y")
    held = store.feeds.get(feed.id)
    assert (held.title, held.etag, held.modified, held.polled, held.polls) == ("Harbour", "x", "y", NOW, 1)
    assert held.interval < feed.interval
    assert held.next_at == NOW + held.interval == store.feeds.next_due()
    assert not store.feeds.due(NOW)
    store.feeds.polled(feed.id, now=held.next_at)
    assert store.feeds.get(feed.id).interval > held.interval
    assert store.feeds.get(feed.id).title == "Harbour"


def test_failures_are_counted_until_it_answers(store: Store) -> None:
    feed = follow(store)
    for _ in range(2):
        store.feeds.failed(feed, error="timed out", next_at=NOW + HOUR)
    held = store.feeds.get(feed)
    assert (held.failures, held.error, held.next_at, held.polls) == (2, "timed out", NOW + HOUR, 3)
    store.feeds.polled(feed, now=NOW)
    assert (store.feeds.get(feed).failures, store.feeds.get(feed).error) == (0, "")


def test_a_paused_feed_is_not_polled(store: Store) -> None:
    feed = store.feeds.add(RSS, NOW)
    assert store.feeds.pause(feed.id, True).paused
    assert not store.feeds.due(NOW)
    assert store.feeds.next_due() is None
    store.feeds.pause(feed.id, False)
    assert store.feeds.due(NOW)


def test_a_feed_that_moved_keeps_what_it_brought(store: Store) -> None:
    feed = follow(store, Entry(URL))
    assert store.feeds.moved(feed, f"{RSS}/new").id == feed
    other = store.feeds.add(RSS, NOW)
    assert store.feeds.moved(feed, RSS) == other
    assert only(store).feed == other.id
    assert store.feeds.followed() == [other]


def test_a_removed_feed_leaves_what_is_on_record(store: Store) -> None:
    feed = follow(store, Entry(URL), Entry(f"{URL}b"))
    page = store.pages.due(NOW)[0]
    bring(store, page)
    store.feeds.remove(feed)
    (held,) = store.pages.due(NOW + HOUR)
    assert (held.id, held.feed) == (page.id, None)
    assert store.coverage().articles == 1
    assert store.feeds.polled(feed, now=NOW, entries=[Entry(f"{URL}c")]) == 0


# --- pages ----------------------------------------------------------------------------------------------------------


def test_a_page_knows_its_article_and_its_feed_counts_it(store: Store) -> None:
    feed = follow(store, Entry(URL, "A", NOW))
    page = only(store)
    assert (page.title, page.published, page.seen, page.feed) == ("A", NOW, NOW, feed)
    added = bring(store, page)
    assert added is not None
    assert added.status is AddStatus.NEW
    held = store.pages.get(page.id)
    assert held is not None
    assert (held.article, held.fetched, held.next_at, held.etag) == (added.article, NOW, NOW + HOUR, "e")
    assert store.feeds.get(feed).found == 1
    again = bring(store, held, CHANGED)
    assert again is not None
    assert (again.article, again.status) == (added.article, AddStatus.EDITION)
    assert store.feeds.get(feed).found == 1


def test_an_unchanged_page_is_visited_again(store: Store) -> None:
    follow(store, Entry(URL))
    page = only(store)
    bring(store, page)
    store.pages.unchanged(page.id, Visit(at=NOW + HOUR, next_at=None, etag="f"))
    held = store.pages.get(page.id)
    assert held is not None
    assert (held.fetched, held.next_at, held.etag, held.article is None) == (NOW + HOUR, None, "f", False)


def test_a_page_that_cannot_be_had_is_tried_again_or_given_up(store: Store) -> None:
    follow(store, Entry(URL))
    page = only(store)
    store.pages.failed(page.id, error="timed out", next_at=NOW + HOUR)
    assert not store.pages.due(NOW)
    assert store.pages.next_due() == NOW + HOUR
    assert (only(store, NOW + HOUR).failures, only(store, NOW + HOUR).error) == (1, "timed out")
    store.pages.failed(page.id, error="gone", next_at=None)
    assert store.pages.next_due() is None
    assert store.pages.counts() == Queue(waiting=0, followed=0, given_up=1, dropped=0)


def test_only_what_is_news_alerts(store: Store) -> None:
    """A page of the back catalogue comes on record in silence; what changes in it afterwards is told."""
    store.servers.change(Scope(7), channel=5)
    store.servers.add_rule(Scope(7), Rule(least=0))
    store.add(article(TEXT, "wire.example"), read(TEXT), live=False)
    follow(store, Entry(URL))
    page = only(store)
    bring(store, page)
    assert not store.outbox.due(datetime.max.replace(tzinfo=UTC))
    bring(store, page, CHANGED)
    assert store.outbox.due(datetime.max.replace(tzinfo=UTC))


def test_a_page_that_was_removed_while_it_was_fetched_stores_nothing(store: Store) -> None:
    feed = follow(store, Entry(URL))
    page = only(store)
    store.feeds.remove(feed)
    assert bring(store, page) is None
    assert store.coverage().articles == 0


def test_a_removed_article_does_not_come_back_by_itself(store: Store) -> None:
    feed = follow(store, Entry(URL))
    page = only(store)
    added = bring(store, page)
    assert added is not None
    store.remove(added.article)
    assert store.feeds.polled(feed, now=NOW + HOUR, entries=[Entry(URL)]) == 0
    assert not store.pages.due(NOW + 1000 * HOUR)
    assert bring(store, page) is None
    assert store.pages.counts() == Queue(waiting=0, followed=0, given_up=0, dropped=1)


def test_nor_by_another_address_that_leads_to_it(store: Store) -> None:
    follow(store, Entry(f"{URL}?via=1"), Entry(f"{URL}?via=2"))
    one, two = store.pages.due(NOW)
    added = bring(store, one, url=URL)
    assert added is not None
    store.remove(added.article)
    assert bring(store, two, url=URL) is None
    assert not store.pages.due(NOW + 1000 * HOUR)
    assert store.coverage().articles == 0


@pytest.mark.parametrize("asked", [URL, f"{URL}?via=1"])
def test_a_person_can_have_it_back(store: Store, asked: str) -> None:
    added = store.add(article(TEXT, url=URL), read(TEXT))
    store.remove(added.article)
    follow(store, Entry(URL))
    assert not store.pages.due(NOW)
    page = store.pages.ask(asked, live=False, now=NOW)
    assert store.pages.due(NOW) == [page]
    assert bring(store, page, url=URL) is not None
    assert store.coverage().articles == 1

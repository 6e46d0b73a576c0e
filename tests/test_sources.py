"""When the record looks again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.sources import LONGEST, SHORTEST, Feed, Page, next_interval, next_visit, retry

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


def page(**values: object) -> Page:
    return Page(**{"id": 1, "url": "https://dailyharbour.example/a", "seen": NOW, "next_at": NOW} | values)  # type: ignore[arg-type]


def feed(**values: object) -> Feed:
    return Feed(**{"id": 1, "url": "https://dailyharbour.example/rss", "added": NOW, "next_at": NOW} | values)  # type: ignore[arg-type]


def test_a_page_is_visited_ever_less_often_and_then_no_more() -> None:
    moment, visits = NOW, []
    while moment is not None and len(visits) < 20:
        moment = next_visit(page(), moment)
        visits.append(moment and (moment - NOW) / timedelta(hours=1))
    assert visits == [1, 4, 12, 24, 72, 168, None]


def test_an_old_article_is_fetched_once() -> None:
    assert next_visit(page(published=NOW - timedelta(days=30)), NOW) is None


def test_a_date_in_the_future_is_not_believed() -> None:
    assert next_visit(page(published=NOW + timedelta(days=30)), NOW) == NOW + timedelta(hours=1)


def test_a_feed_that_brings_something_is_polled_sooner() -> None:
    assert next_interval(feed(), 3) < feed().interval < next_interval(feed(), 0)


@given(st.integers(0, 10**6), st.none() | st.floats(0, 1e9), st.floats(0, 1))
def test_a_retry_is_never_at_once_nor_later_than_six_hours(failures: int, asked: float | None, chance: float) -> None:
    assert timedelta(minutes=3) < retry(failures, asked, lambda: chance) <= LONGEST


@given(st.floats(1, 10**6), st.integers(0, 500))
def test_an_interval_keeps_its_bounds(seconds: float, brought: int) -> None:
    assert SHORTEST <= next_interval(feed(interval=timedelta(seconds=seconds)), brought) <= LONGEST

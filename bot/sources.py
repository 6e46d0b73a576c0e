"""What the record follows on the web, and when it looks again: frozen values, standard library only.

A feed is asked for what is new; a page is one address that it named, fetched and then visited again ever less often,
since most of what changes in an article changes soon. Times are aware UTC.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

SHORTEST, LONGEST = timedelta(minutes=5), timedelta(hours=6)
"""Between two polls of a feed."""
ATTEMPTS = 10
"""How often a page is tried before it is given up: for about a day."""
_FIRST_RETRY = timedelta(minutes=5)
_VISITS = tuple(timedelta(hours=hours) for hours in (1, 4, 12, 24, 72, 168))
"""Ages of an article at which it is visited again."""
_EAGER, _SLUGGISH = 0.5, 1.5  # what an interval is multiplied with after a poll that brought something, or nothing


@dataclass(frozen=True, slots=True)
class Entry:
    """What a feed says of one article."""

    url: str
    title: str = ""
    published: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed that is followed. `found` counts the articles that it brought, `failures` the polls in a row that failed.

    `etag` and `modified` are what its server wants to hear the next time, `server` the Discord server that added it,
    `error` what the last poll came to where it failed.
    """

    id: int
    url: str
    title: str = ""
    added: datetime
    server: int | None = None
    paused: bool = False
    etag: str | None = None
    modified: str | None = None
    next_at: datetime
    polled: datetime | None = None  # when it last answered
    interval: timedelta = timedelta(minutes=15)
    error: str = ""
    failures: int = 0
    polls: int = 0
    found: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """An address that is fetched, and the article that it holds once it was.

    `live`: what it brings is news, and those who asked to hear of it are alerted. `next_at` is `None` where it is not
    visited any more.
    """

    id: int
    url: str
    feed: int | None = None
    title: str = ""  # as its feed says
    published: datetime | None = None
    seen: datetime
    live: bool = True
    etag: str | None = None
    modified: str | None = None
    next_at: datetime | None
    fetched: datetime | None = None
    article: int | None = None
    failures: int = 0
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A page that answered: when, when it is visited again, and what its server wants to hear then."""

    at: datetime
    next_at: datetime | None
    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Queue:
    """How many pages wait for their first visit, are visited again, could not be had, and were removed for good."""

    waiting: int
    followed: int
    given_up: int
    dropped: int


def next_visit(page: Page, now: datetime) -> datetime | None:
    """When a page that was fetched just now is visited again: ever later after it was published, and then no more."""
    born = min(page.published or page.seen, page.seen)
    return next((born + age for age in _VISITS if born + age > now), None)


def retry(failures: int, asked: float | None, chance: Callable[[], float]) -> timedelta:
    """How long to wait after so many failures in a row: twice as long each time, six hours at most, never in step.

    `asked` is how many seconds the server wants to be left alone, `chance` gives numbers from 0 to 1.
    """
    steps: int = 2 ** min(max(failures, 1) - 1, 10)
    wait = min(_FIRST_RETRY * steps, LONGEST) * (0.75 + 0.5 * chance())
    return min(max(wait, timedelta(seconds=asked or 0)), LONGEST)


def next_interval(feed: Feed, brought: int) -> timedelta:
    """How long to wait before a feed is polled again: shorter after it brought something, longer after it did not."""
    return min(max(feed.interval * (_EAGER if brought else _SLUGGISH), SHORTEST), LONGEST)

"""One poll of a feed: what it names is queued, and when it is asked again follows from what it brought."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.errors import FetchError, Gone, InputError, NotInRecord, OnRecordError, Refused, Unreachable
from bot.fetch import urls
from bot.fetch.feed import Parsed
from bot.fetch.http import FEED, Fetched, Validators
from bot.fetch.manners import Polite
from bot.serve.chat.office import Office
from bot.serve.live.reader import Reader
from bot.serve.live.times import Times
from bot.sources import ATTEMPTS, LONGEST, Feed, retry
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Polled:
    """What a poll came to: how many pages nobody had named before, and entries that lead nowhere; or an error.

    `given_up`: the feed is paused, since asking again would change nothing.
    """

    feed: Feed
    brought: int = 0
    unlinked: int = 0
    error: OnRecordError | None = None
    given_up: bool = False


@dataclass(frozen=True, slots=True)
class Asker:
    """Polls feeds. What goes wrong with a feed is noted with it; only what the store raises is raised."""

    office: Office
    polite: Polite
    reader: Reader
    times: Times

    async def poll(self, feed: Feed) -> Polled:
        """Ask a feed what is new, and queue it. Raises `RecordError`."""
        try:
            found = await self.polite.get(feed.url, validators=Validators(feed.etag, feed.modified), accept=FEED)
            parsed = None if found.status == 304 else await self.reader.feed(found)
        except (FetchError, InputError) as error:
            return await self._failed(feed, error)
        try:
            brought = await self.office.write(lambda store: note(store, feed, found, parsed, self.times.now()))
        except NotInRecord:  # it was removed while it was asked
            return Polled(feed)
        return Polled(feed, brought, parsed.unlinked if parsed else 0)

    async def _failed(self, feed: Feed, error: OnRecordError) -> Polled:
        failures = feed.failures + 1
        given_up = isinstance(error, Refused) or (isinstance(error, Gone) and failures >= ATTEMPTS)
        again = self._again(error, failures)

        def keep(store: Store) -> None:
            store.feeds.failed(feed.id, error=str(error), next_at=again)
            if given_up:
                store.feeds.pause(feed.id, True)

        try:
            await self.office.write(keep)
        except NotInRecord:
            return Polled(feed)
        return Polled(feed, error=error, given_up=given_up)

    def _again(self, error: OnRecordError, failures: int) -> datetime:
        """When it is asked again: one that is not there, or no feed, seldom."""
        if isinstance(error, Unreachable):
            return self.times.now() + retry(failures, error.retry_after, self.times.chance)
        return self.times.now() + LONGEST


def note(store: Store, feed: Feed, found: Fetched, parsed: Parsed | None, now: datetime) -> int:
    """Keep what a feed answered; returns how many pages it queued. Raises `NotInRecord`."""
    moved = urls.canonical(found.moved) if found.moved else None
    held = store.feeds.moved(feed.id, moved) if moved and moved != feed.url else feed
    etag, modified = found.validators.etag, found.validators.modified
    if parsed is None:  # 304, which need not repeat what was sent before
        return store.feeds.polled(held.id, now=now, etag=etag or feed.etag, modified=modified or feed.modified)
    return store.feeds.polled(
        held.id, now=now, entries=parsed.entries, title=parsed.title, etag=etag, modified=modified
    )

"""The feeds that are followed. What a poll brings is queued in the transaction that notes the poll: a crash loses none.

A feed's first poll brings what it had published before anybody followed it. That is put on record as a back catalogue,
and alerts nobody; so is what it names later and says to be older than that.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.errors import InputError, NotInRecord
from bot.orders import Scope
from bot.sources import Entry, Feed, next_interval
from storage.part import Part, moment_of, number, stamp, sure, text
from storage.rows import Value, printable
from storage.servers import known

MOST_FEEDS = 100
"""Feeds that one server may add."""
_INTERVAL = int(timedelta(minutes=15).total_seconds())
_COLUMNS = (
    "id, url, title, added, server, paused, etag, modified, next_at, polled, interval, error, failures, polls, found"
)
_FEED = f"SELECT {_COLUMNS} FROM feed"


class Feeds(Part):
    """All feeds. Addresses are canonical; whoever asks has made them so."""

    def add(self, url: str, now: datetime, scope: Scope | None = None) -> Feed:
        """Follow a feed from now on, for a server or for all; one that is followed already stays as it is.

        Raises `InputError` where the server follows too many.
        """
        with self.writing():
            if scope is not None:
                self._make_room(scope, url)
            self.db.execute(
                f"INSERT INTO feed ({_COLUMNS}) VALUES (NULL, ?, '', ?, ?, 0, NULL, NULL, ?, NULL, ?, '', 0, 0, 0) "
                "ON CONFLICT (url) DO NOTHING",
                [printable(url), stamp(now), scope and scope.server, stamp(now), _INTERVAL],
            )
        return self.get(url)

    def get(self, which: int | str) -> Feed:
        """The feed of this number or address. Raises `NotInRecord`."""
        column = "id" if isinstance(which, int) else "url"
        row = self.one(f"{_FEED} WHERE {column} = ?", which if isinstance(which, int) else printable(which))
        if row is None:
            raise NotInRecord(f"no feed {which} is followed", hint="`onrecord feed list` shows those that are.")
        return _feed_of(row)

    def followed(self, scope: Scope | None = None) -> list[Feed]:
        """Every feed, or those that a server added, in the order in which they were added."""
        server = None if scope is None else scope.server
        found = self.all(f"{_FEED} WHERE ?1 IS NULL OR server = ?1 ORDER BY id", server)
        return [_feed_of(row) for row in found]

    def due(self, now: datetime, limit: int = 100) -> list[Feed]:
        """The feeds that are to be polled now, the longest due first; none that is paused."""
        found = self.all(f"{_FEED} WHERE NOT paused AND next_at <= ? ORDER BY next_at LIMIT ?", stamp(now), limit)
        return [_feed_of(row) for row in found]

    def next_due(self) -> datetime | None:
        """When the next feed is to be polled; `None` where none is followed."""
        row = self.one("SELECT next_at FROM feed WHERE NOT paused ORDER BY next_at LIMIT 1")
        return None if row is None else moment_of(row[0])

    def polled(
        self,
        feed: int,
        *,
        now: datetime,
        entries: Iterable[Entry] = (),
        title: str = "",
        etag: str | None = None,
        modified: str | None = None,
    ) -> int:
        """Note that a feed answered, and queue the pages it names that nobody has named before. Returns how many.

        Without entries it has said that nothing changed. When it is polled next follows from what it brought. A feed
        that was removed meanwhile brings nothing.
        """
        with self.writing():
            row = self.one(f"{_FEED} WHERE id = ?", feed)
            if row is None:
                return 0
            before = _feed_of(row)
            brought = sum(self._queue(before, entry, now) for entry in entries)
            interval = next_interval(before, brought)
            self.db.execute(
                "UPDATE feed SET title = ?, etag = ?, modified = ?, next_at = ?, polled = ?, interval = ?, error = '', "
                "failures = 0, polls = polls + 1 WHERE id = ?",
                [
                    printable(title) or before.title,
                    etag and printable(etag),
                    modified and printable(modified),
                    stamp(now + interval),
                    stamp(now),
                    int(interval.total_seconds()),
                    feed,
                ],
            )
        return brought

    def failed(self, feed: int, *, error: str, next_at: datetime) -> None:
        """Note that a poll failed, and when the next one is due."""
        with self.writing():
            self.db.execute(
                "UPDATE feed SET error = ?, failures = failures + 1, polls = polls + 1, next_at = ? WHERE id = ?",
                [printable(error), stamp(next_at), feed],
            )

    def moved(self, feed: int, url: str) -> Feed:
        """Follow a feed at the address that it has moved to. Where that is followed already the two become one.

        Raises `NotInRecord`.
        """
        with self.writing():
            self.get(feed)
            other = self.one("SELECT id FROM feed WHERE url = ? AND id <> ?", printable(url), feed)
            if other is None:
                self.db.execute("UPDATE feed SET url = ?, etag = NULL, modified = NULL WHERE id = ?", [url, feed])
            else:
                self.db.execute("UPDATE page SET feed = ? WHERE feed = ?", [other[0], feed])
                self.db.execute("DELETE FROM feed WHERE id = ?", [feed])
        return self.get(url)

    def pause(self, feed: int, paused: bool) -> Feed:
        """Poll a feed no more, or again. Raises `NotInRecord`."""
        with self.writing():
            self.db.execute("UPDATE feed SET paused = ? WHERE id = ?", [paused, feed])
        return self.get(feed)

    def remove(self, feed: int) -> Feed:
        """Follow a feed no more. What it brought stays on record; what waits for its first visit is forgotten.

        Raises `NotInRecord`.
        """
        with self.writing():
            removed = self.get(feed)
            self.db.execute("DELETE FROM page WHERE feed = ? AND fetched IS NULL AND NOT dropped", [feed])
            self.db.execute("DELETE FROM feed WHERE id = ?", [feed])
        return removed

    def _queue(self, feed: Feed, entry: Entry, now: datetime) -> int:
        """Queue the page of an entry, within the transaction. Returns 1, or 0 where the page is known."""
        news = feed.polled is not None if entry.published is None else entry.published >= feed.added
        return self.db.execute(
            "INSERT INTO page (url, feed, title, published, seen, live, asked, dropped, next_at, failures, error) "
            "VALUES (?, ?, ?, ?, ?, ?, 0, 0, ?, 0, '') ON CONFLICT (url) DO NOTHING",
            [
                printable(entry.url),
                feed.id,
                printable(entry.title),
                entry.published and stamp(entry.published),
                stamp(now),
                news,
                stamp(now),
            ],
        ).rowcount

    def _make_room(self, scope: Scope, url: str) -> None:
        known(self.db, scope)
        row = self.one("SELECT count(*) FROM feed WHERE server = ? AND url <> ?", scope.server, printable(url))
        if row is not None and sure(row[0]) >= MOST_FEEDS:
            raise InputError(f"there are {MOST_FEEDS} feeds already", hint="Remove one first.")


def _feed_of(row: tuple[Value, ...]) -> Feed:
    identifier, url, title, added, server, paused, etag, modified, next_at, polled, interval, *rest = row
    error, failures, polls, found = rest
    return Feed(
        id=sure(identifier),
        url=str(url),
        title=str(title),
        added=moment_of(added),
        server=number(server),
        paused=bool(paused),
        etag=text(etag),
        modified=text(modified),
        next_at=moment_of(next_at),
        polled=None if polled is None else moment_of(polled),
        interval=timedelta(seconds=sure(interval)),
        error=str(error),
        failures=sure(failures),
        polls=sure(polls),
        found=sure(found),
    )

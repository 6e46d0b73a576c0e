"""The addresses that are fetched: when each is due, what its server wants to hear, and which article it holds.

An article that was removed does not come back by itself: its page, and any other that turns out to hold the same
address, is `dropped` until a person asks for it.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlite_utils import Database

from bot.model import Added, AddStatus, Article
from bot.sources import Page, Queue, Visit
from storage.part import Part, moment_of, number, stamp, sure, text
from storage.rows import Value, printable

_PAGE = (
    "SELECT id, url, feed, title, published, seen, live, etag, modified, next_at, fetched, article, failures, error "
    "FROM page"
)


class Pages(Part):
    """All pages. Addresses are canonical; whoever asks has made them so. `Store.add_page` stores what a page holds."""

    def ask(self, url: str, *, live: bool, now: datetime) -> Page:
        """Have one page fetched at once, whatever became of it before: a person wants it."""
        with self.writing():
            self.db.execute(
                "INSERT INTO page (url, title, seen, live, asked, dropped, next_at, failures, error) "
                "VALUES (?1, '', ?2, ?3, 1, 0, ?2, 0, '') ON CONFLICT (url) DO UPDATE "
                "SET live = ?3, asked = 1, dropped = 0, next_at = ?2, failures = 0, error = '', "
                "etag = NULL, modified = NULL",
                [printable(url), stamp(now), live],
            )
            row = self.db.execute(f"{_PAGE} WHERE url = ?", [printable(url)]).fetchone()
        return _page_of(row)

    def get(self, page: int) -> Page | None:
        """One page; `None` where it is not there any more."""
        row = self.one(f"{_PAGE} WHERE id = ?", page)
        return None if row is None else _page_of(row)

    def due(self, now: datetime, limit: int = 100) -> list[Page]:
        """The pages that are to be fetched now: news before the back catalogue, then the longest due first."""
        found = self.all(
            f"{_PAGE} WHERE next_at IS NOT NULL AND next_at <= ? ORDER BY live DESC, next_at LIMIT ?", stamp(now), limit
        )
        return [_page_of(row) for row in found]

    def next_due(self) -> datetime | None:
        """When the next page is to be fetched; `None` where none waits."""
        row = self.one("SELECT min(next_at) FROM page WHERE next_at IS NOT NULL")
        return None if row is None or row[0] is None else moment_of(row[0])

    def unchanged(self, page: int, visit: Visit) -> None:
        """Note that a page was as it is on record."""
        with self.writing():
            visited(self.db, page, visit)

    def later(self, page: int, *, next_at: datetime) -> None:
        """Visit a page later, through no fault of its own: its server is left alone."""
        with self.writing():
            self.db.execute(
                "UPDATE page SET next_at = ? WHERE id = ? AND next_at IS NOT NULL AND NOT dropped",
                [stamp(next_at), page],
            )

    def failed(self, page: int, *, error: str, next_at: datetime | None) -> None:
        """Note why a page could not be had, and when it is tried again; `None`: never."""
        with self.writing():
            self.db.execute(
                "UPDATE page SET error = ?, failures = failures + 1, next_at = ? WHERE id = ? AND NOT dropped",
                [printable(error), next_at and stamp(next_at), page],
            )

    def counts(self) -> Queue:
        """How many pages are where."""
        row = self.one(
            "SELECT count(*) FILTER (WHERE next_at IS NOT NULL AND fetched IS NULL), "
            "count(*) FILTER (WHERE next_at IS NOT NULL AND fetched IS NOT NULL), "
            "count(*) FILTER (WHERE next_at IS NULL AND error <> ''), count(*) FILTER (WHERE dropped) FROM page"
        )
        return Queue(*map(sure, row or (0,) * 4))


def wanted(db: Database, page: int, article: Article) -> Page | None:
    """The page as it is now, within the caller's transaction; `None` where what it holds is not wanted any more.

    It, or the article at the address that it turns out to have, was removed since it was asked for. Where a person
    asked for it, it is wanted again.
    """
    row = db.execute(f"{_PAGE} WHERE id = ? AND NOT dropped", [page]).fetchone()
    if row is None:
        return None
    if article.url is not None:
        url = printable(article.url)
        db.execute("UPDATE page SET dropped = 0 WHERE url = ? AND (SELECT asked FROM page WHERE id = ?)", [url, page])
        if db.execute("SELECT 1 FROM page WHERE url = ? AND dropped", [url]).fetchone():
            db.execute("UPDATE page SET dropped = 1, next_at = NULL WHERE id = ?", [page])
            return None
    return _page_of(row)


def stored(db: Database, page: Page, added: Added, visit: Visit) -> None:
    """Note, within the caller's transaction, which article a page holds; its feed is credited with a new one."""
    db.execute("UPDATE page SET article = ? WHERE id = ?", [added.article, page.id])
    visited(db, page.id, visit)
    if added.status is AddStatus.NEW:
        db.execute("UPDATE feed SET found = found + 1 WHERE id = ?", [page.feed])


def visited(db: Database, page: int, visit: Visit) -> None:
    """Note, within the caller's transaction, that a page answered."""
    db.execute(
        "UPDATE page SET fetched = ?, next_at = ?, etag = ?, modified = ?, failures = 0, error = '' "
        "WHERE id = ? AND NOT dropped",
        [
            stamp(visit.at),
            visit.next_at and stamp(visit.next_at),
            visit.etag and printable(visit.etag),
            visit.modified and printable(visit.modified),
            page,
        ],
    )


def drop(db: Database, article: int) -> None:
    """Have no page bring an article back that is being removed, within the caller's transaction."""
    db.execute(
        "INSERT INTO page (url, title, seen, live, asked, dropped, failures, error) "
        "SELECT url, '', ?, 0, 0, 1, 0, '' FROM article WHERE id = ? AND url IS NOT NULL ON CONFLICT (url) DO UPDATE "
        "SET dropped = 1, asked = 0, article = NULL, next_at = NULL",
        [stamp(datetime.now(UTC)), article],
    )
    db.execute("UPDATE page SET dropped = 1, asked = 0, article = NULL, next_at = NULL WHERE article = ?", [article])


def _page_of(row: tuple[Value, ...]) -> Page:
    identifier, url, feed, title, published, seen, live, etag, modified, *rest = row
    next_at, fetched, article, failures, error = rest
    return Page(
        id=sure(identifier),
        url=str(url),
        feed=number(feed),
        title=str(title),
        published=None if published is None else moment_of(published),
        seen=moment_of(seen),
        live=bool(live),
        etag=text(etag),
        modified=text(modified),
        next_at=None if next_at is None else moment_of(next_at),
        fetched=None if fetched is None else moment_of(fetched),
        article=number(article),
        failures=sure(failures),
        error=str(error),
    )

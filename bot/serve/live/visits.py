"""One visit of a page: fetched as a good guest, read in another process, stored by the one writer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.errors import FetchError, Gone, InputError, LeftAlone, OnRecordError, Refused, TooComplex, Unreachable
from bot.fetch import urls
from bot.fetch.details import UNKNOWN, Details
from bot.fetch.http import PAGE, Fetched, Validators
from bot.fetch.manners import Polite
from bot.model import Added, Article
from bot.serve.chat.office import Office
from bot.serve.live.reader import Reader
from bot.serve.live.times import Times
from bot.sources import ATTEMPTS, Page, Visit, next_visit, retry
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Visited:
    """What a visit came to: an article, an error and when it is tried again, or neither where nothing has changed.

    A page whose article was removed meanwhile is `unwanted`.
    """

    page: Page
    added: Added | None = None
    article: Article | None = None
    error: OnRecordError | None = None
    again: datetime | None = None
    unwanted: bool = False


@dataclass(frozen=True, slots=True)
class Visitor:
    """Visits pages. What goes wrong with a page is noted with it; only what the store raises is raised."""

    office: Office
    polite: Polite
    reader: Reader
    times: Times

    async def ask(self, address: str, *, live: bool, given: Details = UNKNOWN) -> Visited:
        """Visit a page at once, since somebody wants it; what is `given` goes before what it says of itself.

        Raises `InputError` where it is no address, and `RecordError`.
        """
        url = urls.canonical(address)
        if url is None:
            raise InputError(f"{address[:200]!r} is not an address of the web", hint="Addresses are https://….")
        page = await self.office.write(lambda store: store.pages.ask(url, live=live, now=self.times.now()))
        return await self.visit(page, given)

    async def visit(self, page: Page, given: Details = UNKNOWN) -> Visited:
        """Fetch, read and store one page, and note when it is visited again. Raises `RecordError`."""
        try:
            found = await self.polite.get(page.url, validators=Validators(page.etag, page.modified), accept=PAGE)
            if found.status == 304:
                return await self._unchanged(page, found)
            article, extraction = await self.reader.page(found, given.over(_reached(found)))
        except (FetchError, InputError) as error:
            return await self._failed(page, error)
        article = completed(article, page)
        visit = self._visit(page, found)
        added = await self.office.write(lambda store: store.add_page(page.id, article, extraction, visit))
        return Visited(page, added, article, again=visit.next_at, unwanted=added is None)

    def _visit(self, page: Page, found: Fetched) -> Visit:
        now = self.times.now()
        etag, modified = found.validators.etag, found.validators.modified
        if found.status == 304:  # which need not repeat what was sent before
            etag, modified = etag or page.etag, modified or page.modified
        return Visit(at=now, next_at=next_visit(page, now), etag=etag, modified=modified)

    async def _unchanged(self, page: Page, found: Fetched) -> Visited:
        visit = self._visit(page, found)
        await self.office.write(lambda store: store.pages.unchanged(page.id, visit))
        return Visited(page, again=visit.next_at)

    async def _failed(self, page: Page, error: OnRecordError) -> Visited:
        again = self._again(page, error)

        def note(store: Store) -> None:
            if isinstance(error, LeftAlone) and again is not None:
                store.pages.later(page.id, next_at=again)
            else:
                store.pages.failed(page.id, error=str(error), next_at=again)

        await self.office.write(note)
        return Visited(page, error=error, again=again)

    def _again(self, page: Page, error: OnRecordError) -> datetime | None:
        """When a page that failed is tried again: a server that is ill soon, an article that cannot be read later."""
        now = self.times.now()
        if isinstance(error, Gone | Refused):
            return None
        if isinstance(error, LeftAlone):
            return now + timedelta(seconds=error.retry_after or 0)
        if isinstance(error, Unreachable | TooComplex):
            failures, asked = page.failures + 1, getattr(error, "retry_after", None)
            return now + retry(failures, asked, self.times.chance) if failures < ATTEMPTS else None
        return None if page.article is None else next_visit(page, now)


def _reached(found: Fetched) -> Details:
    """Where a page was in the end: its outlet is that of the site that sent it, whatever it calls itself."""
    return Details(urls.outlet(found.url), urls.canonical(found.url))


def completed(article: Article, page: Page) -> Article:
    """An article with the headline and the date that its feed gave where the page gives none."""
    if article.published is None and page.published is not None:
        article = replace(article, published=page.published, dated="feed")
    return replace(article, title=article.title or page.title)

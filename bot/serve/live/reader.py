"""What strangers wrote, read in processes that can be ended; the event loop waits for them."""

from __future__ import annotations

from functools import partial

from bot.fetch import feed
from bot.fetch.details import Details
from bot.fetch.feed import Parsed
from bot.fetch.http import Fetched
from bot.model import Article, Extraction
from bot.serve import reading
from bot.serve.chat.office import Office


class Reader:
    """Reads pages and feeds. Every method raises `TooComplex` where a document takes too long or too much memory."""

    def __init__(self, office: Office, unsure: float) -> None:
        self._office = office
        self._unsure = unsure

    async def page(self, found: Fetched, known: Details) -> tuple[Article, Extraction]:
        """The article of a page, and what it says. Raises `InputError` where it holds none."""
        work = partial(reading.page, found.data, known, found.charset, self._unsure)
        return await self._office.parse(work)

    async def feed(self, found: Fetched) -> Parsed:
        """What a feed names. Raises `FeedError`."""
        return await self._office.parse(partial(feed.parse, found.data, found.url, _declared(found)))

    async def feeds_of(self, found: Fetched) -> list[str]:
        """The feeds that a page names."""
        return await self._office.parse(partial(feed.discover, found.data, found.url))


def _declared(found: Fetched) -> str:
    """The content type with its charset, as a header has it."""
    return f"{found.content_type}; charset={found.charset}" if found.charset else found.content_type

"""An address to a feed that is followed: asked once, to see what it is; a home page is asked for the feeds it names."""

from __future__ import annotations

from dataclasses import dataclass

from bot.errors import FeedError
from bot.fetch import urls
from bot.fetch.http import FEED, Fetched
from bot.fetch.manners import Polite
from bot.orders import Scope
from bot.serve.chat.office import Office
from bot.serve.live.polls import note
from bot.serve.live.reader import Reader
from bot.serve.live.times import Times
from bot.sources import Feed
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Followed:
    """A feed that is followed from now on, or was before (`known`); `others` are more feeds that its page names.

    `entries` are those that it has now, `brought` those of them that are queued, as a back catalogue.
    """

    feed: Feed
    entries: int
    brought: int
    known: bool = False
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Following:
    """Adds feeds."""

    office: Office
    polite: Polite
    reader: Reader
    times: Times

    async def follow(self, address: str, scope: Scope | None = None) -> Followed:
        """Follow what an address leads to, for a server or for all.

        Raises `FetchError`, `FeedError` where it leads to no feed, `InputError` where the server follows too many.
        """
        found = await self.polite.get(address, accept=FEED)
        try:
            return await self._added(address, found, (), scope)
        except FeedError as error:
            offered = await self.reader.feeds_of(found)
            if not offered:
                raise error
        first = await self.polite.get(offered[0], accept=FEED)
        return await self._added(offered[0], first, tuple(offered[1:]), scope)

    async def _added(self, address: str, found: Fetched, others: tuple[str, ...], scope: Scope | None) -> Followed:
        parsed = await self.reader.feed(found)
        now = self.times.now()
        url = urls.canonical(found.moved or address) or found.url

        def follow(store: Store) -> Followed:
            before = {feed.url for feed in store.feeds.followed()}
            feed = store.feeds.add(url, now, scope)
            brought = note(store, feed, found, parsed, now)
            return Followed(store.feeds.get(url), len(parsed.entries), brought, url in before, others)

        return await self.office.write(follow)

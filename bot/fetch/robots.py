"""What a site's robots.txt lets us fetch, read once a day (RFC 9309)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol
from weakref import WeakValueDictionary

from protego import Protego
from yarl import URL

from bot.errors import Gone, Refused, Unreachable
from bot.fetch import guard
from bot.fetch.http import ANY, Accept, Fetched

NAME = "OnRecord"
"""The name by which a robots.txt calls us."""
KEPT = 24 * 3600.0  # seconds
LONGEST = 500 << 10
"""Bytes of a robots.txt that are read; the rest of a longer one is not looked at."""
_MEMORY = 8 << 20  # bytes of the files that are kept
_NOTHING = "User-agent: *\nDisallow: /"


class Client(Protocol):
    """What fetches: a `Fetcher`."""

    async def get(self, url: str, *, accept: Accept) -> Fetched:
        """What stands at an address."""


@dataclass(frozen=True, slots=True)
class _Rules:
    read: Protego
    size: int  # bytes
    until: float  # when it is read again, on the clock

    @classmethod
    def of(cls, data: bytes, until: float) -> _Rules:
        text = data[:LONGEST].decode("utf-8", "replace").removeprefix("\ufeff")
        return cls(Protego.parse(text), len(text), until)


class Robots:
    """The rules of every site that was asked of late. `clock` counts seconds and is never set back."""

    def __init__(self, client: Client, clock: Callable[[], float]) -> None:
        self._client = client
        self._clock = clock
        self._kept: dict[URL, _Rules] = {}  # by origin, the oldest first
        self._asking: WeakValueDictionary[URL, asyncio.Lock] = WeakValueDictionary()

    async def check(self, url: URL) -> float:
        """The seconds that the site wants between two visits; 0 where it does not say.

        Raises `Refused` where it does not want this address fetched, `Unreachable` where it cannot be asked.
        """
        rules = await self._of(url.origin())
        if not rules.read.can_fetch(str(url), NAME):
            raise guard.refused("robots", f"the robots.txt of {url.host} does not let programs have {url.path}")
        return rules.read.crawl_delay(NAME) or 0.0

    async def _of(self, origin: URL) -> _Rules:
        asking = self._asking.setdefault(origin, asyncio.Lock())
        async with asking:
            rules = self._kept.get(origin)
            if rules is None or rules.until <= self._clock():
                rules = await self._read(origin)
                self._keep(origin, rules)
            return rules

    async def _read(self, origin: URL) -> _Rules:
        try:
            data = (await self._client.get(str(origin / "robots.txt"), accept=ANY)).data
        except Gone:  # also where it may not be read: what cannot be read forbids nothing
            data = b""
        except Refused as error:
            if error.code == "private_address" and str(error).startswith(f"{origin.host} "):
                raise  # the guard refuses the server itself, which does not forbid anything
            data = _NOTHING.encode()  # it is no file that a site means to be read
        except Unreachable as error:
            raise Unreachable(
                f"robots.txt, which is read first, cannot be had: {error}",
                hint=error.hint,
                retry_after=error.retry_after,
            ) from error
        return await asyncio.to_thread(_Rules.of, data, self._clock() + KEPT)

    def _keep(self, origin: URL, rules: _Rules) -> None:
        self._kept.pop(origin, None)
        self._kept[origin] = rules
        while len(self._kept) > 1 and sum(each.size + 1000 for each in self._kept.values()) > _MEMORY:
            del self._kept[next(iter(self._kept))]

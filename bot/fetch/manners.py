"""Fetching as a good guest: what robots.txt says is kept, no server is hurried, and one that is ill is left alone."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from yarl import URL

from bot.errors import Gone, LeftAlone, Refused, Unreachable
from bot.fetch.circuit import Circuit
from bot.fetch.http import PAGE, Accept, Fetched, Fetcher, Validators
from bot.fetch.robots import Robots

PAUSE = 1.0
"""Seconds between two requests to one server that does not say otherwise."""
LONGEST_PAUSE = 60.0
_REMEMBERED = 2000  # servers


@dataclass(frozen=True, slots=True)
class Trouble:
    """A server that is left alone."""

    host: str
    failures: int  # in a row
    again: float  # in so many seconds it is asked again


@dataclass(frozen=True, slots=True)
class State:
    """How fetching is, for those who ask."""

    hosts: int  # servers that were asked of late
    running: int  # requests that wait for an answer or for their turn
    troubles: tuple[Trouble, ...]  # the longest left alone first


@dataclass(slots=True)
class _Host:
    turns: asyncio.Semaphore
    circuit: Circuit
    free: float = 0.0  # when the next request may begin
    running: int = 0


class Polite:
    """Fetches like the `Fetcher` that it wraps. `clock`, `sleep` and `chance` are time and luck, handed in by tests.

    A redirection is followed without a pause, whoever it leads to; what robots.txt says there is kept too.
    """

    def __init__(
        self,
        fetcher: Fetcher,
        *,
        pause: float = PAUSE,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._fetcher = fetcher
        self._pause = pause
        self._clock = clock
        self._sleep = sleep
        self._chance = chance
        self._robots = Robots(fetcher, clock)
        self._hosts: dict[str, _Host] = {}

    async def get(
        self, url: str, *, validators: Validators | None = None, accept: Accept = PAGE, robots: bool = True
    ) -> Fetched:
        """What stands at an address, asked for in its turn; raises `Refused`, `Unreachable` or `Gone`.

        A server that is left alone is `Unreachable` at once, with the time of the next try.
        """
        address = self._fetcher.checked(url)
        host = self._host(address.raw_host or "")
        host.running += 1
        try:
            async with host.turns:
                self._well(address, host)
                return await self._asked(address, host, validators, accept, robots)
        finally:
            host.running -= 1

    def state(self) -> State:
        """How fetching is."""
        now = self._clock()
        troubles = [
            Trouble(name, host.circuit.failures, wait)
            for name, host in self._hosts.items()
            if (wait := host.circuit.wait(now)) > 0
        ]
        return State(
            hosts=len(self._hosts),
            running=sum(host.running for host in self._hosts.values()),
            troubles=tuple(sorted(troubles, key=lambda each: -each.again)),
        )

    def _host(self, name: str) -> _Host:
        found = self._hosts.get(name)
        if found is None:
            if len(self._hosts) >= _REMEMBERED:
                self._forget()
            found = _Host(asyncio.Semaphore(self._fetcher.limits.per_host), Circuit(self._chance))
            self._hosts[name] = found
        return found

    def _forget(self) -> None:
        """Forget half of the servers, those that may be asked soonest; a busy one never."""
        calm = [name for name, host in self._hosts.items() if not host.running]
        calm.sort(key=lambda name: max(self._hosts[name].free, self._hosts[name].circuit.until))
        for name in calm[: _REMEMBERED // 2]:
            del self._hosts[name]

    def _well(self, address: URL, host: _Host) -> None:
        """Raise `LeftAlone` while a server is left alone."""
        wait = host.circuit.wait(self._clock())
        if wait > 0:
            raise LeftAlone(
                f"{address.host} is left alone after {host.circuit.failures} failures",
                hint="It is asked again by itself.",
                retry_after=wait,
            )

    async def _asked(
        self, address: URL, host: _Host, validators: Validators | None, accept: Accept, robots: bool
    ) -> Fetched:
        """Ask, and note how the server did."""

        async def sent_on(hop: URL) -> None:
            if robots and hop != address:
                await self._robots.check(hop)

        probe = host.circuit.begin()
        try:
            wanted = await self._robots.check(address) if robots else 0.0
            await self._turn(host, min(max(self._pause, wanted), LONGEST_PAUSE))
            found = await self._fetcher.get(str(address), validators=validators, accept=accept, each=sent_on)
        except Unreachable as error:
            host.circuit.failed(self._clock(), error.retry_after)
            raise
        except (Refused, Gone):
            host.circuit.worked()
            raise
        finally:
            host.circuit.end(probe=probe)
        host.circuit.worked()
        return found

    async def _turn(self, host: _Host, pause: float) -> None:
        """Wait until the last request to this server is long enough ago."""
        now = self._clock()
        begin = max(now, host.free)
        host.free = begin + pause
        if begin > now:
            await self._sleep(begin - now)

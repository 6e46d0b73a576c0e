"""The poller: what is due is polled and visited, each server in turn, a few servers at once, again and again.

A round polls every feed that is due and visits a batch of pages. The pages of one server are visited one after the
other, and no server has more than its share of a round, so that none that is slow holds up the others; the number of
pages in memory is that of the servers at once.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import TypeVar
from urllib.parse import urlsplit

from bot.errors import OnRecordError
from bot.model import AddStatus
from bot.serve.chat.office import Office
from bot.serve.live import NOTE
from bot.serve.live.polls import Asker, Polled
from bot.serve.live.times import Times
from bot.serve.live.visits import Visited, Visitor
from bot.sources import Feed, Page

log = logging.getLogger(__name__)
SERVERS = 12
"""Servers that are asked at once; as many pages are in memory at most."""
BATCH = 2_000
"""Pages that are looked at for one round; rows, not documents."""
SHARE = 20
"""Pages of one server in a round."""
SECONDS = 30.0
"""Of a round, after which a server's further pages wait for the next one."""
LONGEST_REST = timedelta(seconds=30)
"""Between two looks at what is due: somebody else may have asked for a page meanwhile."""
GRACE = 5.0
"""Seconds that what is under way is given when the poller is stopped."""
_EVERY = timedelta(minutes=1)
Due = TypeVar("Due", Feed, Page)
Outcome = Polled | Visited


@dataclass(frozen=True, slots=True)
class Tally:
    """What was done since the poller began."""

    polls: int = 0
    brought: int = 0  # pages that feeds named for the first time
    visits: int = 0
    articles: int = 0
    editions: int = 0
    failures: int = 0
    error: str = ""  # the last one
    error_at: str = ""  # ISO 8601

    def and_(self, outcome: Outcome, now: datetime) -> Tally:
        """With one outcome more."""
        if isinstance(outcome, Polled):
            counted = replace(self, polls=self.polls + 1, brought=self.brought + outcome.brought)
        else:
            status = outcome.added.status if outcome.added else None
            counted = replace(
                self,
                visits=self.visits + 1,
                articles=self.articles + (status is AddStatus.NEW),
                editions=self.editions + (status is AddStatus.EDITION),
            )
        if outcome.error is None:
            return counted
        return replace(counted, failures=self.failures + 1, error=str(outcome.error), error_at=now.isoformat())


class Poller:
    """Follows what the record follows. `heard` is told of every outcome."""

    def __init__(
        self,
        office: Office,
        visitor: Visitor,
        asker: Asker,
        times: Times,
        heard: Callable[[Outcome], None],
    ) -> None:
        self.tally = Tally()
        self._office = office
        self._visitor = visitor
        self._asker = asker
        self._times = times
        self._heard = heard
        self._stopping = asyncio.Event()
        self._noted: datetime | None = None

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Run beside what is done in here."""
        running = asyncio.create_task(self.run())
        running.add_done_callback(_told)
        try:
            yield
        finally:
            self.stop()
            await asyncio.wait([running])

    def stop(self) -> None:
        """Begin nothing more."""
        self._stopping.set()

    async def run(self) -> None:
        """Do what is due, until `stop`. A round that was broken off is logged, and gone on with after a rest."""
        while not self._stopping.is_set():
            rest = LONGEST_REST
            working = asyncio.create_task(self._work())
            await self._until_stopped(working)
            try:
                rest = await working
            except asyncio.CancelledError:
                return
            except OnRecordError:  # the record is locked or full, or no process could be begun
                log.exception("a round was broken off")
            await self._rest(rest)

    async def once(self) -> Tally:
        """Do all that is due now, and what comes to be due by it. Raises `RecordError`."""
        while not self._stopping.is_set() and await self.round():
            pass
        return self.tally

    async def round(self) -> int:
        """Poll the feeds that are due, and visit a batch of pages. Returns how many; raises `RecordError`."""
        feeds = await self._office.read(lambda store: store.feeds.due(self._times.now(), BATCH))
        await self._each(feeds, self._asker.poll)
        pages = await self._office.read(lambda store: store.pages.due(self._times.now(), BATCH))
        await self._each(pages, self._visitor.visit)
        await self._note()
        return len(feeds) + len(pages)

    async def next_due(self) -> datetime | None:
        """When there is something to do; `None` where nothing is followed."""
        due = await self._office.read(lambda store: (store.feeds.next_due(), store.pages.next_due()))
        return min(filter(None, due), default=None)

    async def _work(self) -> timedelta:
        """One round; how long to rest after it."""
        if await self.round():
            return timedelta(0)
        due = await self.next_due()
        return LONGEST_REST if due is None else min(max(due - self._times.now(), timedelta(seconds=1)), LONGEST_REST)

    async def _until_stopped(self, working: asyncio.Task[timedelta]) -> None:
        """Wait for a round; when the poller is stopped meanwhile, for a grace, and end it then."""
        stopped = asyncio.create_task(self._stopping.wait())
        try:
            await asyncio.wait([working, stopped], return_when=asyncio.FIRST_COMPLETED)
            await asyncio.wait([working], timeout=GRACE)
        finally:
            stopped.cancel()
            working.cancel()
            await asyncio.wait([working])

    async def _rest(self, wanted: timedelta) -> None:
        """Wait so long, or until the poller is stopped."""
        rest, stop = self._times.sleep(wanted.total_seconds()), self._stopping.wait()
        resting = [asyncio.ensure_future(rest), asyncio.ensure_future(stop)]
        await asyncio.wait(resting, return_when=asyncio.FIRST_COMPLETED)
        for task in resting:
            task.cancel()

    async def _each(self, due: Iterable[Due], do: Callable[[Due], Awaitable[Outcome]]) -> None:
        """Do each of what is due, that of one server in its order, a few servers at once."""
        queues: dict[str, list[Due]] = defaultdict(list)
        for one in due:
            queue = queues[urlsplit(one.url).hostname or ""]
            if len(queue) < SHARE:
                queue.append(one)
        places = asyncio.Semaphore(SERVERS)
        try:
            async with asyncio.TaskGroup() as group:
                for queue in queues.values():
                    group.create_task(self._serve(queue, do, places))
        except ExceptionGroup as several:
            raise several.exceptions[0] from several

    async def _serve(
        self, queue: list[Due], do: Callable[[Due], Awaitable[Outcome]], places: asyncio.Semaphore
    ) -> None:
        async with places:
            end = self._times.clock() + SECONDS
            for one in queue:
                if self._stopping.is_set() or self._times.clock() > end:
                    return
                outcome = await do(one)
                self.tally = self.tally.and_(outcome, self._times.now())
                self._heard(outcome)

    async def _note(self) -> None:
        """Note in the record how the poller is, where that was not done within the last minute."""
        now = self._times.now()
        if self._noted is None or now - self._noted >= _EVERY:
            said = json.dumps({"at": now.isoformat(), **asdict(self.tally)})
            await self._office.write(lambda store: store.servers.set_note(NOTE, said))
            self._noted = now


def _told(running: asyncio.Task[None]) -> None:
    """Log what nobody foresaw: the poller has ended by it."""
    error = None if running.cancelled() else running.exception()
    if error is not None:
        log.error("nothing is polled any more", exc_info=error)

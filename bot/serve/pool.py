"""Work on every core: a pool of processes whose answers come back in order, never more than a few of them waiting."""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import Generic, ParamSpec, TypeVar, cast

from bot.errors import OnRecordError
from bot.serve.helper import Helper

T = TypeVar("T")
R = TypeVar("R")
P = ParamSpec("P")

AHEAD = 3
"""Chunks for each process that may be waiting or done ahead of their turn."""


def cores() -> int:
    """How many processes this one may keep busy."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def processes(jobs: int) -> Iterator[Executor]:
    """`jobs` processes for work; they end when this is left, at once where it is left by an error or by Ctrl-C.

    What they do must be safe to break off: reading and reckoning, no writing.
    """
    workers = Workers(jobs)
    try:
        yield workers
    finally:
        workers.shutdown()


class Workers(Executor):
    """Processes that do what is submitted. Each is begun when there is work for it, and a thread here waits for it.

    One that was ended is replaced by the next when there is work again.
    """

    def __init__(self, jobs: int, begin: Callable[[], Helper] = Helper) -> None:
        self._threads = ThreadPoolExecutor(jobs)
        self._begin = begin
        self._mine = threading.local()
        self._starting = threading.Lock()
        self._running: list[Helper] = []
        self._ended = False

    def submit(self, work: Callable[P, R], /, *given: P.args, **named: P.kwargs) -> Future[R]:
        """Have it done; the answer, or the error, comes in the future."""
        return self._threads.submit(self._ask, work, *given, **named)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = True) -> None:  # noqa: ARG002
        """End them, whatever they are doing."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        with self._starting:
            self._ended = True
            running = list(self._running)
        for helper in running:
            helper.end()
        for helper in running:
            helper.gone()
        self._threads.shutdown()

    def _ask(self, work: Callable[P, R], /, *given: P.args, **named: P.kwargs) -> R:
        """Have it done by the process of this thread, or by one begun in its place where that one is killed.

        Raises what the work raises, `OnRecordError` where the second is killed, too.
        """
        tries = 2
        while True:
            try:
                return cast("R", self._helper().ask(work, given, named))
            except (EOFError, ConnectionError) as killed:
                self._replace()
                tries -= 1
                if not tries or self._ended:
                    raise OnRecordError(
                        "a process that was helping was killed", hint="Was memory short? --jobs 1 needs the least."
                    ) from killed

    def _helper(self) -> Helper:
        """The process of this thread, which is begun where there is none. Raises `EOFError` after the end."""
        mine: Helper | None = getattr(self._mine, "helper", None)
        if mine is not None and mine.alive:
            return mine
        self._replace()
        with self._starting:
            if self._ended:
                raise EOFError
            self._mine.helper = made = self._begin()
            self._running.append(made)
        return made

    def _replace(self) -> None:
        """End the process of this thread: the next work is for another."""
        ended: Helper | None = getattr(self._mine, "helper", None)
        if ended is not None:
            self._mine.helper = None
            ended.end()
            ended.gone()
            with self._starting:
                self._running.remove(ended)


def in_order(pool: Executor, work: Callable[[T], R], items: Iterable[T], ahead: int) -> Iterator[R]:
    """`work` done on every item, in the order of the items, at most `ahead` of them under way."""
    asked = (pool.submit(work, item) for item in items)
    return _ahead(asked, ahead, lambda waiting: waiting.popleft().result())


def _ahead(asked: Iterable[T], most: int, take: Callable[[deque[T]], R]) -> Iterator[R]:
    """What `take` takes from the front of a queue of what is asked, of which at most so many wait."""
    waiting = deque[T]()
    for one in asked:
        waiting.append(one)
        if len(waiting) >= most:
            yield take(waiting)
    while waiting:
        yield take(waiting)


class Hands:
    """Does work on the items of a list: this process, with so many helpers where there are any."""

    def __init__(self, helpers: Executor | None = None, number: int = 0) -> None:
        self._helpers = helpers
        self._ahead = (number + 1) * AHEAD

    def each(self, work: Callable[[T], R], items: Iterable[T]) -> Iterator[R]:
        """`work` done on every item, in the order of the items."""
        for some in self.together(work, items, 1):
            yield from some

    def together(self, work: Callable[[T], R], items: Iterable[T], most: int) -> Iterator[list[R]]:
        """The same, where at most so many answers that have come are handed over together.

        This process does the first itself, and while it has to wait for an answer, what nobody has begun.
        """
        helpers = self._helpers
        if helpers is None:
            return ([work(item) for item in some] for some in chunks(items, most, lambda _: 1))
        asked = (_Asked(partial(work, item), helpers if at else None) for at, item in enumerate(items))
        return _ahead(asked, self._ahead, partial(_come, most))


def _come(most: int, waiting: deque[_Asked[R]]) -> list[R]:
    """The next answer, and those behind it that are there."""
    while not waiting[0].done and any(asked.done_here() for asked in waiting):
        pass
    some = [waiting.popleft().answer()]
    while waiting and len(some) < most and waiting[0].done:
        some.append(waiting.popleft().answer())
    return some


class _Asked(Generic[R]):
    """Something that helpers are asked to do, or nobody so far."""

    def __init__(self, work: Callable[[], R], helpers: Executor | None) -> None:
        self._work = work
        self._coming = helpers.submit(work) if helpers else Future[R]()

    @property
    def done(self) -> bool:
        return self._coming.done()

    def done_here(self) -> bool:
        """Whether nobody had begun it: then it is done now."""
        if not self._coming.cancel():
            return False
        self._coming = Future()
        self._coming.set_result(self._work())
        return True

    def answer(self) -> R:
        return self._coming.result()


@contextmanager
def hands(jobs: int | None) -> Iterator[Hands]:
    """So many processes, this one among them; as many as there are cores where no number is given."""
    number = (jobs or cores()) - 1
    if not number:
        yield Hands()
        return
    with processes(number) as helpers:
        yield Hands(helpers, number)


def chunks(items: Iterable[T], most: int, weigh: Callable[[T], int]) -> Iterator[list[T]]:
    """The items in lists of about the same weight: each takes items until it weighs `most`."""
    held, weight = list[T](), 0
    for item in items:
        held.append(item)
        weight += weigh(item)
        if weight >= most:
            yield held
            held, weight = [], 0
    if held:
        yield held

"""Work on every core: a pool of processes whose answers come back in order, never more than a few of them waiting."""

from __future__ import annotations

import gc
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context, parent_process, resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any, ParamSpec, TypeVar, cast

from bot.errors import OnRecordError

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

    Each has a pipe of its own: so one that is ended in the middle of an answer leaves nobody waiting for the rest of
    it, as it may where many share one.
    """

    def __init__(self, jobs: int) -> None:
        self._threads = ThreadPoolExecutor(jobs)
        self._mine = threading.local()
        self._starting = threading.Lock()
        self._started: list[SpawnProcess] = []
        self._ended = False

    def submit(self, work: Callable[P, R], /, *given: P.args, **named: P.kwargs) -> Future[R]:
        """Have it done; the answer, or the error, comes in the future."""
        return self._threads.submit(self._ask, work, *given, **named)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = True) -> None:  # noqa: ARG002
        """End them, whatever they are doing."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        with self._starting:
            self._ended = True
        for process in self._started:
            process.terminate()
        for process in self._started:
            process.join()
        self._threads.shutdown()

    def _ask(self, work: Callable[P, R], /, *given: P.args, **named: P.kwargs) -> R:
        """Have it done by the process of this thread, or by one begun in its place where that one is killed.

        Raises what the work raises, `OnRecordError` where the second is killed, too.
        """
        for last in (False, True):
            try:
                pipe = self._pipe()
                pipe.send((work, given, named))
                answer, error = pipe.recv()
                break
            except (EOFError, ConnectionError) as killed:
                self._forget()
                if last or self._ended:
                    raise OnRecordError(
                        "a process that was helping was killed", hint="Was memory short? --jobs 1 needs the least."
                    ) from killed
        if error is not None:
            raise error
        return cast("R", answer)

    def _forget(self) -> None:
        """Let go of the process of this thread, which is no more."""
        if hasattr(self._mine, "pipe"):
            self._mine.pipe.close()
            del self._mine.pipe

    def _pipe(self) -> Connection:
        """The pipe to the process of this thread, which is begun where there is none."""
        if not hasattr(self._mine, "pipe"):
            with self._starting:
                if self._ended:
                    raise EOFError
                here, there = get_context("spawn").Pipe()
                process = get_context("spawn").Process(target=_serve, args=(there,), daemon=True)
                with _unheard():
                    process.start()
                self._started.append(process)
                there.close()
            self._mine.pipe = here
        return cast("Connection", self._mine.pipe)


@contextmanager
def _unheard() -> Iterator[None]:
    """A process that is begun in here does not hear Ctrl-C, not even before it has come to say so itself."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # begun later, it would open this thread's ears again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(pipe: Connection) -> None:
    """Do what comes through the pipe, leave Ctrl-C to the process that began this one, and end with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    rest_collector()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    while (asked := _asked(pipe)) is not None:
        work, given, named = asked
        answer: tuple[Any, Exception | None]
        try:
            answer = work(*given, **named), None
        except Exception as error:  # noqa: BLE001 - it is raised where the answer is waited for
            answer = None, error
        pipe.send(answer)


def _asked(pipe: Connection) -> Any:
    try:
        return pipe.recv()
    except EOFError:  # the one who asks is gone
        return None


def _end_with_parent() -> None:
    """A process that was killed tells nobody: without this, those that it began would work on."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def rest_collector() -> None:
    """Look for cycles seldom: work on many small values makes none, and looking took a tenth of its time."""
    gc.set_threshold(100_000, 20, 20)


def in_order(pool: Executor, work: Callable[[T], R], items: Iterable[T], ahead: int) -> Iterator[R]:
    """`work` done on every item, in the order of the items, at most `ahead` of them under way."""
    waiting: deque[Future[R]] = deque()
    for item in items:
        waiting.append(pool.submit(work, item))
        if len(waiting) >= ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


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

"""Work on every core: a pool of processes whose answers come back in order, never more than a few of them waiting."""

from __future__ import annotations

import gc
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from multiprocessing import get_context, parent_process
from typing import TypeVar

from bot.errors import OnRecordError

T = TypeVar("T")
R = TypeVar("R")

AHEAD = 3
"""Chunks for each process that may be waiting or done ahead of their turn."""


def cores() -> int:
    """How many processes this one may keep busy."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def processes(jobs: int) -> Iterator[Executor]:
    """A pool of `jobs` processes; one that is left by an error, or by Ctrl-C, begins nothing more.

    Raises `OnRecordError` where one of them is killed.
    """
    pool = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_serve)
    try:
        yield pool
    except BrokenProcessPool as error:
        raise OnRecordError(
            "a process that was helping was killed", hint="Was memory short? --jobs 1 needs the least."
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _serve() -> None:
    """Leave Ctrl-C to the process that started this one, and end with it however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    rest_collector()
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A process that was killed tells nobody: without this, those that it started would wait for ever."""
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


def chunks(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """The items in lists of `size`, the last one shorter."""
    held = iter(items)
    while chunk := list(islice(held, size)):
        yield chunk

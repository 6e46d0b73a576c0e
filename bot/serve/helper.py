"""A process that helps this one: it does what comes through its pipe, and ends with the one that began it.

Each has a pipe of its own: so one that is ended in the middle of an answer leaves nobody waiting for the rest of it,
as it may where many share one.
"""

from __future__ import annotations

import gc
import os
import resource
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context, parent_process, resource_tracker
from multiprocessing.connection import Connection
from typing import Any

from bot.errors import OnRecordError

_BEGUN = 60.0
"""Seconds that a process may take to begin, on a machine that is busy."""

KINDER = 5
"""How much kinder to others the processes are than the one that began them, which stores what they read and answers."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a helper may use: bytes of memory in all, and for each thing that it does seconds of CPU and of time."""

    memory: int
    cpu: int
    wall: float


class Helper:
    """One process, begun when this is made. One thread at a time may ask it.

    `prepare` is called in it before any limits hold: what it loads is then there for everything that is asked.
    """

    def __init__(self, limits: Limits | None = None, prepare: Callable[[], None] | None = None) -> None:
        self._wall = limits.wall if limits else None
        self._pipe, there = get_context("spawn").Pipe()
        self._process = get_context("spawn").Process(target=_serve, args=(there, limits, prepare), daemon=True)
        with _unheard():
            self._process.start()
        there.close()
        self._begun = self._stopped = False

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self._process.is_alive()

    def ask(self, work: Callable[..., Any], given: tuple[Any, ...], named: dict[str, Any]) -> Any:
        """Have something done, and raise what that raises.

        Raises `OnRecordError` where the process does not begin, `EOFError` or `ConnectionError` where it ends before it
        has answered, and `TimeoutError` where it takes too long: it is to be ended then.
        """
        self._begin()
        self._pipe.send((work, given, named))
        answer, error = self._answer(self._wall)
        if error is not None:
            raise error
        return answer

    def _begin(self) -> None:
        """Wait until it has begun. Raises `OnRecordError` where it cannot, which is no fault of what is asked."""
        if self._begun:
            return
        try:
            self._answer(_BEGUN)
        except (EOFError, ConnectionError, TimeoutError) as error:
            if self._stopped:
                raise
            raise OnRecordError(
                "a process that was to help did not begin", hint="Is memory short? See what it wrote before this."
            ) from error
        self._begun = True

    def _answer(self, seconds: float | None) -> Any:
        if not self._pipe.poll(seconds):
            raise TimeoutError
        return self._pipe.recv()

    def end(self) -> None:
        """End it, whatever it is doing, without waiting until it has gone."""
        self._stopped = True
        self._process.kill()

    def gone(self) -> None:
        """Wait until it has gone."""
        self._process.join()


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


def _serve(pipe: Connection, limits: Limits | None, prepare: Callable[[], None] | None) -> None:
    """Do what comes through the pipe, leave Ctrl-C to the process that began this one, and end with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(KINDER)
    rest_collector()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if prepare is not None:
        prepare()
    if limits is not None:
        _limit(resource.RLIMIT_AS, limits.memory)
        _limit(resource.RLIMIT_CORE, 0)
    pipe.send(None)
    while (asked := _asked(pipe)) is not None:
        work, given, named = asked
        if limits is not None:
            _limit(resource.RLIMIT_CPU, int(time.process_time()) + limits.cpu)
        answer: tuple[Any, Exception | None]
        try:
            answer = work(*given, **named), None
        except Exception as error:  # noqa: BLE001 - it is raised where the answer is waited for
            answer = None, error
        pipe.send(answer)


def _limit(kind: int, most: int) -> None:
    """Set what the system lets this process use; the next call may set more."""
    hard = resource.getrlimit(kind)[1]
    resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


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

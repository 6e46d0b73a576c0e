"""A process that works on a record until it is killed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

Work = Callable[..., None]
"""Is handed its arguments and a `Connection` on which it tells what it has acknowledged, first of all where it is."""


def killed(work: Work, *arguments: Any, after: float) -> list[Any]:
    """Let a process work for so many seconds and kill it. Returns all that it told."""
    heard, told = get_context("fork").Pipe(duplex=False)
    process = get_context("fork").Process(target=work, args=(*arguments, told))
    process.start()
    told.close()
    try:
        said = [heard.recv()]
        time.sleep(after)
    finally:
        process.kill()
        process.join()
    return said + rest(heard)


def rest(heard: Connection) -> list[Any]:
    """What is left in a pipe that nobody writes to any more."""
    said = []
    while True:
        try:
            said.append(heard.recv())
        except EOFError:
            return said


@contextmanager
def holding(take: Callable[[Path], Any], path: Path) -> Iterator[None]:
    """Another process has taken something of a record, and keeps it until this is left."""
    here, there = get_context("fork").Pipe()
    process = get_context("fork").Process(target=_hold, args=(take, path, there))
    process.start()
    try:
        assert here.recv() == "taken"
        yield
    finally:
        here.send("enough")
        process.join()


def _hold(take: Callable[[Path], Any], path: Path, there: Connection) -> None:
    held = take(path)
    there.send("taken")
    there.recv()
    held.close()

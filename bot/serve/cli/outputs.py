"""The files that a command writes: never over the record, nor over what it reads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from bot.errors import InputError
from bot.serve.setup import Setup

_OF_RECORD = ("", "-wal", "-shm")
"""SQLite's files, by what they have after the record's name."""


def spare(path: Path | None, setup: Setup, *read: Path) -> None:
    """Raise `InputError` where what is written to `path` would take the place of the record or of what is `read`."""
    if path is None or str(path) == "-":
        return
    record = setup.record_path
    if any(_same(path, record.with_name(record.name + ending)) for ending in _OF_RECORD):
        raise InputError(f"{path} is the record itself", hint="Give what is written another name.")
    if any(_same(path, each) for each in read):
        raise InputError(f"{path} is what is read", hint="Give what is written another name.")


@contextmanager
def opened(path: Path) -> Iterator[TextIO]:
    """A stream in UTF-8 to a file. Raises `InputError`."""
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            yield file
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}", hint="Choose a place that you may write to.") from error


def _same(one: Path, other: Path) -> bool:
    return one.resolve() == other.resolve() or (one.exists() and other.exists() and one.samefile(other))

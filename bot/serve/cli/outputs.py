"""Where a command writes to: never over the record, nor over what it reads."""

from __future__ import annotations

from pathlib import Path

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


def _same(one: Path, other: Path) -> bool:
    return one.resolve() == other.resolve() or (one.exists() and other.exists() and one.samefile(other))

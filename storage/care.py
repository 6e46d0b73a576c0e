"""Putting a backup in the place of the record, by hand or where the record is found to be damaged.

Nothing is ever deleted: the file that was there is kept beside the new one under a dated name. Who else has the record
open keeps it from being replaced, as SQLite's own lock tells.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.errors import DamagedDatabase, DatabaseLocked, NotOurDatabase, RecordError
from storage import backups, opening, soundness

_LOCK, _BYTES = 0x40000000, 512
"""Where in the file SQLite locks it: everybody who has it open in WAL mode holds a lock on a part of these bytes."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was done: the backup that was taken, where the file that it replaced is kept, and what was wrong with it."""

    backup: Path
    kept: Path | None
    fault: str = ""


def restore(
    backup: Path, path: Path, now: datetime, progress: Callable[[float], None] = lambda _: None, *, fault: str = ""
) -> Restored:
    """Look through a backup and put a copy of it in the place of the record.

    Raises `DamagedDatabase` where the backup is not sound, `DatabaseLocked` where another process has the record open,
    and `RecordError` and its kin.
    """
    sound(backup, progress)
    with opening.granted(f"{path} cannot be replaced"), _alone(path):
        part = path.with_name(f".{path.name}.restoring")
        try:
            shutil.copyfile(backup, part)
            if backups.total(part) != backups.total(backup):
                raise RecordError(f"{backup} could not be copied", hint="Check the disk.")
            opening.synced(part)
            kept = _set_aside(path, now, "damaged" if fault else "replaced")
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
        opening.synced(path.parent)
    return Restored(backup, kept, fault)


def recover(path: Path, folder: Path, now: datetime) -> Restored | None:
    """Where the record at `path` is damaged, put the newest sound backup in its place; else `None`.

    Raises `DamagedDatabase` where there is none, and `RecordError` and its kin.
    """
    if not path.exists() or not path.stat().st_size:
        return None
    copies = backups.found(path, folder)
    fault = _fault(path, ours=bool(copies))
    if fault is None:
        return None
    for copy in copies:
        try:
            return restore(copy.path, path, now, fault=fault)
        except DamagedDatabase:
            continue
    raise DamagedDatabase(
        f"{path} is damaged, and {folder} has no sound backup of it: {fault}",
        hint="Give another backup to `onrecord restore`, or move the file away to begin anew.",
    )


def _fault(path: Path, *, ours: bool) -> str | None:
    """What is wrong with the file at `path`; where its first bytes are no database's, it is damaged if it is `ours`.

    Raises `RecordError` and its kin.
    """
    try:
        return soundness.quick(path)
    except NotOurDatabase as error:
        if ours and isinstance(error.__cause__, sqlite3.Error):
            return str(error)
        raise


def sound(backup: Path, progress: Callable[[float], None] = lambda _: None) -> None:
    """Raise `DamagedDatabase` unless a backup is as it was made; `RecordError` and its kin where it is none."""
    named = backups.known(backup)
    if not backup.is_file():
        raise RecordError(f"there is no file {backup}", hint="`onrecord restore --list` shows the backups.")
    if named is not None and backups.total(backup) != named:
        raise DamagedDatabase(f"{backup} is not as it was made", hint="Take another backup.")
    found = soundness.check(backup, progress)
    if not found.sound:
        raise DamagedDatabase(f"{backup} is damaged: {found}", hint="Take another backup.")


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Keep everybody else out of the record while its file is replaced. Raises `DatabaseLocked`."""
    if not path.exists():
        yield
        return
    with path.open("r+b") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, _BYTES, _LOCK)
        except BlockingIOError as error:
            raise DatabaseLocked(
                f"{path} is open in another process", hint="Stop the bot and what else uses the record, then try again."
            ) from error
        yield


def _set_aside(path: Path, now: datetime, why: str) -> Path | None:
    """Give the file that is there, with what is not yet written into it, a name of its own beside it."""
    log = Path(f"{path}-wal")
    kept = None
    if path.exists():
        kept = path.with_name(f"{path.stem}-{why}-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}{path.suffix}")
        _twin(path, kept)
        if log.exists() and log.stat().st_size:
            _twin(log, Path(f"{kept}-wal"))
    log.unlink(missing_ok=True)
    Path(f"{path}-shm").unlink(missing_ok=True)
    return kept


def _twin(path: Path, other: Path) -> None:
    """A second name for a file, or a copy of it where the disk knows no such thing."""
    try:
        os.link(path, other)
    except FileExistsError:
        raise
    except OSError:
        shutil.copyfile(path, other)
        opening.synced(other)

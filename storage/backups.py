"""Copies of the record, made while it is in use: how they are made, named, found and let go of.

A copy gets its name when it is whole, sound and safely on the disk. The name tells when it was made and how its bytes
begin when they are hashed, so that not one of them changes unnoticed.
"""

from __future__ import annotations

import hashlib
import re
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.errors import DamagedDatabase
from storage import opening, soundness

EVERY = timedelta(hours=1)
HOURS, DAYS = 24, 7
"""The newest copy of so many hours and of so many days is kept."""
_STAMP = "%Y%m%dT%H%M%SZ"
_ABANDONED = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Backup:
    """One copy: when it was made, and the first 16 digits of the SHA-256 of its file."""

    path: Path
    made: datetime
    sum: str


def make(path: Path, folder: Path, now: datetime) -> Backup:
    """Copy the record at `path` into a folder and look through the copy. Raises `RecordError` and its kin.

    A record that is damaged is not copied: `DamagedDatabase`.
    """
    with opening.granted(f"no backup can be kept in {folder}"):
        folder.mkdir(parents=True, exist_ok=True)
        _sweep(path, folder, now)
        with tempfile.NamedTemporaryFile(prefix=_part(path), dir=folder, delete=False) as held:
            part = Path(held.name)
        try:
            opening.backup(path, part)
            found = soundness.check(part)
            if not found.sound:
                raise DamagedDatabase(f"{path} is damaged, and was not copied: {found}", hint=opening.RESTORE)
            opening.synced(part)
            begins = total(part)
            made = Backup(folder / f"{path.stem}-{now.astimezone(UTC):{_STAMP}}-{begins}.db", now, begins)
            part.replace(made.path)
        finally:
            part.unlink(missing_ok=True)
        opening.synced(folder)
    return made


def found(path: Path, folder: Path) -> list[Backup]:
    """The copies of the record at `path` that are in a folder, newest first."""
    named = re.compile(rf"{re.escape(path.stem)}-(\d{{8}}T\d{{6}}Z)-([0-9a-f]{{16}})\.db")
    matches = [(each, named.fullmatch(each.name)) for each in folder.iterdir()] if folder.is_dir() else []
    copies = [Backup(each, _made(match[1]), match[2]) for each, match in matches if match]
    return sorted(copies, key=lambda copy: copy.made, reverse=True)


def due(path: Path, folder: Path, now: datetime) -> bool:
    """Whether the newest copy is so old, or of a time so far ahead, that another is to be made."""
    copies = found(path, folder)
    return not copies or abs(now - copies[0].made) >= EVERY


def keep_up(path: Path, folder: Path, now: datetime) -> Backup | None:
    """Make a copy where one is due, and let go of those that are not kept. Raises `RecordError` and its kin."""
    if not path.exists() or not due(path, folder, now):
        return None
    made = make(path, folder, now)
    prune(path, folder)
    return made


def prune(path: Path, folder: Path) -> list[Backup]:
    """Delete the copies that are neither the newest of a late hour nor of a late day. Returns them."""
    copies = found(path, folder)
    kept = {*_newest(copies, "%Y%m%d%H", HOURS), *_newest(copies, "%Y%m%d", DAYS)}
    gone = [copy for copy in copies if copy not in kept]
    with opening.granted(f"no backup can be kept in {folder}"):
        for copy in gone:
            copy.path.unlink(missing_ok=True)
    return gone


def known(path: Path) -> str | None:
    """How the hash of a copy begins, as its name tells; `None` for a file that is not named as a copy."""
    match = re.fullmatch(r".+-\d{8}T\d{6}Z-([0-9a-f]{16})\.db", path.name)
    return match[1] if match else None


def total(path: Path) -> str:
    """The first 16 digits of the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:16]


def _newest(copies: list[Backup], span: str, most: int) -> list[Backup]:
    """The newest copy of each of the latest hours or days."""
    each: dict[str, Backup] = {}
    for copy in copies:
        each.setdefault(f"{copy.made:{span}}", copy)
    return list(each.values())[:most]


def _made(stamp: str) -> datetime:
    return datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC)


def _part(path: Path) -> str:
    """How the name of a copy begins that is not whole yet."""
    return f".{path.stem}-part-"


def _sweep(path: Path, folder: Path, now: datetime) -> None:
    """Delete what was left behind by a program that was killed while it copied."""
    for part in folder.glob(f"{_part(path)}*"):
        with suppress(FileNotFoundError):  # another program has just made a copy of it
            if now.timestamp() - part.stat().st_mtime > _ABANDONED.total_seconds():
                part.unlink()

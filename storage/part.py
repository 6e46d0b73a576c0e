"""What the parts of the record that serve the bot have in common: the connection and its file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database

from storage import opening
from storage.rows import Value


class Part:
    """A part of a `Store`, over its connection; it belongs to the same thread."""

    def __init__(self, db: Database, path: Path) -> None:
        self.db = db
        self.path = path

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction. Raises `RecordError` and its kin."""
        with opening.spoken(self.path), opening.writing(self.db):
            yield

    def all(self, query: str, *values: Value) -> list[tuple[Value, ...]]:
        """All rows of a query. Raises `RecordError` and its kin."""
        with opening.spoken(self.path):
            found: list[tuple[Value, ...]] = self.db.execute(query, values).fetchall()
        return found

    def one(self, query: str, *values: Value) -> tuple[Value, ...] | None:
        """The first row of a query. Raises `RecordError` and its kin."""
        return next(iter(self.all(query, *values)), None)


def stamp(moment: datetime) -> str:
    """A moment as it is stored: ISO 8601 in UTC, so that the order of the texts is that of the moments."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")


def moment_of(stored: Value) -> datetime:
    """What `stamp` stored."""
    return datetime.fromisoformat(str(stored))


def number(stored: Value) -> int | None:
    """A whole number that may be absent."""
    return None if stored is None else int(stored)


def sure(stored: Value) -> int:
    """A whole number that is there."""
    return int(stored)  # type: ignore[arg-type]


def text(stored: Value) -> str | None:
    """A text that may be absent."""
    return None if stored is None else str(stored)


def listed(values: Iterable[int | str]) -> str:
    """Numbers or names as a JSON list, which `json_each` reads."""
    return json.dumps(list(values))

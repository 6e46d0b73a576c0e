"""A list of any length in parts of bounded size, each known by all that stands before its end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from bot.errors import InputError
from bot.fetch.packed import Line

MOST_LINES, MOST_BYTES = 20_000, 8_000_000
"""The most lines of a part, and the bytes from which on it takes no further line."""

FIRST_LINES = 2_500
"""Those of the first part; each has twice as many as the one before, so that soon there is work for every process."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some lines. `digest` is the SHA-256 of the whole list up to the last of them, in hexadecimal."""

    lines: list[Line]
    digest: str

    def __reduce__(self) -> tuple[Any, ...]:
        """How it is sent to the process that reads it: as columns, which takes a quarter of the time."""
        return _of_columns, ([line.number for line in self.lines], [line.data for line in self.lines], self.digest)


def _of_columns(numbers: list[int], data: list[bytes | None], digest: str) -> Part:
    return Part(list(map(Line, numbers, data)), digest)


@dataclass
class Parts:
    """The parts of a list. The same lines are always parted in the same places; a longer list ends in other ones.

    `most_lines` and `most_bytes` bound a part. `form` goes into the digests, so that what was read as lines of one form
    is not taken for read where they are said to have another.

    Where the list is damaged, the lines before that place are handed over all the same; `damage` says then what it is.
    """

    lines: Iterable[Line]
    most_lines: int = MOST_LINES
    most_bytes: int = MOST_BYTES
    form: str = ""
    damage: InputError | None = field(default=None, init=False)

    def __iter__(self) -> Iterator[Part]:
        read, held, size = sha256(self.form.encode()), list[Line](), 0
        most = min(FIRST_LINES, self.most_lines)
        for line in self._undamaged():
            held.append(line)
            size += len(line.data or b"")
            if len(held) == most or size >= self.most_bytes:
                read.update(_bytes(held))
                yield Part(held, read.hexdigest())
                held, size, most = [], 0, min(2 * most, self.most_lines)
        if held:
            read.update(_bytes(held))
            yield Part(held, read.hexdigest())

    def _undamaged(self) -> Iterator[Line]:
        try:
            yield from self.lines
        except InputError as error:
            self.damage = error


def _bytes(held: list[Line]) -> bytes:
    """What some lines say; a line that was too long to read says only that it was."""
    return b"\n".join([b"\0" if line.data is None else line.data for line in held]) + b"\n"

"""A list of any length in parts of bounded size, each known by all that stands before its end."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import accumulate

from bot.errors import InputError
from bot.fetch.packed import Piece

MOST_LINES, MOST_BYTES = 20_000, 8_000_000
"""The most lines of a part, and the bytes from which on it takes no further line."""

FIRST_LINES = 2_500
"""Those of the first part; each has twice as many as the one before, so that soon there is work for every process."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some pieces of a list, numbered from `first` on; the first of the list is 1.

    `digest` is the SHA-256 of the whole list up to the last of them, in hexadecimal.
    """

    first: int
    pieces: list[Piece]
    digest: str

    @property
    def last(self) -> int:
        """The number of the last piece."""
        return self.first + len(self.pieces) - 1


@dataclass
class Parts:
    """The parts of a list. The same lines are always parted in the same places; a longer list ends in other ones.

    `most_lines` and `most_bytes` bound a part. `form` goes into the digests, so that what was read as lines of one form
    is not taken for read where they are said to have another.

    Where the list is damaged, the lines before that place are handed over all the same; `damage` says then what it is.
    """

    blocks: Iterable[list[Piece]]
    most_lines: int = MOST_LINES
    most_bytes: int = MOST_BYTES
    form: str = ""
    damage: InputError | None = field(default=None, init=False)

    def __iter__(self) -> Iterator[Part]:
        read, number = sha256(self.form.encode()), 1
        for held in self._parted():
            read.update(b"\n".join([b"\0" if piece is None else piece for piece in held]) + b"\n")
            yield Part(number, held, read.hexdigest())
            number += len(held)

    def _parted(self) -> Iterator[list[Piece]]:
        held, size, most = list[Piece](), 0, min(FIRST_LINES, self.most_lines)
        for block in self._undamaged():
            begin = 0
            while begin < len(block):
                end, size = self._end(block, begin, begin + most - len(held), size)
                held += block[begin:end]
                begin = end
                if len(held) == most or size >= self.most_bytes:
                    yield held
                    held, size, most = [], 0, min(2 * most, self.most_lines)
        if held:
            yield held

    def _end(self, block: list[Piece], begin: int, end: int, size: int) -> tuple[int, int]:
        """Where a part of `size` bytes so far ends in a block, at `end` at the latest, and its bytes up to there."""
        sizes = list(accumulate((len(piece or b"") for piece in block[begin:end]), initial=size))[1:]
        taken = min(bisect_left(sizes, self.most_bytes) + 1, len(sizes))
        return begin + taken, sizes[taken - 1]

    def _undamaged(self) -> Iterator[list[Piece]]:
        try:
            yield from self.blocks
        except InputError as error:
            self.damage = error

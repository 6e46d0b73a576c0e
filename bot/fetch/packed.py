"""The pieces of a file, lines mostly, plain or compressed (.gz, .bz2, .zst); never more than a bounded part of it.

What is read is known by how it begins, so that it may come through a pipe; what is written, by its name.
"""

from __future__ import annotations

import bz2
import gzip
import io
import os
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from typing import IO, Any, BinaryIO, cast

from bot.errors import InputError
from bot.fetch import decode

_DAMAGED = "Was the download complete? What stands before that place is on record."

Piece = bytes | None
"""A line without its end, or what else a form parts its files into; `None` where it was too long to read."""
Parting = Callable[[IO[bytes], int], Iterator[list[Piece]]]
"""How what is unpacked is parted, into pieces of at most so many bytes: by line ends, where nothing else is said.

Pieces are handed over some at a time, as they come.
"""
_BLOCK = 1 << 18  # bytes that are read at once
_FED = 1 << 8  # packed bytes that are unpacked at once: 8 MiB at most come of them, and what is damaged spoils no more
_BEGINNINGS = {b"\x1f\x8b": ".gz", b"BZh": ".bz2", b"\x28\xb5\x2f\xfd": ".zst"}


def by_line(stream: IO[bytes], limit: int) -> Iterator[list[Piece]]:
    """A piece for each line."""
    rest, passed = b"", False  # the beginning of a line; whether it is too long already
    while block := stream.read1(_BLOCK):  # type: ignore[attr-defined]
        *whole, rest = (rest + block).split(b"\n")
        pieces: list[Piece] = [line if len(line) <= limit else None for line in whole]
        if passed and pieces:
            pieces[0], passed = None, False
        if len(rest) > limit:
            rest, passed = b"", True
        if pieces:
            yield pieces
    if rest or passed:
        yield [None if passed else rest]


@dataclass(frozen=True, slots=True)
class Pieces:
    """The pieces of an open file, none longer than `limit` bytes, some at a time; they can be gone through once.

    Going through them raises `InputError` at the place where what is compressed is damaged.
    """

    name: str
    file: BinaryIO
    stream: IO[bytes]
    limit: int
    parted: Parting = by_line

    def __iter__(self) -> Iterator[list[Piece]]:
        from zstandard import ZstdError

        number = 0
        try:
            for some in self.parted(self.stream, self.limit):
                number += len(some)
                yield some
        except (OSError, EOFError, zlib.error, ZstdError) as error:
            raise InputError(f"{self.name}: damaged at line {number + 1:,}: {error}", hint=_DAMAGED) from error

    def read(self) -> int:
        """How many bytes of the file, as it lies on disk, have been read so far; 0 for a pipe."""
        return self.file.tell() if self.file.seekable() else 0


@contextmanager
def pieces(path: Path, limit: int, parted: Parting = by_line) -> Iterator[Pieces]:
    """The pieces of the file at `path`, "-" for standard input. Raises `InputError` where it cannot be opened."""
    standard = str(path) == "-"
    with nullcontext(sys.stdin.buffer) if standard else decode.named(path) as file, _unpacked(path, file) as stream:
        yield Pieces(str(path), file, stream, limit, parted)


class _Zstd(io.RawIOBase):
    """What a file of zstd frames holds. Reading it raises `EOFError` where the file ends within a frame."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._frame: Any = None
        self._fed = self._made = b""

    def readable(self) -> bool:
        """As it is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill `buffer` as far as what comes next goes."""
        while not self._made:
            if not self._fed and not (fed := self._file.read(_FED)):
                if self._frame is not None:
                    raise EOFError("the file ends within a frame")
                return 0
            self._made = self._next(self._fed or fed)
        size = min(len(self._made), len(buffer))
        buffer[:size], self._made = self._made[:size], self._made[size:]
        return size

    def _next(self, fed: bytes) -> bytes:
        from zstandard import ZstdDecompressor

        self._frame = self._frame or ZstdDecompressor().decompressobj()
        made: bytes = self._frame.decompress(fed)
        self._fed = self._frame.unused_data
        if self._frame.eof:
            self._frame = None
        return made


def _unpacked(path: Path, file: BinaryIO) -> AbstractContextManager[IO[bytes]]:
    beginning = file.peek(4)[:4] if isinstance(file, io.BufferedReader) else b""
    known = (packed for begins, packed in _BEGINNINGS.items() if beginning.startswith(begins))
    match next(known, path.suffix.lower()):
        case ".gz":
            return cast("AbstractContextManager[IO[bytes]]", gzip.GzipFile(fileobj=file))
        case ".bz2":
            return cast("AbstractContextManager[IO[bytes]]", bz2.BZ2File(file))
        case ".zst":
            return io.BufferedReader(_Zstd(file), _BLOCK)
        case _:
            return nullcontext(file)


@contextmanager
def writing(path: Path) -> Iterator[IO[bytes]]:
    """A stream into a new file, packed as the ending of `path` says; the file takes its name only when it is whole.

    Until then it has a name beside it that no other has, and is gone if this fails. A pipe or a device is written to
    as it is. Raises `InputError`.
    """
    try:
        device = path.exists() and not path.is_file()
        opened: AbstractContextManager[BinaryIO] = path.open("wb") if device else _whole(path)
        with opened as file, _packed(path, file) as stream:
            yield stream
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}", hint="Choose a place that you may write to.") from error


@contextmanager
def _whole(path: Path) -> Iterator[BinaryIO]:
    part = path.with_name(f"{path.name}.{token_hex(8)}.part")
    try:
        with part.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())  # else a power cut could leave the name of a file that holds nothing
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _packed(path: Path, file: BinaryIO) -> AbstractContextManager[IO[bytes]]:
    from zstandard import ZstdCompressor

    match path.suffix.lower():
        case ".gz":
            return cast("AbstractContextManager[IO[bytes]]", gzip.GzipFile("", "wb", fileobj=file, mtime=0))
        case ".bz2":
            return cast("AbstractContextManager[IO[bytes]]", bz2.BZ2File(file, "wb"))
        case ".zst":
            zstd = ZstdCompressor(write_checksum=True)
            return cast("AbstractContextManager[IO[bytes]]", zstd.stream_writer(file, closefd=False))
        case _:
            return nullcontext(file)

"""Lines of a file, plain or compressed (.gz, .bz2, .zst), one at a time and never more than a bounded part of it."""

from __future__ import annotations

import bz2
import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import IO, Any, BinaryIO, NamedTuple, cast

from bot.errors import InputError
from bot.fetch import decode

_DAMAGED = "Was the download complete? Lines before that place are stored; the same command goes on from there."


class Line(NamedTuple):
    """A line without its end, counted from 1; `data` is `None` where it was too long to read.

    `read` is how many bytes of the file, as it lies on disk, have been read so far.
    """

    number: int
    data: bytes | None
    read: int


@contextmanager
def lines(path: Path, limit: int) -> Iterator[Iterator[Line]]:
    """The lines of the file at `path`, none longer than `limit` bytes.

    Raises `InputError` where it cannot be opened, and at the place where what is compressed is damaged.
    """
    with decode.opened(path) as file, _unpacked(path, file) as stream:
        yield _lines(path, file, stream, limit)


def head(path: Path, size: int = 1 << 16) -> bytes:
    """The first bytes of what the file holds, unpacked. Raises `InputError`."""
    with decode.opened(path) as file, _unpacked(path, file) as stream, _told(path, 1):
        return stream.read(size)


def _lines(path: Path, file: BinaryIO, stream: IO[bytes], limit: int) -> Iterator[Line]:
    number = 0
    while True:
        with _told(path, number + 1):
            data = stream.readline(limit + 1)
        if not data:
            return
        number += 1
        if len(data) > limit and not data.endswith(b"\n"):
            with _told(path, number):
                _skip(stream)
            yield Line(number, None, file.tell())
        else:
            yield Line(number, data.rstrip(b"\r\n"), file.tell())


def _skip(stream: IO[bytes]) -> None:
    """Pass over the rest of a line in bounded pieces."""
    while True:
        piece = stream.readline(1 << 20)
        if not piece or piece.endswith(b"\n"):
            return


@contextmanager
def _told(path: Path, number: int) -> Iterator[None]:
    from zstandard import ZstdError

    try:
        yield
    except (OSError, EOFError, zlib.error, ZstdError) as error:
        raise InputError(f"{path}: damaged at line {number:,}: {error}", hint=_DAMAGED) from error


def _unpacked(path: Path, file: BinaryIO) -> IO[bytes]:
    from zstandard import ZstdDecompressor

    match path.suffix.lower():
        case ".gz":
            return cast("IO[bytes]", gzip.GzipFile(fileobj=file))
        case ".bz2":
            return cast("IO[bytes]", bz2.BZ2File(file))
        case ".zst":
            reader: Any = ZstdDecompressor().stream_reader(file, read_across_frames=True)
            return cast("IO[bytes]", io.BufferedReader(reader))
        case _:
            return file


@contextmanager
def writing(path: Path) -> Iterator[IO[bytes]]:
    """A stream into a new file, packed as the ending of `path` says; the file takes its name only when it is whole.

    Raises `InputError`.
    """
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("wb") as file, _packed(path, file) as stream:
            yield stream
        part.replace(path)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}", hint="Choose a place that you may write to.") from error
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
            return cast("AbstractContextManager[IO[bytes]]", ZstdCompressor().stream_writer(file, closefd=False))
        case _:
            return nullcontext(file)

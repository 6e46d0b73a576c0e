"""A sheet as files that can be sent: one where it fits, compressed where it does not, in parts where it still does not.

Every part is a sheet of its own, with the header, so that each opens alone.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from bot.report import sheet

_GZIP = 31  # zlib's number for the format of .gz
_TRAILER = 16
"""Bytes that the end of a .gz may take."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """One file."""

    name: str
    data: bytes


def parcels(stem: str, rows: Callable[[], Iterable[list[str]]], limit: int) -> list[Parcel]:
    """The files of a sheet, none larger than `limit` bytes where no row alone is.

    `rows` gives the rows as often as it is called: they are not held.
    """
    plain = list(islice(_parts(rows(), limit, _Plain), 2))
    if len(plain) == 1:
        return [Parcel(f"{stem}.csv", plain[0])]
    packed = list(_parts(rows(), limit, _Packed))
    if len(packed) == 1:
        return [Parcel(f"{stem}.csv.gz", packed[0])]
    return [Parcel(f"{stem}-{n}-of-{len(packed)}.csv.gz", data) for n, data in enumerate(packed, 1)]


class _Part(Protocol):
    """A file that is being written."""

    def takes(self, data: bytes, limit: float) -> bool:
        """Write something, where the file stays within `limit` bytes with it."""

    def whole(self) -> bytes:
        """The file."""


class _Plain:
    def __init__(self) -> None:
        self._held = bytearray()

    def takes(self, data: bytes, limit: float) -> bool:
        if len(self._held) + len(data) > limit:
            return False
        self._held += data
        return True

    def whole(self) -> bytes:
        return bytes(self._held)


class _Packed:
    def __init__(self) -> None:
        self._held = bytearray()
        self._packer = zlib.compressobj(wbits=_GZIP)

    def takes(self, data: bytes, limit: float) -> bool:
        trial = self._packer.copy()  # how much it will take is known only once it is done
        packed = trial.compress(data) + trial.flush(zlib.Z_SYNC_FLUSH)
        if len(self._held) + len(packed) + _TRAILER > limit:
            return False
        self._packer = trial
        self._held += packed
        return True

    def whole(self) -> bytes:
        return bytes(self._held) + self._packer.flush()


def _parts(rows: Iterable[list[str]], limit: int, make: Callable[[], _Part]) -> Iterator[bytes]:
    """The files, each with one row at least."""
    part, allowed = _begun(make), math.inf
    for row in rows:
        record = sheet.line(row).encode("utf-8")
        if not part.takes(record, allowed):
            yield part.whole()
            part = _begun(make)
            part.takes(record, math.inf)
        allowed = limit
    yield part.whole()


def _begun(make: Callable[[], _Part]) -> _Part:
    part = make()
    part.takes(sheet.beginning().encode("utf-8"), math.inf)
    return part

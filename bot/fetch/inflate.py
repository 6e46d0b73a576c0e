"""Unpacking an answer of the web within a limit: gzip, deflate, or not packed at all."""

from __future__ import annotations

import zlib

from bot.fetch.guard import refused

ENCODINGS = "gzip, deflate"
"""What a request says that it can read."""


class Inflater:
    """Takes an answer's body piece by piece, as it comes over the wire, and keeps at most `limit` bytes of it unpacked.

    Raises `Refused` on the first byte too many, on what is packed in another way or twice, and on whatever is not
    exactly one sound stream: an answer of many packed members costs time out of all proportion.
    """

    def __init__(self, encoding: str, limit: int) -> None:
        self.limit = limit
        self._encoding = encoding.strip().lower()
        if self._encoding not in ("", "identity", "gzip", "x-gzip", "deflate"):
            raise refused("encoding", f"packed as {encoding[:80]!a}")
        self._wire = 0
        self._stream: zlib._Decompress | None = None
        self._out = bytearray()

    def feed(self, piece: bytes) -> None:
        """Take the next bytes of the wire."""
        self._wire += len(piece)
        if self._wire > self.limit:
            raise refused("too_large", f"more than {self.limit:,} bytes")
        if self._encoding in ("", "identity"):
            self._out += piece
        elif piece:
            self._unpack(piece)

    def _unpack(self, piece: bytes) -> None:
        self._stream = self._stream or zlib.decompressobj(self._window(piece[0]))
        if self._stream.eof:
            raise refused("encoding", "something follows the packed answer")
        try:
            self._out += self._stream.decompress(piece, self.limit - len(self._out) + 1)
        except zlib.error as error:
            raise refused("encoding", f"not packed as it says: {error}") from error
        if len(self._out) > self.limit:
            raise refused("too_large", f"more than {self.limit:,} bytes in {self._wire:,} of the wire")
        if self._stream.unused_data:
            raise refused("encoding", "something follows the packed answer")

    def _window(self, first: int) -> int:
        """What zlib is to expect; servers that say "deflate" send it with zlib's header or, wrongly, without."""
        if self._encoding != "deflate":
            return 16 + zlib.MAX_WBITS
        return zlib.MAX_WBITS if first & 0x0F == zlib.DEFLATED else -zlib.MAX_WBITS

    def close(self) -> bytes:
        """The whole body, unpacked; raises `Refused` where the packed stream was cut off."""
        if self._wire and self._stream is not None and not self._stream.eof:
            raise refused("encoding", "the packed answer breaks off")
        return bytes(self._out)

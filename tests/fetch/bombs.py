"""Answers that are made to hurt who reads them, each by its name, and a reader that says what they cost it.

`python -m tests.fetch.bombs PORT SECONDS` fetches every one from `tests.fetch.web` at that port and prints, as JSON,
for each how it ended and the seconds that took, and for all of them how much memory was needed and how long the event
loop was held up.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import resource
import sys
import time
import zlib
from collections.abc import AsyncIterator, Callable, Iterable, Mapping

import zstandard

from bot.errors import FetchError, Refused
from bot.fetch.http import Fetcher, Limits
from tests.discord_double.lag import waited, watched
from tests.fetch.web import PUBLIC, Web, Writer

MIB = 1 << 20
GIB = 1 << 30
SLACK = 0.2  # seconds after which a fetch has ended for sure when its time is up


def _packed(bits: int) -> bytes:
    """1 GiB of zeros in 1 MB, made of one packed piece that is repeated; `bits` as zlib calls the three forms."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    piece = packer.compress(bytes(MIB)) + packer.flush(zlib.Z_FULL_FLUSH)
    front = {31: gzip.compress(b"", mtime=0)[:10], 15: b"\x78\xda", -15: b""}[bits]
    return front + piece * 1024 + b"\x03\x00" + bytes(8 if bits == 31 else 0)


def _whole(body: bytes, *headers: str, length: int | None = None) -> bytes:
    lines = ["HTTP/1.1 200 OK", "Content-Type: text/html", *headers]
    lines.append(f"Content-Length: {len(body) if length is None else length}")
    return "\r\n".join([*lines, "", ""]).encode() + body


def _encoded(encoding: str, body: bytes) -> bytes:
    return _whole(body, f"Content-Encoding: {encoding}")


CHUNKED = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"


def _members() -> bytes:
    return gzip.compress(b"", mtime=0) * 100_000


WHOLE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "gzip of 1 GiB": ("too_large", lambda: _encoded("gzip", _packed(31))),
    "deflate of 1 GiB": ("too_large", lambda: _encoded("deflate", _packed(15))),
    "deflate of 1 GiB without its header": ("too_large", lambda: _encoded("deflate", _packed(-15))),
    "brotli": ("encoding", lambda: _encoded("br", bytes(1600))),
    "zstandard of 64 MiB": ("encoding", lambda: _encoded("zstd", zstandard.compress(bytes(64 * MIB)))),
    "gzip in gzip": ("encoding", lambda: _encoded("gzip, gzip", gzip.compress(_packed(31)))),
    "gzip in gzip, in two headers": (
        "encoding",
        lambda: _whole(gzip.compress(_packed(31)), "Content-Encoding: gzip", "Content-Encoding: gzip"),
    ),
    "100,000 empty members": ("encoding", lambda: _encoded("gzip", _members())),
    "a member after the page": ("encoding", lambda: _encoded("gzip", gzip.compress(b"page") + gzip.compress(b"more"))),
    "words after the page": ("encoding", lambda: _encoded("gzip", gzip.compress(b"page") + b"more")),
    "a packed page that breaks off": ("encoding", lambda: _encoded("gzip", gzip.compress(bytes(5000))[:20])),
    "a page that is not packed as it says": ("encoding", lambda: _encoded("gzip", b"<p>page</p>")),
    "deflate that is none": ("encoding", lambda: _encoded("deflate", b"<p>page</p>")),
    "6 MB unpacked": ("too_large", lambda: CHUNKED + b"5b8d80\r\n" + bytes(6_000_000) + b"\r\n0\r\n\r\n"),
    "a length of a terabyte": ("too_large", lambda: _whole(b"page", length=10**12)),
    "a length that is none": ("headers", lambda: _whole(b"page").replace(b"Length: 4", b"Length: -4")),
    "two lengths": ("headers", lambda: _whole(b"page", "Content-Length: 2")),
    "a header of 20 kB": ("headers", lambda: _whole(b"page", f"X-Long: {'a' * 20_000}")),
    "400 headers": ("headers", lambda: _whole(b"page", *(f"X-{number}: {'a' * 4000}" for number in range(400)))),
    "no HTTP": ("headers", lambda: b"SSH-2.0-OpenSSH_9.2\r\n\r\n"),
    "a header without an end": ("headers", lambda: b"HTTP/1.1 200 OK\r\nX-Long: " + b"a" * (4 * MIB)),
}
"""Answers that are sent at once: the rule that refuses each, and its bytes."""


async def _again(piece: bytes, pause: float = 0.0) -> AsyncIterator[bytes]:
    while True:
        yield piece
        await asyncio.sleep(pause)


async def _after(front: bytes, rest: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield front
    async for piece in rest:
        yield piece


ENDLESS: dict[str, tuple[str, Callable[[], AsyncIterator[bytes]]]] = {
    "chunks without end": ("too_large", lambda: _after(CHUNKED, _again(b"10000\r\n" + bytes(65536) + b"\r\n"))),
    "chunks of a byte without end": ("late", lambda: _after(CHUNKED, _again(b"1\r\na\r\n" * 1000, 0.001))),
    "a byte each half second": ("late", lambda: _after(_whole(b"", length=1000), _again(b"a", 0.5))),
    "a byte of the head each half second": ("late", lambda: _after(b"HTTP/1.1 200 OK\r\nX-A: ", _again(b"a", 0.5))),
    "no head": ("late", lambda: _again(b"", 0.5)),
    "answers that only announce another": ("late", lambda: _again(b"HTTP/1.1 103 Early Hints\r\n\r\n", 0.001)),
    "headers without end": ("headers", lambda: _after(b"HTTP/1.1 200 OK\r\n", _again(b"X-A: a\r\n" * 100))),
}
"""Answers that do not end by themselves: how the reader ends, and the pieces."""

NAMES = [*WHOLE, *ENDLESS]


async def thrown(target: str, headers: Mapping[str, str], writer: Writer) -> None:
    """Answers with the bomb of the number in the path; with a page where there is none."""
    number = int(target.strip("/") or -1)
    if number < 0:
        writer.write(_whole(b"page"))
    elif (name := NAMES[number]) in WHOLE:
        writer.write(WHOLE[name][1]())
    else:
        async for piece in ENDLESS[name][1]():
            writer.write(piece)
            await writer.drain()


def expected(name: str) -> str:
    """How the fetch of a bomb ends: the code of a refusal, or "late"."""
    return (WHOLE.get(name) or ENDLESS[name])[0]


async def ended(fetcher: Fetcher, address: str) -> tuple[str, float]:
    """How a fetch ends, and after how many seconds, without those in which others had the processor."""
    begin, idle = time.perf_counter(), waited()
    try:
        await fetcher.get(address)
        told = "fetched"
    except Refused as error:
        told = error.code
    except FetchError as error:
        told = "late" if "no answer within" in str(error) else f"{type(error).__name__}: {error}"
    return told, time.perf_counter() - begin - (waited() - idle)


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


async def _all(port: int, seconds: float, names: Iterable[str]) -> dict[str, object]:
    """What every bomb costs; see the module."""
    base = f"http://{PUBLIC}:{port}/"
    told = {}
    async with Web(port).fetcher(limits=Limits(seconds=seconds)) as fetcher, watched() as lag:
        await fetcher.get(base)
        before = _peak()
        for name in names:
            told[name] = await ended(fetcher, f"{base}{NAMES.index(name)}")
    return {"ends": told, "megabytes": _peak() - before, "held": lag.worst}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(_all(int(sys.argv[1]), float(sys.argv[2]), NAMES))))

"""WARC, what crawlers keep (Common Crawl, CC-NEWS, the web archives): the articles of the pages in it.

A page is handed on as one piece of bytes: a line of JSON that tells of it, and behind that the page. FastWARC reads the
archive; it is an optional part of the installation.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from typing import IO, Any

from bot.errors import ArticleError, InputError
from bot.fetch import decode, lines, page
from bot.fetch.details import Details, given
from bot.fetch.packed import Piece
from bot.model import Article

INSTALL = "pip install 'onrecord[bulk]'"
"""The command that brings what reads WARC."""
_PAGES = ("text/html", "application/xhtml+xml")
_UNPACKED = {"gzip": 31, "x-gzip": 31, "deflate": 47}  # window bits for zlib, with or without a header


def parted(stream: IO[bytes], limit: int) -> Iterator[list[Piece]]:
    """The pages that were answered in full, HTML alone; `None` for one of more than `limit` bytes, else nothing.

    Raises `InputError` where FastWARC is missing.
    """
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError as error:
        raise InputError("FastWARC is missing, which reads WARC", hint=f"Install it: {INSTALL}") from error
    found = ArchiveIterator(stream, record_types=WarcRecordType.response, parse_http=True, stream_detect=False)
    for record in found:
        headers = record.http_headers
        if headers is None or headers.status_code != 200 or record.http_content_type not in _PAGES:
            yield [b""]
            continue
        if record.content_length > limit:
            yield [None]
            continue
        about = {
            "url": (record.headers.get("WARC-Target-URI") or "").strip("<>"),
            "date": record.headers.get("WARC-Date", ""),
            "charset": record.http_charset or "",
            "packed": (headers.get("Content-Encoding") or "").strip().lower(),
            "limit": limit,
        }
        yield [json.dumps(about).encode() + b"\n" + record.reader.read()]


def parse(data: bytes) -> Iterator[Article]:
    """The article of one page. Raises `InputError`."""
    told, _, body = data.partition(b"\n")
    about = lines.mapping(told, "A page stands behind a line that tells of it.")
    known = given({"url": about.get("url")})
    charset = about.get("charset")
    named = charset if isinstance(charset, str) and charset else None
    yield page.read(_unpacked(body, about), Details(url=known.url), charset=named)


def _unpacked(body: bytes, about: dict[str, Any]) -> bytes:
    """The page, where the crawler kept it as the server had packed it. Raises `ArticleError`."""
    packing = about.get("packed") or "identity"
    limit = about.get("limit")
    if packing == "identity" or body.lstrip()[:1] == b"<":  # most crawlers unpack it and leave the header
        return body
    if packing not in _UNPACKED or not isinstance(limit, int):
        raise ArticleError(f"the page is packed as {packing!r}", hint="Pages packed with gzip or deflate are read.")
    reader = zlib.decompressobj(_UNPACKED[packing])
    try:
        found = reader.decompress(body, limit)
    except zlib.error as error:
        raise ArticleError(f"the packed page is damaged: {error}", hint="The crawler may have cut it.") from error
    if reader.unconsumed_tail:
        raise decode.too_large(limit)
    return found

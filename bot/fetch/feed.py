"""A feed to the addresses that it names: RSS, RDF, Atom, JSON Feed and sitemaps; and the feeds that a page names.

What is well-formed is read as it stands; what is not is read by feedparser, which forgives nearly everything. Reading
takes long on hostile bytes: it belongs into a process that can be ended (`bot.serve.reading`).
"""

from __future__ import annotations

import html
import json
import re
from calendar import timegm
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin

from bot.errors import FeedError, InputError
from bot.fetch import dates, decode, urls
from bot.fetch.feed_xml import Item, Read, document, read, sitemaps
from bot.sources import Entry

LARGEST = 5 << 20
"""Bytes of a feed."""
MOST = 500
"""Entries of a feed that are read; of a sitemap the newest."""
MOST_TAGS = 200_000
"""Opening brackets in a feed: more is no feed but an attempt to keep us busy."""
_TITLE = 300  # characters
_HEAD = 1 << 16  # bytes of a feed without entries: what it says of itself
_OFFERED = 20  # feeds that a page may name
_TAG = re.compile(r"<[^<>]{0,2000}>")
_PAGE = re.compile(rb"\s*(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_DTD = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ENTRY = re.compile(rb"<(?:\w{1,20}:)?(?:item|entry)[\s>]", re.IGNORECASE)
_ROOT = re.compile(rb"<(?:\w{1,20}:)?(?:rss|rdf|feed|item|entry)[\s>]", re.IGNORECASE)
_KINDS = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml")
_HINT = "Give the address of an RSS, Atom or JSON feed or of a news sitemap, or of a home page that names one."


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a feed says. `form` is rss, rdf, atom, json or sitemap; `unlinked` counts entries without an address."""

    title: str
    home: str | None
    entries: tuple[Entry, ...]
    form: str
    unlinked: int = 0


def parse(data: bytes, url: str, content_type: str = "") -> Parsed:
    """Read a feed that was fetched from `url`. Raises `FeedError` where it is none, or one that nobody should read."""
    _refuse(data)
    if "json" in content_type or data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return _finished(_json(data), url)
    if _PAGE.match(data):
        raise FeedError("this is a page, not a feed", hint=_HINT)
    tree = document(data)
    if tree is None:
        return _finished(_tolerant(data, url, content_type), url)
    found = read(tree)
    if found is None and (listed := sitemaps(tree)):
        raise FeedError(
            "this is a list of sitemaps, not a feed", hint=f"Give one of those that it lists, such as {listed[0][:200]}"
        )
    if found is None:
        raise FeedError(f"this is not a feed: its root is <{str(tree.tag).rpartition('}')[2][:40]}>", hint=_HINT)
    return _finished(found, url)


def discover(data: bytes, url: str) -> list[str]:
    """The feeds that a page names, or the sitemaps that a list of sitemaps names; those of comments come last."""
    if len(data) > LARGEST or data.count(b"<") > MOST_TAGS:
        return []
    tree = None if _PAGE.match(data) else document(data)
    if tree is not None and (listed := sitemaps(tree)):
        return sorted(listed, key=lambda address: "news" not in address)[:_OFFERED]
    return list(dict.fromkeys(_named(data, url)))[:_OFFERED]


def _named(data: bytes, url: str) -> list[str]:
    import lxml.html

    tree = lxml.html.document_fromstring(data) if data.strip() else None
    if tree is None:
        return []
    base = urljoin(url, next(iter(tree.xpath("//base/@href")), ""))
    found: list[tuple[bool, str]] = []
    for link in tree.xpath("//link[@href and @rel]"):
        kind = (link.get("type") or "").split(";")[0].strip().lower()
        if "alternate" in link.get("rel").lower().split() and kind in _KINDS:
            address = _absolute(link.get("href"), base)
            comments = "comment" in f"{link.get('title') or ''} {address}".lower()
            found += [(comments, address)] if address else []
    return [address for _, address in sorted(found, key=lambda each: each[0])]


def _refuse(data: bytes) -> None:
    if not data.strip():
        raise FeedError("there is nothing at this address", hint=_HINT)
    if len(data) > LARGEST:
        raise FeedError(f"the feed is larger than {LARGEST >> 20} MiB", hint="Has the outlet a feed of one section?")
    if data.count(b"<") > MOST_TAGS:
        raise FeedError("the feed is too complex", hint="Has the outlet a feed of one section?")
    plain = data[:LARGEST].replace(b"\0", b"")  # so that UTF-16 hides nothing
    if _DTD.search(plain[: _beginning(plain)]) and not _PAGE.match(data):
        raise FeedError("the feed declares entities or a DTD, which is not read", hint=_HINT)


def _beginning(data: bytes) -> int:
    """Where the first element begins: what a document declares stands before it."""
    found = re.search(rb"<[A-Za-z]", data)
    return found.start() if found else len(data)


def _json(data: bytes) -> Read:
    try:
        said = json.loads(decode.text(data))
    except (ValueError, RecursionError, InputError) as error:
        raise FeedError("this is not a feed: it is not valid JSON", hint=_HINT) from error
    if not isinstance(said, dict) or not isinstance(said.get("items"), list):
        raise FeedError("this is JSON, but no JSON Feed: it has no list of items", hint=_HINT)
    return Read("json", _word(said, "title"), _word(said, "home_page_url"), list(_json_items(said["items"])))


def _json_items(items: Iterable[Any]) -> Iterator[Item]:
    for item in items:
        if isinstance(item, dict):
            named = (_word(item, "url"), _word(item, "external_url"), _word(item, "id"))
            address = next((name for name in named if name.startswith(("http:", "https:", "/"))), "")
            yield Item(address, _word(item, "title"), _word(item, "date_published") or _word(item, "date_modified"))


def _word(said: dict[str, Any], key: str) -> str:
    value = said.get(key)
    return value.strip() if isinstance(value, str) else ""


def _tolerant(data: bytes, url: str, content_type: str) -> Read:
    """What feedparser makes of bytes that are not well-formed, up to the last entry that is wanted."""
    import feedparser

    begins = [found.start() for found in _ENTRY.finditer(data)][: MOST + 1]
    cut = data[: begins[MOST]] if len(begins) > MOST else data if begins else data[:_HEAD]
    headers = {"content-location": url} | ({"content-type": content_type} if content_type else {})
    found = feedparser.parse(cut, response_headers=headers) if _ROOT.search(data) else None
    if found is None or not found.version:
        raise FeedError("this is not a feed", hint=_HINT)
    items = [
        Item(entry.get("feedburner_origlink") or entry.get("link") or "", entry.get("title") or "", _moment(entry))
        for entry in found.entries
    ]
    form = "atom" if found.version.startswith("atom") else "rss"
    return Read(form, found.feed.get("title") or "", found.feed.get("link") or "", items)


def _moment(entry: Any) -> str:
    """The date that feedparser read, in UTC, as text."""
    parsed = entry.get("published_parsed") or entry.get("created_parsed") or dict.get(entry, "updated_parsed")
    return datetime.fromtimestamp(timegm(parsed), UTC).isoformat() if parsed else ""


def _finished(found: Read, url: str) -> Parsed:
    """Addresses made absolute and clean, each named once; titles without markup; dates in UTC."""
    base = _absolute(found.home, url) or url
    entries: dict[str, Entry] = {}
    unlinked = 0
    for item, published in _newest(found):
        address = _absolute(item.link, urljoin(base, item.base) if item.base else base)
        canonical = urls.canonical(address) if address else None
        if canonical is None:
            unlinked += 1
        else:
            entries.setdefault(canonical, Entry(canonical, _plain(item.title), published))
    return Parsed(_plain(found.title), _absolute(found.home, url), tuple(entries.values()), found.form, unlinked)


def _newest(found: Read) -> list[tuple[Item, datetime | None]]:
    """The entries that are kept, with their dates: the first, as feeds begin with the newest; sitemaps need not."""
    if found.form != "sitemap":
        return [(item, dates.written(item.published)) for item in found.items[:MOST]]
    dated = [(item, dates.written(item.published)) for item in found.items]
    return sorted(dated, key=lambda each: each[1] or datetime.min.replace(tzinfo=UTC), reverse=True)[:MOST]


def _absolute(address: str, base: str) -> str | None:
    """An address as a link in a document means it; `None` where it is none of the web."""
    try:
        joined = urljoin(base, address.strip()) if address.strip() else ""
    except ValueError:  # brackets that hold no IPv6 address
        return None
    return joined if joined.lower().startswith(("http://", "https://")) else None


def _plain(title: str) -> str:
    """A title without markup, which RSS escapes once or twice."""
    words = html.unescape(_TAG.sub(" ", html.unescape(title)))
    return "".join(char for char in " ".join(words.split()) if char.isprintable())[:_TITLE]

"""OPML, the list of feeds that feed readers exchange: read and written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from bot.errors import FeedError
from bot.fetch import feed_xml, urls

LARGEST = 5 << 20
"""Bytes of a list."""
MOST = 10_000
"""Feeds of a list."""


@dataclass(frozen=True, slots=True)
class Outline:
    """One feed of a list."""

    url: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of feeds, each once, and what is wrong with the outlines that name none, by their line."""

    feeds: tuple[Outline, ...]
    faults: tuple[str, ...]


def read(data: bytes) -> Listed:
    """The feeds of a list, however deep they are nested. Raises `FeedError` where it is no OPML."""
    hint = "Feed readers export lists of feeds as OPML, a file that ends in .opml or .xml."
    if len(data) > LARGEST:
        raise FeedError(f"the list is larger than {LARGEST >> 20} MiB", hint=hint)
    root = feed_xml.document(data)
    if root is None:
        raise FeedError("this is not OPML: it is not well-formed XML, or it declares a DTD", hint=hint)
    if str(root.tag).lower() != "opml":
        raise FeedError(f"this is not OPML: its root is <{str(root.tag)[:40]}>", hint=hint)
    feeds: dict[str, Outline] = {}
    faults: list[str] = []
    for outline in root.iter("outline"):
        address = _attribute(outline, "xmlurl")
        if urls.canonical(address):
            feeds.setdefault(address, Outline(address, _attribute(outline, "title") or _attribute(outline, "text")))
        elif address or _attribute(outline, "type").lower() in ("rss", "atom"):
            faults.append(f"line {outline.sourceline}: {address[:200]!r} is not an address of the web")
    if len(feeds) > MOST:
        raise FeedError(f"there are more than {MOST:,} feeds in the list", hint="Split it.")
    return Listed(tuple(feeds.values()), tuple(faults))


def write(feeds: Iterable[Outline], title: str = "On Record") -> bytes:
    """The feeds as OPML 2.0, in UTF-8."""
    from lxml import etree

    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = title
    body = etree.SubElement(root, "body")
    for feed in feeds:
        name = "".join(_allowed(feed.title or feed.url))
        etree.SubElement(body, "outline", type="rss", text=name, title=name, xmlUrl=feed.url)
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return written


def _allowed(text: str) -> Iterator[str]:
    """The characters that XML may hold."""
    return (char for char in text if char.isprintable())


def _attribute(outline: Any, name: str) -> str:
    """An attribute, whose name readers write in several ways."""
    return next((value.strip() for key, value in outline.attrib.items() if key.lower() == name), "")

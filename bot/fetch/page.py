"""A web page to an article: HTML bytes in, the text with its quotations' marks, outlet, date and canonical address out.

trafilatura finds the article in the page. Two things are ours, since its text loses them: the marks of ``<q>`` are
written out as “…”, and the paragraphs of a ``<blockquote>`` begin with "> ".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain
from typing import Any

from bot.errors import ArticleError, InputError
from bot.fetch import dates, decode, linked, urls
from bot.fetch.details import UNKNOWN, Details
from bot.model import Article

LITTLE = 250
"""Characters: with less text than that, the page's JSON-LD is asked for the article's body."""

FEWEST = 8
"""Words: less than that is a menu or a notice, no article."""

_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?([\w-]{1,40})""", re.IGNORECASE)
_BLOCKS = frozenset({"p", "head", "quote", "list", "item", "table", "row", "cell", "div"})
_LANGUAGE = re.compile(r"[a-z]{2,3}(?=$|[-_])", re.IGNORECASE)
_ADDRESSES = ("//link[@rel='canonical']/@href", "//meta[@property='og:url']/@content")
_SITE = ("//meta[@property='og:site_name']/@content",)
_TIMES = (
    "//meta[@property='article:published_time']/@content",
    "//meta[@itemprop='datePublished']/@content",
    "//meta[@name='pubdate' or @name='date' or @name='DC.date.issued']/@content",
    "//time[@itemprop='datePublished' or @pubdate]/@datetime",
)


def read(data: bytes, known: Details = UNKNOWN, *, charset: str | None = None) -> Article:  # noqa: ARG001
    """The article of a page. What is known goes before what the page says of itself. Raises `InputError`."""
    tree = _tree(data)
    said = linked.article(tree.xpath("//script[@type='application/ld+json']/text()"))
    times = list(chain(_values(tree, _TIMES), said.published))
    language = _language(tree)
    address = known.url or next(filter(None, map(urls.canonical, _values(tree, _ADDRESSES))), None)
    house = known.outlet or (urls.outlet(address) if address else None) or next(_values(tree, _SITE), None)
    _write_marks(tree)
    found = _extracted(tree, address)
    details = known.over(Details(house, address, found.title or said.headline, _published([*times, found.date or ""])))
    return Article(
        text=_article_text(details.title, list(_blocks(found.body)), said.body),
        outlet=details.publisher(),
        url=details.url,
        title=details.title,
        published=details.published,
        language=language,
        credits=tuple(name.strip() for name in (found.author or "").split(";") if name.strip()),
    )


def _tree(data: bytes) -> Any:
    """The page as an lxml tree."""
    import trafilatura

    tree = trafilatura.load_html(_text(data))
    if tree is None:
        raise ArticleError("no HTML was found in it", hint="Is the file a web page? Save plain text as .txt.")
    return tree


def _extracted(tree: Any, address: str | None) -> Any:
    """Trafilatura's document: `body` as a tree of paragraphs, `title`, `author`, `date`; empty where it finds none."""
    from trafilatura import bare_extraction, settings

    document = bare_extraction(tree, url=address, with_metadata=True, include_comments=False)
    return document or settings.Document.from_dict({"body": tree.makeelement("body")})


def _text(data: bytes) -> str:
    """The page's characters: a byte-order mark decides, then UTF-8, then the encoding that the page names."""
    named = _CHARSET.search(data[:4096])
    try:
        return decode.text(data)
    except InputError:
        if not named or decode.byte_order(data) or b"\0" in data:
            raise
    try:
        return decode.plain(data.decode(_browsers(named[1].decode("ascii").lower())))
    except (LookupError, UnicodeDecodeError):
        return decode.text(data)  # which refuses it and says where


def _browsers(label: str) -> str:
    """The encoding that browsers take for a label (WHATWG Encoding, §4.2): Latin-1 and ASCII are Windows-1252."""
    return "cp1252" if label in ("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii") else label


def _values(tree: Any, paths: Iterable[str]) -> Iterator[str]:
    """What the page says at the first of the places that say something, and at the others after it."""
    return (str(value).strip() for path in paths for value in tree.xpath(path) if str(value).strip())


def _language(tree: Any) -> str:
    said = _LANGUAGE.match(next(_values(tree, ("/html/@lang", "/html/@xml:lang")), ""))
    return said[0].lower() if said else "en"


def _published(texts: Iterable[str]) -> datetime | None:
    """The first date that can be read."""
    for text in texts:
        try:
            return dates.moment(text)
        except (ValueError, OverflowError):
            continue
    return None


def _write_marks(tree: Any) -> None:
    """Write out the marks of every ``<q>``, single ones inside another, and dissolve the elements."""
    for element in list(tree.iter("q")):
        opening, closing = ("‘", "’") if next(element.iterancestors("q"), None) is not None else ("“", "”")
        element.text = opening + (element.text or "")
        last = element[-1] if len(element) else None
        if last is None:
            element.text += closing
        else:
            last.tail = (last.tail or "") + closing
    for element in list(tree.iter("q")):
        element.drop_tag()


def _blocks(node: Any, mark: str = "") -> Iterator[str]:
    """The paragraphs under a node of trafilatura's tree, those of a block quotation marked line by line."""
    run: list[str] = [node.text or ""]
    for child in node:
        if child.tag in _BLOCKS:
            yield from _paragraph(run, mark)
            run = []
            yield from _blocks(child, "> " if child.tag == "quote" else mark)
        else:
            run.append(_inline(child))
        run.append(child.tail or "")
    yield from _paragraph(run, mark)


def _inline(element: Any) -> str:
    if element.tag == "lb":
        return "\n"
    return (element.text or "") + "".join(_inline(child) + (child.tail or "") for child in element)


def _paragraph(run: list[str], mark: str) -> Iterator[str]:
    lines = (" ".join(line.split()) for line in "".join(run).split("\n"))
    kept = [mark + line for line in lines if line]
    if kept:
        yield "\n".join(kept)


def _article_text(heading: str, blocks: list[str], linked_body: str) -> str:
    """Headline, blank line, paragraphs parted by blank lines: the form of an article kept as plain text."""
    if sum(map(len, blocks)) < LITTLE and len(linked_body) > sum(map(len, blocks)):
        blocks = [" ".join(line.split()) for line in linked_body.splitlines() if line.strip()]
    if len(" ".join(blocks).split()) < FEWEST:
        raise ArticleError(
            "no article was found in the page", hint="It may need JavaScript, or be a list; save its text as .txt."
        )
    if heading and heading not in blocks[:2]:
        blocks.insert(0, heading)
    return decode.plain("\n\n".join(blocks)) + "\n"

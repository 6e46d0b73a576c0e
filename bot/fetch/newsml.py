"""NewsML-G2, the news agencies' XML (IPTC): the articles of a ``newsItem`` or of a ``newsMessage`` with several.

The text is NITF or XHTML inside ``inlineXML``, or plain text or HTML in ``inlineData``. Who made it (provider, source,
credit line, byline) is kept as the article's credits. The file is parsed with no document type, no entities of its own,
no network, and the parser's limits on depth and size.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, Any

from lxml import etree

from bot.errors import ArticleError, InputError
from bot.fetch import blocks, lines, urls
from bot.fetch.blocks import local
from bot.fetch.details import UNKNOWN, Details
from bot.fetch.packed import Piece
from bot.model import Article

_HINT = "A NewsML-G2 file holds a newsItem, or a newsMessage with some."
_DROPPED = ("canceled", "cancelled", "withheld")
_DATES = ("contentCreated", "firstCreated", "versionCreated")
_CREDITED = ("by", "creditline", "infoSource", "provider")
_BODIES = frozenset({"body.content", "body"})
_PROLOG = re.compile(rb"(?:\xef\xbb\xbf)?(?:\s++|<\?(?:(?!\?>).)*+\?>|<!--(?:(?!-->).)*+-->)*+<!DOCTYPE", re.DOTALL)


def parted(stream: IO[bytes], limit: int) -> Iterator[list[Piece]]:
    """The whole file, a single piece."""
    data = stream.read(limit + 1)
    if data:
        yield [data if len(data) <= limit else None]


def parse(data: bytes, known: Details = UNKNOWN) -> Iterator[Article]:
    """The articles of one file; their own details go before those known otherwise.

    Raises `InputError`, after those that can be used.
    """
    items = list(_root(data).iter("{*}newsItem"))
    if not items:
        raise ArticleError("there is no newsItem", hint=_HINT)
    fault: InputError | None = None
    for item in items:
        try:
            yield _article(item, known)
        except InputError as error:
            fault = fault or error
    if fault:
        raise fault


def _root(data: bytes) -> Any:
    """The root of the document. Raises `ArticleError`."""
    if _PROLOG.match(data.replace(b"\0", b"")[: 1 << 16]):
        raise ArticleError("it declares a document type, which may be a trap", hint="Remove the <!DOCTYPE …>.")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        raise ArticleError(f"not XML: {error}", hint=_HINT) from error
    if root.getroottree().docinfo.doctype:
        raise ArticleError("it declares a document type, which may be a trap", hint="Remove the <!DOCTYPE …>.")
    return root


def _article(item: Any, known: Details) -> Article:
    status = _attribute(item, "itemMeta/pubStatus", "qcode")
    if status.rpartition(":")[2] in _DROPPED:
        raise ArticleError(f"the item is {status.rpartition(':')[2]}", hint="The agency has taken it back.")
    content, language = _content(item)
    credited = list(dict.fromkeys(name for tag in _CREDITED for name in _named(item, tag)))
    published = next((text for tag in _DATES for text in _values(item, tag)), None)
    headline = next(_values(item, "headline"), "") or next(_values(item, "hl1"), "")
    return lines.article(
        {
            "text": "\n\n".join(content),
            "url": next(filter(None, map(urls.canonical, _addresses(item))), None),
            "title": headline,
            "published": published,
            "language": language.partition("-")[0].lower() or None,
            "modified": next(_values(item, "versionCreated"), None),
            "credits": credited,
        },
        known.over(Details(otherwise=next((name for tag in reversed(_CREDITED) for name in _named(item, tag)), None))),
    )


def _content(item: Any) -> tuple[list[str], str]:
    """The paragraphs of the first text that the item holds, and its language ("" where it is not told)."""
    named = _attribute(item, "contentMeta/language", "tag") or _language(item)
    for held in item.iterfind("{*}contentSet/*"):
        found = _paragraphs(held)
        if any(found):
            return found, _language(held) or named
    kind = _attribute(item, "itemMeta/itemClass", "qcode")
    raise ArticleError(f"there is no text in it{f' ({kind})' if kind else ''}", hint=_HINT)


def _paragraphs(held: Any) -> list[str]:
    match local(held):
        case "inlinexml":
            body = next((node for node in held.iter() if local(node) in _BODIES and _is_innermost(node)), held)
            return blocks.paragraphs(body)
        case "inlinedata":
            text = held.text or ""
            if "html" in held.get("contenttype", "").lower():
                return blocks.of_html(text) if text.strip() else []
            return [" ".join(part.split()) for part in re.split(r"\n[^\S\n]*\n", text) if part.strip()]
        case _:
            return []


def _is_innermost(node: Any) -> bool:
    """Whether an element is the body itself: NITF has a body.content within its body, with the headline beside it."""
    return local(node) == "body.content" or node.find("{*}body.content") is None


def _named(item: Any, tag: str) -> Iterator[str]:
    """The names in the elements of a tag: written out, or as a literal or code."""
    for node in item.iterfind(f".//{{*}}{tag}"):
        name = next(_values(node, "name"), "") or " ".join("".join(node.itertext()).split())
        code = node.get("literal") or node.get("qcode", "").rpartition(":")[2] or node.get("uri", "")
        if name or code:
            yield name or code


def _values(item: Any, tag: str) -> Iterator[str]:
    texts = (" ".join("".join(node.itertext()).split()) for node in item.iterfind(f".//{{*}}{tag}"))
    return filter(None, texts)


def _addresses(item: Any) -> Iterator[str]:
    """What may be the article's address on the web: its identifier, and a link that says that it is."""
    yield item.get("guid", "")
    for link in item.iterfind("{*}itemMeta/{*}link"):
        if link.get("rel", "").rpartition(":")[2] in ("canonical", "alternate", "self", "publicUrl"):
            yield link.get("href", "")


def _attribute(item: Any, path: str, name: str) -> str:
    node = item.find("/".join(f"{{*}}{step}" for step in path.split("/")))
    return "" if node is None else str(node.get(name, ""))


def _language(node: Any) -> str:
    return str(node.get("{http://www.w3.org/XML/1998/namespace}lang", ""))

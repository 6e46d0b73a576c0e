"""What a page says of its article in JSON-LD (schema.org NewsArticle): headline, body, dates, language, credits."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

_DEEPEST = 8  # levels of nesting looked into
_MOST = 20_000  # objects looked at
_LONGEST = 5_000_000  # characters of a script
_MARKUP = re.compile(r"<(br|/p|/div|/li)\b[^>]{0,200}>|<[^<>]{0,500}>", re.IGNORECASE)
_CREDITED = ("creditText", "sourceOrganization", "provider", "isBasedOn", "isBasedOnUrl")


@dataclass(frozen=True, slots=True)
class Linked:
    """The fields that the page gives; empty where it gives none.

    `body` has a line for each paragraph as far as the page parts them. `credited` are names and addresses that the
    article is said to come from, `publisher` who is said to publish it. `free` is false where one has to pay for it,
    `live` true of a live blog, whose body is that of its entries.
    """

    headline: str = ""
    body: str = ""
    published: tuple[str, ...] = ()
    modified: tuple[str, ...] = ()
    language: str = ""
    authors: tuple[str, ...] = ()
    credited: tuple[str, ...] = ()
    publisher: tuple[str, ...] = ()
    free: bool = True
    live: bool = False


def article(scripts: Iterable[str]) -> Linked:
    """The article among the JSON-LD of a page's scripts: the object with the longest body. Bad JSON is passed over."""
    objects = [found for script in scripts for found in _objects(_parsed(script))][:_MOST]
    described = [found for found in objects if "articleBody" in found or "datePublished" in found]
    if not described:
        return Linked()
    best = max(described, key=lambda found: (len(_body(found)), "Article" in str(found.get("@type"))))
    return Linked(
        headline=html.unescape(_string(best, "headline")).strip(),
        body=_plain(_body(best)),
        published=tuple(filter(None, [_string(best, "datePublished")])),
        modified=tuple(filter(None, [_string(best, "dateModified")])),
        language=_string(best, "inLanguage"),
        authors=tuple(_names(best.get("author"))),
        credited=tuple(name for key in _CREDITED for name in _names(best.get(key))),
        publisher=tuple(_names(best.get("publisher"))),
        free=str(best.get("isAccessibleForFree", True)).lower() != "false",
        live=len(_entries(best)) > 1,
    )


def _parsed(script: str) -> Any:
    try:
        return json.loads(script, strict=False) if len(script) <= _LONGEST else None
    except (ValueError, RecursionError):
        return None


def _objects(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, dict):
        yield value
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for each in inside:
        yield from _objects(each, depth + 1)


def _body(found: dict[str, Any]) -> str:
    """The text of an article; that of a live blog is that of its entries, each under its heading, in their order."""
    parts = [_string(found, "articleBody")]
    for entry in _entries(found):
        parts += [_string(entry, "headline"), _string(entry, "articleBody")]
    return "\n".join(filter(None, parts))


def _entries(found: dict[str, Any]) -> list[dict[str, Any]]:
    """The entries of a live blog that say something."""
    updates = found.get("liveBlogUpdate")
    entries = updates if isinstance(updates, list) else []
    return [each for each in entries if isinstance(each, dict) and _string(each, "articleBody")]


def _plain(body: str) -> str:
    """A body without markup, which some pages leave in it."""
    return _MARKUP.sub(lambda tag: "\n" if tag[1] else "", html.unescape(body))


def _names(value: Any) -> Iterator[str]:
    """The names of people and organisations, or the addresses where nothing is named."""
    for each in value if isinstance(value, list) else [value]:
        said = each.get("name") or each.get("url") or each.get("@id") if isinstance(each, dict) else each
        if isinstance(said, str) and 1 < len(said) <= 200:
            yield " ".join(html.unescape(said).split())


def _string(found: dict[str, Any], key: str) -> str:
    value = found.get(key)
    if isinstance(value, list) and value:
        value = value[0]
    return value if isinstance(value, str) else ""

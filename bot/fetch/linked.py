"""What a page says of its article in JSON-LD (schema.org NewsArticle): headline, body, date."""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

_DEEPEST = 8  # levels of nesting looked into


@dataclass(frozen=True, slots=True)
class Linked:
    """The fields that the page gives; empty where it gives none."""

    headline: str = ""
    body: str = ""
    published: tuple[str, ...] = ()


def article(scripts: Iterable[str]) -> Linked:
    """The article among the JSON-LD of a page's scripts: the object with the longest body. Bad JSON is passed over."""
    objects = [found for script in scripts for found in _objects(_parsed(script))]
    described = [found for found in objects if "articleBody" in found or "datePublished" in found]
    if not described:
        return Linked()
    best = max(described, key=lambda found: len(_string(found, "articleBody")))
    return Linked(
        headline=html.unescape(_string(best, "headline")).strip(),
        body=html.unescape(_string(best, "articleBody")),
        published=tuple(filter(None, [_string(best, "datePublished")])),
    )


def _parsed(script: str) -> Any:
    try:
        return json.loads(script, strict=False)
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


def _string(found: dict[str, Any], key: str) -> str:
    value = found.get(key)
    return value if isinstance(value, str) else ""

"""ninjs, the news agencies' JSON (IPTC), versions 1 to 3: an item a line, or one item or a list of them in a file.

    {"uri": "https://…", "type": "text", "versioncreated": "…", "headline": "…", "body_text": "…", "byline": "…"}
    {"uri": "https://…", "type": "text", "versionCreated": "…", "by": "…",
     "headlines": [{"role": "main", "value": "…"}],
     "bodies": [{"role": "main", "contentType": "text/plain", "value": "…"}]}

The versions differ in how keys are spelled (``body_text``, ``bodyText``, ``versionCreated``), so that they are compared
without case and underscores.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

from bot.errors import ArticleError, InputError
from bot.fetch import lines, urls
from bot.fetch.details import UNKNOWN, Details
from bot.fetch.packed import Piece, by_line
from bot.model import Article

KEYS = frozenset({"versioncreated", "headlines", "bodies", "bodytext", "bodyxhtml", "pubstatus"})
"""Keys, folded, of which an item beside its `uri` has at least one."""
_HINT = 'An item reads {"uri": "…", "headline": "…", "body_text": "…"}, or has "headlines" and "bodies".'
_DATES = ("contentcreated", "firstcreated", "versioncreated")
_CREDITED = ("by", "byline", "creditline", "copyrightholder")
_DROPPED = ("canceled", "cancelled", "withheld")


def parted(stream: IO[bytes], limit: int) -> Iterator[list[Piece]]:
    """The lines of a file of one item a line; the whole of a file where the first line is no item by itself."""
    first = stream.readline(limit + 1)
    if not first:
        return
    if len(first) <= limit and _complete(first):
        yield [first.rstrip(b"\r\n")]
        yield from by_line(stream, limit)
        return
    data = first + stream.read(max(0, limit + 1 - len(first)))
    yield [data if len(data) <= limit else None]


def _complete(line: bytes) -> bool:
    try:
        lines.value(line)
    except InputError:
        return False
    return True


def parse(data: bytes) -> Iterator[Article]:
    """The articles of one line or file. Raises `InputError`, after those that can be used."""
    value = lines.value(data)
    fault: InputError | None = None
    for item in value if isinstance(value, list) else [value]:
        try:
            yield article(item)
        except InputError as error:
            fault = fault or error
    if fault:
        raise fault


def is_item(value: dict[str, Any]) -> bool:
    """Whether an object has the keys of an item, in any version."""
    keys = folded(value).keys()
    return "uri" in keys and not KEYS.isdisjoint(keys)


def article(value: Any, known: Details = UNKNOWN) -> Article:
    """The article of one item; its own details go before those known otherwise. Raises `InputError`."""
    if not isinstance(value, dict):
        raise ArticleError("not an object", hint=_HINT)
    item = folded(value)
    if item.get("pubstatus") in _DROPPED:
        raise ArticleError(f"the item is {item['pubstatus']}", hint="The agency has taken it back.")
    uri = item.get("uri")
    address = urls.canonical(uri) if isinstance(uri, str) else None
    credited = [*_texts(item.get(name) for name in _CREDITED), *_sources(item)]
    language = item.get("language")
    return lines.article(
        {
            "text": _text(item),
            "url": address,
            "title": _title(item),
            "published": next(_texts(item.get(name) for name in _DATES), None),
            "language": language if isinstance(language, str) else None,
            "modified": next(_texts([item.get("versioncreated")]), None),
            "credits": list(dict.fromkeys(credited)),
        },
        known.over(Details(otherwise=next(reversed(credited), None))),
    )


def folded(value: dict[str, Any]) -> dict[str, Any]:
    """The values by their keys without case and underscores; where keys fall together the first counts."""
    found: dict[str, Any] = {}
    for key, held in value.items():
        found.setdefault(key.lower().replace("_", ""), held)
    return found


def _texts(values: Any) -> Iterator[str]:
    return (" ".join(value.split()) for value in values if isinstance(value, str) and value.strip())


def _sources(item: dict[str, Any]) -> Iterator[str]:
    listed = item.get("infosources")
    yield from (
        _texts(folded(each).get("name") for each in (listed or ()) if isinstance(each, dict))
        if isinstance(listed, list)
        else ()
    )


def _title(item: dict[str, Any]) -> str:
    single = item.get("headline")
    if isinstance(single, str):
        return single
    return next(_texts(held.get("value") for held in _by_role(item.get("headlines"))), "")


def _text(item: dict[str, Any]) -> str:
    """The text of the body, of its richest form: paragraphs are told apart in HTML, and not always in plain text."""
    bodies = list(_by_role(item.get("bodies")))
    for body in bodies:
        if "html" in str(body.get("contenttype", "")).lower() and isinstance(body.get("value"), str):
            return _of_html(body["value"])
    rich = next((item[key] for key in ("bodyxhtml", "bodyhtml") if isinstance(item.get(key), str)), None)
    if rich is not None:
        return _of_html(rich)
    plain = [item.get("bodytext"), *(body.get("value") for body in bodies)]
    found = next((text for text in plain if isinstance(text, str) and text.strip()), None)
    if found is None:
        kind = item.get("type")
        raise ArticleError(f"there is no body text{f' in this {kind}' if isinstance(kind, str) else ''}", hint=_HINT)
    return found


def _of_html(text: str) -> str:
    from bot.fetch import blocks  # lxml takes its time, and most text is plain

    return "\n\n".join(blocks.of_html(text))


def _by_role(listed: Any) -> Iterator[dict[str, Any]]:
    """The objects of a list with folded keys, that of the main role first."""
    yield from sorted(map(folded, _objects(listed)), key=lambda each: each.get("role") != "main")


def _objects(listed: Any) -> list[dict[str, Any]]:
    return [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []

"""One article as one JSON object, in and out: the form of JSON and JSONL dumps and of what `article remove` leaves.

Keys: ``text`` (required), ``outlet``, ``url``, ``title``, ``published``, ``modified``, ``dated``, ``language``,
``credits``; others are ignored.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from bot.errors import ArticleError
from bot.fetch import dates, decode, details
from bot.fetch.details import UNKNOWN, Details
from bot.model import Article


def parse(line: str, reads: str = '{"text": "…", "outlet": "…"}') -> Any:
    """The value of a line of JSON, which `reads` like this. Raises `ArticleError`."""
    try:
        return json.loads(line)
    except RecursionError as error:
        raise ArticleError("JSON nested too deep", hint="One article is one flat object.") from error
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, " if "\n" in line.strip() else ""
        raise ArticleError(
            f"not JSON: {error.msg} ({where}column {error.colno})", hint=f"A line reads {reads}."
        ) from error
    except ValueError as error:  # Python's own bound against numbers that take minutes to read
        raise ArticleError(
            "not JSON: a number of thousands of digits", hint="Is it an identifier? Put it in marks."
        ) from error


def value(data: bytes) -> Any:
    """The value of a line of JSON in bytes. Raises `ArticleError`."""
    try:
        return parse(data.decode().removeprefix("\ufeff"))
    except UnicodeDecodeError as error:
        raise ArticleError(f"not UTF-8 at byte {error.start}", hint="Save the list as UTF-8.") from error


def mapping(data: bytes, hint: str) -> dict[str, Any]:
    """The object of a line of JSON in bytes; `hint` says what it should hold. Raises `ArticleError`."""
    found = value(data)
    if not isinstance(found, dict):
        raise ArticleError("not an object", hint=hint)
    return found


def article(value: Any, known: Details = UNKNOWN) -> Article:
    """The article of a JSON object; its own details go before those known otherwise. Raises `InputError`."""
    if not isinstance(value, dict) or not isinstance(value.get("text"), str):
        raise ArticleError('there is no "text"', hint='An article is an object: {"text": "…", "outlet": "…"}.')
    about = details.given(value).over(known)
    text = decode.plain(value["text"])
    if decode.broken(text):
        raise ArticleError("half a surrogate pair (\\ud800 to \\udfff) stands alone", hint="Write the character whole.")
    language, credited, dated = value.get("language"), value.get("credits"), value.get("dated")
    return Article(
        text=text,
        outlet=about.publisher(),
        url=about.url,
        title=about.title,
        published=about.published,
        language=language if isinstance(language, str) and language else "en",
        credits=tuple(name for name in credited if isinstance(name, str)) if isinstance(credited, list) else (),
        modified=_modified(value.get("modified")),
        dated=dated if isinstance(dated, str) else "",
    )


def _modified(text: Any) -> datetime | None:
    """When it was changed, as far as that can be read: nothing depends on it."""
    try:
        return dates.moment(text) if isinstance(text, str) else None
    except (ValueError, OverflowError):
        return None


def line(kept: Article) -> str:
    """The article as a line of JSON that `article` reads back."""
    values = {
        "text": kept.text,
        "outlet": kept.outlet,
        "url": kept.url,
        "title": kept.title,
        "published": kept.published.isoformat() if kept.published else None,
        "modified": kept.modified.isoformat() if kept.modified else None,
        "dated": kept.dated,
        "language": kept.language,
        "credits": list(kept.credits),
    }
    return json.dumps(values, ensure_ascii=False)

"""Articles from files: plain text, Markdown, HTML, JSON and JSON lines, NewsML-G2, one by one or folder by folder.

An object of JSON is an article as we write it, or an item of ninjs.

A bad file, or a bad line of one, is an outcome like any other: it is handed over as its error and the rest goes on.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from bot.errors import ArticleError, InputError
from bot.fetch import decode, lines, ninjs, page
from bot.fetch.details import Details
from bot.model import Article

_PROSE = 25  # words: a line of more is a paragraph, and no headline comes after the first paragraph
_SENTENCE_END = re.compile(r"[.!:;,…][\"'”’»)]*$")
_HEADING_MARK = re.compile(r"^#{1,6}\s+")


@dataclass(frozen=True, slots=True)
class Item:
    """What one article of a dump came to. `source` names file and line, `size` counts the bytes read for it."""

    source: str
    size: int
    outcome: Article | InputError


def files(paths: Iterable[Path]) -> Iterator[Path]:
    """The paths in order, each folder replaced by the articles under it, sorted; hidden files are left out.

    A folder without articles stays, for `articles` to say so.
    """
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        found = (Path(top) / name for top, _, names in os.walk(path) for name in names if not name.startswith("."))
        yield from sorted(file for file in found if file.suffix.lower() in _FORMS) or [path]


def articles(path: Path, known: Details, limit: int) -> Iterator[Item]:
    """The articles of one file. `limit`: the most bytes of a file, or of a line of JSON lines, that are read."""
    try:
        if path.is_dir():
            raise ArticleError("no article in this folder", hint=f"Known: {KNOWN}.")
        form = _FORMS.get(path.suffix.lower())
        if form is None and path.exists():
            raise ArticleError(
                f"{path.suffix or 'no suffix'}: not a kind of file that we read", hint=f"Known: {KNOWN}."
            )
        yield from (form or _plain)(path, known, limit)  # which says what is wrong with a file that is not there
    except InputError as error:
        yield Item(str(path), 0, error)


def headline(text: str) -> str:
    """The first short line that does not end as a sentence does, before the first paragraph; "" where there is none."""
    for line in filter(str.strip, text.split("\n")):
        words = _HEADING_MARK.sub("", line.strip())
        count = len(words.split())
        if count > _PROSE:
            return ""
        if count > 1 and not _SENTENCE_END.search(words) and ". " not in words:
            return words
    return ""


def _plain(path: Path, known: Details, limit: int) -> Iterator[Item]:
    data = decode.read(path, limit)
    text = decode.text(data)
    about = known.over(Details(title=headline(text)))
    found = Article(
        text=text,
        outlet=about.publisher(),
        url=about.url,
        title=about.title,
        published=about.published,
        dated="given" if about.published else "",
    )
    yield Item(str(path), len(data), found)


def _page(path: Path, known: Details, limit: int) -> Iterator[Item]:
    data = decode.read(path, limit)
    yield Item(str(path), len(data), page.read(data, known))


def _json(path: Path, known: Details, limit: int) -> Iterator[Item]:
    data = decode.read(path, limit)
    value = lines.parse(decode.text(data))
    values = value if isinstance(value, list) else [value]
    if not values:
        raise ArticleError("no article in this list", hint="A list holds one object for each article.")
    for number, each in enumerate(values, 1):
        source = f"{path}[{number}]" if isinstance(value, list) else str(path)
        yield _item(source, len(data) // len(values), partial(_article, each, known))


def _article(value: Any, known: Details) -> Article:
    made = ninjs.article if isinstance(value, dict) and ninjs.is_item(value) else lines.article
    return made(value, known)


def _newsml(path: Path, known: Details, limit: int) -> Iterator[Item]:
    """The items of one file; for those that cannot be used, the first fault at the end."""
    from bot.fetch import newsml

    data = decode.read(path, limit)
    found = list[Article]()
    fault: InputError | None = None
    try:
        for article in newsml.parse(data, known):
            found.append(article)
    except InputError as error:
        fault = error
    share = len(data) // (len(found) + (fault is not None))
    for number, article in enumerate(found, 1):
        yield Item(f"{path}[{number}]" if len(found) > 1 else str(path), share, article)
    if fault is not None:
        yield Item(str(path), share, fault)


def _json_lines(path: Path, known: Details, limit: int) -> Iterator[Item]:
    """Line by line, so that a dump of any length can be read."""
    number = found = 0
    with decode.opened(path) as file:
        while raw := file.readline(limit + 1):
            number += 1
            if number == 1 and decode.byte_order(raw) not in (None, "utf-8"):
                raise ArticleError("JSON lines in UTF-16 are not read", hint="Save the file as UTF-8.")
            if raw.strip():
                found += 1
                yield _item(f"{path}:{number}", len(raw), _line_reader(raw, known, limit))
            while len(raw) > limit and not raw.endswith(b"\n"):
                raw = file.readline(limit + 1)
    if not found:
        raise ArticleError("the file is empty", hint="A line holds one article as a JSON object.")


def _line_reader(raw: bytes, known: Details, limit: int) -> Callable[[], Article]:
    def read() -> Article:
        if len(raw) > limit:
            raise decode.too_large(limit)
        return _article(lines.parse(decode.text(raw)), known)

    return read


def _item(source: str, size: int, make: Callable[[], Article]) -> Item:
    try:
        return Item(source, size, make())
    except InputError as error:
        return Item(source, size, error)


_FORMS: dict[str, Callable[[Path, Details, int], Iterator[Item]]] = {
    ".txt": _plain,
    ".md": _plain,
    ".html": _page,
    ".htm": _page,
    ".json": _json,
    ".jsonl": _json_lines,
    ".xml": _newsml,
}

KNOWN = ", ".join(_FORMS)
"""The suffixes of the files that are read."""

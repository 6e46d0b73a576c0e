"""Quotations of a list, whose articles' texts are not known.

An article of which only quotations are known is held like any other: its text is those quotations, marked, a paragraph
each, and grows as more of them arrive. Such an article is known by its outlet and address; without an address every
quotation is an article of its own. As soon as the article itself is added, it takes their place as its newest edition;
where its text is on record already, quotations of it bring nothing new.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
from sqlite_utils import Database

from bot.model import Attribution, Loaded, Quoted, Span, SpeakerKind
from storage import changes, rows, speakers, utterances, wordings
from storage.features import Ids, word_ids
from storage.passages import digest
from storage.rows import Value, printable

GIVEN = "given"
"""The rule of an attribution that was taken over as it was given."""
_OPEN, _CLOSE, _APART = "“", "”", "\n\n"


@dataclass(slots=True)
class _New:
    """One quotation that an article does not have yet, with its place in the article's text."""

    quoted: Quoted
    at: int
    digest: bytes
    speaker: int | None
    words: Ids


@dataclass(slots=True)
class _Page:
    """One article that the list names: its text so far, which passages it has, and those that are new."""

    article: int
    edition: int
    outlet: int
    about: Quoted
    digest: bytes
    made: bool
    whole: bool = False
    text: str = ""
    known: set[tuple[bytes, int | None]] = field(default_factory=set)
    new: list[_New] = field(default_factory=list)

    def take(self, quoted: Quoted, speaker: int | None, data: bytes | None) -> None:
        """Hold a quotation of this article, unless the article has it."""
        words = printable(quoted.text)
        found = digest(words)
        if self.whole or (found, speaker) in self.known:
            return
        self.known.add((found, speaker))
        numbered = word_ids(quoted.text) if data is None else np.frombuffer(data, np.uint32)
        before = f"{self.text}{_APART}{_OPEN}" if self.text else _OPEN
        self.new.append(_New(quoted, len(before), found, speaker, numbered))
        self.text = f"{before}{words}{_CLOSE}"


def add(db: Database, listed: Sequence[Quoted], words: Sequence[bytes] | None = None) -> Loaded:
    """Store quotations in the caller's transaction; those that are on record already change nothing.

    `words` are the numbered words of each, where they are known.
    """
    pages = _Pages(db, listed)
    last = rows.last(db, "passage")
    named = _speakers(db, listed)
    for at, quoted in enumerate(listed):
        pages.of(quoted).take(quoted, named[quoted.speaker], words[at] if words else None)
    grown = [page for page in pages if page.new]
    _write_pages(db, grown)
    _write_passages(db, grown)
    utterances.join_listed(db, last)
    new = sum(len(page.new) for page in grown)
    changes.count(db, "articles", sum(page.made for page in grown))
    changes.count(db, "quotations", new)
    return Loaded(new, len(listed) - new)


def _speakers(db: Database, listed: Sequence[Quoted]) -> dict[str | None, int | None]:
    known: dict[tuple[str, str], int] = {}
    names = dict.fromkeys(quoted.speaker for quoted in listed)
    return {name: speakers.speaker_id(db, _given(name), known) for name in names}


class _Pages:
    """The articles that a list names, as they stand on record or are yet to be made."""

    def __init__(self, db: Database, listed: Sequence[Quoted]) -> None:
        self._db = db
        self._outlets = {name: changes.outlet(db, name) for name in dict.fromkeys(quoted.outlet for quoted in listed)}
        self._held: dict[tuple[int, str | bytes], _Page] = {}
        self._article, self._edition = rows.last(db, "article"), rows.last(db, "edition")
        self._known = self._with_address(listed)

    def __iter__(self) -> Iterator[_Page]:
        return iter(self._held.values())

    def of(self, quoted: Quoted) -> _Page:
        """The article that a quotation stands in."""
        outlet = self._outlets[quoted.outlet]
        name = printable(quoted.url) if quoted.url else digest(f"{_OPEN}{quoted.text}{_CLOSE}")
        page = self._held.get((outlet, name))
        if page is None:
            page = self._held[outlet, name] = self._on_record(outlet, name, quoted) or self._made(outlet, quoted)
        return page

    def _with_address(self, listed: Sequence[Quoted]) -> dict[tuple[int, str], _Row]:
        """What is on record of the articles that have an address, all at once."""
        wanted = {(self._outlets[quoted.outlet], printable(quoted.url)) for quoted in listed if quoted.url}
        found = self._db.execute(_BY_URL, [json.dumps(list(wanted))])
        return {(outlet, url): row for outlet, url, *row in found}

    def _on_record(self, outlet: int, name: str | bytes, quoted: Quoted) -> _Page | None:
        if isinstance(name, str):
            row = self._known.get((outlet, name))
        else:
            row = self._db.execute(_BY_DIGEST, [outlet, name]).fetchone()
        if row is None:
            return None
        article, edition, held, whole, text = row
        page = _Page(article, edition, outlet, quoted, held, made=False, whole=bool(whole), text=text)
        if not whole:
            page.known.update(self._db.execute("SELECT digest, speaker FROM passage WHERE edition = ?", [edition]))
        return page

    def _made(self, outlet: int, quoted: Quoted) -> _Page:
        self._article += 1
        self._edition += 1
        first = digest(f"{_OPEN}{quoted.text}{_CLOSE}")
        return _Page(self._article, self._edition, outlet, quoted, first, made=True)


_Row = Sequence[Any]  # article, edition, its digest, whole, text
_FOUND = "a.id, e.id, e.digest, e.whole, e.text FROM"
_NEWEST = "JOIN edition e ON e.article = a.id AND e.newest"
_BY_URL = (
    f"SELECT a.outlet, a.url, {_FOUND} json_each(?) j CROSS JOIN article a ON a.outlet = json_extract(j.value, '$[0]') "
    f"AND a.url = json_extract(j.value, '$[1]') {_NEWEST}"
)
_BY_DIGEST = (
    f"SELECT {_FOUND} article a {_NEWEST} "
    "WHERE a.outlet = ?1 AND a.url IS NULL AND substr(e.digest, 1, 6) = substr(?2, 1, 6) AND e.digest = ?2"
)


@lru_cache(maxsize=1 << 14)
def _given(speaker: str | None) -> Attribution | None:
    if not speaker:
        return None
    return Attribution(speaker=speaker, kind=SpeakerKind.PERSON, rule=GIVEN, confidence=1.0)


def _write_pages(db: Database, pages: list[_Page]) -> None:
    made = [page for page in pages if page.made]
    articles = [
        (page.article, page.outlet, page.about.url and printable(page.about.url), page.article) for page in made
    ]
    db.conn.executemany("INSERT INTO article (id, outlet, url, copies) VALUES (?, ?, ?, ?)", articles)
    places = ", ".join("?" * (1 + rows.EDITION.count(",") + 1))
    editions = [(page.edition, *_edition_row(page)) for page in made]
    db.conn.executemany(f"INSERT INTO edition (id, {rows.EDITION}) VALUES ({places})", editions)
    texts = [(page.text, page.edition) for page in pages if not page.made]
    db.conn.executemany("UPDATE edition SET text = ? WHERE id = ?", texts)


def _edition_row(page: _Page) -> tuple[Value, ...]:
    """The columns of `rows.EDITION` for an article of which only quotations are known."""
    about, published = page.about, rows.moment(page.about.published)
    known = (page.article, 1, 0, page.digest, page.text, printable(about.title), published)
    return (*known, None, "en", None, None, None, None, "given" if published else "")


def _write_passages(db: Database, pages: list[_Page]) -> None:
    listed = [(page, new) for page in pages for new in page.new]
    carried = wordings.intern(db, [new.words for _, new in listed])
    values = []
    for (page, new), wording in zip(listed, carried, strict=True):
        span, said = Span(new.at, new.at + len(new.quoted.text)), _given(new.quoted.speaker)
        values.append(rows.quoted_row(span, new.digest, said, page.edition, wording, new.speaker))
    rows.insert_passages(db, values)

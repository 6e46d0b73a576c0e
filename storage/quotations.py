"""Quotations of a list, whose articles' texts are not known.

An article of which only quotations are known is held like any other: its text is those quotations, marked, a paragraph
each, and grows as more of them arrive. Such an article is known by its outlet and address, and its edition has no
digest; without an address every quotation is an article of its own, known by the digest of its text and date. A title
or a date is that of the first quotation that gives one. As soon as the article itself is added, it takes their place as
its newest edition; where its text is on record already, quotations of it bring nothing new.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from bot.model import Attribution, Kind, Loaded, SpeakerKind
from storage import changes, rows, speakers, utterances, wordings
from storage.batch import CLOSE, OPEN, Batch

GIVEN = "given"
"""The rule of an attribution that was taken over as it was given."""
_APART = "\n\n"
_Name = tuple[int, str | bytes]  # an article's outlet, and its address or the digest of its paragraph and date
_Said = tuple[int, bytes, int | None]  # a quotation of an edition: its digest and speaker
_New = tuple[int, int, int]  # a quotation that is new: its place in the batch, its edition, and where it stands there


@dataclass(slots=True)
class _Page:
    """One article that the list names, and its text so far."""

    article: int
    edition: int
    whole: bool = False
    text: str = ""


def add(db: Database, batch: Batch) -> Loaded:
    """Store quotations in the caller's transaction; those that are on record already change nothing."""
    last = rows.last(db, "passage")
    outlets = _outlets(db, batch)
    told = [url or digest for url, digest in zip(batch.articles, batch.alone, strict=True)]
    names = list(zip(map(outlets.__getitem__, batch.outlets), told, strict=True))
    said = _speakers(db, batch)
    held = dict(_on_record(db, names))
    made = _made(db, names, held)
    new = list(_taken(batch, names, held | made, said, _known(db, held.values())))
    titles, dates = _told(names, batch.titles), _told(names, batch.published)
    _write_made(db, made, titles, dates)
    _write_told(db, held, titles, dates)
    _write_grown(db, held.values(), {edition for _, edition, _ in new})
    _write_passages(db, batch, new, said)
    utterances.join_listed(db, last)
    changes.count(db, "articles", len(made))
    changes.count(db, "quotations", len(new))
    return Loaded(len(new), len(batch) - len(new))


def _outlets(db: Database, batch: Batch) -> dict[str, int]:
    """The row of each outlet: all at once those that are on record, one by one the new ones."""
    names = list(dict.fromkeys(batch.outlets))
    query = "SELECT name, id FROM outlet WHERE name IN (SELECT value FROM json_each(?))"
    known: dict[str, int] = dict(db.execute(query, [json.dumps(names)]).fetchall())
    return {name: known[name] if name in known else changes.outlet(db, name) for name in names}


def _speakers(db: Database, batch: Batch) -> list[int | None]:
    """The row of each quotation's speaker."""
    known: dict[tuple[str, str], int] = {}
    numbers = {name: speakers.speaker_id(db, _given(name), known) for name in dict.fromkeys(batch.speakers)}
    return list(map(numbers.__getitem__, batch.speakers))


def _given(speaker: str | None) -> Attribution | None:
    if not speaker:
        return None
    return Attribution(speaker=speaker, kind=SpeakerKind.PERSON, rule=GIVEN, confidence=1.0)


def _on_record(db: Database, names: Sequence[_Name]) -> Iterator[tuple[_Name, _Page]]:
    """The articles that are on record: all at once those that have an address, one by one those that have none."""
    wanted = dict.fromkeys(names)
    addresses = [name for name in wanted if isinstance(name[1], str)]
    found = db.execute(_BY_URL, [json.dumps(addresses)]).fetchall()
    for name in wanted:
        if isinstance(name[1], bytes):
            found += db.execute(_BY_DIGEST, name).fetchall()
    for outlet, identity, article, edition, whole, text in found:
        yield (outlet, identity), _Page(article, edition, bool(whole), text)


_FOUND = "a.id, e.id, e.whole, e.text FROM"
_NEWEST = "JOIN edition e ON e.article = a.id AND e.newest"
_BY_URL = (
    f"SELECT a.outlet, a.url, {_FOUND} json_each(?) j CROSS JOIN article a ON a.outlet = json_extract(j.value, '$[0]') "
    f"AND a.url = json_extract(j.value, '$[1]') {_NEWEST}"
)
_BY_DIGEST = (
    f"SELECT a.outlet, e.digest, {_FOUND} article a {_NEWEST} "
    "WHERE a.outlet = ?1 AND a.url IS NULL AND substr(e.digest, 1, 6) = substr(?2, 1, 6) AND e.digest = ?2 LIMIT 1"
)


def _known(db: Database, held: Collection[_Page]) -> set[_Said]:
    """The quotations that articles have of which only quotations are known."""
    query = "SELECT edition, digest, speaker FROM passage WHERE edition IN (SELECT value FROM json_each(?))"
    return set(db.execute(query, [json.dumps([page.edition for page in held if not page.whole])]))


def _made(db: Database, names: Sequence[_Name], held: Mapping[_Name, _Page]) -> dict[_Name, _Page]:
    """The articles that are yet to be made, numbered."""
    article, edition = rows.last(db, "article") + 1, rows.last(db, "edition") + 1
    new = [name for name in dict.fromkeys(names) if name not in held]
    return {name: _Page(article + at, edition + at) for at, name in enumerate(new)}


def _taken(
    batch: Batch,
    names: Sequence[_Name],
    pages: Mapping[_Name, _Page],
    said: Sequence[int | None],
    known: set[_Said],
) -> Iterator[_New]:
    """Have the articles hold their quotations, each once; those that are new."""
    for at, (name, text, found, speaker) in enumerate(zip(names, batch.texts, batch.digests, said, strict=True)):
        page = pages[name]
        one = (page.edition, found, speaker)
        if page.whole or one in known:
            continue
        known.add(one)
        before = f"{page.text}{_APART}{OPEN}" if page.text else OPEN
        page.text = f"{before}{text}{CLOSE}"
        yield at, page.edition, len(before)


def _told(names: Sequence[_Name], column: Sequence[str | None]) -> dict[_Name, str]:
    """Of each article the first that a column gives of it."""
    return {name: value for name, value in zip(reversed(names), reversed(column), strict=True) if value}


def _write_made(
    db: Database, made: Mapping[_Name, _Page], titles: Mapping[_Name, str], dates: Mapping[_Name, str]
) -> None:
    articles = [
        (page.article, outlet, name if isinstance(name, str) else None) for (outlet, name), page in made.items()
    ]
    db.conn.executemany("INSERT INTO article (id, outlet, url, copies) VALUES (?1, ?2, ?3, ?1)", articles)
    editions = [
        (
            page.edition,
            page.article,
            name[1] if isinstance(name[1], bytes) else b"",
            page.text,
            titles.get(name, ""),
            dates.get(name),
        )
        for name, page in made.items()
    ]
    db.conn.executemany(
        "INSERT INTO edition (id, article, newest, whole, digest, text, title, published, language) "
        "VALUES (?, ?, 1, 0, ?, ?, ?, ?, 'en')",
        editions,
    )


def _write_told(
    db: Database, held: Mapping[_Name, _Page], titles: Mapping[_Name, str], dates: Mapping[_Name, str]
) -> None:
    """Give articles of which only quotations are known the title and the date that they lacked."""
    given = [(titles.get(name, ""), dates.get(name), page.edition) for name, page in held.items() if not page.whole]
    db.conn.executemany(
        "UPDATE edition SET title = iif(title = '', ?1, title), published = coalesce(published, ?2) "
        "WHERE id = ?3 AND (title = '' AND ?1 <> '' OR published IS NULL AND ?2 IS NOT NULL)",
        given,
    )


def _write_grown(db: Database, held: Collection[_Page], grown: Collection[int]) -> None:
    texts = [(page.text, page.edition) for page in held if page.edition in grown]
    db.conn.executemany("UPDATE edition SET text = ? WHERE id = ?", texts)


def _write_passages(db: Database, batch: Batch, new: Sequence[_New], said: Sequence[int | None]) -> None:
    carried = wordings.intern(db, batch.worded, [at for at, _, _ in new])
    values = [
        (edition, wording, start, start + len(batch.texts[at]), batch.digests[at], said[at])
        for (at, edition, start), wording in zip(new, carried, strict=True)
    ]
    db.conn.executemany(
        "INSERT INTO passage (edition, wording, kind, start, end, outer_start, outer_end, depth, part_of, digest, "
        f"speaker, rule, confidence) VALUES (?1, ?2, '{Kind.DIRECT}', ?3, ?4, ?3 - 1, ?4 + 1, 0, 0, ?5, ?6, "
        f"iif(?6, '{GIVEN}', NULL), iif(?6, 1.0, NULL))",
        values,
    )

"""What adding and removing an article does to the record; each function runs inside the caller's transaction."""

from __future__ import annotations

from sqlite_utils import Database

from bot.model import Added, AddStatus, Article, Extraction
from storage import groups, pages, raising, revisions, rows, seals, speakers, utterances, wordings
from storage.copies import FEWEST, shingles
from storage.features import Ids, Worded, numbers_of
from storage.passages import passages
from storage.rows import printable
from storage.utterances import Find


def add(db: Database, article: Article, extraction: Extraction, find: Find, *, live: bool) -> Added:
    """Store one article with all that was read in it; `find` looks up the nearest wordings on record.

    A `live` one raises alerts.
    """
    publisher = outlet(db, article.outlet)
    known = _same_text(db, article, publisher)
    quotations = len(extraction.quotations)
    if known is not None:
        return Added(known, AddStatus.KNOWN, quotations)
    before = rows.last(db, "edition"), rows.last(db, "passage")
    identifier, superseded = _article(db, article, publisher)
    held = shingles(article.text)
    edition = _edition(db, article, identifier, extraction, held)
    _passages(db, article.text, edition, extraction)
    seals.put(db, *before)
    former = _supersede(db, identifier, edition) if superseded else None
    count(db, "quotations", quotations)
    utterances.join(db, edition, find)
    copies = groups.join(db, identifier, edition, held) if len(held) >= FEWEST else ()
    edited = revisions.between(db, former, edition) if former is not None else []
    revisions.tell(db, edited)
    if live:
        raising.raise_alerts(db, edition, edited)
    return Added(identifier, AddStatus.EDITION if superseded else AddStatus.NEW, quotations, copies)


def remove(db: Database, identifier: int) -> None:
    """Delete an article that is on record, its editions, and what no other article carries."""
    (outlet,) = db.execute("SELECT outlet FROM article WHERE id = ?", [identifier]).fetchone()
    rows_ = db.execute(
        f"SELECT p.id, p.wording, p.speaker, e.newest AND p.{rows.MARKED} "
        "FROM passage p JOIN edition e ON e.id = p.edition WHERE e.article = ?",
        [identifier],
    ).fetchall()
    pages.drop(db, identifier)
    groups.leave(db, identifier)
    utterances.leave(db, [passage for passage, *_ in rows_])
    db.execute("DELETE FROM article WHERE id = ?", [identifier])
    wordings.release(db, {wording for _, wording, _, _ in rows_ if wording is not None})
    speakers.forget_unheard(db, {speaker for _, _, speaker, _ in rows_ if speaker is not None})
    db.execute("DELETE FROM outlet WHERE id = ? AND id NOT IN (SELECT outlet FROM article)", [outlet])
    count(db, "articles", -1)
    count(db, "quotations", -sum(counted for *_, counted in rows_))


def count(db: Database, name: str, more: int) -> None:
    """Add to one of the record's tallies: `articles`, or `quotations` of newest editions."""
    statement = "INSERT INTO tally VALUES (?, ?) ON CONFLICT DO UPDATE SET value = value + excluded.value"
    db.execute(statement, [name, more])


def outlet(db: Database, name: str) -> int:
    """The row of an outlet, made where there is none."""
    db.execute("INSERT OR IGNORE INTO outlet (name) VALUES (?)", [printable(name)])
    (number,) = db.execute("SELECT id FROM outlet WHERE name = ?", [printable(name)]).fetchone()
    return int(number)


def _same_text(db: Database, article: Article, outlet: int) -> int | None:
    """The article of this outlet that has this very text, unless both have an address and it is not the same."""
    digest = bytes.fromhex(article.digest)
    row = db.execute(
        "SELECT a.id FROM edition e JOIN article a ON a.id = e.article "
        "WHERE substr(e.digest, 1, 6) = ? AND e.digest = ? AND a.outlet = ? "
        "AND (a.url = ? OR a.url IS NULL OR ? IS NULL)",
        [digest[:6], digest, outlet, article.url, article.url],
    ).fetchone()
    return None if row is None else int(row[0])


def _article(db: Database, article: Article, outlet: int) -> tuple[int, bool]:
    """The article's row, made where there is none, and whether it has an edition that is now superseded."""
    if article.url is not None:
        found = db.execute("SELECT id FROM article WHERE outlet = ? AND url = ?", [outlet, printable(article.url)])
        row = found.fetchone()
        if row is not None:
            return int(row[0]), True
    url = article.url and printable(article.url)
    db.execute("INSERT INTO article (outlet, url, copies) VALUES (?, ?, 0)", [outlet, url])
    (number,) = db.execute("SELECT last_insert_rowid()").fetchone()
    db.execute("UPDATE article SET copies = id WHERE id = ?", [number])
    count(db, "articles", 1)
    return int(number), False


def _edition(db: Database, article: Article, identifier: int, extraction: Extraction, held: Ids) -> int:
    data = held.astype("<u4").tobytes() if len(held) >= FEWEST else None
    values = rows.edition_row(article, identifier, extraction.credits, data)
    places = ", ".join("?" * len(values))
    db.execute(f"INSERT INTO edition ({rows.EDITION}) VALUES ({places})", values)
    (number,) = db.execute("SELECT last_insert_rowid()").fetchone()
    entities = [rows.entity_row(entity, number) for entity in extraction.entities]
    db.conn.executemany("INSERT INTO entity VALUES (?, ?, ?, ?, ?)", entities)
    return int(number)


def _passages(db: Database, text: str, edition: int, extraction: Extraction) -> None:
    held = list(passages(extraction))
    worded = Worded.of([numbers_of(passage.text(text)) for passage in held])
    carried = wordings.intern(db, worded, range(len(held)))
    known: dict[tuple[str, str], int] = {}
    values = [
        rows.passage_row(
            passage,
            text,
            edition=edition,
            wording=wording,
            speaker=speakers.speaker_id(db, passage.attribution, known),
        )
        for passage, wording in zip(held, carried, strict=True)
    ]
    rows.insert_passages(db, values)


def _supersede(db: Database, article: int, newest: int) -> int:
    """Keep the older editions of an article as witnesses of those quotations alone that the newest has no more.

    Returns the edition that was the newest.
    """
    (before,) = db.execute(
        "SELECT id FROM edition WHERE article = ? AND newest AND id <> ?", [article, newest]
    ).fetchone()
    older = "edition IN (SELECT id FROM edition WHERE article = :article AND id <> :newest)"
    passed = (
        f"{older} AND wording IS NOT NULL AND (kind IN ('prose', 'indirect') "
        "OR wording IN (SELECT wording FROM passage WHERE edition = :newest))"
    )
    names = {"article": article, "newest": newest}
    released = db.execute(f"SELECT id, wording FROM passage WHERE {passed}", names).fetchall()
    quotations = f"SELECT count(*) FROM passage p JOIN edition e ON e.id = p.edition WHERE e.newest AND p.{rows.MARKED}"
    (counted,) = db.execute(f"{quotations} AND p.{older}", names).fetchone()
    utterances.hand_on(db, article, newest)
    db.execute(f"UPDATE passage SET wording = NULL WHERE {passed}", names)
    utterances.leave(db, [passage for passage, _ in released])
    db.execute(f"DELETE FROM shingle WHERE {older}", names)
    db.execute("UPDATE edition SET newest = 0 WHERE article = :article AND id <> :newest", names)
    wordings.release(db, {wording for _, wording in released})
    groups.leave(db, article)
    count(db, "quotations", -counted)
    return int(before)

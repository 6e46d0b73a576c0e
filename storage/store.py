"""The record in one SQLite file.

A `Store` belongs to the thread that opened it. One may write while any number read; what one transaction brings, be it
rows or index, is there for the others at once and wholly.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlite_utils import Database

from bot.errors import NotInRecord
from bot.match.edits import Edit
from bot.model import (
    Added,
    Article,
    ArticleSummary,
    Candidates,
    Coverage,
    Event,
    Extraction,
    Loaded,
    Quoted,
    Utterance,
    Witness,
)
from bot.sources import Visit
from bot.text import fold
from storage import (
    changes,
    checking,
    index,
    merging,
    opening,
    pages,
    quotations,
    revisions,
    rows,
    speakers,
    utterances,
)
from storage.batch import Batch
from storage.checking import Status, Verified
from storage.features import numbered
from storage.feeds import Feeds
from storage.index import Index
from storage.jobs import Jobs
from storage.merging import Piece
from storage.outbox import Outbox
from storage.pages import Pages
from storage.rows import printable
from storage.segments import Packed
from storage.servers import Servers
from storage.users import Users

_CARRIERS = 64  # witnesses of one wording that an answer is given; it counts the others
_SCANNED = 20_000  # newest passages that are read for words which are too common to have a list
_STEPS, _POSTINGS = 3, 40  # merging after a list of quotations: so many steps, of so many postings for each quotation
_LARGE = 64  # large segments that may stand while a list is being stored
_MATCHES = 5_000  # wordings that hold all the words, of which the newest passages are shown


class Store:
    """Articles, what was read in them, and the index, over one connection. Implements `bot.desk.Record`.

    `servers`, `users`, `jobs` and `outbox` hold what is asked of the bot, `feeds` and `pages` what is followed on the
    web, in the same file.
    """

    def __init__(self, db: Database, path: Path) -> None:
        self.db = db
        self.path = path
        self.servers = Servers(db, path)
        self.users = Users(db, path)
        self.jobs = Jobs(db, path)
        self.outbox = Outbox(db, path)
        self.feeds = Feeds(db, path)
        self.pages = Pages(db, path)
        self._index = Index(db)
        self._coverage: tuple[int, Coverage] | None = None

    @classmethod
    def open(cls, path: Path | str, *, readonly: bool = False) -> Self:
        """Open the record at `path`, making it where there is none. Raises `RecordError` and its kin."""
        return cls(opening.connect(Path(path), readonly=readonly), Path(path))

    def close(self) -> None:
        """Let go of the file."""
        self.db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    # --- writing --------------------------------------------------------------------------------------------------

    def add(self, article: Article, extraction: Extraction, *, live: bool = True) -> Added:
        """Store one article with all that was read in it, wholly or not at all, and do a step of merging.

        What a `live` one brings that somebody asked to hear of is in the outbox with it.
        """
        with opening.spoken(self.path), opening.writing(self.db):
            added = changes.add(self.db, article, extraction, self._index.near, live=live)
            merging.step(self.db)
        self._wrote()
        return added

    def add_page(self, page: int, article: Article, extraction: Extraction, visit: Visit) -> Added | None:
        """Store what a page holds and note the visit in one transaction, so that no crash can part the two.

        A page of the back catalogue alerts nobody when it comes on record; what changes in it later is news. Returns
        `None`, and stores nothing, where the page or its article was removed since the page was asked for.
        """
        with opening.spoken(self.path), opening.writing(self.db):
            held = pages.wanted(self.db, page, article)
            if held is None:
                return None
            news = held.live or held.article is not None
            added = changes.add(self.db, article, extraction, self._index.near, live=news)
            pages.stored(self.db, held, added, visit)
            merging.step(self.db)
        self._wrote()
        return added

    def remove(self, identifier: int) -> ArticleSummary:
        """Delete an article with all its editions and all that hangs on them. Raises `NotInRecord`."""
        with opening.spoken(self.path), opening.writing(self.db):
            summary = self.summary(identifier)
            changes.remove(self.db, identifier)
        self._wrote()
        return summary

    def add_quotations(self, listed: Sequence[Quoted], mark: tuple[str, int] | None = None) -> Loaded:
        """Store quotations of a list, all or none; see `add_batches`."""
        return self.add_batches([(Batch.of(listed), mark)])

    def add_batches(self, batches: Iterable[tuple[Batch, tuple[str, int] | None]]) -> Loaded:
        """Store quotations of a list, all or none; see `storage.quotations` for how they are held.

        Each batch has a mark: a digest of its list up to the last of them, and that line. Both are kept in this
        transaction, so that `imported` tells after an interruption what is stored.
        """
        loaded = Loaded(0, 0)
        with opening.spoken(self.path), opening.writing(self.db):
            for batch, mark in batches:
                more = quotations.add(self.db, batch)
                loaded = Loaded(loaded.new + more.new, loaded.known + more.known)
                self._note(mark)
                for _ in range(_STEPS):
                    merging.step(self.db, max(merging.STEP, len(batch) * _POSTINGS), _LARGE)
        self._wrote()
        return loaded

    def add_articles(
        self, read: Sequence[tuple[Article, Extraction]], mark: tuple[str, int] | None = None
    ) -> list[Added]:
        """Store articles of a dump with all that was read in each, all or none; they alert nobody.

        `mark` is kept with them as by `add_batches`.
        """
        added = []
        with opening.spoken(self.path), opening.writing(self.db):
            for article, extraction in read:
                added.append(changes.add(self.db, article, extraction, self._index.near, live=False))
                merging.step(self.db)
                self._index.shelf.forget()
            self._note(mark)
        self._wrote()
        return added

    def _note(self, mark: tuple[str, int] | None) -> None:
        """Keep how far a list is stored."""
        if mark is not None:
            self.db.execute("INSERT OR REPLACE INTO bookmark (digest, line) VALUES (?, ?)", mark)

    def tidy(self) -> bool:
        """One bounded piece of the merging that is due, some tenths of a second. Returns whether there was any.

        Adding articles keeps up with it by itself; after a long list of quotations it is worth doing until it is done.
        """
        with opening.spoken(self.path), opening.writing(self.db):
            busy = merging.step(self.db, _POSTINGS * 20_000)
        self._wrote()
        return busy

    def pieces(self) -> list[Piece]:
        """The merge that is due in pieces, which other processes can do by `merging.read`; none where nothing is."""
        with opening.spoken(self.path), opening.writing(self.db):
            return merging.pieces(self.db, _POSTINGS * 20_000)

    def put(self, piece: Piece, merged: Packed | None) -> None:
        """Store what `merging.read` made of a piece, unless somebody else has gone on with the merge."""
        if merged is None:
            return
        with opening.spoken(self.path), opening.writing(self.db):
            merging.put(self.db, piece, merged)
        self._wrote()

    def part(self, passage: int) -> None:
        """Take a passage out of its utterance for good. Raises `NotInRecord`."""
        with opening.spoken(self.path), opening.writing(self.db):
            self._one(passage)
            utterances.part(self.db, passage)

    def rejoin(self, passage: int) -> None:
        """Undo `part`. Raises `NotInRecord`."""
        with opening.spoken(self.path), opening.writing(self.db):
            self._one(passage)
            utterances.rejoin(self.db, passage)

    def imported(self, digest: str) -> int:
        """The last line of the beginning of a list that has this digest, 0 where it was not stored."""
        row = self.db.execute("SELECT line FROM bookmark WHERE digest = ?", [digest]).fetchone()
        return int(row[0]) if row else 0

    def rebuild(self, progress: Callable[[int], None] = lambda _: None) -> None:
        """Write the index anew, all of it or nothing; `progress` is told how many wordings each batch held."""
        with opening.spoken(self.path), opening.writing(self.db):
            index.rebuild(self.db, progress)
        while self.tidy():
            pass

    def index_status(self) -> Status:
        """What the index holds and what is being merged."""
        with opening.spoken(self.path):
            return checking.status(self.db)

    def verify(self, progress: Callable[[float], None] = lambda _: None) -> Verified:
        """Whether the index and every passage are what the record says; reads all of it."""
        with opening.spoken(self.path), opening.reading(self.db):
            return checking.verify(self.db, progress)

    def check_pages(self) -> None:
        """Have SQLite look through the file's structure, which reads all of it. Raises `DamagedDatabase`."""
        with opening.spoken(self.path):
            checking.pages(self.db, self.path)

    def _wrote(self) -> None:
        self._index.shelf.forget()
        self._coverage = None

    # --- looking up -----------------------------------------------------------------------------------------------

    def candidates(self, text: str, limit: int = 24) -> Candidates:
        """The passages likeliest to carry `text`: those of at most `limit` wordings, each with its newest carriers."""
        with opening.spoken(self.path):
            words = fold(text)
            if not words:
                return Candidates((), {})
            found = self._index.retrieve(words, limit)
            witnesses = self._witnesses(rows.CARRIERS, json.dumps(found.wordings), _CARRIERS)
            carriers = max(found.carried, self._count(found.carriers))
        return Candidates(tuple(witnesses), found.weight, carriers, self._index.shelf.wordings)

    def coverage(self) -> Coverage:
        """How much is on record."""
        with opening.spoken(self.path):
            (version,) = self.db.execute("PRAGMA data_version").fetchone()
            if self._coverage is None or self._coverage[0] != version:
                self._coverage = (version, self._counted())
            return self._coverage[1]

    def search(
        self, text: str, *, speaker: str | None = None, outlet: str | None = None, limit: int = 20
    ) -> Sequence[Witness]:
        """Passages that hold every word of `text`, newest first."""
        who = None if speaker is None else json.dumps(speakers.named(self.db, speaker))
        where = None if outlet is None else printable(outlet)
        words = fold(text)
        held = self._index.holding(words) if words else None
        if held is None:
            return self._scan(words, who, where, limit)
        among = json.dumps(held[:_MATCHES].tolist())
        query = f"{rows.WITNESS} WHERE p.wording IN (SELECT value FROM json_each(?)) {_NARROWED} {_NEWEST} LIMIT ?"
        return self._witnesses(query, among, who, who, where, where, limit)

    def speaker(self, name: str, *, limit: int = 20) -> Sequence[Witness]:
        """Quotations attributed to a speaker of that name, newest first."""
        query = (
            f"{rows.WITNESS} WHERE p.speaker IN (SELECT value FROM json_each(?)) AND e.newest "
            f"AND p.{rows.MARKED} {_NEWEST} LIMIT ?"
        )
        return self._witnesses(query, json.dumps(speakers.named(self.db, name)), limit)

    def names(self, *, most: int = 5_000) -> tuple[list[str], list[str]]:
        """The outlets and the speakers on record, those of the most articles and quotations first."""
        outlets = (
            "SELECT o.name FROM article a JOIN outlet o ON o.id = a.outlet "
            "GROUP BY o.id ORDER BY count(*) DESC, o.name LIMIT ?"
        )
        speakers_ = (
            "SELECT s.name FROM passage p JOIN speaker s ON s.id = p.speaker WHERE p.speaker IS NOT NULL "
            "GROUP BY s.name ORDER BY count(*) DESC, s.name LIMIT ?"
        )
        found = [[name for (name,) in self.db.execute(query, [most])] for query in (outlets, speakers_)]
        return found[0], list(dict.fromkeys(each for name in found[1] for each in name.splitlines()))[:most]

    def names_in(self, article: int) -> tuple[list[str], list[str]]:
        """The outlet and the speakers of one article."""
        outlet = "SELECT o.name FROM article a JOIN outlet o ON o.id = a.outlet WHERE a.id = ?"
        said = (
            "SELECT DISTINCT s.name FROM edition e JOIN passage p ON p.edition = e.id "
            "JOIN speaker s ON s.id = p.speaker WHERE e.article = ? AND e.newest ORDER BY p.id"
        )
        found = [[name for (name,) in self.db.execute(query, [article])] for query in (outlet, said)]
        return found[0], found[1]

    def utterance(self, identifier: int) -> Utterance:
        """The utterance of that number, or that a passage of that number renders. Raises `NotInRecord`."""
        one = self._one(identifier)
        query = f"{rows.WITNESS} WHERE p.utterance = ? ORDER BY e.published IS NULL, e.published, p.id"
        return Utterance(one.utterance or one.id, tuple(self._witnesses(query, one.utterance)) or (one,))

    def trending(self, since: datetime, *, limit: int = 20) -> list[Utterance]:
        """The utterances that most independent texts, then most outlets, have carried since a moment."""
        found = self.db.execute(
            "SELECT p.utterance FROM edition e JOIN article a ON a.id = e.article JOIN passage p ON p.edition = e.id "
            "WHERE e.newest AND e.published >= ? AND p.utterance IS NOT NULL GROUP BY p.utterance "
            "ORDER BY count(DISTINCT a.copies) DESC, count(DISTINCT a.outlet) DESC, max(e.published) DESC LIMIT ?",
            [rows.moment(since), limit],
        ).fetchall()
        return [self.utterance(number) for (number,) in found]

    def events(self, after: int = 0, *, limit: int = 100) -> list[Event]:
        """What articles added to known utterances, oldest first, from the event behind number `after` on."""
        query = "SELECT id, at, kind, utterance, passage FROM event WHERE id > ? ORDER BY id LIMIT ?"
        return [rows.event_of(row) for row in self.db.execute(query, [after, limit])]

    def quotations(
        self, *, speaker: str | None = None, outlet: str | None = None, since: datetime | None = None
    ) -> Iterator[Witness]:
        """Every quotation of the newest editions that is no scare quote, oldest first, read as it is asked for."""
        who = None if speaker is None else json.dumps(speakers.named(self.db, speaker))
        where, when = None if outlet is None else printable(outlet), None if since is None else rows.moment(since)
        query = (
            f"{rows.WITNESS} WHERE e.newest AND p.{rows.MARKED} AND p.kind <> 'scare' {_NARROWED} "
            f"{_DATED} ORDER BY p.id"
        )
        with opening.spoken(self.path):
            yield from map(rows.witness_of, self.db.execute(query, (who, who, where, where, when, when)))

    def texts(self, *, outlet: str | None = None, since: datetime | None = None) -> Iterator[tuple[int, Article]]:
        """The newest edition of every article that is known whole, with its number, read as it is asked for."""
        where, when = None if outlet is None else printable(outlet), None if since is None else rows.moment(since)
        query = f"{rows.ARTICLE} WHERE e.newest AND e.whole {_DATED} AND (? IS NULL OR o.name = ?) ORDER BY a.id"
        with opening.spoken(self.path):
            for number, *row in self.db.execute(query, (when, when, where, where)):
                yield number, rows.article_of(tuple(row))

    def articles(self, *, limit: int = 50, offset: int = 0) -> Sequence[ArticleSummary]:
        """What is on record, newest first."""
        query = f"{rows.SUMMARY} ORDER BY e.published DESC, a.id DESC LIMIT ? OFFSET ?"
        return [rows.summary_of(row) for row in self.db.execute(query, [limit, offset])]

    def summary(self, identifier: int) -> ArticleSummary:
        """One line about one article. Raises `NotInRecord`."""
        row = self.db.execute(f"{rows.SUMMARY} WHERE a.id = ?", [identifier]).fetchone()
        if row is None:
            raise not_in_record(identifier)
        return rows.summary_of(row)

    def article(self, identifier: int) -> tuple[Article, Extraction]:
        """The newest edition of one article and what was read in it. Raises `NotInRecord`."""
        return self.editions(identifier)[0]

    def editions(self, identifier: int) -> list[tuple[Article, Extraction]]:
        """Every edition of one article, newest first, with what was read in each. Raises `NotInRecord`."""
        found = self.db.execute(f"{rows.EDITIONS} WHERE a.id = ? ORDER BY e.newest DESC, e.id DESC", [identifier])
        editions = [(rows.article_of(tuple(row)), self._extraction(edition, read)) for edition, read, *row in found]
        if not editions:
            raise not_in_record(identifier)
        return editions

    def edits(self, identifier: int) -> list[Edit]:
        """What each new edition of an article changed in its quotations, the latest first. Raises `NotInRecord`."""
        self.summary(identifier)
        with opening.spoken(self.path):
            return revisions.of(self.db, identifier)

    # --- parts ----------------------------------------------------------------------------------------------------

    def _extraction(self, edition: int, credits_read: str | None) -> Extraction:
        quotations, sentences = rows.read_of(self.db.execute(rows.READ, [edition]))
        entities = self.db.execute(
            "SELECT name, kind, forms, roles FROM entity WHERE edition = ? ORDER BY rowid", [edition]
        )
        return Extraction(
            quotations, sentences, tuple(rows.entity_of(row) for row in entities), rows.names_of(credits_read)
        )

    def _one(self, passage: int) -> Witness:
        """One passage. Raises `NotInRecord`."""
        for witness in self._witnesses(f"{rows.WITNESS} WHERE p.id = ? AND p.wording IS NOT NULL", passage):
            return witness
        raise NotInRecord(
            f"there is no passage {passage} on record",
            hint="`onrecord check --json` names those that are.",
        )

    def _witnesses(self, query: str, *values: str | int | None) -> list[Witness]:
        with opening.spoken(self.path):
            return [rows.witness_of(row) for row in self.db.execute(query, values)]

    def _count(self, wordings: Sequence[int]) -> int:
        """How many passages carry some wordings."""
        query = "SELECT count(*) FROM passage WHERE wording IN (SELECT value FROM json_each(?))"
        return int(self.db.execute(query, [json.dumps(wordings)]).fetchone()[0]) if wordings else 0

    def _counted(self) -> Coverage:
        tally = dict(self.db.execute("SELECT name, value FROM tally"))
        (outlets,) = self.db.execute("SELECT count(*) FROM outlet").fetchone()
        (oldest,) = self.db.execute("SELECT min(published) FROM edition WHERE newest").fetchone()
        (newest,) = self.db.execute("SELECT max(published) FROM edition WHERE newest").fetchone()
        times = [rows.time_of(oldest), rows.time_of(newest)]
        return Coverage(tally.get("articles", 0), outlets, tally.get("quotations", 0), *times)

    def _scan(self, words: list[str], who: str | None, where: str | None, limit: int) -> list[Witness]:
        """Read the newest passages one by one, for words that stand in too many to have a list."""
        wanted = set(numbered(words).tolist())
        query = (
            "SELECT p.id, w.words FROM passage p JOIN edition e ON e.id = p.edition JOIN article a ON a.id = e.article "
            f"JOIN outlet o ON o.id = a.outlet JOIN wording w ON w.id = p.wording WHERE 1 {_NARROWED} "
            "ORDER BY p.id DESC LIMIT ?"
        )
        found = self.db.execute(query, (who, who, where, where, _SCANNED))
        held = [number for number, data in found if wanted <= set(memoryview(data).cast("I"))]
        query = f"{rows.WITNESS} WHERE p.id IN (SELECT value FROM json_each(?)) {_NEWEST} LIMIT ?"
        return self._witnesses(query, json.dumps(held), limit)


_NARROWED = "AND (? IS NULL OR p.speaker IN (SELECT value FROM json_each(?))) AND (? IS NULL OR o.name = ?)"
_DATED = "AND (? IS NULL OR e.published >= ?)"
_NEWEST = "ORDER BY e.published DESC, p.id DESC"


def not_in_record(identifier: int) -> NotInRecord:
    """The error for an article that is not there."""
    return NotInRecord(
        f"there is no article {identifier} on record", hint="`onrecord article list` shows those that are."
    )

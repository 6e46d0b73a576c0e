"""What a user could pick instead of us: each stores texts and finds those likeliest to carry a quote, best first.

Each is given what is best for it: all but ours and brute force have their first 64 put in order anew by a mix of
rapidfuzz's scores, since their own order is made for other questions. What needs a package or a server that is not
there raises `Missing` with the reason.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import ClassVar, Protocol

from rapidfuzz import fuzz, process
from rapidfuzz.distance import LCSseq

from benchmarks.corpora import put
from bot.desk import Desk
from bot.model import Claim, Report, Wording
from storage.store import Store

CANDIDATES, RAREST = 64, 6
ACCEPTED = 80
"""`token_set_ratio` from which a user of the others would call it found."""
_BATCH = 10_000


class Missing(Exception):
    """A contestant cannot run here; the message says why."""


class Contestant(Protocol):
    """Something that is filled once, in a folder of its own, and asked many times."""

    name: ClassVar[str]
    slow: ClassVar[bool]  # asked a sample of the queries only

    def __init__(self, folder: Path, server: str) -> None: ...

    def fill(self, texts: Iterable[str]) -> None:
        """Store the texts."""

    def open(self) -> None:
        """Be ready to answer, whoever filled it."""

    def ask(self, quote: str) -> list[str]:
        """At most ten texts, best first."""

    def asserts(self, quote: str, found: list[str]) -> bool:
        """Whether it would say that the quote is found."""

    def size(self) -> int:
        """Bytes on disk, texts included; 0 where it is all in memory."""


def ordered(quote: str, found: Iterable[str]) -> list[str]:
    """Texts in a better order than a search engine's: common words in order, likeness, common words in any order."""
    asked = quote.lower().split()

    def score(text: str) -> float:
        low = text.lower()
        common = LCSseq.similarity(asked, low.split()) / max(len(asked), 1)
        alike = max(fuzz.ratio(quote.lower(), low), fuzz.partial_ratio(quote.lower(), low))
        return 0.5 * common + 0.003 * alike + 0.002 * fuzz.token_set_ratio(quote.lower(), low)

    return sorted(found, key=score, reverse=True)[:10]


def accepted(quote: str, found: list[str]) -> bool:
    """What one does without a calibrated rule: the best text's `token_set_ratio` against a threshold."""
    return bool(found) and fuzz.token_set_ratio(quote.lower(), found[0].lower()) >= ACCEPTED


def batches(texts: Iterable[str]) -> Iterator[list[tuple[str]]]:
    """The texts as rows, some thousands at a time."""
    source = iter(texts)
    while batch := [(text,) for text in islice(source, _BATCH)]:
        yield batch


def _bytes(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


class Ours:
    """On Record: retrieval and ranking (`ask`), and the whole answer (`check`)."""

    name = "On Record"
    slow = False

    def __init__(self, folder: Path, server: str) -> None:
        self._path = folder / "record.db"

    def fill(self, texts: Iterable[str]) -> None:
        """Store the texts as quotations, and merge what is due."""
        with Store.open(self._path) as store:
            put(store, texts)
            while store.tidy():
                pass

    def open(self) -> None:
        """Open the record for reading."""
        self.store = Store.open(self._path, readonly=True)
        self._desk = Desk(self.store)

    def ask(self, quote: str) -> list[str]:
        """The texts of the wordings that were retrieved, in the order of their word-by-word scores."""
        return list(dict.fromkeys(witness.text for witness in self.store.candidates(quote).witnesses))[:10]

    def check(self, quote: str) -> Report:
        """The whole answer."""
        return self._desk.check(Claim(quote))

    def asserts(self, quote: str, found: list[str]) -> bool:
        """Whether the answer names witnesses that carry the quote."""
        return self.check(quote).wording not in (Wording.NOT_FOUND, Wording.SIMILAR, Wording.TOO_COMMON)

    def size(self) -> int:
        """The file, with articles, passages and index."""
        return self._path.stat().st_size


class Brute:
    """rapidfuzz over all texts with `WRatio`, its default scorer."""

    name = "rapidfuzz extract, WRatio"
    slow = True
    scorer = staticmethod(fuzz.WRatio)

    def __init__(self, folder: Path, server: str) -> None:
        self._path = folder / "texts"

    def fill(self, texts: Iterable[str]) -> None:
        """Keep the lines."""
        self._path.write_text("".join(f"{text}\n" for text in texts), encoding="utf-8")

    def open(self) -> None:
        """Read them into memory."""
        self._texts = self._path.read_text(encoding="utf-8").split("\n")

    def ask(self, quote: str) -> list[str]:
        """The ten best of all."""
        return [text for text, _, _ in process.extract(quote, self._texts, scorer=self.scorer, limit=10)]

    def asserts(self, quote: str, found: list[str]) -> bool:
        """By the threshold."""
        return accepted(quote, found)

    def size(self) -> int:
        """The lines."""
        return self._path.stat().st_size


class BruteTokens(Brute):
    """The same with `token_set_ratio`."""

    name = "rapidfuzz extract, token_set_ratio"
    scorer = staticmethod(fuzz.token_set_ratio)


class Fts:
    """SQLite FTS5: any of the quote's words, by bm25."""

    name = "SQLite FTS5, all words"
    slow = True

    def __init__(self, folder: Path, server: str) -> None:
        self._path = folder / "fts.db"

    def fill(self, texts: Iterable[str]) -> None:
        """One full-text table."""
        db = sqlite3.connect(self._path)
        db.execute("CREATE VIRTUAL TABLE held USING fts5(text, tokenize = 'unicode61')")
        for batch in batches(texts):
            db.executemany("INSERT INTO held VALUES (?)", batch)
        db.execute("INSERT INTO held (held) VALUES ('optimize')")
        db.commit()
        db.close()

    def open(self) -> None:
        """Open the table, with the counts of its words."""
        self._db = sqlite3.connect(self._path)
        self._db.execute("CREATE VIRTUAL TABLE temp.counts USING fts5vocab(main, held, row)")

    def ask(self, quote: str) -> list[str]:
        """The first 64 by bm25, put in order anew."""
        words = self.chosen(list(dict.fromkeys(re.findall(r"\w+", quote.lower()))))
        if not words:
            return []
        match = " OR ".join(f'"{word}"' for word in words)
        rows = self._db.execute("SELECT text FROM held WHERE held MATCH ? ORDER BY rank LIMIT ?", [match, CANDIDATES])
        return ordered(quote, (text for (text,) in rows))

    def chosen(self, words: list[str]) -> list[str]:
        """The words that are looked up: all."""
        return words

    def asserts(self, quote: str, found: list[str]) -> bool:
        """By the threshold."""
        return accepted(quote, found)

    def size(self) -> int:
        """The file."""
        return self._path.stat().st_size


class FtsRarest(Fts):
    """SQLite FTS5: any of the six rarest words."""

    name = "SQLite FTS5, six rarest words"
    slow = False

    def chosen(self, words: list[str]) -> list[str]:
        """The rarest of those that are held at all."""
        row = "SELECT doc FROM temp.counts WHERE term = ?"
        counts = [(found[0], word) for word in words if (found := self._db.execute(row, [word]).fetchone())]
        return [word for _, word in sorted(counts)[:RAREST]]


class Tantivy:
    """tantivy's BM25 over any of the quote's words."""

    name = "tantivy, all words"
    slow = False

    def __init__(self, folder: Path, server: str) -> None:
        try:
            import tantivy  # noqa: PLC0415 — of the bench extra
        except ImportError as error:
            raise Missing("tantivy is not installed: pip install 'onrecord[bench]'") from error
        self._tantivy, self._folder = tantivy, folder / "tantivy"
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("text", stored=True)
        self._schema = builder.build()

    def fill(self, texts: Iterable[str]) -> None:
        """One index with the texts stored in it."""
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir()
        index = self._tantivy.Index(self._schema, path=str(self._folder))
        writer = index.writer(heap_size=128 << 20, num_threads=1)
        for text in texts:
            writer.add_document(self._tantivy.Document(text=[text]))
        writer.commit()
        writer.wait_merging_threads()

    def open(self) -> None:
        """Open the index."""
        index = self._tantivy.Index.open(str(self._folder))
        index.reload()
        self._searcher = index.searcher()

    def ask(self, quote: str) -> list[str]:
        """The first 64 by BM25, put in order anew."""
        query = self._tantivy.Query
        terms = [
            (self._tantivy.Occur.Should, query.term_query(self._schema, "text", word, "freq"))
            for word in self.chosen(list(dict.fromkeys(re.findall(r"\w+", quote.lower()))))
        ]
        if not terms:
            return []
        hits = self._searcher.search(query.boolean_query(terms), CANDIDATES).hits
        return ordered(quote, (self._searcher.doc(address)["text"][0] for _, address in hits))

    def chosen(self, words: list[str]) -> list[str]:
        """The words that are looked up: all."""
        return words

    def asserts(self, quote: str, found: list[str]) -> bool:
        """By the threshold."""
        return accepted(quote, found)

    def size(self) -> int:
        """The folder."""
        return _bytes(self._folder)


class TantivyRarest(Tantivy):
    """tantivy's BM25 over the six rarest words."""

    name = "tantivy, six rarest words"

    def chosen(self, words: list[str]) -> list[str]:
        """The rarest of those that are held at all."""
        counts = Counter({word: self._searcher.doc_freq("text", word) for word in words})
        return [word for word in sorted(counts, key=counts.__getitem__) if counts[word]][:RAREST]


class Trigram:
    """PostgreSQL's pg_trgm with a GIN index, by `word_similarity` from one half on."""

    name = "PostgreSQL pg_trgm"
    slow = True

    def __init__(self, folder: Path, server: str) -> None:
        if not server:
            raise Missing("no PostgreSQL server is given: --postgres user:password@host:port/database")
        try:
            from pg8000 import dbapi  # noqa: PLC0415 — of the bench extra
        except ImportError as error:
            raise Missing("pg8000 is not installed: pip install 'onrecord[bench]'") from error
        found = re.fullmatch(
            r"(?P<user>[^:@]+)(?::(?P<password>[^@]*))?@(?P<host>[^:/]+):(?P<port>\d+)/(?P<db>.+)", server
        )
        if found is None:
            raise Missing(f"{server!r} is not of the form user:password@host:port/database")
        self._db = dbapi.connect(
            found["user"], host=found["host"], port=int(found["port"]), database=found["db"], password=found["password"]
        )

    def fill(self, texts: Iterable[str]) -> None:
        """One table with its index; an older one goes."""
        cursor = self._db.cursor()
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        cursor.execute("DROP TABLE IF EXISTS onrecord_bench")
        cursor.execute("CREATE TABLE onrecord_bench (text text)")
        for batch in batches(texts):
            cursor.execute("INSERT INTO onrecord_bench SELECT unnest(%s::text[])", [[text for (text,) in batch]])
        cursor.execute("CREATE INDEX onrecord_bench_text ON onrecord_bench USING gin (text gin_trgm_ops)")
        self._db.commit()
        cursor.execute("ANALYZE onrecord_bench")
        self._db.commit()

    def open(self) -> None:
        """Set the threshold."""
        self._db.cursor().execute("SET pg_trgm.word_similarity_threshold = 0.5")

    def ask(self, quote: str) -> list[str]:
        """The first 32 by likeness, put in order anew."""
        cursor = self._db.cursor()
        rows = "SELECT text FROM onrecord_bench WHERE %s <%% text ORDER BY word_similarity(%s, text) DESC LIMIT 32"
        cursor.execute(rows, [quote, quote])
        return ordered(quote, (text for (text,) in cursor.fetchall()))

    def asserts(self, quote: str, found: list[str]) -> bool:
        """By the threshold."""
        return accepted(quote, found)

    def size(self) -> int:
        """Table and index."""
        cursor = self._db.cursor()
        cursor.execute("SELECT pg_total_relation_size('onrecord_bench')")
        return int(cursor.fetchone()[0])


ALL: dict[str, type[Contestant]] = {
    "ours": Ours,
    "wratio": Brute,
    "token_set": BruteTokens,
    "fts5": Fts,
    "fts5-rarest": FtsRarest,
    "tantivy": Tantivy,
    "tantivy-rarest": TantivyRarest,
    "pg_trgm": Trigram,
}
"""The contestants by the names that the command takes."""

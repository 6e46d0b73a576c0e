"""The record in memory: every look-up reads all of it.

It serves `check --against FILE`, where a handful of articles is read for one question, and as the plain truth that
the index of the database is held against.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import combinations

from bot.match.utterance import rendered, same_utterance
from bot.model import Added, AddStatus, Article, ArticleSummary, Candidates, Coverage, Extraction, Kind, Witness
from bot.text import fold
from storage.copies import are_copies, shingles
from storage.features import Ids, numbered
from storage.grouping import Place, groups
from storage.information import ENGLISH, rarity, weights
from storage.passages import Passage, passages
from storage.ranking import Ranker, best
from storage.speakers import same_name
from storage.store import not_in_record

_SHARE = 0.3
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(slots=True)
class _Held:
    """One article: its editions, oldest first, each with what was read in it."""

    id: int
    editions: list[tuple[Article, Extraction]]
    shingles: Ids
    copies: int


@dataclass(frozen=True, slots=True)
class _Entry:
    """One passage of a newest edition, with its folded words."""

    id: int
    article: int
    edition: int  # its place among the article's editions
    passage: Passage
    words: tuple[str, ...]
    data: bytes


class Memory:
    """Articles and what was read in them, in lists. Implements `bot.desk.Record`."""

    def __init__(self) -> None:
        self._articles: dict[int, _Held] = {}
        self._entries: list[_Entry] = []
        self._numbered = 0  # articles ever added: their numbers are not used again
        self._passages = 0
        self._utterances: dict[int, int] | None = None

    def add(self, article: Article, extraction: Extraction, *, live: bool = True) -> Added:  # noqa: ARG002
        """Store one article with all that was read in it. Nobody has asked this record for alerts of `live` ones."""
        quotations = len(extraction.quotations)
        same = next((held for held in self._articles.values() if _same_text(held, article)), None)
        if same is not None:
            return Added(same.id, AddStatus.KNOWN, quotations)
        held = self._held(article)
        status = AddStatus.EDITION if held.editions else AddStatus.NEW
        held.editions.append((article, extraction))
        held.shingles = shingles(article.text)
        entered = list(self._entered(held, article.text, extraction))
        said = {entry.words for entry in entered}
        self._entries = [entry for entry in self._entries if entry.article != held.id or _outlasts(entry, said)]
        self._entries += entered
        self._utterances = None
        self._group()
        others = (other for other in self._articles.values() if other is not held)
        copies = tuple(other.id for other in others if are_copies(held.shingles, other.shingles))
        return Added(held.id, status, quotations, copies)

    def _utterance(self, passage: int) -> int:
        """The group of a passage, 0 where it stands alone; all are grouped anew after a change."""
        if self._utterances is None:
            self._utterances = self._grouped()
        return self._utterances.get(passage, 0)

    def _grouped(self) -> dict[int, int]:
        spoken = [entry for entry in self._entries if _marked(entry) and entry.passage.kind is not Kind.SCARE]
        held = {entry.id: rendered(self._witness(entry, 0)) for entry in spoken}
        places = {entry.id: Place(entry.article, entry.passage.part_of) for entry in spoken}
        links = [
            (one.id, other.id)
            for one, other in combinations(spoken, 2)
            if not _encloses(one, other) and same_utterance(held[one.id], held[other.id], ENGLISH.__getitem__)
        ]
        found = groups(places, links)
        sizes = Counter(found.values())
        return {passage: group for passage, group in found.items() if sizes[group] > 1}

    def candidates(self, text: str, limit: int = 24) -> Candidates:
        """The passages likeliest to carry `text`, every passage looked at."""
        words = fold(text)
        if not words:
            return Candidates((), {})
        counts = Counter(word for data in self._wordings().values() for word in set(data[0].words))
        total = len(self._wordings())
        weight = weights(words, counts, total)
        ranker = Ranker(numbered(words), [rarity(counts[word], total) for word in words])
        wordings = list(self._wordings().values())
        alike = [(ranker.score(same[0].data), at) for at, same in enumerate(wordings) if not _strangers(words, same[0])]
        chosen = [entry for at in best(alike, limit, _SHARE) for entry in reversed(wordings[at])]
        carriers = sum(ranker.carried(entry.data) for entry in self._entries)
        return Candidates(tuple(self._witness(entry) for entry in chosen), weight, carriers, total)

    def coverage(self) -> Coverage:
        """How much is on record."""
        newest = [held.editions[-1][0] for held in self._articles.values()]
        times = sorted(article.published for article in newest if article.published is not None)
        quotations = sum(len(held.editions[-1][1].quotations) for held in self._articles.values())
        outlets = len({article.outlet for article in newest})
        return Coverage(len(newest), outlets, quotations, *((times[0], times[-1]) if times else ()))

    def search(
        self, text: str, *, speaker: str | None = None, outlet: str | None = None, limit: int = 20
    ) -> Sequence[Witness]:
        """Passages that hold every word of `text`, newest first."""
        wanted = set(fold(text))
        found = [
            entry
            for entry in self._entries
            if wanted <= set(entry.words)
            and (speaker is None or _said_by(entry, speaker))
            and (outlet is None or self._articles[entry.article].editions[-1][0].outlet == outlet)
        ]
        return self._newest(found, limit)

    def speaker(self, name: str, *, limit: int = 20) -> Sequence[Witness]:
        """Quotations attributed to a speaker of that name, newest first."""
        found = [
            entry
            for entry in self._entries
            if _marked(entry) and _said_by(entry, name) and self._witness(entry).current
        ]
        return self._newest(found, limit)

    def articles(self, *, limit: int = 50, offset: int = 0) -> Sequence[ArticleSummary]:
        """What is on record, newest first."""
        lines = [self._summary(held) for held in self._articles.values()]
        lines.sort(key=lambda line: (line.published or _LONG_AGO, line.id), reverse=True)
        return lines[offset : offset + limit]

    def article(self, identifier: int) -> tuple[Article, Extraction]:
        """The newest edition of one article and what was read in it. Raises `NotInRecord`."""
        if identifier not in self._articles:
            raise not_in_record(identifier)
        return self._articles[identifier].editions[-1]

    def remove(self, identifier: int) -> ArticleSummary:
        """Delete an article with all its editions. Raises `NotInRecord`."""
        if identifier not in self._articles:
            raise not_in_record(identifier)
        line = self._summary(self._articles[identifier])
        del self._articles[identifier]
        self._entries = [entry for entry in self._entries if entry.article != identifier]
        self._utterances = None
        self._group()
        return line

    def _held(self, article: Article) -> _Held:
        for held in self._articles.values():
            newest = held.editions[-1][0]
            if article.url is not None and (newest.outlet, newest.url) == (article.outlet, article.url):
                return held
        self._numbered += 1
        return self._articles.setdefault(self._numbered, _Held(self._numbered, [], shingles(""), self._numbered))

    def _entered(self, held: _Held, text: str, extraction: Extraction) -> Iterator[_Entry]:
        for passage in passages(extraction):
            self._passages += 1
            words = fold(passage.text(text))
            if words:
                place = len(held.editions) - 1
                yield _Entry(self._passages, held.id, place, passage, tuple(words), numbered(words).tobytes())

    def _wordings(self) -> dict[tuple[str, ...], list[_Entry]]:
        """The passages of each distinct wording, oldest first."""
        same: dict[tuple[str, ...], list[_Entry]] = {}
        for entry in self._entries:
            same.setdefault(entry.words, []).append(entry)
        return same

    def _group(self) -> None:
        """Name each copy group by its lowest member."""
        left = dict(self._articles)
        while left:
            lowest = min(left)
            edge = [left.pop(lowest)]
            while edge:
                one = edge.pop()
                one.copies = lowest
                near = [other for other in left.values() if are_copies(one.shingles, other.shingles)]
                edge += [left.pop(other.id) for other in near]

    def _newest(self, entries: list[_Entry], limit: int) -> list[Witness]:
        def age(entry: _Entry) -> tuple[datetime, int]:
            return (self._articles[entry.article].editions[-1][0].published or _LONG_AGO, entry.id)

        return [self._witness(entry) for entry in sorted(entries, key=age, reverse=True)[:limit]]

    def _summary(self, held: _Held) -> ArticleSummary:
        article, extraction = held.editions[-1]
        return ArticleSummary(
            id=held.id,
            outlet=article.outlet,
            title=article.title,
            url=article.url,
            published=article.published,
            editions=len(held.editions),
            quotations=len(extraction.quotations),
            copies=sum(other.copies == held.copies for other in self._articles.values()),
        )

    def _witness(self, entry: _Entry, utterance: int | None = None) -> Witness:
        held, passage = self._articles[entry.article], entry.passage
        article, extraction = held.editions[entry.edition]
        return Witness(
            id=entry.id,
            text=passage.text(article.text),
            kind=passage.kind,
            outlet=article.outlet,
            article=held.id,
            url=article.url,
            title=article.title,
            published=article.published,
            credits=extraction.credits,
            attribution=passage.attribution,
            before=passage.before(article.text),
            after=passage.after(article.text),
            copies=held.copies,
            utterance=self._utterance(entry.id) if utterance is None else utterance,
            current=entry.edition == len(held.editions) - 1,
            language=article.language,
        )


def _same_text(held: _Held, article: Article) -> bool:
    return any(
        (one.outlet, one.digest) == (article.outlet, article.digest)
        and (one.url == article.url or one.url is None or article.url is None)
        for one, _ in held.editions
    )


def _strangers(words: list[str], entry: _Entry) -> bool:
    return set(words).isdisjoint(entry.words)


def _encloses(one: _Entry, other: _Entry) -> bool:
    """Whether one of two quotations of an article stands within the other."""
    left, right = one.passage.outer, other.passage.outer
    if one.article != other.article or left is None or right is None:
        return False
    return left.holds(right) or right.holds(left)


def _outlasts(entry: _Entry, said: set[tuple[str, ...]]) -> bool:
    """Whether a passage of an older edition stays on record: a quotation that the newest has no more."""
    return not entry.passage.kind.own and entry.words not in said


def _marked(entry: _Entry) -> bool:
    return not (entry.passage.kind.own or entry.passage.kind is Kind.JOINED)


def _said_by(entry: _Entry, name: str) -> bool:
    said = entry.passage.attribution
    return said is not None and any(same_name(fold(name), fold(each.name)) for each in said.speakers)

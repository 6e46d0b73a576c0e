"""The use-cases: add an article, check a claim, check many.

The desk is what every front end calls; it knows no database, no network and no Discord. What holds the record
is behind `Record`, which `storage.store.Store` (SQLite) and `storage.memory.Memory` implement.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Protocol

from bot import extract, match
from bot.errors import ClaimError
from bot.extract.assemble import UNSURE
from bot.model import Added, Article, ArticleSummary, Candidates, Claim, Coverage, Extraction, Report, Witness


class Record(Protocol):
    """What holds the articles. Identifiers are integers that stay valid until their article is removed."""

    def add(self, article: Article, extraction: Extraction, *, live: bool = True) -> Added:
        """Store one article with all that was read in it, wholly or not at all; only a `live` one raises alerts."""

    def candidates(self, text: str, limit: int = 24) -> Candidates:
        """The passages likeliest to carry `text`, quotations and prose."""

    def coverage(self) -> Coverage:
        """How much is on record."""

    def search(
        self, text: str, *, speaker: str | None = None, outlet: str | None = None, limit: int = 20
    ) -> Sequence[Witness]:
        """Passages that hold every word of `text`, newest first."""

    def speaker(self, name: str, *, limit: int = 20) -> Sequence[Witness]:
        """Quotations attributed to a speaker of that name, newest first."""

    def articles(self, *, limit: int = 50, offset: int = 0) -> Sequence[ArticleSummary]:
        """What is on record, newest first."""

    def article(self, identifier: int) -> tuple[Article, Extraction]:
        """The newest edition of one article and what was read in it. Raises `NotInRecord`."""

    def remove(self, identifier: int) -> ArticleSummary:
        """Delete an article with all its editions and all that hangs on them. Raises `NotInRecord`."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The use-cases over one record. A speaker that `add` is less sure of than `unsure` (0..1) is kept as unclear."""

    record: Record
    unsure: float = UNSURE

    def add(self, article: Article, *, live: bool = True) -> Added:
        """Read an article and store what it says; the same text again changes nothing.

        `live`: it is news, and those who asked to hear of what it brings are alerted. A back catalogue is not.
        """
        return self.record.add(article, extract.read(article, unsure=self.unsure), live=live)

    def check(self, claim: Claim, since: datetime | None = None) -> Report:
        """Answer one posted quote, by all or by what was published since a moment.

        Raises `ClaimError` where there is nothing to check.
        """
        find = self.record.candidates if since is None else partial(self._since, since)
        return match.answer(claim, find, self.record.coverage())

    def _since(self, since: datetime, text: str, limit: int = 24) -> Candidates:
        """The candidates that were published since a moment."""
        found = self.record.candidates(text, limit)
        late = tuple(witness for witness in found.witnesses if witness.published and witness.published >= since)
        return replace(found, witnesses=late, carriers=len(late))

    def search(
        self, text: str, *, speaker: str | None = None, outlet: str | None = None, limit: int = 20
    ) -> list[Witness]:
        """Passages that hold every word of `text`, newest first; a sentence not beside a quotation found within it."""
        found = self.record.search(text, speaker=speaker, outlet=outlet, limit=limit)
        marked: dict[int, list[str]] = {}
        for witness in found:
            if not witness.kind.own:
                marked.setdefault(witness.article, []).append(witness.text)
        return [
            witness
            for witness in found
            if not (witness.kind.own and any(held in witness.text for held in marked.get(witness.article, ())))
        ]

    def check_each(self, claims: Iterable[Claim]) -> list[Report]:
        """Answer those of some quotes in which there is something to check."""
        reports = []
        for claim in claims:
            try:
                reports.append(self.check(claim))
            except ClaimError:
                continue
        return reports

    def check_many(self, claims: Iterable[Claim], progress: Callable[[int], None] = lambda _: None) -> Iterator[Report]:
        """Answer many, in order; `progress` is told how many are done."""
        for done, claim in enumerate(claims, 1):
            yield self.check(claim)
            progress(done)

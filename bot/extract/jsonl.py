"""Quotations as plain data, one article an object: what ``onrecord extract --jsonl`` writes.

    {"id", "text", "quotes": [{"start", "end", "text", "type": "direct|mixed|indirect",
                               "speaker": {"text", "start", "end"} | null, "speaker_canonical": str | null}],
     "unattributed": [{"start", "end", "text"}]}

Offsets are code points into `text`; those of a quotation include its marks. `unattributed` are the marks that nobody
is said to have spoken: terms, titles, scare quotes.
"""

from __future__ import annotations

from typing import Any

from bot import extract
from bot.model import Article, Attribution, Kind, Quotation


def document(identifier: str, text: str) -> dict[str, Any]:
    """The object for one article; a blank text has no quotes."""
    found = extract.quotations(Article(text=text, outlet="-")) if text.strip() else ()
    quotes = [_quote(text, quotation) for quotation in found if quotation.kind is not Kind.SCARE]
    unattributed = [_place(text, quotation) for quotation in found if quotation.kind is Kind.SCARE]
    return {"id": identifier, "text": text, "quotes": quotes, "unattributed": unattributed}


def _quote(text: str, quotation: Quotation) -> dict[str, Any]:
    attribution = quotation.attribution
    return _place(text, quotation) | {
        "type": "mixed" if quotation.kind is Kind.MIXED else "direct",
        "speaker": _speaker(attribution),
        "speaker_canonical": attribution.speaker if attribution else None,
    }


def _place(text: str, quotation: Quotation) -> dict[str, Any]:
    outer = quotation.outer
    return {"start": outer.start, "end": outer.end, "text": outer.of(text)}


def _speaker(attribution: Attribution | None) -> dict[str, Any] | None:
    if attribution is None or attribution.mention is None or attribution.mention.span is None:
        return None
    span = attribution.mention.span
    return {"text": attribution.mention.text, "start": span.start, "end": span.end}

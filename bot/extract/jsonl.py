"""Quotations as plain data, one article an object: what ``onrecord extract --jsonl`` writes.

    {"id", "text", "quotes": [{"start", "end", "text", "type": "direct|mixed|indirect",
                               "speaker": {"text", "start", "end"} | null, "speaker_canonical": str | null,
                               "speakers": [str]}],
     "unattributed": [{"start", "end", "text"}]}

Offsets are code points into `text`; those of a quotation include its marks. `speaker_canonical` is the first of the
`speakers`, who said it together. `unattributed` are the marks that nobody is said to have spoken: terms, titles, scare
quotes.
"""

from __future__ import annotations

from typing import Any

from bot import extract
from bot.model import Article, Attribution, Extraction, Kind, Quotation


def document(identifier: str, text: str) -> dict[str, Any]:
    """The object for one article; a blank text has no quotes."""
    found = extract.quotations(Article(text=text, outlet="-")) if text.strip() else ()
    quotes = [_quote(text, quotation) for quotation in found if quotation.kind is not Kind.SCARE]
    unattributed = [_place(text, quotation) for quotation in found if quotation.kind is Kind.SCARE]
    return {"id": identifier, "text": text, "quotes": quotes, "unattributed": unattributed}


def everything(article: Article, found: Extraction) -> dict[str, Any]:
    """All that is read in one article, spans as [start, end] in code points.

    `sentences` are those of the article's own prose; `marked` are the parts of them that stand in marks, and with a
    `speaker` they report what somebody said without marks.
    """
    text = article.text
    return {
        "outlet": article.outlet,
        "title": article.title,
        "credits": list(found.credits),
        "quotations": [_place(text, each) | _said(each.attribution) | {"kind": each.kind} for each in found.quotations],
        "sentences": [
            {
                "start": each.span.start,
                "end": each.span.end,
                "text": each.span.of(text),
                "marked": [[q.outer.start, q.outer.end] for q in found.quotations if each.span.holds(q.outer)],
            }
            | _said(each.attribution)
            for each in found.sentences
        ],
        "entities": [
            {"name": each.name, "kind": each.kind, "forms": list(each.forms), "roles": list(each.roles)}
            for each in found.entities
        ],
    }


def _said(attribution: Attribution | None) -> dict[str, Any]:
    if attribution is None:
        return {"speaker": None}
    return {
        "speaker": attribution.who,
        "speakers": [each.name for each in attribution.speakers],
        "speaker_kind": attribution.kind,
        "mention": attribution.mention.text if attribution.mention else None,
        "cue": attribution.cue.text if attribution.cue else None,
        "rule": attribution.rule,
        "confidence": attribution.confidence,
        "via": list(attribution.via),
    }


def _quote(text: str, quotation: Quotation) -> dict[str, Any]:
    attribution = quotation.attribution
    return _place(text, quotation) | {
        "type": "mixed" if quotation.kind is Kind.MIXED else "direct",
        "speaker": _speaker(attribution),
        "speaker_canonical": attribution.speaker if attribution else None,
        "speakers": [each.name for each in attribution.speakers] if attribution else [],
    }


def _place(text: str, quotation: Quotation) -> dict[str, Any]:
    outer = quotation.outer
    return {"start": outer.start, "end": outer.end, "text": outer.of(text)}


def _speaker(attribution: Attribution | None) -> dict[str, Any] | None:
    if attribution is None or attribution.mention is None or attribution.mention.span is None:
        return None
    span = attribution.mention.span
    return {"text": attribution.mention.text, "start": span.start, "end": span.end}

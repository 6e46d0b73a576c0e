"""Articles of our own, read by a reader that knows only “ and ”, so that the record is tried apart from extraction."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from bot.model import (
    Article,
    Attribution,
    Entity,
    Extraction,
    Kind,
    Mention,
    Quotation,
    Sentence,
    Span,
    SpeakerKind,
)
from storage.memory import Memory
from storage.store import Store

Record = Memory | Store
"""What holds the articles: both keep the promises of the contract."""

_MARKED = re.compile(r"“([^”]*)”(?: said ([A-Z]\w+ [A-Z]\w+))?")
_SENTENCE = re.compile(r"[^.\n]+\.?")


def article(text: str, outlet: str = "harbour.example", url: str | None = None, day: int = 1) -> Article:
    return Article(text=text, outlet=outlet, url=url, title="Title", published=datetime(2024, 3, day, tzinfo=UTC))


def read(text: str) -> Extraction:
    """Marked passages, attributed where “… said Name” stands; every line's sentences as prose."""
    quotations = []
    for number, found in enumerate(_MARKED.finditer(text), 1):
        said = None
        if found[2]:
            said = Attribution(
                speaker=found[2],
                kind=SpeakerKind.PERSON,
                rule="said-name",
                confidence=0.9,
                mention=Mention(found[2], Span(*found.span(2))),
                cue=Mention("said", Span(found.end(1) + 2, found.end(1) + 6)),
                via=("Wire",),
            )
        quotations.append(
            Quotation(
                outer=Span(found.start(), found.end(1) + 1),
                inner=Span(*found.span(1)),
                kind=Kind.DIRECT,
                utterance=number,
                attribution=said,
            )
        )
    sentences = tuple(Sentence(span=Span(*found.span())) for found in _SENTENCE.finditer(text) if found[0].strip())
    entities = tuple(Entity(name, SpeakerKind.PERSON, (name,), ("mayor",)) for name in sorted(_speakers(quotations)))
    return Extraction(tuple(quotations), sentences, entities, ("Wire",))


def _speakers(quotations: list[Quotation]) -> set[str]:
    said = [quotation.attribution for quotation in quotations]
    return {one.speaker for one in said if one is not None and one.speaker is not None}

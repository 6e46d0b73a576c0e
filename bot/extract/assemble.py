"""Put the verdicts into the model's nouns: quotations with their kinds, utterances and attributions.

The content of a fragment ends before a closing comma or full stop where a straight mark opens it: whoever types
straight marks sets the sentence's own stop inside them by house style ("restore order," when asked). Behind a curly
mark, and in whole sentences, it is part of the content, as printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.extract.credits import credited
from bot.extract.entities import Known
from bot.extract.language import language_of
from bot.extract.layers import Layer, Reading, reading
from bot.extract.marks import Marked
from bot.extract.prose import sentences
from bot.extract.ranker import weights
from bot.extract.speakers import Verdict, verdicts
from bot.extract.stream import PROSE
from bot.extract.utterances import numbers
from bot.extract.via import Chains
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

UNSURE = 0.25
"""Below this confidence the speaker is unclear."""

_STRAIGHT = frozenset("\"'")
_STOP = re.compile(r",$|(?<![.…\s])(?<!\b[A-Z])\.$")
"""A comma or full stop at the end; not that of an initialism ("the U.S.") or of a gap ("we will ...")."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """One candidate: the words that name it, the rule it speaks by, its share of 1, features with their weights."""

    text: str
    rule: str
    share: float
    features: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """Why one quotation was read as it was: candidates and referents with their shares, likeliest first."""

    quotation: Quotation
    speech: float
    candidates: tuple[Weighed, ...]
    referents: tuple[tuple[str, float], ...]
    entity: Entity | None


def read(article: Article, *, unsure: float = UNSURE) -> Extraction:
    """All that an article says: quotations in order, sentences of its prose, entities, credits."""
    made = reading(article.text, language_of(article.text, article.language))
    chains = Chains(made, article.outlet)
    found = _quotations(made, verdicts(made, weights()), unsure, chains)
    told = tuple(_sentences(made, unsure))
    carriers = credited(article.text, chains.named(), chains.lists)
    return Extraction(found, told, _entities(made), carriers)


def quotations(article: Article, *, unsure: float = UNSURE) -> tuple[Quotation, ...]:
    """The marked passages of an article, in order of their first character."""
    made = reading(article.text, language_of(article.text, article.language))
    return _quotations(made, verdicts(made, weights()), unsure, Chains(made, article.outlet))


def explain(article: Article, *, unsure: float = UNSURE) -> tuple[Explained, ...]:
    """What was weighed for each quotation of an article."""
    made = reading(article.text, language_of(article.text, article.language))
    decided = verdicts(made, weights())
    pairs = zip(_quotations(made, decided, unsure, Chains(made, article.outlet)), decided, strict=True)
    return tuple(_explained(made, index, quotation, verdict) for index, (quotation, verdict) in enumerate(pairs))


def _sentences(made: Reading, unsure: float) -> Iterator[Sentence]:
    layer = made.layers[PROSE]
    for start, end, verdict in sentences(made, weights()):
        said = None if verdict is None else _attribution(layer, verdict, unsure)
        yield Sentence(span=Span(start, end), attribution=None if said is None or said.speaker is None else said)


def _explained(made: Reading, index: int, quotation: Quotation, verdict: Verdict) -> Explained:
    stream = made.layers[made.parent[index]].stream
    return Explained(
        quotation,
        verdict.speech,
        tuple(
            Weighed(stream.string(c.mention.first, c.mention.last), c.rule, c.score, _weights(c.features))
            for c in verdict.candidates
        ),
        tuple(_referents(made, verdict)),
        _entity(made.known[verdict.entity]) if verdict.entity >= 0 else None,
    )


def _referents(made: Reading, verdict: Verdict) -> list[tuple[str, float]]:
    found = [(made.known[choice.entity].name, share) for choice, share in verdict.referents]
    if verdict.unnamed:
        found.append(("nobody named", verdict.unnamed))
    return sorted(found, key=lambda pair: -pair[1])


def _weights(features: list[str]) -> tuple[tuple[str, float], ...]:
    """The features that weigh anything, the weightiest first."""
    held = weights().speaker
    return tuple(sorted(((name, held[name]) for name in features if name in held), key=lambda pair: -abs(pair[1])))


def _quotations(made: Reading, decided: list[Verdict], unsure: float, chains: Chains) -> tuple[Quotation, ...]:
    found = [_quotation(made, index, verdict, unsure) for index, verdict in enumerate(decided)]
    numbered = zip(chains.put(found), numbers(made, found), strict=True)
    return tuple(replace(quotation, utterance=number) for quotation, number in numbered)


def _quotation(made: Reading, index: int, verdict: Verdict, unsure: float) -> Quotation:
    passage = made.passages[index]
    kind = _kind(made, passage, verdict)
    return Quotation(
        outer=Span(passage.start, passage.end),
        inner=_content(made.text, passage, kind),
        kind=kind,
        depth=passage.depth,
        attribution=_attribution(made.layers[made.parent[index]], verdict, unsure),
    )


def _content(text: str, passage: Marked, kind: Kind) -> Span:
    """What was said: all between the marks, or for a fragment in straight marks all but a closing comma or stop."""
    end = passage.inner_end
    if kind in (Kind.MIXED, Kind.SCARE) and passage.glyph in _STRAIGHT:
        end -= _STOP.search(text, max(passage.inner_start, end - 3), end) is not None
    return Span(passage.inner_start, end)


def _kind(made: Reading, passage: Marked, verdict: Verdict) -> Kind:
    if not verdict.spoken:
        return Kind.SCARE
    if passage.depth and not passage.block:
        return Kind.NESTED
    content = made.text[passage.inner_start : passage.inner_end]
    whole = not content[0].islower() and (len(content.split()) > 3 or content[-1] in ".?!,")
    return Kind.DIRECT if whole or passage.block else Kind.MIXED


def _attribution(layer: Layer, verdict: Verdict, unsure: float) -> Attribution | None:
    if not verdict.spoken:
        return None
    if not verdict.candidates:
        return Attribution(speaker=None, kind=SpeakerKind.UNCLEAR, rule="none near", confidence=0.0)
    best = verdict.candidates[0]
    clear = verdict.name is not None and verdict.confidence >= unsure
    cue = best.frame
    return Attribution(
        speaker=verdict.name if clear else None,
        kind=verdict.kind if clear else SpeakerKind.UNCLEAR,
        rule=best.rule,
        confidence=round(verdict.confidence, 4),
        mention=_mention(layer, best.mention.first, max(each.last for each in (best.mention, *best.mention.others))),
        cue=_mention(layer, cue.first, cue.last) if cue else None,
        others=verdict.others if clear else (),
    )


def _mention(layer: Layer, first: int, last: int) -> Mention:
    stream = layer.stream
    return Mention(stream.string(first, last), Span(stream.start[first], stream.end[last - 1]))


def _entities(made: Reading) -> tuple[Entity, ...]:
    return tuple(map(_entity, made.known))


def _entity(entity: Known) -> Entity:
    return Entity(
        name=entity.name,
        kind=SpeakerKind.ORGANISATION if entity.body else SpeakerKind.PERSON,
        forms=tuple(entity.forms),
        roles=tuple(entity.roles),
    )

"""Whether two quotations render one utterance: the same words, or a part of them, said by the same one on one occasion.

The rules stand in order; the first that fits names itself. Their figures were chosen on the sample articles and are
documented, with what they come to, in ``docs/utterances.md``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property, lru_cache
from math import fsum

from rapidfuzz.distance import LCSseq

from bot.match.speakers import said_by
from bot.model import Attribution, Kind, SpeakerKind, Witness
from bot.text import fold

APART = timedelta(days=30)
"""Articles farther apart do not report one occasion."""

LEAST = 18.0
"""Nats in common that make two wordings one, whoever is named as the speaker."""
MOSTLY = 0.6
"""Of the shorter wording's information: the part that must be in common."""

ENTIRELY = 0.8

SPOKEN = 12.0
"""Nats in common that do where both name the same speaker."""
HALF = 0.6
"""Of the shorter wording's information, where both name the same speaker."""

SCENE = 11.0
"""Nats that the sentences around two fragments must have in common to tell of one occasion."""
ALIKE = 0.2
"""Of the information of the sentence with less of it."""

_SENTENCE = re.compile(r"[.!?…]['\"”’)]*\s|\n")


@dataclass(frozen=True, slots=True)
class Rendering:
    """One quotation: its folded words, the sentence that it stands in, who said it, when it was published."""

    words: tuple[str, ...]
    vocabulary: frozenset[str]
    around: str
    attribution: Attribution | None = None
    published: datetime | None = None
    nested: bool = False

    @property
    def scene(self) -> frozenset[str]:
        """The folded words of the sentence: what is told of the occasion."""
        return _scene(self.around)


@lru_cache(maxsize=1 << 12)
def _scene(around: str) -> frozenset[str]:
    return frozenset(fold(around))


Weight = Mapping[str, float]
"""The information of words, in nats; a word that is not in it tells nothing."""


def rendering(
    text: str,
    before: str,
    after: str,
    attribution: Attribution | None,
    published: datetime | None,
    *,
    nested: bool = False,
) -> Rendering:
    """The rendering that a passage is, with the characters of its article on either side."""
    begin = max((found.end() for found in _SENTENCE.finditer(before)), default=0)
    end = _SENTENCE.search(after)
    around = f"{before[begin:]} {text} {after[: end.start()] if end else after}"
    return Rendering(*_words(text), around, attribution, published, nested)


def rendered(witness: Witness) -> Rendering:
    """A witness as it is compared with others."""
    return rendering(
        witness.text,
        witness.before,
        witness.after,
        witness.attribution,
        witness.published,
        nested=witness.kind is Kind.NESTED,
    )


@lru_cache(maxsize=1 << 12)
def _words(text: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """The folded words of a quotation, in order and each once: the same carriers come up time and again."""
    words = tuple(fold(text))
    return words, frozenset(words)


def same_utterance(one: Rendering, other: Rendering, weight: Weight) -> str | None:
    """The name of the rule by which two renderings are of one utterance; `None` where they are not."""
    if one.published and other.published and abs(one.published - other.published) > APART:
        return None
    shared = one.vocabulary & other.vocabulary
    if len(shared) < min(len(one.vocabulary), len(other.vocabulary)) and _told(shared, weight) < SPOKEN:
        return None  # no rule can hold: found out for a twentieth of the time that they take
    pair = _Pair(one, other, weight)
    if one.nested != other.nested and not pair.speaker:
        return None
    return next((name for name, holds in RULES if holds(pair)), None)


def _told(words: Iterable[str], weight: Weight) -> float:
    return fsum([weight.get(word, 0.0) for word in words])


class _Pair:
    """Two renderings with what they have in common, in nats."""

    def __init__(self, one: Rendering, other: Rendering, weight: Weight) -> None:
        self.one, self.other, self.weight = one, other, weight
        blocks = LCSseq.opcodes(one.words, other.words).as_matching_blocks()
        common = {word for block in blocks for word in one.words[block.a : block.a + block.size]}
        self.common = self.told(common)
        least, most = sorted((self.told(one.vocabulary), self.told(other.vocabulary)))
        self.share = self.common / least if least else 0.0
        self.mutual = self.common / most if most else 0.0
        self.whole = max((block.size for block in blocks), default=0) == min(len(one.words), len(other.words))

    @cached_property
    def speaker(self) -> bool | None:
        """Whether both name the same speaker; see `_agree`."""
        return _agree(self.one.attribution, self.other.attribution)

    def told(self, words: Iterable[str]) -> float:
        return _told(words, self.weight)

    def one_scene(self) -> bool:
        """Whether the sentences around tell of one occasion."""
        common = self.told(self.one.scene & self.other.scene)
        least = min(self.told(self.one.scene), self.told(self.other.scene))
        return common >= SCENE and common >= ALIKE * least


def _agree(one: Attribution | None, other: Attribution | None) -> bool | None:
    """Whether both name the same speaker; `None` where one names nobody, or a role alone."""
    if one is None or other is None or one.speaker is None or other.speaker is None:
        return None
    pairs = ((one, other), (other, one))
    if any(said_by(theirs, each.name) for ours, theirs in pairs for each in ours.speakers):
        return True
    return None if SpeakerKind.ROLE in (one.kind, other.kind) else False


def _worded(pair: _Pair) -> bool:
    if pair.common < LEAST:
        return False
    return pair.share >= MOSTLY if pair.speaker is not False else pair.whole or pair.mutual >= ENTIRELY


def _spoken(pair: _Pair) -> bool:
    return pair.common >= SPOKEN and pair.share >= HALF and bool(pair.speaker)


def _fragment(pair: _Pair) -> bool:
    if not pair.whole:
        return False
    known = pair.speaker or (pair.speaker is None and pair.common >= SPOKEN)
    return known and pair.one_scene()


RULES: tuple[tuple[str, Callable[[_Pair], bool]], ...] = (
    ("wording", _worded),
    ("speaker and wording", _spoken),
    ("fragment in one scene", _fragment),
)
"""Tried in order: much in common; less, from one speaker; a fragment whose sentences tell of one occasion."""

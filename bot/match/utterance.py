"""Whether two quotations render one utterance: the same words, or a part of them, said by the same one on one occasion.

The rules stand in order; the first that fits names itself. Their figures were chosen on the sample articles and are
documented, with what they come to, in ``docs/utterances.md``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property, lru_cache
from math import fsum
from typing import Generic, NamedTuple, TypeVar

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

Word = TypeVar("Word", bound=Hashable)


class Wording(Generic[Word]):
    """The words of a quotation in order, folded or their numbers."""

    def __init__(self, words: Sequence[Word]) -> None:
        self.words = words

    @cached_property
    def vocabulary(self) -> frozenset[Word]:
        """Each word once."""
        return frozenset(self.words)


@dataclass(frozen=True, slots=True)
class Telling:
    """How an article tells of what was said: who is said to have said it, when, and the sentence around it.

    That sentence is asked for where a fragment is all that there is to go by.
    """

    around: Callable[[], str]
    attribution: Attribution | None = None
    published: datetime | None = None
    nested: bool = False

    @property
    def scene(self) -> frozenset[str]:
        """The folded words of the sentence: what is told of the occasion."""
        return _scene(self.around())


class Rendering(NamedTuple):
    """One quotation as it is compared with others."""

    wording: Wording[str]
    telling: Telling


class Alike(NamedTuple):
    """What two wordings have in common, in the same order.

    In nats, and as a share of what the wording with less of them tells, and of the one with more; and whether all of
    one stands in the other in one piece.
    """

    common: float
    share: float
    mutual: float
    whole: bool


@lru_cache(maxsize=1 << 8)
def _scene(around: str) -> frozenset[str]:
    return frozenset(fold(around))


def around(text: str, before: str, after: str) -> str:
    """The sentence that a passage stands in, of the characters of its article on either side."""
    begin = max((found.end() for found in _SENTENCE.finditer(before)), default=0)
    end = _SENTENCE.search(after)
    return f"{before[begin:]} {text} {after[: end.start()] if end else after}"


def rendered(witness: Witness) -> Rendering:
    """A witness as it is compared with others."""
    telling = Telling(
        lambda: around(witness.text, witness.before, witness.after),
        witness.attribution,
        witness.published,
        witness.kind is Kind.NESTED,
    )
    return Rendering(Wording(fold(witness.text)), telling)


def same_utterance(one: Rendering, other: Rendering, nats: Callable[[str], float]) -> str | None:
    """The name of the rule by which two renderings are of one utterance; `None` where they are not.

    `nats` is the information of a word.
    """
    found = alike(one.wording, other.wording, nats)
    return None if found is None else rule(found, one.telling, other.telling, nats)


def alike(one: Wording[Word], other: Wording[Word], nats: Callable[[Word], float]) -> Alike | None:
    """What two wordings have in common; `None` where no rule holds, whoever said them."""
    shared = one.vocabulary.intersection(other.words)
    within = len(shared) == len(one.vocabulary) or shared.issuperset(other.words)
    most_common = _told(shared, nats)
    if not within and most_common < SPOKEN:
        return None  # found out for a twentieth of the time that the rest takes
    least, most = sorted((_told(one.vocabulary, nats), _told(other.vocabulary, nats)))
    if not within and most_common < HALF * least:
        return None
    blocks = LCSseq.opcodes(one.words, other.words).as_matching_blocks()
    common = _told({word for block in blocks for word in one.words[block.a : block.a + block.size]}, nats)
    whole = max((block.size for block in blocks), default=0) == min(len(one.words), len(other.words))
    if not whole and (common < SPOKEN or common < HALF * least):
        return None
    return Alike(common, common / least if least else 0.0, common / most if most else 0.0, whole)


def _told(words: Iterable[Word], nats: Callable[[Word], float]) -> float:
    return fsum(map(nats, words))


def rule(found: Alike, one: Telling, other: Telling, nats: Callable[[str], float]) -> str | None:
    """The name of the rule that makes one utterance of two wordings that are so much alike; `None` where none does.

    `nats` is the information of a word of the sentences around.
    """
    if one.published and other.published and abs(one.published - other.published) > APART:
        return None
    pair = _Pair(found, one, other, nats)
    if one.nested != other.nested and not pair.speaker:
        return None
    return next((name for name, holds in RULES if holds(pair)), None)


class _Pair:
    """Two tellings of wordings that are alike."""

    def __init__(self, found: Alike, one: Telling, other: Telling, nats: Callable[[str], float]) -> None:
        self.common, self.share, self.mutual, self.whole = found
        self._one, self._other, self._nats = one, other, nats

    @cached_property
    def speaker(self) -> bool | None:
        """Whether both name the same speaker; see `_agree`."""
        return _agree(self._one.attribution, self._other.attribution)

    def one_scene(self) -> bool:
        """Whether the sentences around tell of one occasion."""
        one, other = self._one.scene, self._other.scene
        common = _told(one & other, self._nats)
        return common >= SCENE and common >= ALIKE * min(_told(one, self._nats), _told(other, self._nats))


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

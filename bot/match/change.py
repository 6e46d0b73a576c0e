"""One changed place of an alignment, and what the rules ask of its words."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from bot.match import lexicon
from bot.model import FindingClass
from bot.text import Word

Around = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[str, ...]]
"""Folded words before and after a place in the claim, before and after it in the witness."""


@dataclass(frozen=True, slots=True)
class Change:
    """Words of the claim against words of the witness at one place; one side may be empty.

    `moved` are words that stand in other changed places of the other side, `names` the witness's proper names,
    `around` the words next to the change: before and after it in the claim, before and after it in the witness.
    `indirect`: the witness is prose, in which "we will" is told as "they would".
    """

    claim: tuple[str, ...]
    witness: tuple[str, ...]
    moved: Collection[str] = ()
    names: Collection[str] = ()
    around: Around = ((), (), (), ())
    indirect: bool = False

    @property
    def both(self) -> bool:
        """Whether words stand against words."""
        return bool(self.claim and self.witness)

    @property
    def only(self) -> tuple[str, ...]:
        """The words of a change that has but one side."""
        return self.claim or self.witness


Rule = Callable[[Change], FindingClass | None]


def content(words: Collection[str]) -> bool:
    """Whether any of the words carries content rather than grammar."""
    return not lexicon.FUNCTION_WORDS.issuperset(words)


def weighty(words: Collection[str], names: Collection[str]) -> bool:
    """Whether words left out or put in behind a mark may change the sense.

    Negations, conditions, contrasts, modals, hedges, names and numbers do.
    """
    closed = lexicon.NEGATIONS | lexicon.CONDITIONS | lexicon.CONTRASTS | lexicon.MODALS | lexicon.HEDGES
    return any(word in closed or word in names or word in lexicon.PLACES or number(word) for word in words)


def number(word: str) -> bool:
    """Whether a folded word is a figure, an amount or an ordinal."""
    return word[:1].isdecimal()


def around(words: list[Word], bounds: tuple[int, int], width: int = 4) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The folded words next to a stretch, at most `width` on each side."""
    before = tuple(word.text for word in words[max(bounds[0] - width, 0) : bounds[0]])
    return before, tuple(word.text for word in words[bounds[1] : bounds[1] + width])

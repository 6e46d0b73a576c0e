"""Where one layer of an article names outlets that passed on what somebody said.

``Ortega told the weekly Prisma``, ``in an interview with Touchstone``, ``Coast TV reported``, ``according to the Coast
Agency``, ``quoted by Coast Wire``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.extract.entities import Key
from bot.extract.language import Language, Tag
from bot.extract.outlets import Outlets, key
from bot.extract.stream import Stream

_ENDS = frozenset({Tag.STOP, Tag.BREAK, Tag.QUOTATION, Tag.CUE, Tag.AUXILIARY, Tag.PRONOUN, Tag.RELATIVE})
_REACH = 9
"""So many tokens after "told" the name of an outlet may begin."""
_WORDS = 6
"""No outlet's name is longer."""


@dataclass(frozen=True, slots=True)
class Carrier:
    """One outlet: tokens `first` up to `last` exclusive, its name, and the token of the verb or noun that makes it one.

    `told`: somebody spoke to the outlet; else the outlet reports what was said.
    """

    first: int
    last: int
    name: str
    by: int
    told: bool


class Carriers:
    """Finds the carriers of one stream. `named` are names that the article elsewhere shows to be outlets'."""

    def __init__(self, stream: Stream, tongue: Language, lists: Outlets, named: frozenset[Key]) -> None:
        self.stream, self.tongue, self.lists, self.named = stream, tongue, lists, named
        self.lead = frozenset(phrase[0] for phrase in tongue.phrases)

    def find(self) -> Iterator[Carrier]:
        """Every carrier, in order of what makes it one."""
        lows, tags = self.stream.low, self.stream.tag
        for at, low in enumerate(lows):
            if tags[at] is Tag.CUE and self.tongue.cues[low] == "tell":
                yield from self._after(at, at + 1, told=True)
            elif low in self.lists.given:
                yield from self._given(at)
            elif low in self.lists.passed and self._low(at + 1) in self.tongue.lists["by"]:
                yield from self._after(at, at + 2, told=False)
            elif low in self.lead:
                yield from self._according(at)
            if low in self.lists.reports and self.stream.word[at] == low:
                yield from self._reports(at)

    def _given(self, at: int) -> Iterator[Carrier]:
        """The outlet of "a Touchstone interview", "an interview given in Romanian to the website Touchstone"."""
        first = at
        while first > 0 and at - first < _WORDS and self._capital(first - 1):
            first -= 1
        if first < at and self._outlet(first, at):
            yield self._carrier(first, at, at, told=True)
        for place in range(at + 1, min(at + 6, len(self.stream))):
            if self.stream.tag[place] in _ENDS:
                return
            if self.stream.low[place] in self.lists.toward:
                yield from self._after(at, place + 1, told=True)

    def _according(self, at: int) -> Iterator[Carrier]:
        """The outlet after "according to"."""
        for phrase in self.tongue.phrases:
            last = at + len(phrase)
            if tuple(self.stream.low[at:last]) == phrase:
                yield from self._after(at, last, told=False)
                return

    def _reports(self, at: int) -> Iterator[Carrier]:
        """The outlet before "reported"."""
        last = at
        while last > 0 and self.stream.tag[last - 1] in (Tag.ADVERB, Tag.AUXILIARY):
            last -= 1
        first = last
        while first > 0 and last - first < _WORDS and self._capital(first - 1):
            first -= 1
        if first < last and self._outlet(first, last):
            yield self._carrier(first, last, at, told=False)

    def _after(self, by: int, at: int, *, told: bool) -> Iterator[Carrier]:
        """The outlet that the noun phrase at `at` ends with or holds, if it does."""
        place, stop = at, min(at + _REACH, len(self.stream))
        while place < stop and self.stream.tag[place] not in _ENDS:
            if self.stream.low[place] == "," and self._low(place - 1) not in self.lists.media:
                return
            if not self._capital(place):
                place += 1
                continue
            last = place + 1
            while last < len(self.stream) and last - place < _WORDS and self._capital(last):
                last += 1
            if self._outlet(place, last):
                yield self._carrier(place, last, by, told=told)
                return
            place = last

    def _outlet(self, first: int, last: int) -> bool:
        """Whether a run of capitalised words names an outlet: by itself, or by a noun before or after it."""
        if last < len(self.stream) and self.stream.tag[last] is Tag.POSSESSIVE:
            return False
        if self._beside(first, last):
            return True
        name = key(self.stream.string(first, last))
        if len(name) == 1 and "the" in (self._low(first - 1), self._low(first)) and name[0] in self.lists.endings:
            return True
        return self.lists.knows(name) or name in self.named

    def _beside(self, first: int, last: int) -> bool:
        """Whether a noun tells it: "the weekly Prisma", "their newsletter, The Tide", "Prisma magazine"."""
        media = self.lists.media
        before = first - 2 if self._low(first - 1) == "," else first - 1
        if self._low(before) in media:
            return True
        named_after = last + 1 < len(self.stream) and self._capital(last + 1)
        return self._low(last) in media and not named_after and self._low(first - 1) not in self.lists.one

    def _carrier(self, first: int, last: int, by: int, *, told: bool) -> Carrier:
        leads = self.stream.low[first] == "the" and last > first + 1 and self.stream.initial[first]
        return Carrier(first, last, self.stream.string(first + leads, last), by, told)

    def _capital(self, at: int) -> bool:
        word, tag = self.stream.word[at], self.stream.tag[at]
        return word[0].isupper() and tag not in (Tag.CALENDAR, Tag.QUOTATION)

    def _low(self, at: int) -> str:
        return self.stream.low[at] if 0 <= at < len(self.stream) else ""

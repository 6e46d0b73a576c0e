"""Who carried the words: the agencies and outlets between a speaker and the article, nearest to the speaker first.

An outlet carries a quotation

* to whom it was said: the one that the quotation's own cue tells, or that an interview in its sentence was given to;
* that reports it, in the quotation's sentence, where somebody else is the speaker;
* that speaks the quotation around it.

Further words of one speaker in the same paragraph came the same way. The article's own outlet carries nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bot.extract.carriers import Carrier, Carriers
from bot.extract.entities import Key, Known
from bot.extract.language import Tag
from bot.extract.layers import Layer, Reading
from bot.extract.outlets import Outlets, key, outlets
from bot.model import Attribution, Quotation

_CUES = frozenset({Tag.CUE, Tag.QUOTATION})


class Chains:
    """The carriers of one article by layer and sentence, and the chains they make."""

    def __init__(self, made: Reading, outlet: str) -> None:
        self.made, self.outlet = made, outlet
        self.lists = outlets(made.tongue.code)
        self.full = _by_beginning(entity for entity in made.known if self.lists.knows(entity.key))
        named = frozenset(self.full)
        self.carriers = {
            index: _by_sentence(layer, Carriers(layer.stream, made.tongue, self.lists, named))
            for index, layer in made.layers.items()
        }

    def named(self) -> Iterator[str]:
        """Every outlet that carries something, in the fullest form that the article prints."""
        for sentences in self.carriers.values():
            for carrier in (each for held in sentences.values() for each in held):
                yield self.full.get(key(carrier.name), carrier.name)

    def put(self, found: Sequence[Quotation]) -> list[Quotation]:
        """The quotations of the article, each attribution with its `via`."""
        done: list[Quotation] = []
        latest: dict[int, int] = {}  # of each layer: the last quotation that was attributed
        for index, quotation in enumerate(found):
            said, parent = quotation.attribution, self.made.parent[index]
            if said is None:
                done.append(quotation)
                continue
            names = self._beside(index, said) or self._before(latest.get(parent), index, said, done)
            names += self._around(parent, done)
            via = tuple(dict.fromkeys(name for name in names if self._between(name, said.speaker)))
            done.append(replace(quotation, attribution=replace(said, via=via)) if via else quotation)
            latest[parent] = index
        return done

    def _beside(self, index: int, said: Attribution) -> tuple[str, ...]:
        """The carriers in a quotation's sentence, those somebody spoke to before those that report."""
        parent = self.made.parent[index]
        layer = self.made.layers[parent]
        at = layer.place[index]
        held = self.carriers[parent].get(layer.stream.sentence[at], ())
        names = (carrier.name for carrier in held if _carries(self.lists, carrier, said, layer, at))
        return tuple(names)

    def _before(self, before: int | None, index: int, said: Attribution, done: Sequence[Quotation]) -> tuple[str, ...]:
        """The chain of the quotation before, where it has the same speaker and paragraph."""
        if before is None or (earlier := done[before].attribution) is None or earlier.speaker is None:
            return ()
        layer = self.made.layers[self.made.parent[index]]
        paragraph = layer.stream.paragraph
        together = paragraph[layer.place[before]] == paragraph[layer.place[index]]
        return earlier.via if together and earlier.speaker == said.speaker else ()

    def _around(self, parent: int, done: Sequence[Quotation]) -> tuple[str, ...]:
        """The outlet that speaks the quotation around, and the chain of that one."""
        if parent < 0 or (around := done[parent].attribution) is None:
            return ()
        speaks = around.speaker is not None and self.lists.knows(key(around.speaker))
        return (around.speaker, *around.via) if speaks and around.speaker else around.via

    def _between(self, name: str, speaker: str | None) -> bool:
        written = key(name)
        return not self.lists.same(written, key(speaker or "")) and not self.lists.own(written, self.outlet)


def _by_beginning(known: Iterable[Known]) -> dict[Key, str]:
    """The longest name that begins with so many words, for every beginning of the names of some entities."""
    full: dict[Key, str] = {}
    for entity in sorted(known, key=lambda entity: len(entity.key)):
        full |= {entity.key[:cut]: entity.name for cut in range(1, len(entity.key) + 1)}
    return full


def _carries(lists: Outlets, carrier: Carrier, said: Attribution, layer: Layer, at: int) -> bool:
    """Whether a carrier in the sentence carries the quotation at token `at`: others may have been told other things."""
    stream = layer.stream
    if not carrier.told or stream.low[carrier.by] in lists.given:
        return True
    if said.cue is not None and said.cue.span is not None and said.cue.span.start == stream.start[carrier.by]:
        return True
    return carrier.last <= at and _CUES.isdisjoint(stream.tag[carrier.last : at])


def _by_sentence(layer: Layer, carriers: Carriers) -> dict[int, list[Carrier]]:
    """The carriers by sentence, those somebody spoke to before those that report."""
    found: dict[int, list[Carrier]] = {}
    for carrier in sorted(carriers.find(), key=lambda carrier: not carrier.told):
        found.setdefault(layer.stream.sentence[carrier.first], []).append(carrier)
    return found

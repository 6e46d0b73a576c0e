"""The sentences of an article's own prose, so that words carried without marks are found too.

A sentence with a fragment in marks counts whole: its reporter's words are what a claim may have put into the marks.
One that is little more than a quotation and who said it does not, for the quotation is on record by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from bot.extract.language import Tag
from bot.extract.layers import Reading
from bot.extract.stream import PROSE, Stream
from bot.model import Sentence, Span

FEWEST = 4
"""Words outside all marks below which a sentence says nothing of its own ("…," Lorentz told reporters)."""


def sentences(made: Reading) -> tuple[Sentence, ...]:
    """Every sentence of the prose that says something of its own, in order, the marks in it included."""
    return tuple(_sentences(made.layers[PROSE].stream))


def _sentences(stream: Stream) -> Iterator[Sentence]:
    for _, tokens in groupby(range(len(stream)), stream.sentence.__getitem__):
        held = [at for at in tokens if stream.tag[at] is not Tag.BREAK]
        own = sum(stream.word[at][0].isalnum() for at in held if stream.quote[at] < 0)
        if own >= FEWEST:
            yield Sentence(span=Span(stream.start[held[0]], stream.end[held[-1]]))

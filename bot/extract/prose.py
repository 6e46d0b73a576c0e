"""The sentences of an article's own prose, so that words carried without marks are found too.

A sentence with a fragment in marks counts whole: its reporter's words are what a claim may have put into the marks.
One that is little more than a quotation and who said it does not, for the quotation is on record by itself.
Where a sentence reports speech ("Lorentz said that the channel would stay"), it names the speaker: indirect speech.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from bot.extract import speakers
from bot.extract.cues import Frame
from bot.extract.language import Tag
from bot.extract.layers import Layer, Reading
from bot.extract.outlets import outlets
from bot.extract.ranker import Weights
from bot.extract.speakers import Verdict
from bot.extract.stream import PROSE

FEWEST = 4
"""Words outside all marks, and outside the words that name the speaker, below which a sentence says nothing."""

_REPORTING = frozenset({"say", "tell", "report", "phrase"})


def sentences(made: Reading, weights: Weights) -> Iterator[tuple[int, int, Verdict | None]]:
    """Start and end of every sentence that says something of its own, in order, and who is reported to have said it."""
    layer = made.layers[PROSE]
    stream = layer.stream
    reporting = _reporting(made, layer)
    for number, tokens in groupby(range(len(stream)), stream.sentence.__getitem__):
        held = [at for at in tokens if stream.tag[at] is not Tag.BREAK]
        own = [at for at in held if stream.quote[at] < 0 and stream.word[at][0].isalnum()]
        if len(own) < FEWEST:
            continue
        frame = reporting.get(number)
        told = frame is not None and sum(not frame.low <= at < frame.high for at in own) >= FEWEST
        verdict = speakers.reported(made, layer, frame, weights) if frame is not None and told else None
        yield stream.start[held[0]], stream.end[held[-1]], verdict


def _reporting(made: Reading, layer: Layer) -> dict[int, Frame]:
    """The frame of each sentence that reports speech and has a speaker, by the sentence's number.

    It is the first, or the first whose speaker is no outlet: what an agency reports that somebody said is theirs.
    """
    known = outlets(made.tongue.code)
    found: dict[int, Frame] = {}
    carried: set[int] = set()
    for frame in layer.frames:
        if frame.group not in _REPORTING or frame.subject is None or frame.form == "base":
            continue
        sentence = layer.stream.sentence[frame.first]
        if sentence not in found or sentence in carried:
            found[sentence] = frame
            entity = frame.subject.entity
            carried.discard(sentence)
            if entity >= 0 and known.knows(made.known[entity].key):
                carried.add(sentence)
    return found

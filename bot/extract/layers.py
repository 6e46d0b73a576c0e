"""An article made ready for attribution: per layer its stream, mentions and frames, and the article's entities."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field

from bot.extract import firms, headlines, roles
from bot.extract.cues import Frame, Frames
from bot.extract.entities import Known, Table, entities
from bot.extract.language import Language, Tag
from bot.extract.marks import Marked, marked
from bot.extract.mentions import Mention, mentions
from bot.extract.stream import PROSE, Stream, streams
from bot.extract.together import together


@dataclass(slots=True)
class Layer:
    """One layer: `mentions` in order, `place` the token of each quotation that stands in it."""

    stream: Stream
    mentions: list[Mention]
    frames: list[Frame]
    place: dict[int, int] = field(default_factory=dict)
    starts: list[int] = field(default_factory=list)  # first token of each mention
    cues: list[int] = field(default_factory=list)  # first token of each frame's cue
    unnamed: dict[str, int] = field(default_factory=dict)  # by its head, where a nominal first stands for nobody named

    def frames_from(self, token: int) -> int:
        """The index of the first frame whose cue stands at `token` or later."""
        return bisect_left(self.cues, token)


@dataclass(slots=True)
class Reading:
    """What an article says before anybody is credited with it."""

    text: str
    tongue: Language
    passages: list[Marked]
    layers: dict[int, Layer]
    known: list[Known]
    parent: list[int]
    surnames: Counter[str]

    def shared(self, entity: int) -> bool:
        """Whether the last word of an entity's name is that of another of the article's too."""
        return self.surnames[self.known[entity].key[-1]] > 1


def reading(text: str, tongue: Language) -> Reading:
    """Read one article: marks, words, mentions, entities, cues."""
    passages = marked(text)
    made = streams(text, passages, tongue)
    table = Table()
    layers: dict[int, Layer] = {}
    parent = [PROSE] * len(passages)
    for index, stream in made.items():
        layer = _layer(stream, tongue, table)
        layers[index] = layer
        for inside in layer.place:
            parent[inside] = index
    surnames = Counter(known.key[-1] for known in table.known)
    return Reading(text, tongue, passages, layers, table.known, parent, surnames)


def _layer(stream: Stream, tongue: Language, table: Table) -> Layer:
    headlines.lower(stream, tongue)
    found = firms.joined(stream, mentions(stream, tongue), tongue)
    entities(stream, found, tongue, table)
    roles.resolve(stream, found, tongue, table)
    framed = Frames(stream, found, tongue)
    frames = framed.find()
    roles.recall(stream, found, tongue)
    together(framed)
    found.sort(key=lambda mention: mention.first)
    place = {quote: at for at, quote in enumerate(stream.quote) if quote >= 0}
    lists = tongue.lists["object"]
    free = [
        mention
        for mention in found
        if not mention.inner and mention.head not in lists and stream.tag[mention.first] is not Tag.RELATIVE
    ]
    unnamed: dict[str, int] = {}
    for mention in free:
        if mention.kind == "nominal" and mention.entity < 0:
            unnamed.setdefault(mention.head, mention.first)
    starts, cues = [mention.first for mention in free], [frame.first for frame in frames]
    return Layer(stream, free, frames, place, starts, cues, unnamed)

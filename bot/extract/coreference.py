"""Who "he", "the senator" or "the company" is: every entity of the article weighed for one mention.

Gender and number come from titles, given names and roles; the rest is nearness, prominence and who spoke last. A
nominal may also stand for nobody named: "the union said" where no union bears a name.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bot.extract.entities import Known, fold
from bot.extract.features import NOWHERE, Setting
from bot.extract.language import Language, Tag
from bot.extract.layers import Layer
from bot.extract.mentions import Mention, is_plural
from bot.extract.stream import PROSE, Stream

_WINDOW = 220
"""How many tokens back whom a mention stands for may last have been named."""
_STEPS = (4, 10, 20, 40, 80)
_LABEL = 24
"""Within so many tokens of a paragraph the colon of its label stands: a date, a name and what is said of it."""
_LOOKED_AT = 3
"""Of each entity so many mentions count, the nearest first."""


@dataclass(slots=True)
class Choice:
    """One entity that a mention may stand for; `nearest` is its last mention before."""

    entity: int
    nearest: Mention
    features: list[str] = field(default_factory=list)
    times: int = 0


def entity_named(known: list[Known], names: Iterable[str]) -> int:
    """The entity that bears one of the names, by its last words; -1 for none."""
    for name in names:
        key = tuple(fold(word) for word in name.split())
        for place, entity in enumerate(known):
            if entity.key == key or entity.key[-len(key) :] == key or key[-len(entity.key) :] == entity.key:
                return place
    return -1


def choices(made: Setting, mention: Mention) -> list[Choice]:
    """The entities that agree with a pronoun or nominal, each with its features.

    Where a quotation's own prose names nobody, the layer around it is looked at, up to the quotation.
    """
    tongue = made.reading.tongue
    kind = _kind(mention, tongue)
    place = Place(made, made.layer, mention.first, mention, kind, tongue.gender.get(mention.head, ""))
    found = _choices(place)
    above = PROSE if made.quote == NOWHERE else made.reading.parent[made.quote]
    while not found and above >= 0:
        layer = made.reading.layers[made.reading.parent[above]]
        place = Place(made, layer, layer.place[above], mention, kind, place.gender)
        found = _choices(place)
        above = made.reading.parent[above]
    return found


def unnamed(made: Setting, mention: Mention, found: list[Choice]) -> list[str]:
    """What speaks for and against a nominal standing for nobody whom the article names."""
    known, layer, tongue = made.reading.known, made.layer, made.reading.tongue
    stream, first = layer.stream, layer.stream.low[mention.first]
    kind = "body" if mention.body else "person"
    bodies = sum(known[choice.entity].body for choice in found)
    fitting = [choice for choice in found if _fits(known[choice.entity], mention)]
    told = layer.unnamed.get(mention.head, mention.first) < mention.first
    nearest = known[found[0].entity]
    apart = next(name for name in found[0].features if name.startswith("apart:"))
    return [
        "bias",
        f"kind:{kind}",
        f"choices:{kind}:{min(len(found), 3)}",
        f"bodies:{kind}:{min(bodies, 2)}",
        f"fits:{kind}:{min(len(fitting), 2)}",
        f"{'told' if told else 'new'}:{kind}",
        f"lead:{first if first in tongue.lists['articles'] else stream.tag[mention.first].name}",
        f"{'modified' if _goes_on(stream, mention, tongue) else 'plain'}:{kind}",
        f"head:{mention.head}",
        f"{'long' if mention.last - mention.first > 2 else 'short'}:{kind}",
        f"nearest:{nearest.like}:{kind}",
        f"{apart}:{kind}",
    ]


def _goes_on(stream: Stream, mention: Mention, tongue: Language) -> bool:
    """Whether something hangs on a nominal: "the captain *of the smaller ship*", not "the mother of three"."""
    at = mention.last
    if at + 1 >= len(stream) or stream.low[at + 1] in tongue.lists["many"] or stream.tag[at + 1] is Tag.NUMBER:
        return False
    return stream.tag[at] in (Tag.PREPOSITION, Tag.RELATIVE)


def _fits(entity: Known, mention: Mention) -> bool:
    """Whether an entity is known as what a nominal says: by a role, or by the noun in its name."""
    return mention.head in entity.heads or mention.head in entity.key


def introduced(layer: Layer, mention: Mention, tongue: Language) -> Mention | None:
    """Whom a paragraph brings in without a name and then calls "he": "A driver gave up. He said …".

    Brought in is who is its subject, or has spoken or been asked in it. "It" is a body that the paragraph only
    describes ("The bank is out, it says").
    """
    stream = layer.stream
    if mention.kind != "pronoun" or _kind(mention, tongue) == "many" or mention.head in tongue.lists["first"]:
        return None
    person = mention.head in tongue.lists["person"]
    gender = tongue.gender.get(mention.head, "")
    asked: Mention | None = None
    for other in _before(layer, mention.first):
        if stream.paragraph[other.first] != stream.paragraph[mention.first]:
            break
        placed = stream.low[other.start - 1] in tongue.lists["places"]
        if other.kind == "name" and other.body != person and not placed:
            return None
        if other.kind != "nominal" or other.entity >= 0 or other.body == person or is_plural(other.head):
            continue
        leads = stream.initial[other.start] or other.speaks
        if leads and (not person or _is_new(stream, other, tongue)):
            return other if tongue.gender.get(other.head, gender) == gender else None
        if person and other.hears and other.listed:
            asked = asked or other
    return asked


def turn(layer: Layer, mention: Mention) -> Mention | None:
    """Whose turn it is in a transcript where "I" stands: the label that opens the paragraph."""
    paragraph = layer.stream.paragraph
    begin = bisect_left(paragraph, paragraph[mention.first])
    opening = layer.frames[layer.frames_from(begin) : layer.frames_from(min(begin + _LABEL, mention.first))]
    return next((frame.subject for frame in opening if frame.group == "label"), None)


def group(layer: Layer, mention: Mention, tongue: Language) -> Mention | None:
    """The first of several named together whom "they" stands for, in this paragraph or the one before."""
    stream = layer.stream
    if mention.kind != "pronoun" or mention.head not in tongue.lists["they"]:
        return None
    for other in _before(layer, mention.first):
        if stream.paragraph[mention.first] - stream.paragraph[other.first] > 1:
            break
        if other.others:
            return other
        if other.kind == "nominal" and is_plural(other.head) and stream.initial[other.start]:
            break
    return None


def _before(layer: Layer, at: int) -> Iterator[Mention]:
    """The mentions before a token, the nearest first, as far as one of them may be stood for."""
    for index in range(bisect_left(layer.starts, at) - 1, -1, -1):
        if at - layer.starts[index] > _WINDOW:
            break
        yield layer.mentions[index]


def _is_new(stream: Stream, mention: Mention, tongue: Language) -> bool:
    """Whether a nominal speaks of one person not named before: "a driver", "one resident"."""
    return stream.low[mention.start] in tongue.lists["indefinite"] and not is_plural(mention.head)


def _kind(mention: Mention, tongue: Language) -> str:
    """What a mention can stand for: "person", "thing", "many", or "nominal" where only its noun tells."""
    if mention.kind == "nominal":
        return "thing" if mention.body else "nominal"
    if mention.head in tongue.lists["person"]:
        return "person"
    return "many" if mention.head in tongue.lists["many"] else "thing"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a mention is resolved from: a token of a layer."""

    made: Setting
    layer: Layer
    at: int
    mention: Mention
    kind: str
    gender: str


def _choices(place: Place) -> list[Choice]:
    known = place.made.reading.known
    found: dict[int, Choice] = {}
    for other in _before(place.layer, place.at):
        if other.entity < 0 or not _agrees(known[other.entity], place):
            continue
        choice = found.setdefault(other.entity, Choice(other.entity, other))
        choice.times += 1
        if choice.times <= _LOOKED_AT:
            _stand(place, choice, other)
    ordered = list(found.values())
    for rank, choice in enumerate(ordered):
        _describe(place, choice, known[choice.entity], rank)
    return ordered


def _agrees(entity: Known, place: Place) -> bool:
    if place.kind == "person":
        if entity.body or entity.name in place.made.reading.tongue.countries:
            return False
        return not (place.gender and entity.gender and place.gender != entity.gender)
    return not (place.kind in ("thing", "many") and entity.gender)


def _stand(place: Place, choice: Choice, other: Mention) -> None:
    """What one mention of an entity adds: the grammar it stands in and how many sentences back."""
    stream = place.layer.stream
    stops = min(stream.sentence[place.at] - stream.sentence[other.first], 3)
    role = "speaks" if other.speaks else "hears" if other.hears else "hangs" if other.hangs else "leads"
    if role == "leads" and not stream.initial[other.start]:
        role = "stands"
    feature = f"{role}:s{stops}"
    if feature not in choice.features:
        choice.features.append(feature)


def _describe(place: Place, choice: Choice, entity: Known, rank: int) -> None:
    made, near = place.made, choice.nearest
    stream = place.layer.stream
    stops = stream.sentence[place.at] - stream.sentence[near.first]
    apart = stream.paragraph[place.at] - stream.paragraph[near.first]
    choice.features += (
        f"rank:{min(rank, 4)}",
        f"gap:{sum(place.at - near.last > step for step in _STEPS)}",
        f"apart:s{min(stops, 3)}p{min(apart, 3)}",
        f"gender:{'told' if place.gender and entity.gender == place.gender else 'open'}",
        f"like:{entity.like}:{place.kind}",
        f"count:{min(entity.count, 4)}",
        f"times:{min(choice.times, 3)}",
        f"full:{len(entity.key) > 1}:{place.kind}",
    )
    if near.last < len(stream) and stream.tag[near.last] is Tag.POSSESSIVE:
        choice.features.append("owns")
    if near.inner:
        choice.features.append("inner")
    if place.mention.kind == "nominal" and place.mention.head in entity.heads:
        choice.features.append("role")
    if entity.key[-1] in made.inside:
        choice.features.append("named inside")
    previous = made.previous
    if previous is not None and previous.entity == choice.entity:
        distance = made.layer.stream.paragraph[made.at] - made.layer.stream.paragraph[made.layer.place[previous.quote]]
        choice.features.append(f"spoke:{min(distance, 3)}")

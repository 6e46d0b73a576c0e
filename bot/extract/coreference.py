"""Who "he", "the senator" or "the company" is: every entity of the article weighed for one mention.

Gender and number come from titles, given names and roles; the rest is nearness, prominence and who spoke last.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.extract.entities import Known, fold
from bot.extract.features import Setting
from bot.extract.language import Tag
from bot.extract.mentions import Mention

_WINDOW = 220
"""How many tokens back an entity may last have been named."""
_STEPS = (4, 10, 20, 40, 80)


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
    """The entities that agree with a pronoun or nominal, each with its features."""
    tongue, known = made.reading.tongue, made.reading.known
    gender = tongue.gender.get(mention.head, "")
    many = mention.head in tongue.lists["many"]
    thing = mention.body or mention.head in ("it", "its")
    found: dict[int, Choice] = {}
    for other in made.layer.mentions:
        if other.first > mention.first or (other.entity < 0):
            if other.first > mention.first:
                break
            continue
        entity = known[other.entity]
        if not _agrees(entity, gender, thing, many) or mention.first - other.first > _WINDOW:
            continue
        choice = found.setdefault(other.entity, Choice(other.entity, other))
        choice.nearest = other
        choice.times += 1
    for choice in found.values():
        _describe(made, mention, choice, known[choice.entity], gender)
    ordered = sorted(found.values(), key=lambda choice: -choice.nearest.first)
    for rank, choice in enumerate(ordered):
        choice.features.append(f"rank:{min(rank, 4)}")
    return ordered


def _agrees(entity: Known, gender: str, thing: bool, many: bool) -> bool:
    if gender and entity.gender and gender != entity.gender:
        return False
    if gender and entity.body:
        return False
    return not (thing and entity.gender) and not (many and entity.gender)


def _describe(made: Setting, mention: Mention, choice: Choice, entity: Known, gender: str) -> None:
    stream = made.layer.stream
    near = choice.nearest
    gap = mention.first - near.last
    stops = stream.sentence[mention.first] - stream.sentence[near.first]
    apart = stream.paragraph[mention.first] - stream.paragraph[near.first]
    kind = mention.kind
    sure = "told" if gender and entity.gender == gender else "open"
    choice.features += (
        f"gap:{sum(gap > step for step in _STEPS)}",
        f"apart:s{min(stops, 3)}p{min(apart, 3)}",
        f"gender:{sure}",
        f"count:{min(entity.count, 4)}",
        f"times:{min(choice.times, 3)}",
        f"full:{len(entity.key) > 1}",
        f"body:{entity.body}:{kind}",
    )
    before = stream.tag[near.first - 1] if near.first else Tag.BREAK
    if before is Tag.PREPOSITION:
        choice.features.append("hangs")
    if near.last < len(stream) and stream.tag[near.last] is Tag.POSSESSIVE:
        choice.features.append("owns")
    if stream.initial[near.first]:
        choice.features.append("leads")
    if near.inner:
        choice.features.append("inner")
    if kind == "nominal" and mention.head in entity.heads:
        choice.features.append("role")
    if any(frame.subject is near for frame, _ in made.frames):
        choice.features.append("speaks")
    previous = made.previous
    if previous is not None and previous.entity == choice.entity:
        distance = stream.paragraph[made.at] - stream.paragraph[made.layer.place[previous.quote]]
        choice.features.append(f"spoke:{min(distance, 3)}")

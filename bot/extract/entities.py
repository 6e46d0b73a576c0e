"""Who is who in one article: the surface forms of one person or organisation joined, with roles and gender.

"Clinton" joins "Hillary Clinton", "EU" joins "European Union", "Southern Command" joins "U.S. Southern Command". The
canonical name is the fullest form that the article prints.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

from bot.extract.language import Language, Tag
from bot.extract.mentions import Mention, is_plural
from bot.extract.stream import Stream
from bot.text import plain_letters

Key = tuple[str, ...]
"""A name's folded words."""

_SMALL = frozenset(("of", "the", "and", "for", "&"))
_LONGEST = 6
"""A name of more words has no short forms."""


@dataclass(slots=True)
class Known:
    """One entity while the article is read. `gender` is "m", "f" or "" where nothing tells."""

    name: str
    key: Key
    body: bool
    gender: str = ""
    at: int = 0  # the token of its first full form
    titled: bool = False
    count: int = 0
    placed: int = 0  # how often it stands after "in", "at" and the like
    article: int = 0  # how often it stands after "the"
    forms: Counter[str] = field(default_factory=Counter)
    roles: dict[str, None] = field(default_factory=dict)
    heads: set[str] = field(default_factory=set)

    @property
    def like(self) -> str:
        """What the name seems to be of: "body", "person", "thing", "place", or "open" where nothing tells."""
        if self.body:
            return "body"
        if self.gender or self.titled or self.heads:
            return "person"
        if self.article * 2 > self.count:
            return "thing"
        return "place" if self.placed * 2 >= self.count else "open"


def fold(word: str) -> str:
    """A name's word for comparison: lower case, no accents, no full stops."""
    return (word if word.isascii() else plain_letters(word)).lower().replace(".", "")


class Table:
    """The entities of one article as they are found."""

    def __init__(self) -> None:
        self.known: list[Known] = []
        self.whole: dict[Key, list[int]] = {}
        self.parts: dict[Key, list[int]] = {}

    def add(self, entity: Known) -> int:
        """Take in a new entity; its index."""
        place, key = len(self.known), entity.key
        self.known.append(entity)
        self.whole.setdefault(key, []).append(place)
        for part in _shorter(entity) if len(key) <= _LONGEST else ():
            self.parts.setdefault(part, []).append(place)
        return place

    def find(self, key: Key, gender: str, *, surname: bool) -> int:
        """The entity a form stands for, of several the one with a title, named oftener or first; -1 for none.

        With `surname` the form must be the end of the whole: "Mayor Cobb" is no mayor of Cobb Springs.
        """
        places = [
            place
            for place in self.whole.get(key, []) + self.parts.get(key, [])
            if not (gender and self.known[place].gender and self.known[place].gender != gender)
            and not (surname and self.known[place].key[-1] != key[-1])
        ]
        return max(places, key=self._prominence, default=-1)

    def _prominence(self, place: int) -> tuple[bool, int, int]:
        entity = self.known[place]
        return entity.titled, entity.count // 2, -entity.at


def _shorter(entity: Known) -> set[Key]:
    """The short forms of a name: its endings, first and last word, a given name, a body's initials."""
    key = entity.key
    forms = {key[cut:] for cut in range(1, len(key))}
    if len(key) > 2:
        forms.add((key[0], key[-1]))
    forms.add(key[:1])
    if entity.body and len(key) > 1:
        forms.add(("".join(word[0] for word in key if word not in _SMALL),))
    return forms


_THE = frozenset({"the"})


def entities(stream: Stream, found: list[Mention], tongue: Language, table: Table) -> None:
    """Join the names of a stream into the table; each name mention is told its entity's index."""
    by_key: dict[Key, list[Mention]] = {}
    for mention in found:
        if mention.kind == "name":
            by_key.setdefault(tuple(fold(word) for word in mention.name), []).append(mention)
    for key in sorted(by_key, key=lambda key: (-len(key), by_key[key][0].first)):
        for gender, group in _by_title(by_key[key], tongue).items():
            titled = {word for mention in group for word in mention.title.split()}
            place = table.find(key, gender, surname=bool(titled) and not titled & tongue.lists["royal"])
            if place < 0:
                place = table.add(_new(key, group, gender, tongue))
            _join(table.known[place], place, group, tongue)
    for mention in found:
        if mention.kind == "name":
            _place(stream, mention, table.known[mention.entity], tongue)
    _appose(stream, found, table.known, tongue)


def _by_title(group: list[Mention], tongue: Language) -> dict[str, list[Mention]]:
    """The mentions of one form by the gender their titles tell; the silent ones go with a sole telling group."""
    parted: dict[str, list[Mention]] = {}
    for mention in group:
        told = {tongue.gender.get(word.rstrip("."), "") for word in mention.title.split()} - {""}
        parted.setdefault(told.pop() if len(told) == 1 else "", []).append(mention)
    if len(parted) == 2 and "" in parted:
        untold = parted.pop("")
        gender = next(iter(parted))
        parted[gender] = sorted(parted[gender] + untold, key=lambda mention: mention.first)
    return parted


def _new(key: Key, group: list[Mention], gender: str, tongue: Language) -> Known:
    first = group[0]
    titled = any(mention.title for mention in group)
    body = sum(mention.body for mention in group) * 2 > len(group) and not titled and key[0] not in tongue.given
    if not gender and not body:
        gender = tongue.given.get(key[0], "") if len(key) > 1 or not titled else ""
    return Known(name=" ".join(first.name), key=key, body=body, gender=gender, at=first.first, titled=titled)


def _place(stream: Stream, mention: Mention, entity: Known, tongue: Language) -> None:
    """Count what stands before a name: people are seldom "in" or "the"."""
    entity.article += stream.low[mention.start] in _THE and not mention.role
    entity.placed += mention.start > 0 and stream.low[mention.start - 1] in tongue.lists["places"]


def _join(entity: Known, place: int, group: list[Mention], tongue: Language) -> None:
    for mention in group:
        mention.entity = place
        entity.count += 1
        entity.forms[" ".join(mention.name)] += 1
        _credit(entity, mention.role, tongue)


def _appose(stream: Stream, found: list[Mention], known: list[Known], tongue: Language) -> None:
    """Give a nominal beside a name to its entity as a role: "Ortega, the mayor of Lisk,", "the mayor, Ana Ortega,"."""
    heads = [mention for mention in found if not mention.inner and mention.kind != "pronoun"]
    for left, right in pairwise(heads):
        begin = left.last + 1
        begin += begin < right.first and stream.tag[begin] is Tag.DETERMINER
        if right.first != begin or stream.low[left.last] not in (",", "("):
            continue
        name, nominal = (left, right) if left.kind == "name" else (right, left)
        if name.kind == "name" and nominal.kind == "nominal" and not nominal.body and not is_plural(nominal.head):
            _credit(known[name.entity], nominal.role, tongue)
            nominal.entity = name.entity


def _credit(entity: Known, role: str, tongue: Language) -> None:
    """Keep a role, its head spelled out, and the gender that it tells."""
    if role:
        entity.roles.setdefault(role)
        heads = [word.lower().rstrip(".") for word in role.split()[-2:]]
        heads = [tongue.abbreviated.get(head, head) for head in heads]
        entity.heads.add(heads[-1])
        told = {tongue.gender.get(head, "") for head in heads} - {""}
        if not entity.gender and len(told) == 1:
            entity.gender = told.pop()

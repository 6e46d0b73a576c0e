"""Nominals that stand for somebody the article names: "the opposition leader" is Juan Rojas, "the government" Lisk's.

An article says once what somebody is and then calls them by it. A definite nominal stands for the one person whose
roles hold all its words; a body is named by whom or what it belongs to ("the administration of President Ortega" is
the "Ortega administration", "Norway's government" the "Norwegian government").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.extract.cues import Frame
from bot.extract.entities import Known, Table, fold
from bot.extract.language import Language, Tag
from bot.extract.mentions import Mention, is_plural
from bot.extract.stream import Stream


def resolve(stream: Stream, found: list[Mention], tongue: Language, table: Table) -> None:
    """Tell the nominals of a stream their entities, as far as the article's roles and bodies tell."""
    nominals = [mention for mention in found if mention.kind == "nominal" and mention.entity < 0]
    Bodies(stream, found, tongue, table).name([mention for mention in nominals if mention.body])
    roles = _roles(table.known, tongue)
    for mention in nominals:
        if not mention.body and not is_plural(mention.head) and is_definite(stream, mention, tongue):
            head = tongue.abbreviated.get(mention.head, mention.head)
            mention.entity = _bearer(_plain(mention.role, tongue), roles.get(head, ()))


def recall(stream: Stream, found: list[Mention], tongue: Language) -> None:
    """Give the definite nominals that no list knows to the one person whom the article called by their noun.

    "Beekeeper Ana Ortega" and "Ortega, a retired beekeeper," are both "the beekeeper" later on, and "Ortega, 61," is
    "the 61-year-old".
    """
    unknown = [mention for mention in found if not mention.listed and mention.entity < 0]
    if not unknown:
        return
    called: dict[str, set[int]] = {}
    for mention in found:
        if mention.kind == "name" and not mention.body and mention.entity >= 0:
            for noun in _nouns_beside(stream, mention):
                called.setdefault(noun, set()).add(mention.entity)
    for mention in unknown:
        bearers = called.get(mention.head, set())
        if len(bearers) == 1 and is_definite(stream, mention, tongue):
            mention.entity = next(iter(bearers))


def _nouns_beside(stream: Stream, name: Mention) -> Iterator[str]:
    """The plain noun right before a full name, and the one that an apposition after a name ends with."""
    before = name.first - 1
    if len(name.name) > 1 and before >= 0 and stream.tag[before] is Tag.WORD:
        yield stream.low[before]
    at = name.last + 1
    if at < len(stream) and stream.low[at - 1] == "," and stream.tag[at] is Tag.NUMBER:
        yield f"{stream.low[at]}-year-old"
    if at < len(stream) and stream.low[at - 1] == "," and stream.tag[at] is Tag.DETERMINER:
        last = at + 1
        while last < len(stream) and last - at < _LONGEST and stream.tag[last] in (Tag.WORD, Tag.NUMBER):
            last += 1
        if last > at + 1:
            yield stream.low[last - 1]


def is_definite(stream: Stream, mention: Mention, tongue: Language) -> bool:
    """Whether a nominal points at somebody known: "the senator", "Lisk's mayor", and in headlines a bare "Mayor"."""
    low = stream.low[mention.first]
    if low in tongue.lists["definite"] or stream.tag[mention.first] is Tag.CAPITAL:
        return True
    return any(stream.tag[at] is Tag.POSSESSIVE for at in range(mention.first, mention.last))


def points(stream: Stream, mention: Mention, tongue: Language) -> bool:
    """Whether a nominal may stand for somebody whose roles do not tell: one person or body, not several."""
    return mention.listed and not is_plural(mention.head) and is_definite(stream, mention, tongue)


def is_proper(stream: Stream, mention: Mention) -> bool:
    """Whether a body without an entity is called by a name of its own: "a Transport Ministry", not "the union"."""
    return mention.body and any(
        stream.word[at][0].isupper() and not stream.initial[at] for at in range(mention.first, mention.last)
    )


def described(stream: Stream, mention: Mention, cue: Frame | None, tongue: Language) -> str:
    """A nominal in the article's words: "spokesman for the port", "people familiar with the talks"; no article."""
    last = mention.last
    counted = last < len(stream) and stream.low[last] in tongue.lists["of"]  # "52 percent of voters"
    if (mention.listed or counted) and not mention.body:
        limit = cue.first if cue is not None and cue.first >= last else min(len(stream), last + _LONGEST)
        last = _modified(stream, last, limit)
    first = mention.first
    while first < mention.last - 1 and stream.low[first] in tongue.lists["articles"]:
        first += 1
    return stream.string(first, last)


_LONGEST = 9
"""A description is cut off after so many tokens."""
_ENDS = frozenset(
    {Tag.STOP, Tag.BREAK, Tag.PUNCTUATION, Tag.QUOTATION, Tag.RELATIVE, Tag.CONJUNCTION, Tag.CUE, Tag.AUXILIARY}
    | {Tag.CALENDAR, Tag.PRONOUN, Tag.ADVERB}
)
_LEADS = frozenset({"familiar", "close", "briefed"})


def _modified(stream: Stream, at: int, limit: int) -> int:
    """Past "for the port", "close to the talks" after a head, to the end of the last phrase begun."""
    if at >= limit or not (stream.tag[at] is Tag.PREPOSITION or stream.low[at] in _LEADS):
        return at
    last = at
    while (
        last < limit
        and (stream.tag[last] not in _ENDS or stream.low[last] == "&")
        and not (last > at + 2 and stream.low[last].endswith("ed"))
    ):
        last += 1
    while last > at and stream.tag[last - 1] in (Tag.PREPOSITION, Tag.DETERMINER, Tag.OWNER):
        last -= 1
    return last if last > at + 1 else at


# --- people ---------------------------------------------------------------------------------------------------------


_Role = tuple[int, frozenset[str]]  # whose it is, and its words
_MOST = 100
"""Where more roles hold the noun that somebody is called by, it tells nobody."""


def _roles(known: list[Known], tongue: Language) -> dict[str, list[_Role]]:
    """Every role of every entity, by each of its words."""
    found: dict[str, list[_Role]] = {}
    for place, entity in enumerate(known):
        if not entity.body:
            for role in entity.roles:
                words = frozenset(_plain(role, tongue))
                for word in words:
                    found.setdefault(word, []).append((place, words))
    return found


def _plain(role: str, tongue: Language) -> list[str]:
    """A role's words for comparison: spelled out, countries as adjectives, without possessives and articles."""
    words: list[str] = []
    for part in role.replace("’", "'").split():
        bare = part.strip(",.()'").removesuffix("'s")
        word = tongue.countries.get(bare) or tongue.countries.get(part) or bare
        low = fold(word)
        if low and low not in tongue.lists["articles"]:
            words.append(tongue.abbreviated.get(low, low))
    return words


def _bearer(words: list[str], roles: Sequence[_Role]) -> int:
    """The one entity whose role fits best, -1 where none or several do; a word lacking weighs more than one spare.

    `roles` are those that hold the noun.
    """
    if not 0 < len(roles) <= _MOST:
        return -1
    wanted = frozenset(words)
    fits: dict[int, tuple[int, int]] = {}
    for place, held in roles:
        fit = (len(wanted - held), len(held - wanted))
        fits[place] = min(fits.get(place, fit), fit)
    best = min(fits.values())
    bearers = [place for place, fit in fits.items() if fit == best]
    return bearers[0] if len(bearers) == 1 and best[0] <= (len(fits) == 1) else -1


# --- bodies ---------------------------------------------------------------------------------------------------------


class Bodies:
    """The bodies of one article that bear no name of their own, by the noun that they are called."""

    def __init__(self, stream: Stream, found: list[Mention], tongue: Language, table: Table) -> None:
        self.stream, self.tongue, self.table = stream, tongue, table
        self.begins = {mention.first: mention for mention in found if mention.kind == "name"}
        self.begins |= {mention.lead: mention for mention in self.begins.values() if mention.lead >= 0}
        self.ends = {mention.last: mention for mention in found if mention.kind == "name"}
        self.titled: dict[str, list[int]] = {}
        for place, known in enumerate(table.known):
            if known.body and known.name.split()[-1][0].isupper():
                self.titled.setdefault(known.key[-1], []).append(place)

    def name(self, nominals: list[Mention]) -> None:
        """Give each body that is somebody's its entity, and the bare ones the only entity of their noun."""
        owned: dict[str, dict[str, bool]] = {}
        owners = [(mention, self._owner(mention)) for mention in nominals]
        for mention, (owner, personal) in owners:
            if owner:
                owned.setdefault(mention.head, {}).setdefault(owner, personal)
        for mention, (owner, personal) in owners:
            if not owner and (place := self._titled(mention)) >= 0:
                mention.entity = self._count(place, mention)
            elif owner or is_definite(self.stream, mention, self.tongue):
                chosen = self._canonical(owner, personal, owned.get(mention.head, {}))
                if chosen:
                    mention.entity = self._entity(f"{chosen} {mention.head}", mention)

    def _titled(self, mention: Mention) -> int:
        """The only entity that bears a bare noun in its name: "the agency" is the National Health Agency; else -1."""
        stream, first = self.stream, mention.first
        if (
            stream.tag[first] is not Tag.DETERMINER
            or mention.last - first != 2
            or not is_definite(stream, mention, self.tongue)
        ):
            return -1
        places = self.titled.get(mention.head, ())
        return places[0] if len(places) == 1 else -1

    def _canonical(self, owner: str, personal: bool, owned: dict[str, bool]) -> str:
        """Whose body it is: a country's is its one leader's where the article speaks of both, a bare one the only."""
        people = [name for name, of_person in owned.items() if of_person]
        if owner and (personal or len(people) != 1 or owner not in self.tongue.countries.values()):
            return owner
        if len(people) == 1:
            return people[0]
        return owner or (next(iter(owned)) if len(owned) == 1 else "")

    def _owner(self, mention: Mention) -> tuple[str, bool]:
        """The name that tells a body from others of its kind, and whether it is a person's."""
        stream = self.stream
        for at in range(mention.first, mention.last - 1):
            if stream.tag[at] in (Tag.CAPITAL, Tag.TITLE) and stream.word[at][0].isupper():
                inside = self.begins.get(at)
                return self._called(inside) if inside is not None and inside.last < mention.last else ("", False)
        if mention.last + 1 < len(stream) and stream.low[mention.last] in self.tongue.lists["of"]:
            after = self.begins.get(mention.last + 1)
            return self._called(after) if after is not None else ("", False)
        return "", False

    def _called(self, owner: Mention) -> tuple[str, bool]:
        """How a body is called after its owner: by a surname, or a country's adjective."""
        name = " ".join(owner.name)
        country = self.tongue.countries.get(name)
        if country is not None:
            return country, False
        entity = self.table.known[owner.entity]
        personal = entity.like == "person"
        return (entity.name.split()[-1] if personal else name), personal

    def _entity(self, name: str, mention: Mention) -> int:
        key = tuple(fold(word) for word in name.split())
        place = self.table.find(key, "", surname=False)
        if place < 0:
            place = self.table.add(Known(name=name, key=key, body=True, at=mention.first))
        return self._count(place, mention)

    def _count(self, place: int, mention: Mention) -> int:
        entity = self.table.known[place]
        entity.count += 1
        entity.forms[mention.role] += 1
        return place

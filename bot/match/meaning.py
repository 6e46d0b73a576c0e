"""Rules for changes that turn the sense: yes and no, how certain, how many, who.

The rules never ask for the case of the claim's letters, so that a quote typed in lower case gets the same verdict.
"""

from __future__ import annotations

from itertools import pairwise

from bot.match import lexicon
from bot.match.change import Change, content, number
from bot.match.sameness import near
from bot.model import FindingClass


def polarity(change: Change) -> FindingClass | None:
    """A negation on one side only, or a word against its opposite."""
    ours, theirs = _fresh(change.claim, change), _fresh(change.witness, change)
    if _negated(ours) != _negated(theirs) and (change.both or _touches(change.only, lexicon.NEGATIONS)):
        return FindingClass.POLARITY
    return FindingClass.POLARITY if change.both and _opposite(change.claim, change.witness) else None


def _fresh(words: tuple[str, ...], change: Change) -> tuple[str, ...]:
    return tuple(word for word in words if word not in change.moved)


def _negated(words: tuple[str, ...]) -> bool:
    return not lexicon.NEGATIONS.isdisjoint(words)


def _touches(words: tuple[str, ...], listed: frozenset[str]) -> bool:
    """Whether a listed word of a one-sided stretch bears on the words that stayed, not on the stretch alone.

    It does in a short stretch, at its end, or at its beginning behind auxiliaries; "and not …" adds a new member.
    """
    if words[0] in ("and", "or", "nor") and len(words) > 2:
        return False
    if len(words) <= 3:
        return not listed.isdisjoint(words)
    lead = next((word for word in words if word not in lexicon.AUXILIARIES), "")
    return lead in listed or words[-1] in listed


def _opposite(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    if frozenset((" ".join(ours), " ".join(theirs))) in lexicon.OPPOSITES:
        return True
    if len(ours) == len(theirs):
        pairs = [(one, other) for one, other in zip(ours, theirs, strict=True) if one != other]
        return any(frozenset(pair) in lexicon.OPPOSITES or _prefixed(*pair) for pair in pairs)
    return any(frozenset((one, other)) in lexicon.OPPOSITES for one in ours for other in theirs)


def _prefixed(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) >= 4 and any(long == prefix + short for prefix in lexicon.NEGATIVE_PREFIXES)


_MODAL_PHRASES = {
    ("have", "to"): "must",
    ("has", "to"): "must",
    ("had", "to"): "must",
    ("need", "to"): "must",
    ("needs", "to"): "must",
    ("going", "to"): "will",
    ("able", "to"): "can",
    ("ought", "to"): "should",
}
_FIRM = frozenset({"will", "would", "shall"})  # they may come and go with the tense


def modality(change: Change) -> FindingClass | None:
    """A modal, a hedge or a condition that only one side has, or another one."""
    ours, theirs = (
        _modals(_fresh(words, change), indirect=change.indirect) for words in (change.claim, change.witness)
    )
    if ours == theirs:
        return None
    if change.both:
        firm = not ours or not theirs
        return None if firm and (ours ^ theirs) <= _FIRM else FindingClass.MODALITY
    listed = lexicon.MODALS | lexicon.HEDGES | lexicon.CONDITIONS
    return FindingClass.MODALITY if _touches(change.only, listed) else None


def _modals(words: tuple[str, ...], *, indirect: bool) -> frozenset[str]:
    closed = lexicon.MODALS | lexicon.HEDGES | lexicon.CONDITIONS
    found = {word for word in words if word in closed}
    found |= {_MODAL_PHRASES[pair] for pair in pairwise(words) if pair in _MODAL_PHRASES}
    found = {"should" if word == "ought" else "if" if word in ("provided", "providing") else word for word in found}
    return frozenset(lexicon.BACKSHIFT.get(word, word) for word in found) if indirect else frozenset(found)


def figure(change: Change) -> FindingClass | None:
    """Another figure, date or unit."""
    if not change.both:
        return None
    for kind in (number, lexicon.UNITS.__contains__, lexicon.CALENDAR.__contains__):
        ours = {_singular(word) for word in change.claim if kind(word)}
        theirs = {_singular(word) for word in change.witness if kind(word)}
        if ours and theirs and ours != theirs:
            return FindingClass.NUMBER
    return None


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and word[:1].isalpha() else word


def person(change: Change) -> FindingClass | None:
    """We → they: another person than the one that is spoken of; indirect speech has its own persons."""
    ours, theirs = _persons(change.claim, change.around[0]), _persons(change.witness, change.around[2])
    if not ours or not theirs or ours == theirs:
        return None
    told = all(one.startswith("first") for one in ours) and all(other.startswith("third") for other in theirs)
    if change.indirect and (told or ours == {"second"}):
        return None
    return FindingClass.PERSON


def _persons(words: tuple[str, ...], before: tuple[str, ...]) -> set[str]:
    """The persons of the pronouns; "the us" is the country."""
    found = set()
    for word, last in zip(words, (*before[-1:], *words) if before else ("", *words), strict=False):
        if word in lexicon.PERSONS and not (word == "us" and last in ("the", "a", "our")):
            found.add(lexicon.PERSONS[word])
    return found


def name(change: Change) -> FindingClass | None:
    """Another name in the place of one."""
    if not change.both or not content(change.claim):
        return None
    lost = [word for word in change.witness if word in change.names or word in lexicon.PLACES]
    gained = [word for word in change.claim if word in change.names or word in lexicon.PLACES]
    if lost and gained:
        return FindingClass.NAME
    if lost and not any(near(word, other) for word in lost for other in change.claim):
        return FindingClass.NAME
    return None


_SAME_AMOUNT = {"each": "every", "all": "every", "much": "many", "fewer": "less", "everybody": "everyone"}


def quantifier(change: Change) -> FindingClass | None:
    """All, most, some, only: how many, or how often."""
    ours, theirs = _amounts(_fresh(change.claim, change)), _amounts(_fresh(change.witness, change))
    if ours == theirs:
        return None
    if change.both:
        counted = any(number(word) for word in (*change.claim, *change.witness))
        return FindingClass.QUANTIFIER if (ours and theirs) or counted else None
    short = len(change.only) <= 2 and not lexicon.SETTING_QUANTIFIERS.isdisjoint(change.only)
    return FindingClass.QUANTIFIER if short and change.only[0] not in ("and", "or") else None


def _amounts(words: tuple[str, ...]) -> set[str]:
    return {_SAME_AMOUNT.get(word, word) for word in words if word in lexicon.QUANTIFIERS}

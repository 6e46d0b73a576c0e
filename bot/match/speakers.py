"""Whether two names can be one speaker: accents, case, titles and missing first names folded."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from bot.match import lexicon
from bot.match.sameness import initials
from bot.model import Attribution, SpeakerKind
from bot.text import fold


def same_speaker(claimed: str, held: str, kind: SpeakerKind = SpeakerKind.PERSON) -> bool:
    """Whether `claimed`, as a user types it, can mean the speaker on record.

    "Guaidó" and "President Juan Guaido" are the same person; "Jan Kask" and "Maria Kask" are not. An organisation may
    be named by its initials, without its country or by the first word of two, but not by the person whose it is:
    "Trump" is not the "Trump administration".
    """
    asked, known = named(claimed), named(held)
    if not asked or not known:
        return False
    if asked == known or initials(asked[0], known) or initials(known[0], asked):
        return True
    return _organisation(asked, known) if kind is SpeakerKind.ORGANISATION else _person(asked, known)


def said_by(said: Attribution | None, name: str) -> bool:
    """Whether an attribution names somebody of that name, alone or together with others."""
    return said is not None and any(same_speaker(name, one.name, one.kind) for one in said.speakers)


@lru_cache(maxsize=1 << 12)
def named(name: str) -> tuple[str, ...]:
    """The folded words of a name that tell it from others; titles and small words only where there is nothing else."""
    words = tuple(word.removesuffix("'s") for word in fold(name))
    bare = tuple(word for word in words if word not in lexicon.NAME_PARTICLES)
    return tuple(word for word in bare if word not in lexicon.TITLES) or bare or words


def _organisation(asked: Sequence[str], known: Sequence[str]) -> bool:
    """One name within the other, with the noun that says what it is; a company may go by its first word."""
    short, long = sorted((asked, known), key=len)
    if len(asked) == 1 and len(known) == 2 and asked[0] == known[0]:
        return known[1] not in lexicon.SOMEBODYS
    return set(short) <= set(long) and short[-1] == long[-1]


def _person(asked: Sequence[str], known: Sequence[str]) -> bool:
    """The same surname, and no first names that contradict one another; or the first name alone."""
    if not _alike(asked[-1], known[-1]):
        return set(asked) <= set(known) and (len(asked) > 1 or asked[0] == known[0])
    return not asked[:-1] or not known[:-1] or any(_first(one, other) for one in asked[:-1] for other in known[:-1])


def _alike(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) >= 5 and fuzz.ratio(one, other) >= 88)


def _first(one: str, other: str) -> bool:
    """Two first names, one of which may be an initial or a short form."""
    return one.startswith(other) or other.startswith(one) or _alike(one, other)

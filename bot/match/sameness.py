"""Rules for changes that leave the sense: the same words, written or bent otherwise."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from rapidfuzz import fuzz
from rapidfuzz.distance import DamerauLevenshtein

from bot.match import lexicon
from bot.match.change import Change, number
from bot.model import FindingClass

_LOOKALIKES = str.maketrans("авекмнорстухіјѕԁһӏԛԝгьѵαβγεικνορτυχωϲϳɑɡıℓ", "abekmhopctyxijsdhlqwrbvabyeikvoptuxwcjagil")


def homoglyph(change: Change) -> FindingClass | None:
    """Letters of another alphabet that look like Latin ones."""
    if not change.both or "".join((*change.claim, *change.witness)).isascii():
        return None
    same = skeleton("".join(change.claim)) == skeleton("".join(change.witness))
    return FindingClass.HOMOGLYPH if same else None


def skeleton(text: str) -> str:
    """The Latin letters that a word looks like."""
    return unicodedata.normalize("NFKC", text).translate(_LOOKALIKES)


def joined(change: Change) -> FindingClass | None:
    """The same letters, parted into words otherwise ("re-election", "reelection"), apostrophes aside."""
    same = change.both and _letters(change.claim) == _letters(change.witness)
    return FindingClass.SPELLING if same else None


def _letters(words: tuple[str, ...]) -> str:
    return "".join(words).replace("'", "")


def acronym(change: Change) -> FindingClass | None:
    """The initials of the other side's words, small words counted or not: "EU" for "European Union"."""
    if not change.both or min(len(change.claim), len(change.witness)) != 1:
        return None
    short, long = sorted((change.claim, change.witness), key=len)
    return FindingClass.SPELLING if initials(short[0], long) else None


def initials(short: str, long: tuple[str, ...]) -> bool:
    """Whether `short` is the first letters of the words of `long`, with or without its small words."""
    if len(short) < 2 or len(long) < 2:
        return False
    large = [word for word in long if word not in ("of", "the", "and", "for")]
    return short in ("".join(word[0] for word in long), "".join(word[0] for word in large))


def disfluency(change: Change) -> FindingClass | None:
    """A hesitation ("um", "you know") or a word said twice: cleaning it up changes nothing."""
    if change.both:
        return None
    words = change.only
    before, after = change.around[:2] if change.claim else change.around[2:]
    filler = lexicon.FILLERS.issuperset(words) or " ".join(words) in lexicon.FILLER_PHRASES
    repeated = words in (before[-len(words) :], after[: len(words)])
    return FindingClass.DISFLUENCY if filler or repeated else None


def reordered(change: Change) -> FindingClass | None:
    """All words stand elsewhere on the other side."""
    return FindingClass.REORDER if not change.both and set(change.only) <= set(change.moved) else None


def backshift(change: Change) -> FindingClass | None:
    """What indirect speech does to persons and tenses weighs as another form of the same words."""
    if not (change.indirect and change.both and len(change.claim) == len(change.witness)):
        return None
    pairs = list(zip(change.claim, change.witness, strict=True))
    return FindingClass.INFLECTION if all(_told(one, other) for one, other in pairs) else None


def _told(one: str, other: str) -> bool:
    """Whether `other` is what indirect speech may make of `one`."""
    ours, theirs = lexicon.PERSONS.get(one, ""), lexicon.PERSONS.get(other, "")
    persons = ours.startswith(("first", "second")) and theirs.startswith("third")
    shifted = lexicon.BACKSHIFT.get(other, other) == lexicon.BACKSHIFT.get(one, one)
    return one == other or persons or shifted or inflected(one, other)


def inflection(change: Change) -> FindingClass | None:
    """Other forms of the same words."""
    return FindingClass.INFLECTION if _pairwise(change, inflected) else None


def inflected(one: str, other: str) -> bool:
    """Whether two words are forms of one: "was" and "is", "closes" and "closing"."""
    if one == other or (one in lexicon.LEMMAS and lexicon.LEMMAS[one] == lexicon.LEMMAS.get(other)):
        return True
    same = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        same += 1
    return same >= 3 and one[same:] in lexicon.ENDINGS and other[same:] in lexicon.ENDINGS


def spelling(change: Change) -> FindingClass | None:
    """A slip of the pen: two letters exchanged, one doubled, or one of eight or more wrong."""
    return (
        FindingClass.SPELLING
        if _pairwise(change, lambda one, other: slip(one, other) or inflected(one, other))
        else None
    )


def slip(one: str, other: str) -> bool:
    """Whether one word is the other, mistyped, rather than another word."""
    if min(len(one), len(other)) < 4 or number(one) or number(other):
        return one == other
    distance = DamerauLevenshtein.distance(one, other, score_cutoff=2)
    if distance == 1 and (sorted(one) == sorted(other) or _undoubled(one) == _undoubled(other)):
        return True
    return distance <= (1 if max(len(one), len(other)) < 10 else 2) and min(len(one), len(other)) >= 7


def _undoubled(word: str) -> str:
    return "".join(letter for at, letter in enumerate(word) if word[at - 1 : at] != letter)


def near(one: str, other: str) -> bool:
    """Whether a name is spelled in another way: transliterations differ by a letter or two."""
    return min(len(one), len(other)) >= 4 and fuzz.ratio(one, other) >= 80


def respelled(change: Change) -> FindingClass | None:
    """A name in another transliteration."""
    names = [word for word in change.witness if word in change.names]
    alike = names and _pairwise(change, lambda one, other: one == other or near(one, other))
    return FindingClass.SPELLING if alike else None


def _pairwise(change: Change, same: Callable[[str, str], bool]) -> bool:
    if not change.both or len(change.claim) != len(change.witness):
        return False
    return all(same(one, other) for one, other in zip(change.claim, change.witness, strict=True))

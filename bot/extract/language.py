"""What a language says with: its words, read from ``languages/CODE.toml`` and looked up by their lower-case form."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "languages"
"""One file per language; its name is the language's ISO 639 code."""


class Tag(IntEnum):
    """What a word can do in a sentence, as far as the lists tell."""

    WORD = 0  # lower case, in no list
    CAPITAL = 1  # part of a name
    PRONOUN = 2
    DETERMINER = 3
    PREPOSITION = 4
    CONJUNCTION = 5
    AUXILIARY = 6
    CUE = 7
    RELATIVE = 8
    TITLE = 9  # before a name; upper or lower case
    ROLE = 10  # a person in a part
    BODY = 11  # an organisation
    ADVERB = 12
    NUMBER = 13
    PUNCTUATION = 14
    QUOTATION = 15  # stands for a whole quotation
    STOP = 16  # ends a sentence
    BREAK = 17  # ends a paragraph
    POSSESSIVE = 18  # 's
    OWNER = 19  # his, her, their
    CALENDAR = 20  # capitalised, names nobody


_TAGGED = (  # a word in several lists has the tag of the first
    ("words", "pronouns", Tag.PRONOUN),
    ("words", "possessive", Tag.OWNER),
    ("words", "relatives", Tag.RELATIVE),
    ("words", "determiners", Tag.DETERMINER),
    ("words", "auxiliaries", Tag.AUXILIARY),
    ("words", "prepositions", Tag.PREPOSITION),
    ("words", "conjunctions", Tag.CONJUNCTION),
    ("people", "roles", Tag.ROLE),
    ("people", "bodies", Tag.BODY),
    ("words", "adverbs", Tag.ADVERB),
)


class Lists(dict[str, frozenset[str]]):
    """Closed lists by name; one that a language does not have is empty."""

    def __missing__(self, name: str) -> frozenset[str]:
        return frozenset()


@dataclass(frozen=True, slots=True)
class Language:
    """One language's data, made for looking words up. `cues` gives each verb form its class."""

    code: str
    tags: dict[str, Tag]
    cues: dict[str, str]
    nouns: frozenset[str]
    phrases: tuple[tuple[str, ...], ...]
    scare: frozenset[str]
    titles: frozenset[str]
    calendar: frozenset[str]
    gender: dict[str, str]  # "m" or "f" for words and titles that tell it
    given: dict[str, str]  # the same for given names
    abbreviated: dict[str, str]  # a title's abbreviation: the title
    countries: dict[str, str]  # a country: the adjective for its people and government
    lists: Lists
    token: re.Pattern[str]
    link: re.Pattern[str]  # a line that links to another article


UNKNOWN = ("", "und")
"""The codes of an article whose language nobody told."""


@lru_cache(maxsize=16)
def language(code: str, folder: Path = FOLDER) -> Language:
    """The data of one language; of English where `folder` has no file for `code`."""
    path = folder / f"{code.lower()[:2]}.toml"
    if not (code[:2].isalpha() and path.is_file()):
        path = FOLDER / "en.toml"
    return _language(tomllib.loads(path.read_text(encoding="utf-8")))


def languages(folder: Path = FOLDER) -> tuple[str, ...]:
    """The codes of the languages that have a file."""
    return tuple(sorted(path.stem for path in folder.glob("*.toml")))


def language_of(text: str, code: str, folder: Path = FOLDER) -> Language:
    """The data for an article's language: the one named, or where none is, that whose small words it holds most of."""
    if code.lower() not in UNKNOWN:
        return language(code, folder)
    votes = _votes(text, folder)
    return max((language(each, folder) for each in votes), key=lambda tongue: (votes[tongue.code], tongue.code == "en"))


def spoken(text: str, code: str, folder: Path = FOLDER) -> str:
    """The code of the language that a text is in: the one named, unless its small words are clearly of another.

    Only languages whose words we have are told from each other.
    """
    votes = _votes(text, folder)
    named, words = code.lower()[:2], len(_WORD.findall(text[:_SAMPLE]))
    if named not in votes or words < FEWEST:
        return code
    most = max(votes, key=lambda each: votes[each])
    return most if votes[most] >= max(CLEAR * votes[named], SHARE * words) else code


def _votes(text: str, folder: Path) -> dict[str, int]:
    """How many of a text's words are small words of each language."""
    words = Counter(_WORD.findall(text[:_SAMPLE].lower()))
    known = [language(each, folder) for each in languages(folder)] or [language("en")]
    return {tongue.code: _small_words(words, tongue) for tongue in known}


def _small_words(words: Counter[str], tongue: Language) -> int:
    return sum(count for word, count in words.items() if tongue.tags.get(word) in _SMALL)


FEWEST = 200
"""Words of a text that may be in another language than the one named."""
CLEAR = 2
"""So many times as many small words of the other language are clear."""
SHARE = 0.2
"""Of a text's words: so many at least are small words of its language."""
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 5000
"""So many characters tell a language."""
_SMALL = frozenset({Tag.DETERMINER, Tag.PREPOSITION, Tag.CONJUNCTION, Tag.PRONOUN, Tag.AUXILIARY, Tag.OWNER})


def _language(data: dict[str, Any]) -> Language:
    words, people = data["words"], data.get("people", {})
    tags: dict[str, Tag] = {}
    cues = {form: group for group, forms in reversed(data["cues"].items()) for form in forms.split()}
    for section, name, tag in _TAGGED:
        for word in data.get(section, {}).get(name, "").split():
            tags.setdefault(word, tag)
    for phrase in data.get("phrases", []):
        if " " not in phrase:
            tags.setdefault(phrase, Tag.PREPOSITION)
    for form in cues:
        if tags.get(form) not in (Tag.AUXILIARY, Tag.PREPOSITION):
            tags[form] = Tag.CUE
    lists = Lists({name: frozenset(value.split()) for name, value in data.get("lists", {}).items()})
    return Language(
        code=data["code"],
        tags=tags,
        cues=cues,
        nouns=frozenset(data.get("nouns", "").split()),
        phrases=tuple(tuple(phrase.split()) for phrase in data.get("phrases", [])),
        scare=frozenset(data.get("scare", [])),
        titles=frozenset(people.get("titles", "").split()),
        calendar=frozenset(words.get("calendar", "").split()),
        gender=_genders(people),
        given=_genders(data.get("given", {})),
        abbreviated=_pairs(people.get("abbreviated", "")),
        countries={
            country.replace("_", " "): adjective
            for adjective, country in map(_pair, data.get("countries", {}).get("adjectives", "").split())
        },
        lists=lists,
        token=_token(data.get("abbreviations", "").split(), data.get("elisions", "").split()),
        link=_link(data.get("links", [])),
    )


def _genders(section: dict[str, str]) -> dict[str, str]:
    return {word: sex[0] for sex in ("masculine", "feminine") for word in section.get(sex, "").split()}


def _pair(entry: str) -> tuple[str, str]:
    """The two sides of "sen:senator"."""
    left, _, right = entry.partition(":")
    return left, right


def _pairs(entries: str) -> dict[str, str]:
    return dict(map(_pair, entries.split()))


def _link(leads: list[str]) -> re.Pattern[str]:
    """A line that opens with one of the leads and a colon, an arrow or the like."""
    opening = "|".join(map(re.escape, leads)) or "(?!)"
    return re.compile(rf"^[ \t*•>\[(]*(?:{opening})(?: [\w']+){{0,3}}[ \t]*[:|»→–—].*$", re.IGNORECASE | re.MULTILINE)


def _token(abbreviations: list[str], elisions: list[str]) -> re.Pattern[str]:
    """A word with apostrophes and hyphens, an abbreviation with its stop, a clitic ('s, 'd), a mark or a line end.

    An elided word ("l’", "qu'") is a word of its own, and so is a time of day ("10:31").
    """
    short = "|".join(map(re.escape, abbreviations)) or "(?!)"
    elided = rf"\b(?i:{'|'.join(elisions)})['’](?=[^\W_])|" if elisions else ""
    clitic = r"['’](?:s|d|ll|re|ve|m|S)(?![^\W_])"
    return re.compile(
        rf"{elided}\d{{1,2}}:\d\d(?:[ap]m)?\b|(?:{short})\.|[A-Z]\.(?:-?[A-Z]\.)+|[A-Z]\.(?=\s+[A-Z])"
        rf"|[^\W_]+(?:(?:(?!{clitic})['’]|[-‐‑_&@]|(?<=\d)[.,](?=\d))[^\W_]+)*|{clitic}|\.\.\.|--|\n|[^\w\s]"
    )

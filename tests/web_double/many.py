"""Outlets with as many articles as one likes, each of its own words, in the markup of every builder."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

from tests.web_double import builders, feeds, stories
from tests.web_double.site import Site, Story

_TEXTS = (stories.BREAKWATER, stories.SALT, stories.QUAY, stories.RAIL, stories.LIBRARY, stories.OBSERVED, stories.FOG)
_WORDS = sorted(
    {word.strip("“”.,()'").lower() for text in _TEXTS for line in text for word in line.split()} - {"", "-"}
)
_FIRST = (
    "Ana",
    "Piet",
    "Greta",
    "Oskar",
    "Ingrid",
    "Marta",
    "Helle",
    "Jonas",
    "Sofie",
    "Rune",
    "Harald",
    "Per",
    "Lars",
)
_LAST = ("Lorentz", "Haan", "Solberg", "Brandt", "Falk", "Lund", "Krog", "Pihl", "Dahl", "Moe", "Storm", "Vang", "Holm")
_MARKUP = (
    builders.wordpress,
    builders.arc,
    builders.drupal,
    builders.amp,
    builders.linked,
    builders.quoting,
    builders.posts,
)
QUOTES = 4
"""Quotations of each article."""


def sites(hosts: int, articles: int, paragraphs: int = 12) -> list[Site]:
    """So many outlets with so many articles each, all out before the week begins."""
    return [_site(number, articles, paragraphs) for number in range(hosts)]


def _site(number: int, articles: int, paragraphs: int) -> Site:
    stories_ = tuple(_story(f"{number}-{each}", paragraphs) for each in range(articles))
    return Site(f"many{number}.test", f"Many {number}", _MARKUP[number % len(_MARKUP)], feeds.rss, stories_)


def _story(key: str, paragraphs: int) -> Story:
    chance = Random(key)
    lines = [_prose(chance, 45) for _ in range(paragraphs)]
    for each in range(QUOTES):
        name = f"{chance.choice(_FIRST)} {chance.choice(_LAST)}"
        lines.insert(2 * each + 1, f"“{_prose(chance, 14)[:-1]},” {name} told reporters on Monday.")
    return Story(f"story-{key}", f"Report {key} on {_prose(chance, 4)[:-1].lower()}", -5, tuple(lines))


def _prose(chance: Random, words: int) -> str:
    said = " ".join(chance.choice(_WORDS) for _ in range(words))
    return said[:1].upper() + said[1:] + "."


def feed_addresses(made: Iterable[Site]) -> list[str]:
    return [f"http://{site.host}{site.feed_path}" for site in made]

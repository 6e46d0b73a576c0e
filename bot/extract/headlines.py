"""Lines set in capitals: in "Harbour Chief Warns of Closure" a capital says nothing about a word.

There a word counts as part of a name only if running prose prints it with a capital too, or if it is a given name or an
acronym. Captions and signatures ("Ana Ortega, Lisk Council") hold no verb or small word's capital and stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.extract.language import Language, Tag
from bot.extract.stream import Stream

_LEAST = 4
"""A line of fewer words that could be capitalised is no headline."""
_SHARE = 0.7
"""So many of its longer words begin with a capital."""
_SMALL = frozenset({Tag.DETERMINER, Tag.PREPOSITION, Tag.CONJUNCTION, Tag.RELATIVE, Tag.OWNER, Tag.PRONOUN})
_TELLING = _SMALL | {Tag.CUE, Tag.AUXILIARY}
_ASIDE = frozenset({Tag.PUNCTUATION, Tag.QUOTATION, Tag.NUMBER, Tag.POSSESSIVE, Tag.STOP, Tag.BREAK})


def lower(stream: Stream, tongue: Language) -> None:
    """Give the words of headlines the tags they would have in lower case, names apart."""
    found = [(first, last) for first, last in _lines(stream) if _is_headline(stream, first, last, tongue)]
    if not found:
        return
    within = {at for first, last in found for at in range(first, last)}
    proper = {
        stream.low[at]
        for at, tag in enumerate(stream.tag)
        if tag is Tag.CAPITAL and at not in within and not stream.initial[at]
    }
    for first, last in found:
        for at in range(first, last):
            if stream.tag[at] is Tag.CAPITAL and not _is_name(stream, at, last, proper, tongue):
                stream.tag[at] = tongue.tags.get(stream.low[at], Tag.WORD)


def _lines(stream: Stream) -> Iterator[tuple[int, int]]:
    """Token ranges of the lines, and of what opens a line before a colon."""
    first = 0
    opens = True
    for at, tag in enumerate(stream.tag):
        if tag is Tag.BREAK or (opens and stream.low[at] == ":"):
            yield first, at
            first, opens = at + 1, tag is Tag.BREAK
    yield first, len(stream)


def _is_headline(stream: Stream, first: int, last: int, tongue: Language) -> bool:
    """Whether most words of a line have capitals, one of them a word that has none in a name."""
    if last - first < _LEAST or (first > 0 and stream.tag[last - 1] is Tag.STOP):
        return False
    words = [at for at in range(first, last) if stream.tag[at] not in _ASIDE and len(stream.word[at]) > 3]
    large = [at for at in words if stream.word[at][0].isupper()]
    if len(large) < _LEAST - 1 or len(large) < _SHARE * len(words):
        return False
    return any(tongue.tags.get(stream.low[at]) in _TELLING for at in large if at > first)


def _is_name(stream: Stream, at: int, last: int, proper: set[str], tongue: Language) -> bool:
    low, word = stream.low[at], stream.word[at]
    if low in proper:
        return True
    if low in tongue.given:
        return at + 1 < last and stream.word[at + 1][0].isupper()
    follows = at > 0 and stream.tag[at - 1] is Tag.CAPITAL and stream.low[at - 1] in tongue.given
    return follows or (word.isupper() and 2 <= len(word) <= 5 and not stream.string(at, last).isupper())

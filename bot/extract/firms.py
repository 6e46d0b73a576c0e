"""Names that hold an "and": "Marks and Spencer", "Department of Health and Human Services".

Two bare names that the article joins time and again, and never has apart, are one: people who speak together are
also named alone. So are the halves of a body that is "of" two things, and of an office ("Trade and Industry
Secretary").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from bot.extract.language import Language
from bot.extract.mentions import Mention
from bot.extract.stream import Stream

Pair = tuple[tuple[str, ...], tuple[str, ...]]


def joined(stream: Stream, found: list[Mention], tongue: Language) -> list[Mention]:
    """The mentions of a stream, with those pairs of names that are one name made one."""
    pairs = Counter((left.name, right.name) for left, right in _pairs(stream, found, tongue))
    firms = {pair for pair, count in pairs.items() if _is_one(pair, count, found, tongue)}
    kept: list[Mention] = []
    for mention in found:
        left = kept[-1] if kept else None
        if left is not None and _is_domain(stream, left, mention, found, tongue):
            mention.first, mention.lead = left.first, left.lead
            mention.role = f"{left.name[0]} {stream.word[left.last]} {mention.role}"
            kept[-1] = mention
            continue
        if left is not None and (left.name, mention.name) in firms and _meet(stream, left, mention, tongue):
            left.name = (*left.name, stream.word[left.last], *mention.name)
            left.last, left.body = mention.last, True
        else:
            kept.append(mention)
    return kept


def _is_domain(stream: Stream, left: Mention, right: Mention, found: list[Mention], tongue: Language) -> bool:
    """Whether what looks like a name is half of what the next one is in charge of: "*Trade* and Industry Secretary"."""
    if len(left.name) != 1 or left.title or right.first != left.last + 1 or len(right.title.split()) < 2:
        return False
    if stream.low[left.last] not in tongue.lists["and"] or left.name[0].lower() in tongue.given:
        return False
    return sum(left.name[0] in mention.name for mention in found) == 1


def _pairs(stream: Stream, found: list[Mention], tongue: Language) -> Iterator[tuple[Mention, Mention]]:
    return (pair for pair in pairwise(found) if _meet(stream, *pair, tongue))


def _meet(stream: Stream, left: Mention, right: Mention, tongue: Language) -> bool:
    """Whether nothing but "and" stands between two names, of which the second has no title."""
    if left.kind != "name" or right.kind != "name" or right.first != left.last + 1 or right.title or right.role:
        return False
    return stream.low[left.last] in tongue.lists["and"] and not left.inner


def _is_one(pair: Pair, count: int, found: list[Mention], tongue: Language) -> bool:
    left, right = pair
    if left[0].lower() in tongue.given or (len(right) > 1 and right[0].lower() in tongue.given):
        return False
    if {*left, *right} & tongue.countries.keys():
        return False
    if not tongue.lists["of"].isdisjoint(left):
        return sum(mention.name == right for mention in found) == count
    if count < 2 or len(left) + len(right) > _WORDS:
        return False
    words = Counter(word for mention in found for word in set(mention.name))
    return words[left[-1]] == words[right[-1]] == count


_WORDS = 3
"""A firm of two names has no more words than this."""

"""Which passages hang together as one utterance.

Passages that render the same words, directly or through others, are a strand. Strands that some article joins by a
split quotation, "…," she said. "…", are one utterance, unless another article has them as answers of their own. Pairs
that a person has parted are never in one group.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import combinations
from typing import NamedTuple

Pair = tuple[int, int]


def reached(start: int, neighbours: Callable[[int], Iterable[int]]) -> set[int]:
    """All that hangs together with `start`, itself among it."""
    found, edge = {start}, [start]
    while edge:
        new = set(neighbours(edge.pop())) - found
        found |= new
        edge += new
    return found


class Place(NamedTuple):
    """Where a passage stands: its article's edition, and the number of its split quotation there."""

    edition: int
    part_of: int


def groups(places: Mapping[int, Place], links: Iterable[Pair], apart: Iterable[Pair] = ()) -> dict[int, int]:
    """The utterance of each passage, named by its lowest member."""
    parted = list(apart)
    strand = strands(places, links, parted)
    utterance = joined([(strand[passage], *place) for passage, place in places.items()], _through(strand, parted))
    return {passage: utterance[one] for passage, one in strand.items()}


def strands(passages: Iterable[int], links: Iterable[Pair], apart: Iterable[Pair] = ()) -> dict[int, int]:
    """The strand of each passage, named by its lowest member; of links that exclude one another the earlier holds.

    What links passages that a person has taken out, the first of pairs that are `apart`, comes last, so that newcomers
    keep to those that were left.
    """
    parted = list(apart)
    out = {passage for passage, _ in parted}
    made = Forest(passages, parted)
    for one, other in sorted(links, key=lambda pair: not out.isdisjoint(pair)):
        made.unite(one, other)
    return {passage: made.root(passage) for passage in made}


def joined(standing: Iterable[tuple[int, int, int]], apart: Iterable[Pair] = ()) -> dict[int, int]:
    """The utterance of each strand, named by the lowest of its strands.

    `standing` has the strand, the edition and the number of the split quotation of every passage, `apart` the pairs of
    strands that hold a pair which was parted.
    """
    editions: dict[int, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    every = set()
    for strand, edition, part_of in standing:
        editions[edition][part_of].add(strand)
        every.add(strand)
    split = {pair for parts in editions.values() for held in parts.values() for pair in _pairs(held)}
    among = {strand for pair in split for strand in pair}
    parts = ([held & among for held in parts.values()] for parts in editions.values())
    made = Forest(every, [*told_apart(parts), *apart])
    for one, other in sorted(split):
        made.unite(one, other)
    return {strand: made.root(strand) for strand in every}


def _pairs(strands: Iterable[int]) -> Iterator[Pair]:
    return combinations(sorted(strands), 2)


def told_apart(editions: Iterable[Collection[set[int]]]) -> set[Pair]:
    """The pairs of strands that an edition has as quotations of their own: of each it has the strands of its parts."""
    return {
        (min(one, other), max(one, other))
        for parts in editions
        for here, there in combinations(parts, 2)
        for one in here
        for other in there
        if one != other
    }


def _through(strand: Mapping[int, int], pairs: Iterable[Pair]) -> Iterator[Pair]:
    """Pairs of passages as pairs of their strands."""
    for one, other in pairs:
        if one in strand and other in strand:
            yield strand[one], strand[other]


class Forest:
    """Disjoint sets, each named by its lowest member; two that hold a pair which is `apart` are never united."""

    def __init__(self, members: Iterable[int], apart: Iterable[Pair] = ()) -> None:
        self._above = {member: member for member in members}
        self._parted: dict[int, set[int]] = {}
        for one, other in apart:
            if one in self._above and other in self._above:
                self._parted.setdefault(one, set()).add(other)
                self._parted.setdefault(other, set()).add(one)

    def __iter__(self) -> Iterator[int]:
        return iter(self._above)

    def root(self, member: int) -> int:
        """The name of a member's set."""
        while self._above[member] != member:
            self._above[member] = member = self._above[self._above[member]]
        return member

    def unite(self, one: int, other: int) -> None:
        """Make one set of two, unless a pair that was parted would be in it."""
        low, high = sorted((self.root(one), self.root(other)))
        if low == high:
            return
        few, many = sorted((low, high), key=lambda root: len(self._parted.get(root, ())))
        if any(self.root(member) == many for member in self._parted.get(few, ())):
            return
        self._above[high] = low
        if high in self._parted:
            self._parted.setdefault(low, set()).update(self._parted[high])

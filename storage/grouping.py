"""Which passages hang together as one utterance: links found by their words, and parts of one split quotation.

Parts of one split quotation go together unless another article tells them apart: what one outlet joins by "…," she
said. "…" may be two answers in another. Pairs that a person has parted are never in one group.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
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
    """The group of each passage, named by its lowest member; of links that exclude one another the earlier holds."""
    made = _Forest(places, apart)
    for one, other in links:
        made.unite(one, other)
    split = list(_split(places))
    told_apart = set(_told_apart(places, made)) if split else set()
    for one, other in split:
        if frozenset((made.root(one), made.root(other))) not in told_apart:
            made.unite(one, other)
    return {passage: made.root(passage) for passage in places}


class _Forest:
    """Disjoint sets, each named by its lowest member."""

    def __init__(self, members: Iterable[int], apart: Iterable[Pair]) -> None:
        self._above = {member: member for member in members}
        self._parted: dict[int, set[int]] = {member: set() for member in self._above}
        for one, other in apart:
            if one in self._above and other in self._above:
                self._parted[one].add(other)
                self._parted[other].add(one)

    def root(self, member: int) -> int:
        while self._above[member] != member:
            self._above[member] = member = self._above[self._above[member]]
        return member

    def unite(self, one: int, other: int) -> None:
        """Make one set of two, unless a pair that was parted would be in it."""
        low, high = sorted((self.root(one), self.root(other)))
        if low == high:
            return
        few, many = sorted((low, high), key=lambda root: len(self._parted[root]))
        if any(self.root(member) == many for member in self._parted[few]):
            return
        self._above[high] = low
        self._parted[low] |= self._parted[high]


def _split(places: Mapping[int, Place]) -> Iterator[Pair]:
    """The pairs of passages that are parts of one quotation."""
    parts: dict[Place, list[int]] = defaultdict(list)
    for passage, place in places.items():
        parts[place].append(passage)
    for held in parts.values():
        yield from combinations(held, 2)


def _told_apart(places: Mapping[int, Place], made: _Forest) -> Iterator[frozenset[int]]:
    """The pairs of groups that some edition has as quotations of their own."""
    editions: dict[int, list[int]] = defaultdict(list)
    for passage, place in places.items():
        editions[place.edition].append(passage)
    for held in editions.values():
        for one, other in combinations(held, 2):
            if places[one].part_of != places[other].part_of and made.root(one) != made.root(other):
                yield frozenset((made.root(one), made.root(other)))

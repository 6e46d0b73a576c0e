"""Candidate retrieval: which wordings on record are likeliest to carry a claim.

A claim's words and pairs of neighbours are looked up, rarest first, until a budget of postings is read; the wordings
that gather the most weight are then compared word by word. So the cost does not grow with the record.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from storage import checking, merging
from storage.features import Ids, key_of, numbered, pairs, postings
from storage.information import Numbered, rarity, weights
from storage.ranking import Ranker, best
from storage.shelf import Found, Shelf


class Effort(NamedTuple):
    """What one search may cost.

    `postings` may be read, and the rarest list whatever its length; `finalists` are compared word by word, or `of_few`
    where the claim has eight words at most, which costs less and ties more.
    """

    postings: int
    finalists: int
    of_few: int


CHECKING = Effort(5_000, 16, 32)
"""For a claim, whose words may be changed."""
GROUPING = Effort(2_000, 10, 20)
"""For a quotation of a new article: twenty stand in it, and other renderings share more than those of a claim may."""

WINDOW = 96
"""Words of a long claim that are looked up at once."""
_COUNTED = 60_000  # postings that may be read to count carriers
_FEW = 4  # words of a claim whose carriers are always counted
_EXACT = 256  # carriers that are counted by reading them
_PAIR, _SINGLE = 1.0, 0.7  # a pair of neighbours is better evidence than a word of the same rarity
_OTHER_LENGTH = 0.15  # the part of a score that a wording of quite another length loses
_SHARE = 0.3  # of the best score: what falls below it is chance


@dataclass(frozen=True, slots=True)
class Near:
    """The wordings nearest to a claim, each with its numbered words (uint32), and what words tell."""

    wordings: dict[int, bytes]
    nats: Numbered


@dataclass(frozen=True, slots=True)
class Retrieved:
    """Wordings, likeliest first; each word's information in nats; how many wordings hold the claim in one piece.

    `carriers` names those wordings as far as they were looked at; `carried` may be more.
    """

    wordings: tuple[int, ...]
    weight: dict[str, float]
    carriers: tuple[int, ...]
    carried: int


@dataclass(frozen=True, slots=True)
class Looked:
    """A claim's features, which of them are single words, and what the segments know of them."""

    features: Ids
    single: NDArray[np.bool_]
    found: Found


class Index:
    """The index as one connection reads it."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self.shelf = Shelf(db)

    def retrieve(self, words: Sequence[str], limit: int) -> Retrieved:
        """The wordings likeliest to carry a claim's folded words, of which there is one at least."""
        self.shelf.refresh()
        ids = numbered(words)
        looked = self._look_up(ids)
        rows = self._words(self._nearest(ids, looked, self._same([ids]), CHECKING))
        weight, ranker = self._weighed(words, ids, looked)
        wordings = best([(ranker.score(data), wording) for wording, data in rows], limit, _SHARE)
        carriers = tuple(wording for wording, data in rows if ranker.carried(data))
        carried = len(carriers)
        if carried == len(rows) or len(ids) <= _FEW:
            carried = max(carried, self._carried(ids, looked, ranker))
        return Retrieved(tuple(wordings), weight, carriers, carried)

    def near(self, claims: Sequence[Sequence[str]]) -> list[Near]:
        """The wordings that gather the most evidence for each of several claims; reads the index once."""
        self.shelf.refresh()
        numbers = [numbered(words) for words in claims]
        looked = self._look_up_all(numbers)
        long = self._long(seen.found.of(_affordable(seen.found.counts, GROUPING.postings)) for seen in looked)
        same = self._same(numbers)
        picked = [self._nearest(ids, seen, same, GROUPING, long) for ids, seen in zip(numbers, looked, strict=True)]
        held = dict(self._words(list({wording for near in picked for wording in near})))
        found = []
        for words, ids, seen, near in zip(claims, numbers, looked, picked, strict=True):
            told = weights(words, self._counts(words, ids, seen), self.shelf.wordings)
            nats = Numbered(zip(ids.tolist(), map(told.__getitem__, words), strict=True))
            found.append(Near({wording: held[wording] for wording in near if wording in held}, nats))
        return found

    def _weighed(self, words: Sequence[str], ids: Ids, looked: Looked) -> tuple[dict[str, float], Ranker]:
        """How much each word of a claim tells, and what ranks wordings by it."""
        counts = self._counts(words, ids, looked)
        ranker = Ranker(ids, [rarity(counts[word], self.shelf.wordings) for word in words])
        return weights(words, counts, self.shelf.wordings), ranker

    def _counts(self, words: Sequence[str], ids: Ids, looked: Looked) -> dict[str, int]:
        """In how many wordings each word of a claim stands."""
        counts = dict(zip(looked.features.tolist(), looked.found.counts.tolist(), strict=True))
        return {word: counts[number] for word, number in zip(words, ids.tolist(), strict=True)}

    def holding(self, words: Sequence[str]) -> Ids | None:
        """The wordings that hold every one of some folded words, newest first; `None` where all are too common."""
        self.shelf.refresh()
        singles = np.unique(numbered(words))
        lists = self._lists(self.shelf.find(singles), np.arange(len(singles)), _COUNTED)
        return _shared(lists)[::-1] if lists else None

    def _look_up(self, ids: Ids) -> Looked:
        """What the segments know of the features of a claim."""
        features, single = _features(ids)
        return Looked(features, single, self.shelf.find(features))

    def _look_up_all(self, claims: Sequence[Ids]) -> list[Looked]:
        """The same for several claims, which have many features in common."""
        split = list(map(_features, claims))
        every = np.unique(np.concatenate([features for features, _ in split]))
        found = self.shelf.find(every)
        return [Looked(features, single, found.of(np.searchsorted(every, features))) for features, single in split]

    def _same(self, claims: Sequence[Ids]) -> list[tuple[int, int]]:
        """The wordings that are one of some claims word for word, each with the key of its words."""
        keys = json.dumps([key_of(ids.tobytes()) for ids in claims])
        return self._db.execute(
            "SELECT key, id FROM wording WHERE key IN (SELECT value FROM json_each(?))", [keys]
        ).fetchall()

    def _nearest(
        self,
        ids: Ids,
        looked: Looked,
        same: Sequence[tuple[int, int]],
        effort: Effort,
        long: Mapping[int, Ids] | None = None,
    ) -> list[int]:
        """The wordings to compare: those of the most weight, and whichever are the claim word for word."""
        key = key_of(ids.tobytes())
        picked = [wording for found, wording in same if found == key]
        for begin in range(0, len(ids), WINDOW):
            window = looked if len(ids) <= WINDOW else self._look_up(ids[begin : begin + WINDOW + WINDOW // 4])
            picked += self._gather(window, min(len(ids), WINDOW), effort, long if window is looked else None)
        return list(dict.fromkeys(picked))

    def _gather(self, looked: Looked, length: int, effort: Effort, long: Mapping[int, Ids] | None) -> list[int]:
        """Add up what each wording gathers from the rarest features, and take the best."""
        lists = list(self._rarest(looked.found, np.arange(len(looked.features)), effort.postings, long))
        if not lists:
            return []
        places = [at for at, _ in lists]
        kind = np.where(looked.single[places], _SINGLE, _PAIR)
        weights = (kind * np.log1p(self.shelf.wordings / looked.found.counts[places])).astype(np.float32)
        ids, score = _summed([ids for _, ids in lists], weights)
        sizes = self.shelf.lengths[ids].astype(np.float32)
        score *= 1 - np.float32(_OTHER_LENGTH) * np.abs(sizes - length) / (sizes + length)
        return _top(ids, score, effort.of_few if length <= 8 else effort.finalists)

    def _rarest(
        self, found: Found, among: NDArray[np.int64], budget: int, long: Mapping[int, Ids] | None = None
    ) -> Iterator[tuple[int, Ids]]:
        """The lists of the rarest of some features within a budget of postings, each with its feature's place.

        `long` holds the long ones, where they have been read already.
        """
        chosen = among[_affordable(found.counts[among], budget)]
        if long is None:
            long = self._long([found.of(chosen)])
        for at in chosen.tolist():
            for ids in found.near[at]:
                yield at, ids
            for key, _ in found.far[at]:
                if key in long:
                    yield at, long[key]

    def _long(self, wanted: Iterable[Found]) -> dict[int, Ids]:
        """The long lists of some features, read all at once."""
        far = {place for found in wanted for places in found.far for place in places}
        return self.shelf.lists(far) if far else {}

    def _lists(self, found: Found, among: NDArray[np.int64], budget: int) -> list[Ids]:
        """The whole lists of those of some features that have one, rarest first, within a budget."""
        whole: dict[int, list[Ids]] = {}
        for at, ids in self._rarest(found, among, budget):
            whole.setdefault(at, []).append(ids)
        lists = [np.concatenate(parts) for parts in whole.values()]
        return [np.empty(0, np.uint32), *lists] if (found.counts[among] == 0).any() else lists

    def _carried(self, ids: Ids, looked: Looked, ranker: Ranker) -> int:
        """How many wordings hold the claim in one piece: exact up to 256, from there those that hold all its pairs."""
        if len(ids) == 1:
            return int(looked.found.counts[0])
        of_pairs = np.flatnonzero(~looked.single)
        lists = self._lists(looked.found, of_pairs, _COUNTED)
        if not lists:
            return int(looked.found.counts[of_pairs].min())
        shared = _shared(lists)
        if len(shared) > _EXACT:
            return len(shared)
        return sum(ranker.carried(data) for _, data in self._words(shared.tolist()))

    def _words(self, wordings: list[int]) -> list[tuple[int, bytes]]:
        """The numbered words of wordings; those that were removed have none."""
        rows = "SELECT id, words FROM wording WHERE id IN (SELECT value FROM json_each(?))"
        return self._db.execute(rows, [json.dumps(wordings)]).fetchall()


def _features(ids: Ids) -> tuple[Ids, NDArray[np.bool_]]:
    """The features of a claim, ascending and each once, and which of them are single words."""
    features, first = np.unique(np.concatenate([ids, pairs(ids)]), return_index=True)
    return features, first < len(ids)


def _summed(lists: Sequence[Ids], weights: NDArray[np.float32]) -> tuple[Ids, NDArray[np.float32]]:
    """Each identifier that stands in some lists, once, and the sum of the weights of those in which it does.

    Sorting them together costs less than adding up in a place for each wording on record, most of which are far apart
    in memory.
    """
    together = np.concatenate(lists).astype(np.uint64) << np.uint64(32)
    together |= np.repeat(weights.view(np.uint32), [len(ids) for ids in lists])
    together.sort()
    ids = (together >> np.uint64(32)).astype(np.uint32)
    first = np.flatnonzero(np.append(True, ids[1:] != ids[:-1]))
    return ids[first], np.add.reduceat(together.astype(np.uint32).view(np.float32), first)


def _top(ids: Ids, score: NDArray[np.float32], most: int) -> list[int]:
    """The identifiers of the best scores."""
    if len(ids) > most:
        kept = np.argpartition(score, -most)[-most:]
        ids, score = ids[kept], score[kept]
    picked: list[int] = ids[np.argsort(-score, kind="stable")].tolist()
    return picked


def _affordable(counts: NDArray[np.int64], budget: int) -> NDArray[np.int64]:
    """The places of the rarest features, rarest first, that may be read within a budget of postings; one at least."""
    order = np.argsort(counts, kind="stable")
    order = order[counts[order] > 0]
    return order[: max(int(np.searchsorted(np.cumsum(counts[order]), budget, "right")), 1)]


def _shared(lists: list[Ids]) -> Ids:
    """The identifiers that stand in every list, ascending."""
    shared = np.unique(lists[0])
    for ids in lists[1:]:
        shared = shared[np.isin(shared, ids)]
    return shared


def rebuild(db: Database, progress: Callable[[int], None] = lambda _: None) -> None:
    """Write the index anew from the wordings on record; `progress` is told how many each batch held."""
    merging.wipe(db)
    for numbers, texts in checking.wordings(db):
        merging.add_segment(db, numbers, texts, postings(numbers, texts))
        progress(len(numbers))

"""Words as numbers: every folded word is its CRC-32, every pair of neighbours a hash of the two.

Two words may share a number (one pair in four thousand million), which costs a needless look at a passage and never an
answer: what is found is compared word by word afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from bot.memo import Memo
from bot.text import by_run, fold, of_run

Ids = NDArray[np.uint32]
OWNER = np.uint64(0xFFFFFFFF)
"""The bits of a posting that tell which wording it is of; the others tell the feature."""
_LEFT, _RIGHT = np.uint32(0x9E3779B1), np.uint32(0x85EBCA77)


def word_id(word: str) -> int:
    """The number of a folded word, 0 to 2³² - 1."""
    return crc32(word.encode("utf-8", "surrogatepass"))


_NUMBERS: Memo[str, bytes] = Memo(lambda word: word_id(word).to_bytes(4, "little"))


_OF_RUN: Memo[bytes, bytes] = Memo(lambda run: numbers(of_run(run)), 1 << 17)
_ALONE: Memo[bytes, bytes] = Memo(lambda run: numbers(fold(run.decode("ascii"))))


def numbers_of(text: str) -> bytes:
    """The numbers of a text's folded words: ``numbers(fold(text))``, most often without making words of it."""
    runs = by_run(text, _OF_RUN, _ALONE)
    return numbers(fold(text)) if runs is None else b"".join(runs)


def numbers(words: Iterable[str]) -> bytes:
    """The numbers of folded words, in order, as they are stored: uint32, little-endian."""
    return b"".join(map(_NUMBERS.__getitem__, words))


def numbered(words: Iterable[str]) -> Ids:
    """The numbers of folded words, in order."""
    return np.frombuffer(numbers(words), "<u4")


def word_ids(text: str) -> Ids:
    """The numbers of a text's folded words, in order."""
    return np.frombuffer(numbers_of(text), "<u4")


def pairs(ids: Ids) -> Ids:
    """The features of neighbouring words; their number is one less than that of the words."""
    return ids[:-1] * _LEFT ^ (ids[1:] + np.uint32(1)) * _RIGHT


def key_of(words: bytes) -> int:
    """A 32-bit hash of a whole wording, given as its numbers' bytes: equal wordings have equal keys."""
    return crc32(words)


def lengths_of(texts: Sequence[bytes]) -> NDArray[np.int64]:
    """How many words each numbered text has."""
    return np.fromiter(map(len, texts), np.int64, len(texts)) // 4


def postings(wordings: Sequence[int], texts: Sequence[bytes]) -> NDArray[np.uint64]:
    """One number ``feature << 32 | wording`` for each word and each pair of each wording, ascending, none twice.

    `texts` are the numbers of each wording's words, of which it has one at least.
    """
    if not wordings:
        return np.empty(0, np.uint64)
    lengths = lengths_of(texts)
    words = np.frombuffer(b"".join(texts), "<u4")
    owners = np.repeat(np.array(wordings, np.uint64), lengths)
    inside = np.ones(len(words), bool)
    inside[np.cumsum(lengths)[:-1] - 1] = False  # a wording's last word has no neighbour in it
    within = inside[:-1]
    features = np.concatenate([words, pairs(words)[within]]).astype(np.uint64)
    return distinct(features << np.uint64(32) | np.concatenate([owners, owners[:-1][within]]))


@dataclass(frozen=True, slots=True)
class Worded:
    """The wordings of some texts, each once, in the order in which they come.

    `places` says which of them each text has, -1 where it has no word; `words` are their numbered words, `keys` the
    hashes of these; `postings` are ``feature << 32 | place``, ascending.
    """

    places: NDArray[np.int64]
    words: list[bytes]
    keys: list[int]
    postings: NDArray[np.uint64]

    @classmethod
    def of(cls, texts: Sequence[bytes]) -> Self:
        """Those of numbered texts."""
        words = list(dict.fromkeys(filter(None, texts)))
        place = {text: at for at, text in enumerate(words)}
        places = np.fromiter((place.get(text, -1) for text in texts), np.int64, len(texts))
        return cls(places, words, list(map(key_of, words)), postings(range(len(words)), words))

    def postings_of(self, new: Sequence[int], first: int) -> NDArray[np.uint64]:
        """The postings of those at some places, ascending, which are numbered from `first` on."""
        numbers = np.zeros(len(self.words), np.uint64)
        numbers[new] = np.arange(first, first + len(new), dtype=np.uint64)
        owners = numbers[self.postings & OWNER]
        kept: NDArray[np.uint64] = (self.postings & ~OWNER | owners)[owners > 0]
        return kept


def distinct(sortable: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The numbers in ascending order, each once."""
    sortable.sort()
    if len(sortable) < 2:
        return sortable
    keep = np.empty(len(sortable), bool)
    keep[0] = True
    np.not_equal(sortable[1:], sortable[:-1], out=keep[1:])
    return sortable[keep]

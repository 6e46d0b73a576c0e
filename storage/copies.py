"""Which texts copy one another: wire copy, syndication, another edition under another address.

Two texts are copies when at least six tenths of the smaller one's shingles (runs of five folded words) stand in the
other. Containment, not resemblance: an article that adds its own half to a wire report still copies it.
"""

from __future__ import annotations

import numpy as np

from storage.features import Ids, pairs, word_ids

SHINGLE = 5
CONTAINED = 0.6
FEWEST = 20
"""Shingles below which a text is too short to tell a copy from chance."""
SAMPLED = 12
"""Shingles by which a copy is found that has no sentence in common: but for one in 400 where four in ten are shared."""


def shingles(text: str) -> Ids:
    """The hashes of a text's shingles, ascending, each once."""
    ids = np.concatenate([word_ids(line) for line in text.split("\n")])  # most lines are plain and quickly folded
    if len(ids) < SHINGLE:
        return np.empty(0, np.uint32)
    for _ in range(SHINGLE - 1):
        ids = pairs(ids)  # a pair of neighbouring pairs covers three words, and so on
    return np.unique(ids)


def sample(held: Ids) -> Ids:
    """The lowest of a text's shingles: texts of one size that share many have some of these in common."""
    return held[:SAMPLED]


def are_copies(one: Ids, other: Ids) -> bool:
    """Whether the smaller of two sets of shingles stands for the greater part in the other."""
    smaller = min(len(one), len(other))
    if smaller < FEWEST:
        return False
    return len(np.intersect1d(one, other, assume_unique=True)) >= CONTAINED * smaller

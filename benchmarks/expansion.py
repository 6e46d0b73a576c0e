"""Make a large corpus of a small one: an order-2 Markov chain over its words, seeded, so that every run has the same.

The given texts come first and keep their places; what follows is made of their word triples, with their lengths.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice

Pair = tuple[str, str]


def expanded(texts: list[str], size: int, seed: int = 20240301) -> Iterator[str]:
    """`texts`, then made ones until there are `size`, none of fewer than five words."""
    yield from islice(texts, size)
    chance = random.Random(seed)
    follow, starts = _chain(texts)
    lengths = [len(text.split()) for text in texts]
    for _ in range(size - len(texts)):
        yield _made(follow, chance.choice(starts), max(chance.choice(lengths), 5), chance)


def _chain(texts: Iterable[str]) -> tuple[dict[Pair, list[str]], list[Pair]]:
    follow: dict[Pair, list[str]] = defaultdict(list)
    starts: list[Pair] = []
    for text in texts:
        words = text.split()
        if len(words) < 3:
            continue
        starts.append((words[0], words[1]))
        for one, two, three in zip(words, words[1:], words[2:], strict=False):
            follow[one, two].append(three)
    return dict(follow), starts


def _made(follow: dict[Pair, list[str]], start: Pair, length: int, chance: random.Random) -> str:
    """One text of at most `length` words; it is shorter where the chain ends."""
    words = list(start)
    pick = chance.random
    while len(words) < length:
        known = follow.get((words[-2], words[-1]))
        if known is None:
            break
        words.append(known[int(pick() * len(known))])
    return " ".join(words)

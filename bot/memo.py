"""A memory of what a function made of a word, for functions that are asked for millions of words."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Key = TypeVar("Key", bound=str | bytes)
Value = TypeVar("Value")

_LONGEST = 100


class Memo(dict[Key, Value]):
    """``memo[word]`` is ``make(word)``, made once; when `most` words are held, all are forgotten.

    A word that is longer than any of a language is not held: whoever writes them would fill the memory with megabytes.

    A hit costs a third of one in `functools.lru_cache`, which keeps a list of the order of use.
    """

    def __init__(self, make: Callable[[Key], Value], most: int = 1 << 16) -> None:
        super().__init__()
        self._make = make
        self._most = most

    def __missing__(self, word: Key) -> Value:
        made = self._make(word)
        if len(word) <= _LONGEST:
            if len(self) >= self._most:
                self.clear()
            self[word] = made
        return made

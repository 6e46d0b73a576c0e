"""Which names are outlets': agencies and media, by a list, by a word of the name, or by a noun beside it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.extract.entities import Key, fold

_TELLING = 3
"""Fewer letters begin too many names."""
FILE = Path(__file__).parent / "outlets.toml"


@dataclass(frozen=True, slots=True)
class Outlets:
    """The lists of one language, folded.

    `agencies` gives every form of an agency the first form in its line; `phrases` are those that the patterns of credit
    lines look for, in lower case.
    """

    agencies: dict[Key, Key]
    names: frozenset[Key]
    media: frozenset[str]
    one: frozenset[str]
    endings: frozenset[str]
    wires: frozenset[str]
    services: frozenset[str]
    reports: frozenset[str]
    passed: frozenset[str]
    given: frozenset[str]
    toward: frozenset[str]
    credits: re.Pattern[str]
    reporting: re.Pattern[str]
    contributed: re.Pattern[str]
    phrases: tuple[str, ...]

    def knows(self, name: Key) -> bool:
        """Whether a name is an outlet's by itself."""
        return name in self.names or self.wire(name) or (len(name) > 1 and name[-1] in self.endings)

    def wire(self, name: Key) -> bool:
        """Whether a name is an agency's, which is credited wherever it reports."""
        if name in self.agencies or len(name) < 2:
            return name in self.agencies
        served = name[-1] in self.services and (name[-2] == "news" or name[-2] in self.wires)
        return served or name[-1] in self.wires

    def same(self, left: Key, right: Key) -> bool:
        """Whether two names are one outlet's: forms of one agency, or one the beginning of the other."""
        left, right = self.agencies.get(left, left), self.agencies.get(right, right)
        size = min(len(left), len(right))
        return size > 0 and left[:size] == right[:size]

    def own(self, name: Key, outlet: str) -> bool:
        """Whether a name is that of `outlet`, a domain or a name: "Coast Post" of coastpost.example."""
        label = _letters(outlet.lower().removeprefix("www.").split(".")[0])
        written = _letters("".join(name))
        if min(len(written), len(label)) < _TELLING:
            return written == label
        return written.startswith(label) or label.startswith(written) or written in label[3:]


def _letters(name: str) -> str:
    return "".join(char for char in name if char.isalnum())


def key(name: str) -> Key:
    """A name's folded words, a leading article left out."""
    words = tuple(fold(word) for word in name.split())
    return words[1:] if len(words) > 1 and words[0] == "the" else words


@lru_cache(maxsize=16)
def outlets(code: str) -> Outlets:
    """The lists for a language; with the words of English where there are none for `code`."""
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    words = data.get(code.lower()[:2], data["en"])
    return _outlets(data, words)


def _outlets(data: dict[str, Any], words: dict[str, Any]) -> Outlets:
    lines = [[key(form) for form in line.split("|")] for line in data["agencies"]]
    lists = {name: frozenset(value.split()) for name, value in words.items() if isinstance(value, str)}
    return Outlets(
        agencies={form: forms[0] for forms in lines for form in forms},
        names=frozenset(key(name) for name in data["outlets"].split("|")),
        credits=_phrases(words["credits"], r"(?:^|(?<=[.(|;])[^\S\n]*|(?<=[–—-])[^\S\n]+)"),
        reporting=_phrases(words["reporting"], r"(?<!\w)"),
        contributed=_phrases(words["contributed"], r"(?<!\w)"),
        phrases=(*words["credits"], *words["reporting"], *words["contributed"]),
        **lists,
    )


def _phrases(phrases: Iterable[str], before: str) -> re.Pattern[str]:
    """Any of the phrases after `before`, in any case."""
    return re.compile(f"{before}(?:{'|'.join(map(re.escape, phrases))})", re.IGNORECASE)

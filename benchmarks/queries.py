"""Queries with known answers: read from a file, or made of a corpus by seeded changes of its texts.

A query file is JSONL: `kind`, `id` (the line of its text, from 0; -1 for none), `q`, and `core` and `tnorm`, the
query's and the text's plain words. The kinds that a text should be found by are `verbatim fragment trim elision bracket
light part order diacritics typo heavy shortlight`; `neg` and `negfrag` are texts and fragments that nobody said, and
`chimera` is half of one text and half of another.
"""

from __future__ import annotations

import json
import random
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz

NOBODY = ("neg", "negfrag")
"""The kinds that no text should be asserted for."""
HARD = ("fragment", "heavy")
"""The kinds with a figure of their own; all others that have an answer are light."""
SAME_TEXT = 85
"""`rapidfuzz.fuzz.ratio` from which two texts are editions of one."""
SAME_PASSAGE = 88
"""`rapidfuzz.fuzz.partial_ratio` from which a text stands in another, cut otherwise."""


@dataclass(frozen=True, slots=True)
class Query:
    """A posted quote, its kind, and the plain words of itself and of the text that it renders ("" for none)."""

    kind: str
    text: str
    core: str
    target: str

    @property
    def answered(self) -> bool:
        """Whether one text is the right answer."""
        return self.kind not in (*NOBODY, "chimera")

    @property
    def light(self) -> bool:
        """Whether it is but lightly edited."""
        return self.answered and self.kind not in HARD

    def right(self, found: str) -> bool:
        """Whether a found text is the target, an edition of it, or holds the query word for word."""
        words = plain(found)
        if words == self.target or fuzz.ratio(words, self.target) >= SAME_TEXT:
            return True
        return bool(self.core) and f" {self.core} " in f" {words} "

    def same(self, found: str) -> bool:
        """Whether a text that nobody should be found for is the same text all the same, in another edition."""
        words = plain(found)
        held = f" {self.core} " in f" {words} "
        return held or fuzz.ratio(words, self.core) >= SAME_TEXT or fuzz.partial_ratio(words, self.core) >= SAME_PASSAGE


def plain(text: str) -> str:
    """Lower-case words without accents, an apostrophe kept within them, parted by single spaces."""
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "'").lower())
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(re.findall(r"[^\W_]+(?:'[^\W_]+)*", bare))


def read(path: Path) -> list[Query]:
    """The queries of a JSONL file."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [
        Query(row["kind"], row["q"], row["core"] or plain(row["q"]), row["tnorm"] if row["id"] >= 0 else "")
        for row in rows
    ]


def made(texts: Sequence[str], unseen: Sequence[str], each: int, seed: int) -> list[Query]:
    """`each` queries of every kind from `texts`, and twice as many of each kind that nobody said from `unseen`."""
    chance = random.Random(seed)
    vocabulary = [word for text in chance.sample(texts, min(len(texts), 5000)) for word in text.split()]
    long = [text for text in texts if 12 <= len(text.split()) <= 60]
    short = [text for text in texts if 8 <= len(text.split()) <= 12] or long
    nobody = [text for text in unseen if len(text.split()) >= 8]

    def changed(kind: str, change: Change, of: Sequence[str], count: int) -> list[Query]:
        picked = chance.sample(of, min(count, len(of)))
        target = kind not in NOBODY
        return [_query(kind, change(text.split(), chance, vocabulary), text if target else "") for text in picked]

    result = [query for kind, change in KINDS.items() for query in changed(kind, change, long, each)]
    result += changed("shortlight", _short, short, each)
    result += changed("neg", _same, nobody, 2 * each) + changed("negfrag", _fragment, nobody, 2 * each)
    for _ in range(each):
        one, other = (text.split() for text in chance.sample(long, 2))
        result.append(_query("chimera", one[: len(one) // 2] + other[len(other) // 2 :], ""))
    return result


def _query(kind: str, words: list[str], target: str) -> Query:
    text = " ".join(words)
    return Query(kind, text, plain(text), plain(target))


# --- changes: the words of a text, chance, the words of the corpus -> the words of the query -----------------------

Change = Callable[[list[str], random.Random, list[str]], list[str]]


def _cut(words: list[str], chance: random.Random, least: int, most: int) -> list[str]:
    length = min(chance.randint(least, most), len(words))
    start = chance.randrange(len(words) - length + 1)
    return words[start : start + length]


def _same(words: list[str], _: random.Random, __: list[str]) -> list[str]:
    return words


def _fragment(words: list[str], chance: random.Random, _: list[str]) -> list[str]:
    return _cut(words, chance, 4, 8)


def _trim(words: list[str], chance: random.Random, _: list[str]) -> list[str]:
    return _cut(words, chance, max(len(words) // 2, 6), max(3 * len(words) // 4, 7))


def _part(words: list[str], chance: random.Random, vocabulary: list[str]) -> list[str]:
    """A part of the text, and that lightly edited."""
    return _light(_trim(words, chance, vocabulary), chance, vocabulary)


def _elided(words: list[str], chance: random.Random, _: list[str]) -> list[str]:
    length = chance.randint(2, max(len(words) // 3, 2))
    start = chance.randrange(3, max(len(words) - length - 2, 4))
    return [*words[:start], "…", *words[start + length :]]


def _bracketed(words: list[str], chance: random.Random, vocabulary: list[str]) -> list[str]:
    at = chance.randrange(1, len(words))
    return [*words[:at], f"[{' '.join(chance.sample(vocabulary, 2))}]".replace("[[", "["), *words[at:]]


def _light(words: list[str], chance: random.Random, vocabulary: list[str]) -> list[str]:
    """One word in eight changed, left out or put in, two at least."""
    return _changed(words, chance, vocabulary, max(2, len(words) // 8))


def _changed(words: list[str], chance: random.Random, vocabulary: list[str], times: int) -> list[str]:
    changed = list(words)
    for _ in range(times):
        at = chance.randrange(len(changed))
        what = chance.randrange(3)
        if what == 0:
            changed[at] = chance.choice(vocabulary)
        elif what == 1:
            del changed[at]
        else:
            changed.insert(at, chance.choice(vocabulary))
    return changed


def _short(words: list[str], chance: random.Random, vocabulary: list[str]) -> list[str]:
    """Two or three changes, whatever the length."""
    return _changed(words, chance, vocabulary, chance.choice((2, 3)))


def _moved(words: list[str], chance: random.Random, _: list[str]) -> list[str]:
    """Its two parts exchanged."""
    at = chance.randrange(len(words) // 3, 2 * len(words) // 3)
    return words[at:] + words[:at]


def _accented(words: list[str], chance: random.Random, _: list[str]) -> list[str]:
    accents = str.maketrans("aeiou'", "áéíóú’")
    return [word.translate(accents) if chance.random() < 0.3 else word.upper() for word in words]


def _mistyped(words: list[str], chance: random.Random, _: list[str]) -> list[str]:
    """A tenth of the longer words with two letters exchanged, one doubled, or one wrong."""
    return [_slip(word, chance) if len(word) > 4 and chance.random() < 0.25 else word for word in words]


def _slip(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word) - 1)
    exchanged = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return chance.choice([exchanged, word[:at] + word[at] + word[at:], word[:at] + "e" + word[at + 1 :]])


def _heavy(words: list[str], chance: random.Random, vocabulary: list[str]) -> list[str]:
    """A third to a half of the words exchanged for others, and one pair of neighbours turned round."""
    share = chance.uniform(0.3, 0.5)
    changed = [chance.choice(vocabulary) if chance.random() < share else word for word in words]
    at = chance.randrange(len(changed) - 1)
    changed[at], changed[at + 1] = changed[at + 1], changed[at]
    return changed


KINDS: dict[str, Change] = {
    "verbatim": _same,
    "fragment": _fragment,
    "trim": _trim,
    "elision": _elided,
    "bracket": _bracketed,
    "light": _light,
    "part": _part,
    "order": _moved,
    "diacritics": _accented,
    "typo": _mistyped,
    "heavy": _heavy,
}

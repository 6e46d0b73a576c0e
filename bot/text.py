"""Words for comparison: folded, each with its span in the original.

Folded away are: case, diacritics, typographic forms (curly marks, dashes, ligatures, full-width letters), hyphens
("far-reaching" is two words), invisible and bidirectional control characters, British against American spelling of
common words, contractions of "not", "will", "are", "am" and "have", "U.S." against "US", and how a number is written.
Letters of another alphabet that only look alike are *not* folded: they stay different words, so that they are reported.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from decimal import Decimal
from enum import IntEnum
from itertools import chain, pairwise
from typing import NamedTuple, TypeVar

from bot import numbers
from bot.memo import Memo
from bot.spelling import american

T = TypeVar("T")


class Mark(IntEnum):
    """What a word is to the one who quotes."""

    WORD = 0
    GAP = 1  # "…", "...", "[…]": words left out
    BRACKET = 2  # inside [brackets] or (parentheses): the editor's


class Word(NamedTuple):
    """A folded word and where it stands: half-open code-point offsets into the original."""

    text: str
    start: int
    end: int
    mark: Mark = Mark.WORD


GAP = "…"
"""The folded form of every marked gap."""

# Combining marks and characters that print nothing belong to the word they stand in.
_JOINED = (
    "\u0300-\u036f\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\U000e0000-\U000e007f"
)
_UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
# Possessive: what was passed is never looked at again, so a long run of them holds no memory.
_RUN = rf"(?:[^\W_{_UNSPACED}]++|[{_JOINED}]++)++"
_TOKEN = re.compile(
    rf"""(?P<gap>[\[(]\s*(?:…|\.\s?\.\s?\.+)\s*[\])]|…+|\.{{3,}}|\.\s\.\s\.)
    |(?P<open>[\[(])
    |(?P<close>[\])])
    |(?P<abbreviation>(?<![^\W_])[A-Za-z](?:\.[A-Za-z](?![^\W_]))++\.?)
    |(?P<figure>(?<![^\W_])[0-9]+(?:[.,][0-9]+)*(?:st|nd|rd|th|s|[kmb]n?|tn)?(?![^\W_]))
    |(?P<sign>[%&$€£¥])
    |(?P<sole>[{_UNSPACED}])
    |(?P<word>{_RUN}(?:['’ʼ]{_RUN})*)""",
    re.VERBOSE | re.IGNORECASE,
)
_PLAIN = re.compile(r"[a-z]+(?:'[a-z]+)*")
_NOT_PLAIN = re.compile(r"[^\x00-\x7f’‘“”–—]|[0-9\[\](){}%&$]|\.\.|\.\s\.|\.[A-Za-z]")
# What runs cannot be cut at: all but ASCII and the commonest marks, signs that are words, and dots within words. Two
# patterns, each of which begins with one class of characters, are found six times as fast as one with alternatives.
_NOT_CUT = re.compile(r"[^\x00-#'-~\x7f’‘“”–—…]")
_DOTTED = re.compile(r"[.,](?:(?<=[A-Za-z]\.)[A-Za-z]|(?<=[0-9].)[0-9])")
_FIGURES = re.compile(rb"[0-9]")
_STRAIGHT = str.maketrans({"’": "'", "‘": " ", "“": " ", "”": " ", "–": " ", "—": " ", "…": " "})
_LETTERS = bytes(
    ord(char.lower()) if (char.isalnum() and char.isascii()) or char == "'" else 32 for char in map(chr, range(256))
)
"""Of ASCII: letters in lower case, figures and apostrophes, all else a space."""
_CONTRACTED = (("n't", "not"), ("'ll", "will"), ("'re", "are"), ("'ve", "have"), ("'m", "am"))
_IRREGULAR = {"can't": ("can", "not"), "cannot": ("can", "not"), "won't": ("will", "not"), "shan't": ("shall", "not")}
_NUMERIC = numbers.SMALL.keys() | numbers.SCALES.keys() | numbers.UNITS.keys() | {"per"}


def words(text: str) -> list[Word]:
    """The folded words of a text in order, gaps and bracketed words marked."""
    if _NOT_PLAIN.search(text) is None:
        even = text.translate(_STRAIGHT).lower()  # as long as the text: every place is the same in both
        found = [Word(part, *at.span()) for at in _PLAIN.finditer(even) for part in _PARTS[at[0]]]
        plain = _plain([word.text for word in found])
        if plain is not None:
            return [
                word if word.text == part else word._replace(text=part) for word, part in zip(found, plain, strict=True)
            ]
    return list(_with_numbers(_tokens(text), text)) if text else []


def fold(text: str) -> list[str]:
    """The folded words alone, gaps left out: ``fold(t) == [w.text for w in words(t) if w.mark is not Mark.GAP]``."""
    runs = by_run(text, _OF_RUN, _ALONE)
    return _folded_whole(text) if runs is None else list(chain.from_iterable(runs))


def by_run(text: str, made: Mapping[bytes, T], alone: Mapping[bytes, T]) -> list[T] | None:
    """What is made of each run of ASCII letters, figures and apostrophes; `None` where runs cannot be folded apart.

    `made` has nothing for a run that may be a part of a number: where no other such stands beside it, it is `alone`.
    """
    if _NOT_CUT.search(text) is not None or _DOTTED.search(text) is not None:
        return None
    even = text if text.isascii() else text.translate(_STRAIGHT)
    runs = even.encode("ascii").translate(_LETTERS).split()
    found = list(map(made.__getitem__, runs))
    if all(found):
        return found
    open_ = [at for at, value in enumerate(found) if not value]
    if any(other - one == 1 for one, other in pairwise(open_)) or any(b"per" in runs[at] for at in open_):
        return None
    for at in open_:
        found[at] = alone[runs[at]]
    return found


def _folded_whole(text: str) -> list[str]:
    return [word.text for word in _with_numbers(_tokens(text), text) if word.mark is not Mark.GAP]


def _plain(found: list[str]) -> list[str] | None:
    """The words with their numbers as figures; `None` where words may make one number together."""
    if _NUMERIC.isdisjoint(found):
        return found
    numeric = [at for at, word in enumerate(found) if word in _NUMERIC]
    if "per" in found or any(other - one == 1 for one, other in pairwise(numeric)):
        return None
    for at in numeric:
        found[at] = str(numbers.SMALL.get(found[at], found[at]))
    return found


def _tokens(text: str) -> Iterator[Word]:
    """Folded tokens, numbers not yet joined."""
    closing = _bracket_ends(text)
    until = 0
    for found in _TOKEN.finditer(text):
        start, end = found.span()
        group = found.lastgroup
        if group == "open":
            until = max(until, closing.get(start, 0))
        elif group == "gap":
            yield Word(GAP, start, end, Mark.GAP)
        elif group != "close":
            mark = Mark.BRACKET if start < until else Mark.WORD
            for part in _folded(found[0], group):
                yield Word(part, start, end, mark)


def _bracket_ends(text: str) -> dict[int, int]:
    """Where each bracket that is closed ends; an unclosed one opens nothing."""
    ends: dict[int, int] = {}
    if "[" not in text and "(" not in text:
        return ends
    stacks: dict[str, list[int]] = {"[": [], "(": []}
    for at, char in enumerate(text):
        if char in stacks:
            stacks[char].append(at)
        elif char in "])" and (stack := stacks["[" if char == "]" else "("]):
            ends[stack.pop()] = at
    return ends


def _folded(written: str, group: str | None) -> tuple[str, ...]:
    if group == "word":
        return _PARTS[written.casefold() if written.isascii() else plain_letters(written)]
    if group == "abbreviation":
        return (written.replace(".", "").lower(),)
    if group == "sign":
        return ("and",) if written == "&" else (written,)
    return (written.lower(),)


def _parts(word: str) -> tuple[str, ...]:
    """The words that one lower-case token stands for: "don't" → do, not; "centre" → center."""
    if "'" in word or word == "cannot":
        if word in _IRREGULAR:
            return _IRREGULAR[word]
        for ending, full in _CONTRACTED:
            if word.endswith(ending) and len(word) > len(ending):
                return (american(word[: -len(ending)].replace("'", "")), full)
        return (word.replace("'", "") if not word.endswith("'s") else word,)
    return (numbers.ORDINALS.get(word) or american(word),) if word else ()


_PARTS = Memo(_parts)


def of_run(run: bytes) -> tuple[str, ...]:
    """The folded words of a run of letters and apostrophes; none where it may be a part of a number."""
    found = tuple(chain.from_iterable(map(_PARTS.__getitem__, _PLAIN.findall(run.decode("ascii")))))
    return found if _FIGURES.search(run) is None and _NUMERIC.isdisjoint(found) else ()


_OF_RUN = Memo(of_run)
_ALONE: Memo[bytes, tuple[str, ...]] = Memo(lambda run: tuple(_folded_whole(run.decode("ascii"))))


def plain_letters(text: str) -> str:
    """Lower-case letters without diacritics, compatibility forms and characters that print nothing."""
    return _UNMARKED[text]


def _unmarked(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "'").replace("ʼ", "'")).casefold()
    kept = "".join(char for char in decomposed if unicodedata.category(char) not in ("Mn", "Me", "Cf"))
    return unicodedata.normalize("NFKD", kept)


_UNMARKED = Memo(_unmarked)


def _with_numbers(tokens: Iterator[Word], text: str) -> Iterator[Word]:
    """The tokens, with each number and its unit made one word of its value."""
    held = list(tokens)
    at = 0
    while at < len(held):
        word = held[at]
        if word.mark is not Mark.GAP and _starts_number(held, at):
            value, used = _number(held, at, text)
            if used:
                yield Word(value, word.start, held[at + used - 1].end, word.mark)
                at += used
                continue
        if word.text == "per" and at + 1 < len(held) and held[at + 1].text == "cent":
            yield Word("percent", word.start, held[at + 1].end, word.mark)
            at += 2
            continue
        yield word
        at += 1


def _starts_number(held: list[Word], at: int) -> bool:
    text = held[at].text
    if text in ("$", "€", "£", "¥"):
        return at + 1 < len(held) and held[at + 1].text[:1].isdecimal() and held[at + 1].start == held[at].end
    return text in numbers.SMALL or (text[:1].isdecimal() and text.isascii())


def _number(held: list[Word], at: int, text: str) -> tuple[str, int]:
    """The word for the number that begins at `at` and how many tokens it takes; 0 where it is not a plain number."""
    currency = held[at].text if held[at].text in numbers.UNITS else ""
    first = at + bool(currency)
    value, used = _value(held, first, text, money=bool(currency))
    if value is None:
        return "", 0
    after = first + used
    unit, length = _unit(held, after)
    if not currency and unit:
        currency = unit
        after += length
    return numbers.show(value) + currency, after - at


def _value(held: list[Word], at: int, text: str, *, money: bool) -> tuple[Decimal | None, int]:
    if held[at].text in numbers.SMALL:
        run = _adjacent(held, at, text)
        total, used = numbers.spelled([word.text for word in run])
        return Decimal(total), used
    figure = held[at].text.rstrip("kmbnt") if money else held[at].text
    value = numbers.digits(figure)
    if value is None:
        return None, 0
    suffix = held[at].text[len(figure) :]
    if suffix:
        return value * numbers.SUFFIXES.get(suffix, 1), 1
    if at + 1 < len(held) and held[at + 1].text in numbers.SCALES and _touch(held[at], held[at + 1], text):
        return value * numbers.SCALES[held[at + 1].text], 2
    return value, 1


def _adjacent(held: list[Word], at: int, text: str) -> list[Word]:
    """The words from `at` on that only white space or a hyphen parts, at most twelve."""
    run = [held[at]]
    for word in held[at + 1 : at + 12]:
        if not _touch(run[-1], word, text):
            break
        run.append(word)
    return run


def _touch(left: Word, right: Word, text: str) -> bool:
    return left.mark is right.mark and text[left.end : right.start].strip(" \t\n\u00a0-‐‑") == ""


def _unit(held: list[Word], at: int) -> tuple[str, int]:
    if at < len(held) and held[at].text in numbers.UNITS and held[at].mark is not Mark.GAP:
        if held[at].text == "percent" and at + 1 < len(held) and held[at + 1].text.startswith("point"):
            return "", 0
        return numbers.UNITS[held[at].text], 1
    if at + 1 < len(held) and (held[at].text, held[at + 1].text) == ("per", "cent"):
        return "%", 2
    return "", 0

"""Where quotation marks open and close: one pass over the text with a stack, linear on any input.

A paragraph is a line. Within it marks pair by what they look like and by what stands beside them, so that mixed pairs
("…”), German („…“, »…«), French («…»), Japanese (「…」) and nested marks come out of the same rules:

* a mark that can only open or only close does so; a straight or doubtful one goes by its neighbours, then by the stack;
* an apostrophe is no mark: inside a word, before a clipped word ('em, ’90s), or at a word's end (the workers’, wi’) as
  long as a better closing mark follows: one after punctuation, or before a capital or the end of the sentence;
* a double mark that is never closed runs to the end of its paragraph, or to the next mark of its kind; a single one
  does so only at the start of a paragraph, elsewhere it was an apostrophe;
* where a paragraph opens with “ and closes as many curly marks as it opens, a “ inside another is nested in it;
* the values of markup (``width="40"``) are no quotations;
* lines that begin with ``>`` are block quotations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

_MARK = re.compile("''|``|‘‘|’’|[\"“”„‟«»‹›「」『』＂'‘’‚‛`]")
_WORD = re.compile(r"[^\W_]")
_CLIPPED = re.compile(r"(?:em|til|tis|twas|cause|cos|bout|round|neath|n|ere|(?:\d0|\d\d)s?)\b", re.IGNORECASE)
_BLOCK = re.compile(r"[ \t]{0,3}>[> \t]*")
_DASH_LINE = re.compile(r"[-–—―~]+[ \t]*\S")

_ALIKE = {"''": '"', "``": "“", "‘‘": "“", "’’": "”", "‟": "“", "＂": '"', "‛": "‘", "`": "‘"}
_DOUBLE = frozenset('"“”„«»‹›「」『』')
_CLOSES = {
    '"': '"“”„',
    "“": '„“"',
    "”": '“"”„',
    "«": "»",
    "»": "«»",
    "‹": "›",
    "›": "‹›",
    "」": "「",
    "』": "『",
    "'": "'‘‚",
    "‘": "‚",
    "’": "‘'‚’",
}
"""For each mark that may close: the marks it closes."""

_DEPTH = 8
"""Deeper nesting than this is not language; more open marks are ignored, which keeps the pass linear."""


class Marked(NamedTuple):
    """One passage between marks: code-point offsets with and without them. `closed`: its own mark ends it."""

    start: int
    end: int
    inner_start: int
    inner_end: int
    depth: int
    glyph: str
    closed: bool
    block: bool = False


@dataclass(slots=True)
class _Open:
    """An opening mark that waits for its partner; `doubtful` is where it may have been closed after all."""

    at: int
    width: int
    glyph: str
    leads: bool
    doubtful: int = -1


def marked(text: str) -> list[Marked]:
    """Every marked passage that holds a word, in order of its first character, the outer before the inner."""
    found = [passage for start, end in paragraphs(text) for passage in _paragraph(text, start, end)]
    found.sort(key=lambda passage: (passage.start, -passage.end))
    return list(_nested(found))


def _nested(found: list[Marked]) -> Iterator[Marked]:
    """The passages with their depth: how many of the others enclose each."""
    ends: list[int] = []
    for passage in found:
        while ends and ends[-1] < passage.end:
            ends.pop()
        yield passage._replace(depth=len(ends))
        ends.append(passage.end)


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every line that is not blank, without white space around it."""
    at = 0
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped:
            start = at + line.index(stripped[0])
            yield start, start + len(stripped)
        at += len(line) + 1


def _paragraph(text: str, start: int, end: int) -> Iterator[Marked]:
    block = _BLOCK.match(text, start, end)
    if block is None:
        yield from _Scan(text, start, end).run()
        return
    begin = block.end()
    inside = _Scan(text, begin, end).run() if begin < end else []
    whole = any(passage.start == begin and passage.end == end for passage in inside)
    if begin == end or whole or _DASH_LINE.match(text, begin, end):
        yield from inside
        return
    if _WORD.search(text, begin, end):
        yield Marked(begin, end, begin, end, 0, ">", closed=True, block=True)
    yield from inside


class _Scan:
    """The pass over one paragraph."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text, self.start, self.end = text, start, end
        self.stack: list[_Open] = []
        self.found: list[Marked] = []
        self.balanced = text[start] == "“" and text.count("“", start, end) == text.count("”", start, end)

    def run(self) -> list[Marked]:
        for mark in _MARK.finditer(self.text, self.start, self.end):
            glyph = _ALIKE.get(mark[0], mark[0])
            if glyph in _DOUBLE:
                self._double(mark.start(), mark.end(), glyph)
            else:
                self._single(mark.start(), mark.end(), glyph)
        while self.stack:
            self._abandon(self.end)
        return self.found

    # --- what a mark does -------------------------------------------------------------------------------------------

    def _double(self, at: int, end: int, glyph: str) -> None:
        before, after = self._beside(at, end)
        opening = _opens(before) and not _closes(after)
        closing = not _opens(before) and _closes(after)
        partner = self._partner(glyph)
        if glyph in "「『„" or (glyph == "“" and not (partner >= 0 and closing)):
            self._push(at, end, glyph)
        elif glyph in "」』" or (partner >= 0 and not opening):
            self._pop(partner, at, end)
        elif glyph in '"«»‹›”' and not (closing or (before.isdigit() and not after.isalnum())):
            self._push(at, end, glyph)

    def _single(self, at: int, end: int, glyph: str) -> None:
        before, after = self._beside(at, end)
        if before.isalnum() and after.isalnum():
            return
        opening = _opens(before) and not _closes(after)
        if opening and glyph != "’":
            if _CLIPPED.match(self.text, end) is None:
                self._push(at, end, glyph)
            return
        partner = self._partner(glyph)
        if opening or partner < 0 or before.isspace():
            return
        if self._clips(before, after, end):
            if self.stack[partner].doubtful < 0:
                self.stack[partner].doubtful = at
        else:
            self._pop(partner, at, end)

    def _clips(self, before: str, after: str, end: int) -> bool:
        """Whether a mark between two words may be the apostrophe of the first."""
        if not (before.isalpha() and after == " " and end + 1 < self.end):
            return False
        return before in "sS" or self.text[end + 1].islower()

    def _beside(self, at: int, end: int) -> tuple[str, str]:
        """The characters next to a mark; a space at either end of the paragraph."""
        before = self.text[at - 1] if at > self.start else " "
        return before, self.text[end] if end < self.end else " "

    def _partner(self, glyph: str) -> int:
        """The index in the stack of the nearest mark that `glyph` closes, -1 where there is none."""
        closes = _CLOSES.get(glyph, "")
        for index in range(len(self.stack) - 1, -1, -1):
            if self.stack[index].glyph in closes:
                return index
        return -1

    # --- the stack --------------------------------------------------------------------------------------------------

    def _push(self, at: int, end: int, glyph: str) -> None:
        nests = glyph == "“" and self.balanced
        while not nests and any(held.glyph == glyph for held in self.stack):
            self._abandon(at)
        if len(self.stack) < _DEPTH:
            self.stack.append(_Open(at, end - at, glyph, at == self.start))

    def _pop(self, partner: int, at: int, end: int) -> None:
        if partner < 0:
            return
        while len(self.stack) > partner + 1:
            self._abandon(at)
        self._keep(self.stack.pop(), at, end, closed=True)

    def _abandon(self, limit: int) -> None:
        """Take the innermost open mark off the stack; it was never properly closed before `limit`."""
        mark = self.stack.pop()
        if mark.doubtful >= 0:
            self._keep(mark, mark.doubtful, mark.doubtful + 1, closed=True)
        elif mark.glyph in _DOUBLE or mark.leads:
            last = mark.at + len(self.text[mark.at : limit].rstrip())
            self._keep(mark, last, last, closed=False)

    def _keep(self, mark: _Open, inner_end: int, end: int, *, closed: bool) -> None:
        inner = self.text[mark.at + mark.width : inner_end]
        if _WORD.search(inner) is None or self.text[mark.at - 1 : mark.at] == "=":
            return
        start = mark.at + mark.width + len(inner) - len(inner.lstrip())
        self.found.append(Marked(mark.at, end, start, start + len(inner.strip()), 0, mark.glyph, closed))


def _opens(before: str) -> bool:
    """Whether a mark after this character may open."""
    return before.isspace() or before in "([{—–-/\"“‘'„«‹「『…"


def _closes(after: str) -> bool:
    """Whether a mark before this character may close."""
    return not (after.isalnum() or after in "\"“‘'„«‹「『([{$€£#@…<")

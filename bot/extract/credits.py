"""Whom an article credits: datelines, credit lines, and the agencies whose reports it passes on.

``LISKA (Coast Agency) — …``, ``ab/cd (Coast Agency, Tidewire)``, ``© 2026 Coast Agency``, ``Distributed by Tide
Services, LLC.``, ``With files from Coast Agency and Tidewire``, ``Tidewire contributed to this report``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from bot.extract.marks import paragraphs
from bot.extract.outlets import Outlets, key

_CAPITAL = r"[^\W\d_a-zß-öø-ÿ]"
_DATELINE = re.compile(rf"{_CAPITAL}{{2}}[^()\n]{{0,58}}\(([^()\n]{{2,60}})\)[^\S\n]*(?:--?|[–—])[^\S\n]")
_LINE = re.compile(r"(?P<initials>[a-z]{1,4}(?:/[a-z]{1,4})*[^\S\n]*)?\((?P<names>[^()\n]{2,120})\)\.?")
_COPYRIGHT = re.compile(r"©|(?:copyright|\(c\))(?=[^\n]{0,4}\d{4})", re.IGNORECASE)
_YEAR = re.compile(r"(?:[^\S\n]|\(c\)|©|\d{4}|[-–,:])*(?:by[^\S\n]+)?(?:the[^\S\n]+)?", re.IGNORECASE)
_NAME = re.compile(
    rf"(?:{_CAPITAL}(?:[\w’'-]|\.(?=\w))*|dpa)(?:[^\S\n]+(?:(?:of|de|&)[^\S\n]+)?{_CAPITAL}[\w’'-]*){{0,5}}"
)
_FIRM = re.compile(r",?[^\S\n]+(?:LLC|Inc|Ltd|Corp|plc)\b")
_AND = re.compile(r"(?:[^\S\n]*[,/&][^\S\n]*|[^\S\n]+and[^\S\n]+)(?:and[^\S\n]+)?(?:the[^\S\n]+)?", re.IGNORECASE)
_NEAR = 100
"""So many characters before "contributed to this report" names are looked for."""
_MOST = 24
"""No article credits more."""
_LONGEST = 600
"""A paragraph of more characters is no credit line."""


def credited(text: str, carriers: Iterable[str], lists: Outlets) -> tuple[str, ...]:
    """The names credited, in order of the text, each outlet once in its first form.

    `carriers` are the outlets that carry something in the article: those that are agencies are credited too.
    """
    low = text.lower()
    worded = any(phrase in low for phrase in lists.phrases) or _COPYRIGHT.search(text) is not None
    printed = (name for start, end in paragraphs(text) for name in _paragraph(text, start, end, lists, worded=worded))
    kept: list[str] = []
    for name in chain(printed, (name for name in carriers if lists.wire(key(name)))):
        if not any(lists.same(key(name), key(other)) for other in kept):
            kept.append(name)
        if len(kept) == _MOST:
            break
    return tuple(kept)


def _paragraph(text: str, start: int, end: int, lists: Outlets, *, worded: bool) -> Iterator[str]:
    dateline = _DATELINE.match(text, start, end)
    if dateline is not None:
        yield from _names(dateline[1])
        return
    if end - start > _LONGEST:
        return
    line = _LINE.fullmatch(text, start, end)
    if line is not None and (line["initials"] or any(lists.knows(key(name)) for name in _names(line["names"]))):
        yield from _names(line["names"])
    elif worded:
        yield from _phrases(text[start:end], lists)


def _phrases(line: str, lists: Outlets) -> Iterator[str]:
    """The names after "Distributed by", those of outlets after "reporting by" and before "contributed to this"."""
    for found in chain(_COPYRIGHT.finditer(line), lists.credits.finditer(line)):
        yield from _names(line, _past(_YEAR, line, found.end()))
    for found in lists.reporting.finditer(line):
        yield from (name for name in _names(line, _past(_YEAR, line, found.end())) if lists.knows(key(name)))
    for found in lists.contributed.finditer(line):
        before = line[max(0, found.start() - _NEAR) : found.start()]
        yield from (name[0] for name in _NAME.finditer(before) if lists.knows(key(name[0])))


def _names(line: str, at: int = 0) -> Iterator[str]:
    """The names that stand in a row from `at` on, parted by commas, slashes or "and"."""
    while (found := _NAME.match(line, at)) is not None:
        yield found[0].rstrip(".")
        at = _past(_FIRM, line, found.end())
        joined = _AND.match(line, at)
        if joined is None:
            return
        at = joined.end()


def _past(pattern: re.Pattern[str], line: str, at: int) -> int:
    found = pattern.match(line, at)
    return found.end() if found else at

"""Discord's markdown as its client reads it, as far as it can make a text do something: an oracle for what is sent.

A reader of its own: rules are tried in order at every place, blocks at the start of a line only, and the inside of what
a rule took is read in the same way. What the server reads out of the raw text is a list of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

INLINE = {
    "url": r"(?:https?|discord|steam|ftp)://[^\s<]+",
    "autolink": r"<(?:[^: >]+:/[^ >]+|mailto:[^ >]+|tel:[^ >]+|[^\s<>@]+@[^\s<>@]+)>",
    "link": r"\[((?:\[[^\]]*\]|[^\[\]]|\](?=[^\[]*\]))*)\]"
    r"\(\s*<?((?:\([^)]*\)|[^\s\\]|\\.)*?)>?(?:\s+['\"].*?['\"])?\s*\)",
    "mention": r"<@[!&]?\d+>|<#\d+>|<id:\w+>|@everyone|@here",
    "command": r"</[^:>\n]+:\d+>",
    "timestamp": r"<t:-?\d{1,17}(?::[tTdDfFR])?>",
    "emoji": r"<a?:\w+:\d+>|:[a-zA-Z0-9_+-]+:",
    "code": r"(`+)([\s\S]*?[^`])\1(?!`)",
    "strong": r"\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)",
    "underline": r"__((?:\\[\s\S]|[^\\])+?)__(?!_)",
    "emphasis": r"\b_((?:__|\\[\s\S]|[^\\_])+?)_\b|\*(?=\S)((?:\*\*|\s+(?:[^*\s]|\*\*)|[^\s*])+?)\*(?!\*)",
    "struck": r"~~([\s\S]+?)~~(?!_)",
    "spoiler": r"\|\|([\s\S]+?)\|\|",
}
BLOCKS = {
    "heading": r" *#{1,3} +(?=\S)",
    "subtext": r" *-# +(?=\S)",
    "list": r" *(?:[*+-]|\d{1,10}\.) +(?=\S)",
    "quote": r" *>(?:>>)? ",
}
RAW = re.compile(
    r"@(?:everyone|here)|<@[!&]?\d+>|<#\d+>|https?://|discord(?:app)?\.(?:gg|com/invite)/|\w\.gg/|www\.\w",
    re.IGNORECASE,
)
_ESCAPE = re.compile(r"\\([^0-9A-Za-z\s])")
_INLINE = {name: re.compile(rule, re.IGNORECASE) for name, rule in INLINE.items()}
_BLOCKS = {name: re.compile(rule) for name, rule in BLOCKS.items()}


class Live(NamedTuple):
    """Something in a text that is not shown as it is written: the rule, and what it took."""

    rule: str
    text: str


def live(text: str) -> list[Live]:
    """All that a text does beyond showing its characters, in order, the outer before the inner."""
    return [part for part in _read(text, start=True) if isinstance(part, Live)]


def shown(text: str) -> str:
    """The characters that a reader sees of a text in which nothing is live."""
    return "".join(part for part in _read(text, start=True) if isinstance(part, str)).replace("\u200b", "")


def _read(text: str, *, start: bool) -> Iterator[str | Live]:
    at, line = 0, start
    while at < len(text):
        if line and (block := _first(_BLOCKS, text, at)):
            yield Live(block[0], block[1][0])
            at = block[1].end()
        line = False
        if escape := _ESCAPE.match(text, at):
            yield escape[1]
            at = escape.end()
        elif taken := _first(_INLINE, text, at):
            name, match = taken
            yield Live(name, match[0])
            yield from _read(next((group for group in match.groups() if group), ""), start=False)
            at = match.end()
        elif at < len(text):
            line = text[at] == "\n"
            yield text[at]
            at += 1


def _first(rules: dict[str, re.Pattern[str]], text: str, at: int) -> tuple[str, re.Match[str]] | None:
    return next(((name, match) for name, rule in rules.items() if (match := rule.match(text, at))), None)

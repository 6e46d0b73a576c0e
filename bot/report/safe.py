r"""Text from outside, made safe for a Discord message: it is shown as it is written, and does nothing.

Discord's client turns a backslash before any character that is neither a letter, a digit nor white space into that
character (the rule ``\\([^0-9A-Za-z\s])``), so a backslash before *every* ASCII sign that can begin or end markup shows
the sign itself: emphasis, spoilers, code, quotes, headings, ``-#``, lists, timestamps, ``<#1>``, ``:emoji:``. A URL or
an invitation is no longer one, for client or server, once ``://`` and ``.`` are apart. Three signs need more:

- ``@``: the server reads mentions out of the raw text, where a backslash does not stop ``@everyone``. A zero-width
  space behind it does (discord.py's own `escape_mentions` does the same).
- ``~``: Discord ends struck text at the first ``~~`` whether a backslash stands before it or not. Text that ends with
  ``~`` would so end our own ``~~…~~`` one sign too early; a zero-width space behind it keeps the signs apart.
- a line end: headings, lists and quotes begin a line, so that all white space becomes one blank.

What prints nothing is dropped: control and format characters (with them all that reorders a line), tag characters,
surrogates, private use, and the letters that are drawn empty. A sign may carry a few combining marks, not a tower.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from urllib.parse import quote, urlsplit

CUT = "…"
ZERO_WIDTH = "\u200b"

_SIGNS = frozenset("\\*_~`|<>[]()#@:-+.!/")
_LOOSE = frozenset("@~")
_DROPPED = ("Cc", "Cf", "Cs", "Co")
_EMPTY = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_TAGS = range(0xE0000, 0xE0080)
_MOST_MARKS = 6
"""Combining marks on one sign: Vietnamese needs two, pointed Hebrew three, no language seven."""

_LONGEST_LINK = 300
_IN_A_LINK = "/?&=;,+$%-._"


_SIMPLE = re.compile(r"[ -\u02ff\u2010-\u2027\u2030-\u205e]*")
"""Text in which every character stands for itself, one UTF-16 unit long: most of what is said in Latin letters."""
_ESCAPES = str.maketrans({sign: f"\\{sign}{ZERO_WIDTH if sign in _LOOSE else ''}" for sign in _SIGNS})


def safe(text: str, limit: int) -> str:
    """`text` as markup that shows its characters and nothing else, at most `limit` UTF-16 units long.

    It is cut between graphemes, after the length of their escapes is counted, and then ends with an ellipsis. Empty
    where the text has nothing to show.
    """
    shown = plain(text)
    if _SIMPLE.fullmatch(shown):
        whole = shown.translate(_ESCAPES)
        if len(whole) <= limit:
            return whole
    return _fitted(map(_escaped, _graphemes(shown)), limit)


def cut(text: str, limit: int) -> str:
    """The same without escapes, for what Discord shows as it is: the words that describe a picture, a label."""
    return _fitted(_graphemes(plain(text)), limit)


def plain(text: str) -> str:
    """`text` on one line in NFC, without what prints nothing."""
    if text.isprintable() and _EMPTY.isdisjoint(text):  # nearly always, and a tenth of the time
        return " ".join(unicodedata.normalize("NFC", text).split())
    spaced = "".join(" " if char.isspace() or char in _EMPTY else char for char in text)
    shown = "".join(char for char in spaced if _prints(char))
    return " ".join(unicodedata.normalize("NFC", shown).split())


def link(label: str, url: str | None, limit: int) -> str:
    """A masked link to a stored address, or the label alone where there is no address to trust; `limit` in units.

    Brackets in a label are what Discord counts to find its end, escaped or not, so they become round ones.
    """
    shown = label.translate(str.maketrans("[]", "()"))
    address = web_address(url)
    rest = limit - (units(address) + len("[](<>)") if address else 0)
    if address is None or rest < min(limit, 24) or not (said := safe(shown, rest)):
        return safe(shown, limit)
    return f"[{said}](<{address}>)"


def web_address(url: str | None) -> str | None:
    """An http(s) address in characters that end no link, `None` where it is none, is too long or holds a password."""
    if url is None or len(url) > _LONGEST_LINK:
        return None
    try:
        parts = urlsplit(plain(url))
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = f":{parts.port}" if parts.port else ""
    except ValueError:  # no port number, no host name; UnicodeError is one of these
        return None
    if parts.scheme not in ("http", "https") or not re.fullmatch(r"[a-z0-9.-]+", host) or "@" in parts.netloc:
        return None
    path, query = quote(parts.path, safe=_IN_A_LINK), quote(parts.query, safe=_IN_A_LINK)
    address = f"{parts.scheme}://{host}{port}{path}{'?' if query else ''}{query}"
    return address if len(address) <= _LONGEST_LINK else None


def apart(text: str) -> str:
    """`text` between isolates where it holds a script that runs to the left, so that it does not reorder our line."""
    leftward = any(unicodedata.bidirectional(char) in ("R", "AL") for char in text)
    return f"\u2068{text}\u2069" if leftward else text


def units(text: str) -> int:
    """The length in UTF-16 units, which is what Discord's clients count; never less than the code points."""
    return len(text) + sum(char > "\uffff" for char in text)


def _fitted(pieces: Iterable[str], limit: int) -> str:
    """The pieces in one, or those that leave room for an ellipsis where not all fit; the rest is never looked at."""
    whole, used, fitting = [], 0, 0
    for piece in pieces:
        whole.append(piece)
        used += units(piece)
        if used > limit:
            return "".join(whole[:fitting]).rstrip() + CUT if limit > 0 else ""
        if used + units(CUT) <= limit:
            fitting = len(whole)
    return "".join(whole)


def _prints(char: str) -> bool:
    return unicodedata.category(char) not in _DROPPED and ord(char) not in _TAGS


def _escaped(grapheme: str) -> str:
    first = grapheme[0]
    if first not in _SIGNS:
        return grapheme
    return f"\\{grapheme}{ZERO_WIDTH if first in _LOOSE else ''}"


def _graphemes(text: str) -> Iterator[str]:
    """What a reader takes for one character: a sign with its marks, an emoji with its tone, a flag."""
    cluster = ""
    for char in text:
        if cluster and _belongs(cluster, char):
            if len(cluster) <= _MOST_MARKS:
                cluster += char
        else:
            if cluster:
                yield cluster
            cluster = char
    if cluster:
        yield cluster


def _belongs(cluster: str, char: str) -> bool:
    if unicodedata.category(char)[0] == "M" or "\U0001f3fb" <= char <= "\U0001f3ff":
        return not cluster.isspace()
    flag = "\U0001f1e6" <= char <= "\U0001f1ff"
    return flag and len(cluster) == 1 and "\U0001f1e6" <= cluster <= "\U0001f1ff"

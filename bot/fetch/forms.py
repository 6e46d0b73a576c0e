"""The forms of lists and dumps that are read in bulk, each known by its name, its keys or its ending.

A form parts a file into pieces, lines mostly, and makes quotations or articles of each. The function that does so hands
over what can be used and raises `InputError` behind it where there is something wrong with the piece.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any

from bot.errors import InputError
from bot.fetch import gqg, lines, newsml, ninjs, packed, parts, quotebank, quoted, warc
from bot.fetch.packed import Parting, Piece, by_line
from bot.model import Article, Quoted

AUTO = "auto"
"""The form is known by the file."""
_PACKED = (".gz", ".bz2", ".zst")
_SAMPLE = 20  # pieces that are looked at to know a form by its keys


@dataclass(frozen=True, slots=True)
class Form:
    """One form: how it is called, what a piece of it brings, and how many bytes a piece may have, and `most` pieces and
    bytes a part of them.

    `once`: a bad piece is told when it is first read; it is not for the user to mend, as a line of an own list is.
    """

    name: str
    parse: Callable[[bytes], Iterable[Quoted | Article]]
    parted: Parting = by_line
    longest: int = 1_000_000
    most: tuple[int, int] = (parts.MOST_LINES, parts.MOST_BYTES)
    once: bool = True


def _own(data: bytes) -> Iterator[Quoted]:
    yield quoted.parse(data)


def _own_article(data: bytes) -> Iterator[Article]:
    yield lines.article(lines.value(data))


_LONG, _LONGEST = 8_000_000, 32_000_000
"""Bytes of an article, or of the quotations of one; and of a file that holds several."""
_FEW = (100, 4_000_000)
"""The bounds of a part of articles: to read one takes hundredths of a second."""
_MANY = (parts.MOST_LINES, 2_000_000)
"""Those of a part of snippets, which are read anew in memory: some 2,500 quotations."""
OWN = Form("onrecord", _own, once=False)
"""Our own quotations, a line each; where a form's name goes into a digest, this one's does not."""
FORMS = {
    form.name: form
    for form in (
        OWN,
        Form("articles", _own_article, by_line, _LONG, _FEW),
        Form("gqg", gqg.parse, by_line, _LONG, _MANY),
        Form("quotebank", quotebank.quotations),
        Form("quotebank-articles", quotebank.articles, by_line, _LONG, _FEW),
        Form("ninjs", ninjs.parse, ninjs.parted, _LONGEST, _FEW),
        Form("newsml", newsml.parse, newsml.parted, _LONGEST, _FEW),
        Form("warc", warc.parse, warc.parted, _LONG, _FEW),
    )
}
"""Every form by its name."""


def of(path: Path, name: str = AUTO) -> Form:
    """The form of that name, or that which the file has; our own where it is not known. Raises `InputError`."""
    if name != AUTO:
        return FORMS[name]
    ending = next((suffix for suffix in reversed(path.suffixes) if suffix.lower() not in _PACKED), "").lower()
    if ending == ".warc":
        return FORMS["warc"]
    if str(path) == "-" or not path.is_file():
        return OWN
    try:
        with packed.pieces(path, OWN.longest) as held:
            return FORMS[_known(chain.from_iterable(held))]
    except InputError:  # a damaged file is told where it is read
        return OWN


def _known(held: Iterable[Piece]) -> str:
    """The name of the form that the first pieces have."""
    sample = b""
    for piece in islice(held, _SAMPLE):
        data = (piece or b"").removeprefix(b"\xef\xbb\xbf").lstrip()
        sample += data
        if data.startswith(b"WARC/"):
            return "warc"
        if sample.startswith(b"<"):
            return "newsml"
        name = _by_keys(data)
        if name:
            return name
    return "ninjs" if any(f'"{key}"'.encode() in _plain(sample) for key in ninjs.KEYS) else OWN.name


def _plain(sample: bytes) -> bytes:
    """The beginning of an item over several lines, its keys folded as `ninjs.folded` does."""
    return sample.lower().replace(b"_", b"")


def _by_keys(line: bytes) -> str | None:
    """The name of the form that has such keys, `None` where it cannot be told."""
    try:
        value: Any = lines.value(line)
    except InputError:
        return None
    if isinstance(value, list):
        value = next(iter(value), None)
    if not isinstance(value, dict):
        return None
    for name, keys in _KEYS:
        if keys <= value.keys():
            return name
    return "ninjs" if ninjs.is_item(value) else None


_KEYS = (
    ("onrecord", {"text"}),
    ("gqg", {"quotes"}),
    ("quotebank", {"quoteID", "quotation"}),
    ("quotebank-articles", {"articleID", "quotations"}),
)

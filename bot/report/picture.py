"""A report as a picture: the claim and the outlets' wordings side by side, the same words in the same row.

Drawn for a phone: at a third of its width on the screen the letters are still those of a message. What differs is told
by colour and by a line through or under it. Pillow and the font (Noto Sans: Latin, Greek, Cyrillic, Devanagari) are
loaded when the first picture is drawn.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING

from bot.model import Report, Variant
from bot.report import columns, diff, phrases
from bot.report.columns import Row
from bot.report.diff import Part, Segment
from bot.report.safe import cut, plain
from bot.report.say import say

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

WIDTH, TALLEST = 780, 4000
"""Pixels: three megapixels at most."""

BESIDE = 2
"""Wordings beside the claim; more of them stand in a table of their own below."""

MOST_VARIANTS = 6
ALT = 1024
"""Characters of the words that stand for the picture, which is what Discord takes."""

_MARGIN, _GUTTER, _SIZE, _TITLE_SIZE, _LINE = 22, 20, 27, 21, 39
_MOST_LINES = 9
"""Lines of one cell."""

_INK = {
    Part.SAME: "#1f2328",
    Part.CONTEXT: "#68707c",
    Part.YOURS: "#b3261e",
    Part.THEIRS: "#0a6b35",
    Part.MARKED: "#1d4fb8",
}
_TINT = {Part.YOURS: "#fbe3e0", Part.THEIRS: "#d9f2e2"}
_PAPER, _BAND, _RULE, _EDGE = "#ffffff", "#f6f2e6", "#d5d9df", "#3a4048"
_UNKNOWN = "·"


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG and the words that stand for it, at most 1,024 characters."""

    png: bytes
    alt: str


def picture(report: Report, locale: str | None = "en") -> Picture:
    """The claim beside the widest wordings of a report; the claim alone where there are none."""
    from PIL import Image, ImageDraw

    canvas = Image.new("RGB", (WIDTH, TALLEST), _PAPER)
    height = _Sheet(ImageDraw.Draw(canvas)).report(report, locale)
    stream = BytesIO()
    canvas.crop((0, 0, WIDTH, height)).quantize(64).save(stream, "PNG", optimize=True)
    return Picture(stream.getvalue(), _alt(report, locale))


def drawable(report: Report) -> bool:
    """Whether the font has every letter that a picture would show; a sign that it lacks becomes a dot."""
    texts = [report.claim.text, *(variant.text for variant in report.variants[:MOST_VARIANTS])]
    return all(_drawn(char) != _UNKNOWN for text in texts for char in set(plain(text)) if char.isalpha())


@dataclass(slots=True)
class _Sheet:
    """The canvas and how far down it is drawn on."""

    draw: ImageDraw
    down: int = _MARGIN

    def report(self, report: Report, locale: str | None) -> int:
        """Draw all that fits; the height that was used."""
        shown, used = report.variants[:MOST_VARIANTS], set[Part]()
        for first in range(0, max(len(shown), 1), BESIDE):
            group = shown[first : first + BESIDE]
            titles = [say(locale, "card.picture_claim"), *(_title(variant, locale) for variant in group)]
            rows = columns.rows(report.claim, group)
            used |= {segment.part for row in rows for cell in row.variants for segment in cell}
            if not self.table(titles, rows):
                break
            self.down += _LINE // 2
        self.legend(used, locale)
        if not all(map(_drawable, [report.claim.text, *(variant.text for variant in shown)])):
            self.line(say(locale, "card.picture_unknown", dot=_UNKNOWN), _MARGIN, Part.CONTEXT)
            self.down += _LINE
        if more := len(report.variants) - len(shown):
            self.line(say(locale, "card.picture_more", count=more, number=more), _MARGIN, Part.CONTEXT)
            self.down += _LINE
        return min(self.down + _MARGIN // 2, TALLEST)

    def table(self, titles: Sequence[str], rows: Sequence[Row]) -> bool:
        """One table; false where it had to stop at the end of the sheet."""
        width = (WIDTH - 2 * _MARGIN - _GUTTER * (len(titles) - 1)) // len(titles)
        self.row([[Segment(Part.SAME, title)] for title in titles], width, title=True)
        for row in rows:
            cells = [[Segment(Part.SAME, row.claim)], *map(list, row.variants)]
            if not self.row(cells, width, tinted=row.changed):
                self.line(diff.CUT, _MARGIN, Part.CONTEXT)
                self.down += _LINE
                return False
        return True

    def row(self, cells: Sequence[list[Segment]], width: int, *, tinted: bool = False, title: bool = False) -> bool:
        """The cells of one row and the rule above it; false, and nothing drawn, where there is no room."""
        wrapped = [list(_wrapped(cell, width, title=title))[:_MOST_LINES] for cell in cells]
        height = max(map(len, wrapped)) * _LINE + 12
        if self.down + height > TALLEST - 6 * _LINE:
            return False
        right, bottom = WIDTH - _MARGIN // 2, self.down + height
        self.draw.rectangle((_MARGIN // 2, self.down + 1, right, bottom), fill=_BAND if tinted else _PAPER)
        self.draw.line((_MARGIN // 2, bottom, right, bottom), fill=_EDGE if title else _RULE, width=2 if title else 1)
        for number, lines in enumerate(wrapped):
            across = _MARGIN + number * (width + _GUTTER)
            for at, line in enumerate(lines):
                self.words(line, across, self.down + 4 + at * _LINE, title=title)
        self.down = bottom
        return True

    def legend(self, parts: set[Part], locale: str | None) -> None:
        """What struck and underlined words are, for those that there are."""
        for part, key in diff.LEGEND.items():
            if part in parts:
                self.line(say(locale, key), _MARGIN, part)
                self.down += _LINE

    def line(self, text: str, across: float, part: Part) -> float:
        """One line of one part; where it ends."""
        return self.words([Segment(part, text)], across, self.down)

    def words(self, line: list[Segment], across: float, down: int, *, title: bool = False) -> float:
        """Runs of words, each in the manner of its part; where the last ends."""
        for run in line:
            font = _font(bold=run.part is Part.THEIRS, title=title)
            end = across + font.getlength(run.text)
            if run.part in _TINT:
                self.draw.rectangle((across - 3, down + 2, end + 3, down + _LINE - 4), fill=_TINT[run.part])
            self.draw.text((across, down), run.text, font=font, fill=_INK[run.part])
            if run.part is Part.YOURS:
                self.draw.line((across, down + 20, end, down + 20), fill=_INK[run.part], width=3)
            elif run.part in (Part.THEIRS, Part.MARKED):
                self.draw.line((across, down + 33, end, down + 33), fill=_INK[run.part], width=2)
            across = end + font.getlength(" ")
        return across


def _wrapped(cell: Sequence[Segment], width: int, *, title: bool) -> Iterator[list[Segment]]:
    """The lines of a cell, each of runs of one part."""
    line: list[Segment] = []
    used = 0.0
    for piece in _pieces(cell, width, title=title):
        font = _font(bold=piece.part is Part.THEIRS, title=title)
        room = font.getlength(f" {piece.text}" if line else piece.text)
        if line and used + room > width:
            yield line
            line, used, room = [], 0.0, font.getlength(piece.text)
        if line and line[-1].part is piece.part:
            line[-1] = Segment(piece.part, f"{line[-1].text} {piece.text}")
        else:
            line.append(piece)
        used += room
    if line:
        yield line


def _pieces(cell: Sequence[Segment], width: int, *, title: bool) -> Iterator[Segment]:
    """The words of a cell as the font can draw them, one that is wider than the column in parts."""
    for segment in cell:
        font = _font(bold=segment.part is Part.THEIRS, title=title)
        for word in plain(segment.text).split():
            text = ""
            for char in map(_drawn, word):
                if text and font.getlength(text + char) > width:
                    yield Segment(segment.part, text)
                    text = ""
                text += char
            yield Segment(segment.part, text)


@cache
def _font(*, bold: bool = False, title: bool = False) -> FreeTypeFont:
    import fontpkg
    from PIL import ImageFont

    font = ImageFont.truetype(fontpkg.path("Noto Sans"), _TITLE_SIZE if title else _SIZE)
    font.set_variation_by_name("SemiBold" if bold or title else "Regular")
    return font


@cache
def _empty_box() -> bytes:
    return bytes(_font().getmask("\uffff"))


@cache
def _drawn(char: str) -> str:
    """A character as the font can draw it: itself, its plain form, or a dot; never the box of what is missing."""
    for form in (char, unicodedata.normalize("NFKD", char)):
        if all(bytes(_font().getmask(one)) != _empty_box() for one in form):
            return form
    return _UNKNOWN


def _drawable(text: str) -> bool:
    return all(_drawn(char) != _UNKNOWN or char == _UNKNOWN for char in set(plain(text)))


def _title(variant: Variant, locale: str | None) -> str:
    outlets = list(dict.fromkeys(plain(witness.outlet) for witness in variant.witnesses))
    more = f" +{phrases.figure(len(outlets) - 1, locale)}" if len(outlets) > 1 else ""
    return f"{cut(outlets[0], 60)}{more}"


def _alt(report: Report, locale: str | None) -> str:
    said = [say(locale, "card.picture_alt"), f"{say(locale, 'card.picture_claim')}: “{cut(report.claim.text, 250)}”."]
    for variant in report.variants[:MOST_VARIANTS]:
        text = diff.marked_up(diff.shortened(diff.segments(report.claim, variant)))
        said.append(f"{_title(variant, locale)}: “{cut(text, 250)}”.")
    return cut(" ".join(said), ALT)

"""The sample articles: invented news with its quotations annotated by hand, and claims with their expected answers.

Three things stand beside this file, in the format of ``docs/samples.md``:

* ``articles/SLUG.txt`` — the article, headline first; ``manifest.csv`` names its outlet, URL and date.
* ``gold/SLUG.json`` — every quotation of the article, in order of appearance.
* ``claims/*.json`` — posted quotes and what must be answered.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.model import Article

ROOT = Path(__file__).parent
"""The folder that holds the samples; it is a real folder, also in an installed package."""

_FRAME = re.compile(r"\{(?P<mention>[^}]*)\}|\[(?P<cue>[^]]*)\]")


class GoldError(ValueError):
    """An annotation does not fit its article; the message names the article and the passage."""


@dataclass(frozen=True, slots=True)
class GoldQuotation:
    """One annotated passage. Spans are half-open code-point offsets into the article's text."""

    start: int
    end: int
    text: str
    kind: str  # direct | mixed | nested | scare
    speakers: tuple[str, ...]  # the accepted names; empty: no speaker is owed
    mention: tuple[int, int] | None
    cue: tuple[int, int] | None
    via: tuple[str, ...]
    utterance: str | None
    others: tuple[str, ...] = ()  # who says it together with the speaker


@dataclass(frozen=True, slots=True)
class Sample:
    """One sample article with its annotation."""

    slug: str
    text: str
    title: str
    outlet: str
    url: str
    published: datetime
    credits: tuple[str, ...]
    quotations: tuple[GoldQuotation, ...]

    @property
    def article(self) -> Article:
        """The article alone, as a reader would get it."""
        return Article(text=self.text, outlet=self.outlet, url=self.url, title=self.title, published=self.published)


def samples() -> Iterator[Sample]:
    """Every sample article in manifest order.

    Raises `GoldError` where an annotation names words that its article does not hold.
    """
    with (ROOT / "manifest.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            yield load(row)


def load(row: dict[str, str]) -> Sample:
    """The sample that one manifest row names."""
    path = ROOT / "articles" / row["file"]
    text = path.read_text(encoding="utf-8")
    gold = json.loads((ROOT / "gold" / f"{path.stem}.json").read_text(encoding="utf-8"))
    return Sample(
        slug=path.stem,
        text=text,
        title=row["title"],
        outlet=row["outlet"],
        url=row["url"],
        published=datetime.fromisoformat(row["published"]).astimezone(UTC),
        credits=tuple(gold["credits"]),
        quotations=tuple(_quotations(path.stem, text, gold["quotations"])),
    )


def claims() -> list[dict[str, Any]]:
    """Every posted claim with its expected answer, in file order."""
    files = sorted((ROOT / "claims").glob("*.json"))
    return [claim for file in files for claim in json.loads(file.read_text(encoding="utf-8"))["claims"]]


def _quotations(slug: str, text: str, entries: list[dict[str, Any]]) -> Iterator[GoldQuotation]:
    at = 0
    for entry in entries:
        start = text.find(entry["text"], at)
        if start < 0:
            raise GoldError(f"{slug}: not found after offset {at}: {entry['text']!r}")
        end = start + len(entry["text"])
        at = start + 1
        mention, cue = _frame(slug, text, entry.get("frame"), start, end)
        yield GoldQuotation(
            start=start,
            end=end,
            text=entry["text"],
            kind=entry["kind"],
            speakers=tuple(entry.get("speaker") or ()),
            mention=mention,
            cue=cue,
            via=tuple(entry.get("via") or ()),
            utterance=entry.get("utterance"),
            others=tuple(entry.get("with") or ()),
        )


def _frame(
    slug: str, text: str, frame: str | None, start: int, end: int
) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    """Where the frame's {mention} and [cue] stand: in the occurrence nearest to the quotation."""
    if frame is None:
        return None, None
    plain = _FRAME.sub(lambda found: found[found.lastgroup or 0], frame)
    places = [found.start() for found in re.finditer(re.escape(plain), text)]
    places = [place for place in places if not start <= place < end]
    if not places:
        raise GoldError(f"{slug}: frame not found: {plain!r}")
    place = min(places, key=lambda at: max(start - (at + len(plain)), at - end))
    spans: dict[str, tuple[int, int]] = {}
    removed = 0
    for found in _FRAME.finditer(frame):
        name = found.lastgroup or ""
        begin = place + found.start() - removed
        spans[name] = (begin, begin + len(found[name]))
        removed += 2
    return spans.get("mention"), spans.get("cue")

"""A part of a list or dump, read by any process: quotations and articles as they are stored, and what is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.errors import InputError

if TYPE_CHECKING:
    from bot.fetch.parts import Part
    from bot.model import Article, Extraction
    from storage.batch import Batch

Fault = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Read:
    """What a part holds: quotations, ready to be stored, articles as they were read, and what is wrong with the rest.

    `mark` is kept when all of it is stored, and `None` for a part that is to be read again.
    """

    mark: tuple[str, int] | None
    batch: Batch
    articles: list[tuple[Article, Extraction]]
    faults: list[Fault]


def read_part(name: str, unsure: float, part: Part) -> Read:
    """Read some pieces of a form and make them ready to be stored; a speaker less sure than `unsure` is unclear.

    A part of an own list with a bad line in it has no mark, so that the line is told as long as it stands there.
    """
    from bot import extract
    from bot.fetch import forms
    from bot.model import Article
    from storage.batch import Batch

    form = forms.FORMS[name]
    quotations, articles, faults = [], list[tuple[Article, "Extraction"]](), list[Fault]()
    for number, data in enumerate(part.pieces, part.first):
        if data is None:
            faults.append((number, f"longer than {form.longest:,} bytes ({form.name} has no such pieces.)"))
        elif data and not data.isspace():
            try:
                for item in form.parse(data):
                    if isinstance(item, Article):
                        articles.append((item, extract.read(item, unsure=unsure)))
                    else:
                        quotations.append(item)
            except InputError as error:
                faults.append((number, f"{shortened(str(error))} ({error.hint})"))
    mark = None if faults and not form.once else (part.digest, part.last)
    return Read(mark, Batch.of(quotations), articles, faults)


def shortened(what: str, most: int = 200) -> str:
    """No more of a complaint than can be read: it may hold a whole value."""
    return what if len(what) <= most else f"{what[:most]}…"

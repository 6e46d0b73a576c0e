"""A list or dump read piece by piece, on every core: quotations and articles as they are stored, and what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from bot.errors import InputError

if TYPE_CHECKING:
    from bot.fetch.forms import Form
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


Reader = Callable[["Form", "Iterator[Part]"], Iterator[Read]]
"""What reads parts of a form, in order."""


@contextmanager
def reader(jobs: int | None, unsure: float) -> Iterator[Reader]:
    """A reader on several processes where there are several; a speaker less sure than `unsure` is unclear."""
    from bot.serve import pool

    number = jobs or pool.cores()
    if number == 1:
        yield lambda form, parts: map(partial(read_part, form.name, unsure), parts)
        return
    with pool.processes(number) as workers:
        yield lambda form, parts: pool.in_order(
            workers, partial(read_part, form.name, unsure), parts, number * pool.AHEAD
        )


def read_part(name: str, unsure: float, part: Part) -> Read:
    """Read some pieces of a form and make them ready to be stored; this is what each process of the pool does.

    A part of an own list with a bad line in it has no mark, so that the line is told as long as it stands there.
    """
    from bot import extract
    from bot.fetch import forms
    from bot.model import Article
    from storage.batch import Batch

    form = forms.FORMS[name]
    quotations, articles, faults = [], list[tuple[Article, "Extraction"]](), list[Fault]()
    for number, data in part.lines:
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
    mark = None if faults and not form.once else (part.digest, part.lines[-1].number)
    return Read(mark, Batch.of(quotations), articles, faults)


def shortened(what: str, most: int = 200) -> str:
    """No more of a complaint than can be read: it may hold a whole value."""
    return what if len(what) <= most else f"{what[:most]}…"

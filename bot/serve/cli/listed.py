"""`onrecord import`: quotations by the million, a line of JSON for each, and the dumps of others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.errors import InputError
from bot.serve.cli import interrupt, outputs, pieces, show
from bot.serve.cli.pieces import Read
from bot.serve.cli.tally import Tally
from bot.serve.setup import Setup

if TYPE_CHECKING:
    from bot.fetch.forms import Form
    from bot.fetch.parts import Part, Parts
    from bot.serve.pool import Hands
    from storage.store import Store

FORMS = ("auto", "onrecord", "articles", "gqg", "quotebank", "quotebank-articles", "ninjs", "newsml", "warc")
"""The names of `bot.fetch.forms`, which is not read before it is needed; the tests compare them."""
TOGETHER = 2
"""Parts that are stored in one transaction where both are there: each of these writes pages all over the indices."""
Reader = Callable[["Form", Iterator["Part"]], Iterator[list[Read]]]
"""What reads parts of a form, in order, some at a time."""


@click.command("import", no_args_is_help=True, short_help="Put lists of quotations on record.")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--form", type=click.Choice(FORMS), default=FORMS[0], help="What the files are. [default: auto]")
@click.option("--jobs", type=click.IntRange(1, 64), help="Processes that share the work. [default: one for each core]")
@click.option("--again", is_flag=True, help="Read it from the start, though a part of it was read before.")
@click.option("--faults", type=click.Path(path_type=Path), metavar="FILE", help="Write every bad line's number here.")
@click.pass_obj
def import_(
    setup: Setup, files: tuple[Path, ...], form: str, jobs: int | None, again: bool, faults: Path | None
) -> None:
    """Put lists of quotations and dumps of articles on record.

    FILE is JSONL, plain or packed (.gz, .bz2, .zst), a quotation a line: {"text", "speaker", "outlet", "url",
    "published", "title"}, of which text and one of outlet and url must be there; "-" is standard input. A quotation
    that is on record already changes nothing. A run that was interrupted goes on where it stopped when it is started
    again, each FILE for itself. A bad line or file is told, stops no other, and makes the exit status 1; mend it and
    import the list again.

    Lists and dumps of others are read too, and known by their content: quotations from GDELT (gqg) and Quotebank
    (quotebank); whole articles from Quotebank (quotebank-articles), news agencies (ninjs, newsml) and web archives
    (warc). Our own articles, as `onrecord add` reads them, have to be named: --form articles. All of it is a back
    catalogue and alerts nobody.

    \b
    Examples:
      onrecord import quotations.jsonl.gz
      onrecord import 20260304*.gqg.json.gz --faults bad-lines.txt
      onrecord import --form articles archive.jsonl.zst
      onrecord import 2024.jsonl.zst 2025.jsonl.zst --faults bad-lines.txt
      generate-quotations | onrecord import -
    """
    from bot.serve import helper, pool

    outputs.spare(faults, setup, *files)
    _one_is_there(files)
    helper.rest_collector()
    with outputs.opened(faults) if faults else nullcontext() as keep:
        count = Tally(keep, several=len(files) > 1)
        with (
            interrupt.told(lambda: f"{count.stored()} stored; start it again to go on"),
            setup.store() as store,
            show.progress("importing", sum(map(_size, files))) as told,
            pool.hands(jobs) as hands,
        ):
            read = partial(_read, hands, setup.config.speaker_confidence)
            for file, behind in zip(files, accumulate(map(_size, files), initial=0), strict=False):
                _import(store, _Source(file, form, again), read, count, partial(_from, told, behind))
            _tidy(store, hands)
    count.conclude(faults)


def _one_is_there(files: Sequence[Path]) -> None:
    """Raise the `InputError` of the first before a record is made where there was none, if none of them is there."""
    from bot.fetch import decode

    if not any(str(file) == "-" or file.exists() for file in files):
        with decode.named(files[0]):
            pass


@dataclass(frozen=True, slots=True)
class _Source:
    """A file, the form that it is said to have, and whether it is read from the start."""

    file: Path
    form: str
    again: bool


def _import(store: Store, source: _Source, read: Reader, count: Tally, told: Callable[[int], None]) -> None:
    """Store one list, a part at a time; what is wrong with the file itself is noted and stops no other."""
    from bot.fetch import forms, packed
    from bot.fetch.parts import Parts

    form = forms.of(source.file, source.form)
    try:
        with packed.pieces(source.file, form.longest, form.parted) as held:
            parts = Parts(held, *form.most, "" if form is forms.OWN else form.name)
            for found in read(form, _unread(parts, store, count, again=source.again)):
                _store(store, source.file, found, count)
                told(held.read())
    except InputError as error:
        count.damages.append(error)
    else:
        count.damages += [parts.damage] if parts.damage else []


def _size(file: Path) -> int:
    return max(file.stat().st_size, 1) if file.is_file() else 1


def _from(told: Callable[[int], None], behind: int, done: int) -> None:
    told(behind + done)


def _read(hands: Hands, unsure: float, form: Form, parts: Iterator[Part]) -> Iterator[list[Read]]:
    return hands.together(partial(pieces.read_part, form.name, unsure), parts, TOGETHER)


def _tidy(store: Store, hands: Hands) -> None:
    """Merge what was stored."""
    from storage import merging

    while held := store.pieces():
        for piece, merged in zip(held, hands.each(partial(merging.read, store.path.resolve()), held), strict=True):
            with interrupt.held_off():
                store.put(piece, merged)
    more = True
    while more:
        with interrupt.held_off():
            more = store.tidy()


def _unread(parts: Parts, store: Store, count: Tally, *, again: bool) -> Iterator[Part]:
    """The parts that are yet to be read: a part is behind us where this very beginning of the list was stored."""
    for part in parts:
        if not again and store.imported(part.digest):
            count.before += len(part.pieces)
        else:
            yield part


def _store(store: Store, file: Path, together: Sequence[Read], count: Tally) -> None:
    with interrupt.held_off():
        batches = [(one.batch, None if one.articles else one.mark) for one in together if one.batch or not one.articles]
        if batches:
            loaded = store.add_batches(batches)
            count.new += loaded.new
            count.known += loaded.known
        for read in together:
            if read.articles:
                count.articles.update(added.status for added in store.add_articles(read.articles, read.mark))
    for read in together:
        for number, what in read.faults:
            count.fault(file, number, what)

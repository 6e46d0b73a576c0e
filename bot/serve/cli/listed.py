"""`onrecord import`: quotations by the million, a line of JSON for each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.errors import InputError
from bot.serve.cli import interrupt, show, tally
from bot.serve.cli.tally import Tally
from bot.serve.setup import Setup

if TYPE_CHECKING:
    from bot.fetch.parts import Part, Parts
    from storage.batch import Batch
    from storage.store import Store

LONGEST = 1_000_000
"""Bytes of a line that are read: a quotation is far shorter, and a list may be a trap."""
Fault = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Read:
    """What a part of a list holds: quotations, ready to be stored, and what is wrong with the other lines."""

    mark: tuple[str, int] | None
    batch: Batch
    faults: list[Fault]


@click.command("import", no_args_is_help=True, short_help="Put lists of quotations on record.")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--jobs", type=click.IntRange(1, 64), help="Processes that read the list. [default: one for each core]")
@click.option("--again", is_flag=True, help="Read it from the start, though a part of it was read before.")
@click.option("--faults", type=click.Path(path_type=Path), metavar="FILE", help="Write every bad line's number here.")
@click.pass_obj
def import_(setup: Setup, files: tuple[Path, ...], jobs: int | None, again: bool, faults: Path | None) -> None:
    """Put lists of quotations on record, without the articles that they stand in.

    FILE is JSONL, plain or packed (.gz, .bz2, .zst), a quotation a line: {"text", "speaker", "outlet", "url",
    "published", "title"}, of which text and one of outlet and url must be there; "-" is standard input. A quotation
    that is on record already changes nothing. A run that was interrupted goes on where it stopped when it is started
    again, each FILE for itself. A bad line or file is told, stops no other, and makes the exit status 1; mend it and
    import the list again.

    \b
    Examples:
      onrecord import quotations.jsonl.gz
      onrecord import 2024.jsonl.zst 2025.jsonl.zst --faults bad-lines.txt
      generate-quotations | onrecord import -
    """
    from bot.report import phrases
    from bot.serve import helper

    _one_is_there(files)
    helper.rest_collector()
    with tally.kept(faults) as keep:
        count = Tally(keep, several=len(files) > 1)
        with (
            interrupt.told(lambda: f"{phrases.count(count.new, 'new quotation')} stored; start it again to go on"),
            setup.store() as store,
            show.progress("importing", sum(map(_size, files))) as told,
            _reader(jobs) as read,
        ):
            for file, behind in zip(files, accumulate(map(_size, files), initial=0), strict=False):
                _import(store, file, read, count, partial(_from, told, behind), again=again)
            _tidy(store)
    count.conclude(faults)


def _one_is_there(files: Sequence[Path]) -> None:
    """Raise the `InputError` of the first before a record is made where there was none, if none of them is there."""
    from bot.fetch import decode

    if not any(str(file) == "-" or file.exists() for file in files):
        with decode.opened(files[0]):
            pass


def _import(store: Store, file: Path, read: Reader, count: Tally, told: Callable[[int], None], *, again: bool) -> None:
    """Store one list, a part at a time; what is wrong with the file itself is noted and stops no other."""
    from bot.fetch import packed
    from bot.fetch.parts import Parts

    try:
        with packed.lines(file, LONGEST) as lines:
            parts = Parts(lines)
            for found in read(_unread(parts, store, count, again=again)):
                _store(store, file, found, count)
                told(lines.read())
    except InputError as error:
        count.damages.append(error)
    else:
        count.damages += [parts.damage] if parts.damage else []


def _size(file: Path) -> int:
    return max(file.stat().st_size, 1) if file.is_file() else 1


def _from(told: Callable[[int], None], behind: int, done: int) -> None:
    told(behind + done)


def _tidy(store: Store) -> None:
    more = True
    while more:
        with interrupt.held_off():
            more = store.tidy()


def _unread(parts: Parts, store: Store, count: Tally, *, again: bool) -> Iterator[Part]:
    """The parts that are yet to be read: a part is behind us where this very beginning of the list was stored."""
    for part in parts:
        if not again and store.imported(part.digest):
            count.before += len(part.lines)
        else:
            yield part


Reader = Callable[["Iterator[Part]"], Iterator[Read]]
"""What reads parts, in order."""


@contextmanager
def _reader(jobs: int | None) -> Iterator[Reader]:
    """A reader on several processes where there are several."""
    from bot.serve import pool

    number = jobs or pool.cores()
    if number == 1:
        yield partial(map, read_part)
        return
    with pool.processes(number) as workers:
        yield lambda parts: pool.in_order(workers, read_part, parts, number * pool.AHEAD)


def read_part(part: Part) -> Read:
    """Read some lines and make them ready to be stored; this is what each process of the pool does.

    A part with a bad line in it has no mark, so that the line is told as long as it stands there.
    """
    from bot.fetch import quoted
    from storage.batch import Batch

    quotations, faults = [], list[Fault]()
    for number, data in part.lines:
        if data is None:
            faults.append((number, f"longer than {LONGEST:,} bytes (One line holds one quotation.)"))
        elif data and not data.isspace():
            try:
                quotations.append(quoted.parse(data))
            except InputError as error:
                faults.append((number, f"{shortened(str(error))} ({error.hint})"))
    mark = None if faults else (part.digest, part.lines[-1].number)
    return Read(mark, Batch.of(quotations), faults)


def shortened(what: str, most: int = 200) -> str:
    """No more of a complaint than can be read: it may hold a whole value."""
    return what if len(what) <= most else f"{what[:most]}…"


def _store(store: Store, file: Path, read: Read, count: Tally) -> None:
    if read.batch:
        with interrupt.held_off():
            loaded = store.add_batch(read.batch, read.mark)
            count.new += loaded.new
            count.known += loaded.known
    for number, what in read.faults:
        count.fault(file, number, what)

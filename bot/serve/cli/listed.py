"""`onrecord import` and `onrecord export`: quotations by the million, a line of JSON for each."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from bot.errors import InputError
from bot.serve.cli import show
from bot.serve.setup import Setup

if TYPE_CHECKING:
    from bot.fetch.parts import Part, Parts
    from bot.model import Quoted
    from storage.store import Store

LONGEST = 1_000_000
"""Bytes of a line that are read: a quotation is far shorter, and a list may be a trap."""
MOST_TOLD = 20
"""Bad lines that are told on the terminal; `--faults` keeps them all."""

Fault = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Read:
    """What a part of a list holds: quotations with their words numbered, and what is wrong with the other lines."""

    mark: tuple[str, int] | None
    quotations: list[Quoted]
    words: list[bytes]
    faults: list[Fault]


@dataclass
class Tally:
    """What a run came to; of the bad lines no more is kept than is told."""

    keep: TextIO | None
    new: int = 0
    known: int = 0
    before: int = 0
    bad: int = 0
    told: list[Fault] = field(default_factory=list)

    def fault(self, number: int, what: str) -> None:
        """One more bad line."""
        self.bad += 1
        if self.keep is not None:
            self.keep.write(f"{number}\t{what}\n")
        if len(self.told) < MOST_TOLD:
            self.told.append((number, what))


@click.command("import", no_args_is_help=True, short_help="Put a list of quotations on record.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--jobs", type=click.IntRange(1, 64), help="Processes that read the list. [default: one for each core]")
@click.option("--again", is_flag=True, help="Read it from the start, though a part of it was read before.")
@click.option("--faults", type=click.Path(path_type=Path), metavar="FILE", help="Write every bad line's number here.")
@click.pass_obj
def import_(setup: Setup, file: Path, jobs: int | None, again: bool, faults: Path | None) -> None:
    """Put a list of quotations on record, without the articles that they stand in.

    FILE is JSONL, plain or packed (.gz, .bz2, .zst), a quotation a line: {"text", "speaker", "outlet", "url",
    "published", "title"}, of which text and one of outlet and url must be there; "-" is standard input. A quotation
    that is on record already changes nothing. A run that was interrupted goes on where it stopped when it is started
    again. A bad line is told, stops no other, and makes the exit status 1; mend it and import the list again.

    \b
    Examples:
      onrecord import quotations.jsonl.gz
      onrecord import quotations.jsonl.zst --faults bad-lines.txt
      generate-quotations | onrecord import -
    """
    from bot.fetch import packed
    from bot.fetch.parts import Parts
    from bot.serve import pool

    pool.rest_collector()
    with packed.lines(file, LONGEST) as lines, _kept(faults) as keep:
        tally, parts = Tally(keep), Parts(lines)
        with setup.store() as store, show.progress("importing", _size(file)) as told:
            for read in _read(_unread(parts, store, tally, again=again), jobs):
                _store(store, read, tally)
                told(lines.read())
            while store.tidy():
                pass
    _conclude(tally, parts.damage, faults)


def _size(file: Path) -> int:
    return max(file.stat().st_size, 1) if file.is_file() else 1


@contextmanager
def _kept(path: Path | None) -> Iterator[TextIO | None]:
    """The file for bad lines, if there is to be one. Raises `InputError`."""
    try:
        with nullcontext() if path is None else path.open("w", encoding="utf-8") as keep:
            yield keep
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}", hint="Choose a place that you may write to.") from error


def _unread(parts: Parts, store: Store, tally: Tally, *, again: bool) -> Iterator[Part]:
    """The parts that are yet to be read: a part is behind us where this very beginning of the list was stored."""
    for part in parts:
        if not again and store.imported(part.digest):
            tally.before += len(part.lines)
        else:
            yield part


def _read(parts: Iterator[Part], jobs: int | None) -> Iterator[Read]:
    """The parts in order, read by several processes where there are several."""
    from bot.serve import pool

    count = jobs or pool.cores()
    if count == 1:
        yield from map(read_part, parts)
        return
    with pool.processes(count) as workers:
        yield from pool.in_order(workers, read_part, parts, count * pool.AHEAD)


def read_part(part: Part) -> Read:
    """Read some lines and number their words; this is what each process of the pool does.

    A part with a bad line in it has no mark, so that the line is told as long as it stands there.
    """
    from bot.fetch import quoted
    from storage.features import word_ids

    read = Read((part.digest, part.lines[-1].number), [], [], [])
    for number, data in part.lines:
        if data is None:
            read.faults.append((number, f"longer than {LONGEST:,} bytes (One line holds one quotation.)"))
        elif data and not data.isspace():
            try:
                quotation = quoted.parse(data)
            except InputError as error:
                read.faults.append((number, f"{shortened(str(error))} ({error.hint})"))
            else:
                read.quotations.append(quotation)
                read.words.append(word_ids(quotation.text).tobytes())
    return replace(read, mark=None) if read.faults else read


def shortened(what: str, most: int = 200) -> str:
    """No more of a complaint than can be read: it may hold a whole value."""
    return what if len(what) <= most else f"{what[:most]}…"


def _store(store: Store, read: Read, tally: Tally) -> None:
    if read.quotations:
        loaded = store.add_quotations(read.quotations, read.mark, read.words)
        tally.new += loaded.new
        tally.known += loaded.known
    for number, what in read.faults:
        tally.fault(number, what)


def _conclude(tally: Tally, damage: InputError | None, faults: Path | None) -> None:
    """Sum up; end with status 1 where a line was no use, or the file was damaged behind its first lines."""
    from bot.report import phrases

    if damage and not (tally.new or tally.known or tally.before):
        raise damage
    if tally.before:
        click.echo(f"{tally.before:,} lines were read before; --again reads them anew.", err=True)
    click.echo(f"{phrases.count(tally.new, 'new quotation')}, {tally.known:,} known already.")
    for number, what in tally.told:
        click.echo(f"{click.style('error:', fg='red', bold=True)} line {number:,}: {what}", err=True)
    if tally.bad > len(tally.told):
        kept = f"{faults} has them all" if faults else "--faults FILE keeps them all"
        click.echo(f"and {tally.bad - len(tally.told):,} more; {kept}.", err=True)
    if tally.bad:
        click.echo(f"{phrases.count(tally.bad, 'line')} could not be read; the others are on record.", err=True)
    if damage:
        click.echo(f"{click.style('error:', fg='red', bold=True)} {damage} ({damage.hint})", err=True)
    if tally.bad or damage:
        raise SystemExit(1)


@click.command(short_help="Write the quotations on record as a list.")
@click.option(
    "-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help="Where to. [default: the terminal]"
)
@click.option("--outlet", metavar="NAME", help="Only what stands in this outlet.")
@click.option("--speaker", metavar="NAME", help="Only what this person or organisation is said to have said.")
@click.option("--since", metavar="WHEN", help="Only what was published since: 2026-03-01, or 12h, 7d, 2w ago.")
@click.option("--force", is_flag=True, help="Replace FILE if it is there.")
@click.pass_obj
def export(
    setup: Setup, output: Path | None, outlet: str | None, speaker: str | None, since: str | None, force: bool
) -> None:
    """Write every quotation on record as a line of JSON, in the form that `onrecord import` reads.

    FILE is packed as its ending says (.gz, .bz2, .zst), and takes its name when it is whole. Marks that nobody is said
    to have spoken, and sentences of an outlet's own, are left out.

    \b
    Examples:
      onrecord export -o quotations.jsonl.zst
      onrecord export --speaker Lorentz --since 7d
    """
    from bot.fetch import dates, packed, quoted
    from bot.report import phrases

    if output is not None and output.exists() and not force:
        raise InputError(f"{output} is there already", hint="Give another name, or replace it with --force.")
    after = dates.since(since) if since else None
    count = 0
    target = packed.writing(output) if output is not None else nullcontext(sys.stdout.buffer)
    with setup.store(readonly=True) as store, target as stream:
        for witness in store.quotations(speaker=speaker, outlet=outlet, since=after):
            stream.write(quoted.line(witness))
            count += 1
    if output is not None:
        click.echo(f"{phrases.count(count, 'quotation')} in {output}.")

"""`onrecord import` and `onrecord export`: quotations by the million, a line of JSON for each."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.errors import InputError
from bot.serve.cli import show
from bot.serve.setup import Setup

if TYPE_CHECKING:
    from bot.fetch.packed import Line
    from bot.model import Quoted
    from storage.store import Store

CHUNK = 5_000
"""Lines that are stored in one transaction."""
MOST_TOLD = 20
"""Bad lines that are told on the terminal; `--faults` keeps them all."""

Fault = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Read:
    """What some lines of a list hold: quotations with their words numbered, and what is wrong with the other lines."""

    last: int
    done: int
    quotations: list[Quoted]
    words: list[bytes]
    faults: list[Fault]


@dataclass
class Tally:
    """What a run came to."""

    new: int = 0
    known: int = 0
    faults: list[Fault] = field(default_factory=list)


@click.command("import", no_args_is_help=True, short_help="Put a list of quotations on record.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--jobs", type=click.IntRange(1, 64), help="Processes that read the list. [default: one for each core]")
@click.option("--again", is_flag=True, help="Read it from the start, though a part of it was read before.")
@click.option("--faults", type=click.Path(path_type=Path), metavar="FILE", help="Write every bad line's number here.")
@click.pass_obj
def import_(setup: Setup, file: Path, jobs: int | None, again: bool, faults: Path | None) -> None:
    """Put a list of quotations on record, without the articles that they stand in.

    FILE is JSONL, plain or packed (.gz, .bz2, .zst), a quotation a line: {"text", "speaker", "outlet", "url",
    "published", "title"}, of which text and one of outlet and url must be there. A quotation that is on record already
    changes nothing. A run that was interrupted goes on where it stopped when it is started again. A bad line is told,
    stops no other, and makes the exit status 1.

    \b
    Examples:
      onrecord import quotations.jsonl.gz
      onrecord import quotations.jsonl.zst --faults bad-lines.txt
    """
    from bot.fetch import packed

    digest = hashlib.sha256(packed.head(file)).hexdigest()
    tally = Tally()
    with setup.store() as store, show.progress("importing", max(os.stat(file).st_size, 1)) as told:
        before = 0 if again else store.imported(digest)
        if before:
            click.echo(f"{before:,} lines were read before; going on from there.", err=True)
        with packed.lines(file, setup.file_limit) as lines:
            for read in _read(lines, before, jobs):
                _store(store, read, digest, tally)
                told(read.done)
        while store.tidy():
            pass
    _conclude(tally, faults)


def _read(lines: Iterator[Line], before: int, jobs: int | None) -> Iterator[Read]:
    """The list in chunks, read by several processes where there are several."""
    from bot.serve import pool

    left = (line for line in lines if line.number > before)
    count = jobs or pool.cores()
    held = pool.chunks(left, CHUNK)
    if count == 1:
        yield from map(read_lines, held)
        return
    with pool.processes(count - 1) as workers:  # one core is left to the process that stores
        yield from pool.in_order(workers, read_lines, held, (count - 1) * pool.AHEAD)


def read_lines(lines: list[Line]) -> Read:
    """Read some lines and number their words; this is what each process of the pool does."""
    from bot.fetch import quoted
    from storage.features import word_ids

    found: list[Quoted] = []
    words: list[bytes] = []
    faults: list[Fault] = []
    for line in lines:
        if line.data is None:
            faults.append((line.number, "the line is too long (max_file_mb)"))
        elif line.data.strip():
            try:
                quotation = quoted.parse(line.data)
            except InputError as error:
                faults.append((line.number, f"{error} ({error.hint})"))
            else:
                found.append(quotation)
                words.append(word_ids(quotation.text).tobytes())
    return Read(lines[-1].number, lines[-1].read, found, words, faults)


def _store(store: Store, read: Read, digest: str, tally: Tally) -> None:
    loaded = store.add_quotations(read.quotations, (digest, read.last), read.words)
    tally.new += loaded.new
    tally.known += loaded.known
    tally.faults += read.faults


def _conclude(tally: Tally, faults: Path | None) -> None:
    from bot.report import phrases

    click.echo(f"{phrases.count(tally.new, 'new quotation')}, {tally.known:,} known already.")
    if not tally.faults:
        return
    if faults is not None:
        faults.write_text("".join(f"{number}\t{what}\n" for number, what in tally.faults), encoding="utf-8")
    for number, what in tally.faults[:MOST_TOLD]:
        click.echo(f"{click.style('error:', fg='red', bold=True)} line {number:,}: {what}", err=True)
    if len(tally.faults) > MOST_TOLD:
        kept = f"{faults} has them all" if faults else "--faults FILE keeps them all"
        click.echo(f"and {len(tally.faults) - MOST_TOLD:,} more; {kept}.", err=True)
    click.echo(f"{phrases.count(len(tally.faults), 'line')} could not be read; the others are on record.", err=True)
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
    from bot.fetch import packed, quoted
    from bot.report import phrases
    from bot.serve.cli.utterance import begin

    if output is not None and output.exists() and not force:
        raise InputError(f"{output} is there already", hint="Give another name, or replace it with --force.")
    after = begin(since) if since else None
    count = 0
    target = packed.writing(output) if output is not None else nullcontext(sys.stdout.buffer)
    with setup.store(readonly=True) as store, target as stream:
        for witness in store.quotations(speaker=speaker, outlet=outlet, since=after):
            stream.write(quoted.line(witness))
            count += 1
    if output is not None:
        click.echo(f"{phrases.count(count, 'quotation')} in {output}.")

"""`onrecord bulk`: answer a list of posted quotes, as a spreadsheet."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from bot.serve.cli import interrupt, outputs, show
from bot.serve.rows import Told, elsewhere, told
from bot.serve.setup import Setup

if TYPE_CHECKING:
    from bot.desk import Desk
    from bot.model import Row


MANY = 500
"""Rows from which on several processes answer."""
CHUNK = 20_000
"""What a process is given at once, in characters and what a row costs: half a second of work, be the quotes long."""
ROW = 200
"""What a row costs beside its characters."""


@click.command(no_args_is_help=True, short_help="Answer a list of quotes, as a spreadsheet.")
@click.argument("source", metavar="IN", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    required=True,
    metavar="OUT.csv",
    type=click.Path(path_type=Path),
    help='The answers; "-": standard output.',
)
@click.option("--jobs", type=click.IntRange(1, 64), help="Processes that answer. [default: one for each core]")
@click.pass_obj
def bulk(setup: Setup, source: Path, output: Path, jobs: int | None) -> None:
    """Answer a list of quotes, a row of CSV for each, on every core.

    IN is .txt (a quote a line), .csv or .tsv (a header with quote and perhaps speaker, outlet, id), .jsonl (objects
    with those keys) or .json (a list of such objects, or of quotes). A row that cannot be answered stands in the
    output with its line number and what is wrong with it; no row is lost. Exit status 1 where there was one.

    \b
    Examples:
      onrecord bulk quotes.txt -o answers.csv
      onrecord bulk sheet.csv -o - | head
    """
    from bot.fetch import claims
    from bot.report import phrases, sheet

    listed = claims.read(source, setup.file_limit)
    outputs.spare(output, setup, source)
    if listed.unused:
        click.echo(f"note: columns not used: {', '.join(listed.unused)}", err=True)
    if listed.encoding:
        click.echo(f"note: not UTF-8; read as {listed.encoding}", err=True)
    noted = Noted()
    count = phrases.count(len(listed.rows), "row")
    with (
        interrupt.told(lambda: f"{noted.done:,} of {count} answered in {output}; start it again to answer all"),
        setup.desk(readonly=True) as desk,
        _opened(output) as stream,
        show.progress("checking", len(listed.rows)) as progress,
        closing(_answered(desk, setup, listed.rows, jobs)) as answered,
    ):
        sheet.write(stream, _noting(answered, listed.rows, noted, progress))
    faults = noted.faults
    click.echo(f"{count} answered in {output}." if not faults else _partly(count, output, faults), err=True)
    if faults:
        raise SystemExit(1)


def _partly(count: str, output: Path, faults: list[Row]) -> str:
    lines = ", ".join(str(fault.line) for fault in faults[:10]) + ("…" if len(faults) > 10 else "")
    return f"{count} in {output}; {len(faults):,} could not be answered (see the column error): line {lines}."


@dataclass
class Noted:
    """How many rows are done, and those that could not be answered."""

    done: int = 0
    faults: list[Row] = field(default_factory=list)


def _answered(desk: Desk, setup: Setup, rows: Sequence[Row], jobs: int | None) -> Generator[Told]:
    """What is told of each row, in order; a short list is not worth the start of other processes."""
    from bot.serve import pool

    count = jobs or (pool.cores() if len(rows) >= MANY else 1)
    if count == 1:
        yield from (told(desk, row) for row in rows)
        return
    work = partial(elsewhere, setup.record_path.resolve(), setup.config.speaker_confidence)
    with pool.processes(count) as workers:
        for chunk in pool.in_order(workers, work, pool.chunks(rows, CHUNK, _weight), count * pool.AHEAD):
            yield from chunk


def _weight(row: Row) -> int:
    return ROW + (len(row.claim.text) if row.claim else 0)


def _noting(
    found: Iterable[Told], rows: Sequence[Row], noted: Noted, progress: Callable[[int], None]
) -> Iterator[list[str]]:
    """The rows of the sheet; what could not be answered is noted, and how many are done is told."""
    from bot.report import sheet

    for one, row in zip(found, rows, strict=True):
        if one.get("error"):
            noted.faults.append(row)
        yield sheet.cells(row.line, row.claim, one, row.identifier)
        noted.done += 1
        progress(noted.done)


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    """A stream in UTF-8 to a file or to standard output. Raises `InputError`."""
    if str(path) != "-":
        with outputs.opened(path) as file:
            yield file
    else:
        stream = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="")
        try:
            yield stream
        finally:
            stream.flush()
            stream.detach()

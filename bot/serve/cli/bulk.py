"""`onrecord bulk`: answer a list of posted quotes, as a spreadsheet."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from bot.errors import InputError
from bot.serve.cli import show
from bot.serve.rows import Told, elsewhere, told
from bot.serve.setup import Setup

if TYPE_CHECKING:
    from bot.desk import Desk
    from bot.fetch.claims import Posted


MANY = 500
"""Rows from which on several processes answer."""
CHUNK = 50
"""Rows that a process is given at once."""


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
    if output.exists() and output.samefile(source):
        raise InputError(f"{output} is the list itself", hint="Give the answers another name.")
    if listed.unused:
        click.echo(f"note: columns not used: {', '.join(listed.unused)}", err=True)
    if listed.encoding:
        click.echo(f"note: not UTF-8; read as {listed.encoding}", err=True)
    faults: list[Posted] = []
    with (
        setup.desk(readonly=True) as desk,
        _opened(output) as stream,
        show.progress("checking", len(listed.rows)) as done,
    ):
        sheet.write(stream, _noting(_answered(desk, setup, listed.rows, jobs), listed.rows, faults.append, done))
    count = phrases.count(len(listed.rows), "row")
    click.echo(f"{count} answered in {output}." if not faults else _partly(count, output, faults), err=True)
    if faults:
        raise SystemExit(1)


def _partly(count: str, output: Path, faults: list[Posted]) -> str:
    lines = ", ".join(str(fault.line) for fault in faults[:10]) + ("…" if len(faults) > 10 else "")
    return f"{count} in {output}; {len(faults):,} could not be answered (see the column error): line {lines}."


def _answered(desk: Desk, setup: Setup, rows: Sequence[Posted], jobs: int | None) -> Iterator[Told]:
    """What is told of each row, in order; a short list is not worth the start of other processes."""
    from bot.serve import pool

    count = jobs or (pool.cores() if len(rows) >= MANY else 1)
    if count == 1:
        yield from (told(desk, row) for row in rows)
        return
    work = partial(elsewhere, setup.record_path.resolve(), setup.config.speaker_confidence)
    with pool.processes(count) as workers:
        for chunk in pool.in_order(workers, work, pool.chunks(rows, CHUNK), count * pool.AHEAD):
            yield from chunk


def _noting(
    found: Iterable[Told],
    rows: Sequence[Posted],
    faulty: Callable[[Posted], None],
    progress: Callable[[int], None],
) -> Iterator[list[str]]:
    """The rows of the sheet; those who ask hear of each that could not be answered, and how many are done."""
    from bot.report import sheet

    for done, (one, row) in enumerate(zip(found, rows, strict=True), 1):
        if one.get("error"):
            faulty(row)
        yield sheet.cells(row.line, row.claim, one, row.identifier)
        progress(done)


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    """A stream in UTF-8 to a file or to standard output. Raises `InputError`."""
    if str(path) == "-":
        stream = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="")
        yield stream
        stream.flush()
        stream.detach()
        return
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            yield file
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}", hint="Choose a place that you may write to.") from error

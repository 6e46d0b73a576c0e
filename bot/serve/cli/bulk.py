"""`onrecord bulk`: answer a list of posted quotes, as a spreadsheet."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from bot.errors import ClaimError, InputError
from bot.serve.cli import show
from bot.serve.setup import Setup

if TYPE_CHECKING:
    from bot.desk import Desk
    from bot.fetch.claims import Posted


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
@click.pass_obj
def bulk(setup: Setup, source: Path, output: Path) -> None:
    """Answer a list of quotes, a row of CSV for each.

    IN is .txt (a quote a line), .csv or .tsv (a header with quote and perhaps speaker, outlet, id) or .jsonl (objects
    with those keys). A row that cannot be answered stands in the output with its line number and what is wrong with
    it; no row is lost. Exit status 1 where there was one.

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
    faults: list[Posted] = []
    with (
        setup.desk(readonly=True) as desk,
        _opened(output) as stream,
        show.progress("checking", len(listed.rows)) as told,
    ):
        sheet.write(stream, _answers(desk, listed.rows, faults.append, told))
    count = phrases.count(len(listed.rows), "row")
    click.echo(f"{count} answered in {output}." if not faults else _partly(count, output, faults), err=True)
    if faults:
        raise SystemExit(1)


def _partly(count: str, output: Path, faults: list[Posted]) -> str:
    lines = ", ".join(str(fault.line) for fault in faults[:10]) + ("…" if len(faults) > 10 else "")
    return f"{count} in {output}; {len(faults):,} could not be answered (see the column error): line {lines}."


def _answers(
    desk: Desk, rows: Iterable[Posted], faulty: Callable[[Posted], None], told: Callable[[int], None]
) -> Iterator[list[str]]:
    """A row of the sheet for each row of the list."""
    from bot.report import sheet

    for done, row in enumerate(rows, 1):
        report, error = None, row.error
        if row.claim and not error:
            try:
                report = desk.check(row.claim)
            except ClaimError as refused:
                error = f"{refused} ({refused.hint})"
        if error:
            faulty(row)
        yield sheet.row(row.line, row.claim, report, identifier=row.identifier, error=error)
        told(done)


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

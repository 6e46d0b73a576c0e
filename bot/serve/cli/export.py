"""`onrecord export`: what is on record as a list for other programs."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.errors import InputError
from bot.serve.cli import forms, outputs
from bot.serve.setup import Setup

if TYPE_CHECKING:
    from datetime import datetime

    from storage.store import Store


@click.command(short_help="Write the quotations on record as a list.")
@click.option(
    "-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help="Where to. [default: the terminal]"
)
@forms.option(forms.LIST)
@click.option("--outlet", metavar="NAME", help="Only what stands in this outlet.")
@click.option("--speaker", metavar="NAME", help="Only what this person or organisation is said to have said.")
@click.option("--since", metavar="WHEN", help="Only what was published since: 2026-03-01, or 12h, 7d, 2w ago.")
@click.option("--force", is_flag=True, help="Replace FILE if it is there.")
@click.pass_obj
def export(
    setup: Setup,
    output: Path | None,
    form: str,
    outlet: str | None,
    speaker: str | None,
    since: str | None,
    force: bool,
) -> None:
    """Write every quotation on record, a line each; as JSON in the form that `onrecord import` reads.

    FILE is packed as its ending says (.gz, .bz2, .zst), and takes its name when it is whole. Marks that nobody is said
    to have spoken, and sentences of an outlet's own, are left out. The form passim writes articles, not quotations.

    \b
    Examples:
      onrecord export -o quotations.jsonl.zst
      onrecord export --speaker Lorentz --since 7d --form csv -o lorentz.csv
      onrecord export --form jsonld | head
      onrecord export --form passim -o articles.jsonl.gz
    """
    from bot.fetch import dates, packed
    from bot.report import phrases

    if form == "passim" and speaker:
        raise click.UsageError("--speaker picks quotations, and passim is given whole articles")
    outputs.spare(output, setup)
    if output is not None and output.is_file() and not force:
        raise InputError(f"{output} is there already", hint="Give another name, or replace it with --force.")
    after = dates.since(since) if since else None
    count = 0
    target = packed.writing(output) if output is not None else nullcontext(sys.stdout.buffer)
    with setup.store(readonly=True) as store, target as stream:
        for line in _lines(store, form, outlet, speaker, after):
            stream.write(line.encode())
            count += 1
    if output is not None:
        count -= form == "csv"  # its header
        click.echo(f"{phrases.count(count, 'article' if form == 'passim' else 'quotation')} in {output}.")


def _lines(store: Store, form: str, outlet: str | None, speaker: str | None, since: datetime | None) -> Iterator[str]:
    if form == "passim":
        return forms.passim(store.texts(outlet=outlet, since=since))
    return forms.carriers(store.quotations(speaker=speaker, outlet=outlet, since=since), form)

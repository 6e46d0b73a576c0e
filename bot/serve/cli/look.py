"""`onrecord search` and `onrecord speaker`: look through the record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from bot.serve.cli import show
from bot.serve.setup import Setup

if TYPE_CHECKING:
    from bot.model import Witness


@click.command(no_args_is_help=True, short_help="Find passages by their words.")
@click.argument("text")
@click.option("--speaker", metavar="NAME", help="Only what this person or organisation is said to have said.")
@click.option("--outlet", metavar="NAME", help="Only what stands in this outlet.")
@show.limited
@show.as_json
@click.pass_obj
def search(setup: Setup, text: str, speaker: str | None, outlet: str | None, limit: int | None, as_json: bool) -> None:
    """Find passages that hold every word of TEXT, newest first.

    TEXT is words, in any order and without operators: case, accents and hyphens make no difference.

    \b
    Examples:
      onrecord search "harbour tankers"
      onrecord search harbour --speaker Lorentz --limit 5
      onrecord search harbour --outlet meridianpress.example --json
    """
    with setup.desk(readonly=True) as desk:
        found = desk.search(show.readable(text), speaker=speaker, outlet=outlet, limit=limit or setup.config.results)
    _print(found, as_json=as_json, nothing=f"Nothing on record holds every word of “{text}”.")


@click.command(no_args_is_help=True, short_help="Show what somebody is said to have said.")
@click.argument("name")
@show.limited
@show.as_json
@click.pass_obj
def speaker(setup: Setup, name: str, limit: int | None, as_json: bool) -> None:
    """Show what a person or organisation is said to have said, newest first.

    NAME is a full name or a part of it; case and accents make no difference.

    \b
    Examples:
      onrecord speaker "Ana Lorentz"
      onrecord speaker lorentz --limit 5 --json
    """
    with setup.desk(readonly=True) as desk:
        found = desk.record.speaker(show.readable(name), limit=limit or setup.config.results)
    _print(found, as_json=as_json, nothing=f"Nothing on record is attributed to “{name}”.")


def _print(found: Sequence[Witness], *, as_json: bool, nothing: str) -> None:
    if as_json:
        from bot.report import data

        show.data([{"text": witness.text} | data.witness(witness) for witness in found])
        return
    for witness in found:
        click.echo("\n".join(show.passage(witness)))
    if not found:
        click.echo(nothing)

"""`onrecord utterance` and `onrecord trending`: what was said once and is carried by many."""

from __future__ import annotations

import click

from bot.serve.cli import forms, show
from bot.serve.setup import Setup


@click.group(no_args_is_help=True, short_help="Show who carries an utterance, or mend it.")
def utterance() -> None:
    """Show an utterance with everybody who carries it, or mend how quotations are grouped.

    \b
    Examples:
      onrecord utterance show 12
      onrecord utterance split 57
      onrecord utterance join 57
    """


@utterance.command("show", no_args_is_help=True, short_help="Show all quotations that render one utterance.")
@click.argument("number", type=show.NUMBER)
@forms.option(forms.UTTERANCE)
@click.pass_obj
def show_(setup: Setup, number: int, form: str) -> None:
    """Show all quotations that render one utterance: wordings, speakers, outlets, first and last seen.

    NUMBER is that of the utterance, as `onrecord trending` gives it, or of one of its passages.

    \b
    Examples:
      onrecord utterance show 12
      onrecord utterance show 12 --json
      onrecord utterance show 12 --form csv > carriers.csv
    """
    from bot.report import plain

    with setup.store(readonly=True) as store:
        found = store.utterance(number)
    if form == forms.TEXT:
        show.console().print(plain.utterance(found))
    else:
        forms.write(forms.utterance(found, form))


@utterance.command(no_args_is_help=True)
@click.argument("passage", type=show.NUMBER)
@click.pass_obj
def split(setup: Setup, passage: int) -> None:
    """Take a passage out of its utterance: it was another occasion.

    Later articles do not bring it back; `onrecord utterance join` does.

    \b
    Examples:
      onrecord utterance split 57
    """
    with setup.store() as store:
        store.part(passage)
    click.echo(f"Passage {passage} stands by itself; `onrecord utterance join {passage}` undoes it.")


@utterance.command(no_args_is_help=True)
@click.argument("passage", type=show.NUMBER)
@click.pass_obj
def join(setup: Setup, passage: int) -> None:
    """Undo a split: the passage goes back to where its words put it.

    \b
    Examples:
      onrecord utterance join 57
    """
    with setup.store() as store:
        store.rejoin(passage)
        found = store.utterance(passage)
    click.echo(f"Passage {passage} is in utterance {found.id}, with {len(found.witnesses) - 1} more.")


@click.command(short_help="Show what most outlets carry.")
@click.option("--since", metavar="WHEN", help="A date (2026-03-01), or how long ago: 12h, 7d, 2w.", default="7d")
@show.limited
@show.as_json
@click.pass_obj
def trending(setup: Setup, since: str, limit: int | None, as_json: bool) -> None:
    """Show the utterances that most independent texts have carried since a date, by default within seven days.

    \b
    Examples:
      onrecord trending
      onrecord trending --since 2026-03-01 --limit 5
      onrecord trending --since 12h --json
    """
    from bot.fetch import dates
    from bot.report import data, plain

    after = dates.since(since)
    with setup.store(readonly=True) as store:
        found = store.trending(after, limit=limit or setup.config.results)
    if as_json:
        show.data([data.utterance(each) for each in found])
        return
    for each in found:
        show.console().print(plain.utterance_line(each, after))
    if not found:
        click.echo(f"Nothing is carried twice since {after:%Y-%m-%d %H:%M} UTC. An earlier --since looks further back.")

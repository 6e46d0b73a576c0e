"""`onrecord status`: what is on record."""

from __future__ import annotations

import click

from bot.serve.cli import show
from bot.serve.setup import Setup


@click.command(short_help="Show how much is on record.")
@show.as_json
@click.pass_obj
def status(setup: Setup, as_json: bool) -> None:
    """Show how much is on record, and where the record is kept.

    \b
    Examples:
      onrecord status
      onrecord --db other.db status --json
    """
    from bot.report import data, phrases

    with setup.desk(readonly=True) as desk:
        held = desk.record.coverage()
    path = setup.record_path.absolute()
    size = path.stat().st_size
    if as_json:
        place = {"database": str(path), "bytes": size}
        show.data(place | data.coverage(held))
        return
    rows = {
        "database": f"{path} ({size / 1e6:.1f} MB)",
        "articles": f"{held.articles:,}",
        "outlets": f"{held.outlets:,}",
        "quotations": f"{held.quotations:,}",
        "dates": f"{phrases.day(held.oldest)} to {phrases.day(held.newest)}" if held.oldest and held.newest else "none",
    }
    for name, value in rows.items():
        click.echo(f"{name:<12}{value}")

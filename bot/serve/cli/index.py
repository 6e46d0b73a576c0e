"""`onrecord index`: the state of the index, and its health."""

from __future__ import annotations

from dataclasses import asdict

import click

from bot.serve.cli import show
from bot.serve.setup import Setup


@click.group(no_args_is_help=True)
def index() -> None:
    """Show, verify and rebuild the index that finds quotations.

    The index lies in the record's own file and is kept by every command that writes; it needs no care of its own.

    \b
    Examples:
      onrecord index status
      onrecord index verify
    """


@index.command(short_help="Show whether the index is ready, and how large.")
@show.as_json
@click.pass_obj
def status(setup: Setup, as_json: bool) -> None:
    """Show whether the index is ready, how much it holds, in how many segments, and what is being merged.

    Ready means that every wording on record is in it. There is nothing to warm after a start; the first answers only
    read from the file what later ones find in memory, and questions are answered while segments are being merged.

    \b
    Examples:
      onrecord index status
      onrecord index status --json
    """
    with setup.store(readonly=True) as store:
        found = store.index_status()
    if as_json:
        show.data(asdict(found))
        return
    each = f" ({found.size / found.wordings:.0f} bytes each)" if found.wordings else ""
    sizes = f", of {', '.join(f'{size:,}' for size in found.segments[:6])}" if found.segments else ""
    more = " …" if len(found.segments) > 6 else ""
    click.echo(f"ready      {'yes' if found.ready else 'no; `onrecord index verify` says what is missing'}")
    click.echo(f"wordings   {found.wordings:,}")
    click.echo(f"postings   {found.postings:,}")
    click.echo(f"size       {found.size / 1e6:.1f} MB{each}")
    click.echo(f"segments   {len(found.segments)}{sizes}{more}")
    click.echo(f"merging    {', '.join(f'{share:.0%} done' for share in found.merging) or 'nothing'}")
    click.echo(f"removed    {found.removed:,} wordings that a merge will leave out")


@index.command(short_help="Compare the index with all that is on record.")
@show.as_json
@click.pass_obj
def verify(setup: Setup, as_json: bool) -> None:
    """Compare the index with every wording on record, and every passage with its hash.

    Exit status 1 where something is wrong: `onrecord index rebuild` mends the index, while a damaged passage has to be
    added again or taken from a backup.

    \b
    Examples:
      onrecord index verify
    """
    with setup.store(readonly=True) as store, show.progress("verifying", 1000) as told:
        found = store.verify(lambda share: told(int(share * 1000)))
    if as_json:
        show.data(asdict(found))
    else:
        click.echo(f"{found.wordings:,} wordings, {found.postings:,} postings, {found.passages:,} passages read.")
        click.echo("Index and passages agree with the record." if found.sound else "")
    if found.sound:
        return
    for fault in found.told():
        click.echo(f"error: {fault}", err=True)
    if found.missing or found.surplus:
        click.echo("hint: `onrecord index rebuild` writes the index anew.", err=True)
    if found.damaged or found.editions or found.astray:
        click.echo("hint: Add their articles again, or take the file from a backup: `onrecord restore`.", err=True)
    raise SystemExit(1)


@index.command(short_help="Write the index anew from the wordings on record.")
@click.pass_obj
def rebuild(setup: Setup) -> None:
    """Write the index anew from the wordings on record: all of it, or nothing where it is interrupted.

    \b
    Examples:
      onrecord index rebuild
    """
    with setup.store() as store:
        total = store.index_status().wordings
        with show.progress("rebuilding", max(total, 1)) as told:
            done = 0

            def count(more: int) -> None:
                nonlocal done
                done += more
                told(done)

            store.rebuild(count)
        click.echo(f"{store.index_status().wordings:,} wordings indexed.")

"""`onrecord verify`, `backup` and `restore`: whether the record is whole, and copies of it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.errors import InputError, RecordError
from bot.serve.cli import show
from bot.serve.setup import Setup

if TYPE_CHECKING:
    from storage.backups import Backup
    from storage.soundness import Checked


@click.command(short_help="Look through the whole record for damage.")
@click.argument("file", type=click.Path(path_type=Path), required=False)
@show.as_json
@click.pass_obj
def verify(setup: Setup, file: Path | None, as_json: bool) -> None:
    """Look through the whole record for damage, or through a FILE such as a backup.

    SQLite looks at the structure of the file; then every passage, text and edition is held against the hash that it was
    stored with, and the index against every wording. Others may use the record meanwhile.

    \b
    Exit status: 0 it is whole · 1 something is wrong with it · 2 it is no record, or cannot be read.

    \b
    Examples:
      onrecord verify
      onrecord verify backups/onrecord-20260302T120000Z-8c1f0e2d3a4b5c6d.db
    """
    from storage import soundness

    path = file or setup.record_path
    if not path.is_file():
        raise RecordError(f"there is no file {path}", hint="Give the path of a record or of a backup.")
    with show.progress("verifying", 1000) as told:
        found = soundness.check(path, lambda share: told(int(share * 1000)))
    if found.sound and file is None:
        _note(setup)
    _tell(path, found, as_json=as_json)
    if not found.sound:
        raise SystemExit(1)


@click.command(short_help="Copy the record, while it is in use.")
@click.argument("folder", type=click.Path(path_type=Path), required=False)
@click.pass_obj
def backup(setup: Setup, folder: Path | None) -> None:
    """Copy the record into a FOLDER, while others use it, and look through the copy.

    Without a FOLDER it goes to where the running bot puts its hourly copies (the setting backup_folder), which lets go
    of all but the newest of 24 hours and of 7 days. A copy in another folder stays until you delete it.

    \b
    Examples:
      onrecord backup
      onrecord backup /mnt/safe
    """
    from storage import backups

    with setup.store(readonly=True):  # says what is wrong with it, and that it is there
        pass
    made = backups.make(setup.record_path, folder or setup.backup_folder, datetime.now(UTC))
    click.echo(f"{made.path} ({made.path.stat().st_size / 1e6:.1f} MB) is a sound copy of {setup.record_path}.")


@click.command(short_help="Put a backup in the place of the record.")
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--list", "listed", is_flag=True, help="List the backups, newest first, and do nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def restore(setup: Setup, file: Path | None, listed: bool, yes: bool) -> None:
    """Put a backup in the place of the record: FILE, or the newest one.

    The backup is looked through first; one that is damaged is refused. The file that is replaced is kept beside the
    record under a dated name. Stop the bot before: a record that is open in another process is not replaced.

    \b
    Examples:
      onrecord restore --list
      onrecord restore
      onrecord restore backups/onrecord-20260302T120000Z-8c1f0e2d3a4b5c6d.db --yes
    """
    from bot.report import phrases
    from storage import care

    path, folder = setup.record_path, setup.backup_folder
    if listed:
        _list(path, folder)
        return
    chosen = file or _newest(path, folder).path
    if not yes:
        show.ask(f"Put {chosen} in the place of {path}?", "put it there")
    with show.progress("verifying", 1000) as told:
        done = care.restore(chosen, path, datetime.now(UTC), lambda share: told(int(share * 1000)))
    with setup.desk() as desk:
        held = desk.record.coverage()
    holds = f"{phrases.count(held.articles, 'article')}, {phrases.count(held.quotations, 'quotation')}"
    click.echo(f"{path} is now {chosen.name}: {holds}.")
    if done.kept is not None:
        click.echo(f"What was there before is kept as {done.kept}.")


def _note(setup: Setup) -> None:
    """Note in the record that it is whole, where it can be written."""
    from bot.serve import keeping

    with suppress(RecordError):
        with setup.store(readonly=True):  # a file of an older form is not brought up for a note
            pass
        with setup.store() as store:
            store.servers.set_note(keeping.VERIFIED, datetime.now(UTC).isoformat(timespec="seconds"))


def _tell(path: Path, found: Checked, *, as_json: bool) -> None:
    held = found.held
    if as_json:
        told = {"file": str(path), "sound": found.sound, "wrong": list(found.told())}
        show.data(told | (asdict(held) if held else {}))
        return
    if held is not None:
        click.echo(f"{held.wordings:,} wordings, {held.postings:,} postings, {held.passages:,} passages read.")
    if found.sound:
        click.echo(f"{path} is whole.")
        return
    for fault in found.told():
        show.fault(fault)
    click.echo(f"{click.style('hint:', bold=True)} {_help(found)}", err=True)


def _help(found: Checked) -> str:
    from storage import opening

    held = found.held
    if held is not None and not (held.damaged or held.editions or held.astray):
        return "`onrecord index rebuild` writes the index anew."
    return opening.RESTORE


def _list(path: Path, folder: Path) -> None:
    from storage import backups

    copies = backups.found(path, folder)
    for copy in copies:
        click.echo(f"{copy.made:%Y-%m-%d %H:%M} UTC  {copy.path.stat().st_size / 1e6:>10.1f} MB  {copy.path}")
    if not copies:
        click.echo(f"There is no backup of {path.name} in {folder}.")


def _newest(path: Path, folder: Path) -> Backup:
    from storage import backups

    for copy in backups.found(path, folder):
        return copy
    raise InputError(f"there is no backup of {path.name} in {folder}", hint="Give the path of one.")

"""`onrecord status`: what is on record, what is followed and owed, and how it is kept."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from bot.serve.cli import show
from bot.serve.setup import Setup

if TYPE_CHECKING:
    from storage.store import Store


@click.command(short_help="Show how much is on record.")
@show.as_json
@click.pass_obj
def status(setup: Setup, as_json: bool) -> None:
    """Show how much is on record, what is followed on the web, what the bot owes, and how the record is kept.

    \b
    Examples:
      onrecord status
      onrecord --db other.db status --json
    """
    from bot.report import data, phrases

    with setup.store(readonly=True) as store:
        held, kept = store.coverage(), _kept(setup, store)
    path = setup.record_path.absolute()
    size = path.stat().st_size
    if as_json:
        place = {"database": str(path), "bytes": size}
        show.data(place | data.coverage(held) | kept)
        return
    rows = {
        "database": f"{path} ({size / 1e6:.1f} MB)",
        "articles": f"{held.articles:,}",
        "outlets": f"{held.outlets:,}",
        "quotations": f"{held.quotations:,}",
        "dates": f"{phrases.day(held.oldest)} to {phrases.day(held.newest)}" if held.oldest and held.newest else "none",
    }
    for name, value in (rows | _lines(kept)).items():
        click.echo(f"{name:<12}{value}")


def _kept(setup: Setup, store: Store) -> dict[str, Any]:
    """What is followed, what waits in the outbox, and when the record was last copied and looked through."""
    from bot.serve import keeping
    from bot.serve.live import NOTE
    from storage import backups

    feeds = store.feeds.followed()
    copies = backups.found(setup.record_path, setup.backup_folder)
    return {
        "feeds": {
            "followed": len(feeds),
            "paused": sum(feed.paused for feed in feeds),
            "failing": sum(bool(feed.failures) for feed in feeds),
        },
        "pages": asdict(store.pages.counts()),
        "poller": json.loads(store.servers.note(NOTE) or "null"),
        "outbox": {str(state): number for state, number in store.outbox.counts().items()},
        "last_backup": copies[0].made.isoformat() if copies else None,
        "last_verify": store.servers.note(keeping.VERIFIED),
        "restored": store.servers.note(keeping.RESTORED),
    }


def _lines(kept: dict[str, Any]) -> dict[str, str]:
    lines = {
        name: ", ".join(f"{number:,} {what.replace('_', ' ')}" for what, number in kept[name].items())
        for name in ("feeds", "pages", "outbox")
    }
    if kept["poller"]:
        error = f"; last error: {kept['poller']['error']}" if kept["poller"]["error"] else ""
        lines |= {"poller": f"at work at {_minute(kept['poller']['at'])}{error}"}
    lines |= {"backup": _minute(kept["last_backup"]) or "none", "verified": _minute(kept["last_verify"]) or "never"}
    return lines | ({"restored": kept["restored"]} if kept["restored"] else {})


def _minute(moment: str | None) -> str:
    """A moment of ISO 8601, to the minute; "" for none."""
    return f"{moment[:16].replace('T', ' ')} UTC" if moment else ""

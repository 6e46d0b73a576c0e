"""`onrecord feed`: the feeds that are followed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from bot.errors import FetchError, InputError, NotInRecord
from bot.serve.cli import online, outputs, show
from bot.serve.cli.feed_rows import data, row
from bot.serve.setup import Setup

if TYPE_CHECKING:
    from bot.serve.chat.office import Office
    from bot.serve.live.following import Followed
    from bot.serve.live.opening import Live
    from bot.sources import Feed
    from storage.store import Store

named = click.argument("feeds", nargs=-1, required=True, metavar="FEED...")


@click.group(no_args_is_help=True, short_help="Follow the feeds of outlets.")
def feed() -> None:
    """Follow the feeds of outlets: their articles come on record by themselves, and are visited again.

    `onrecord watch`, or the bot (`onrecord run`), polls them. FEED is the number that `onrecord feed list` shows, or
    the address. RSS, Atom, JSON Feed and news sitemaps are read; a home page is asked for the feeds that it names.

    \b
    Examples:
      onrecord feed add https://harbourdaily.example/
      onrecord feed list
      onrecord feed pause 3
    """


@feed.command(no_args_is_help=True)
@click.argument("urls", nargs=-1, required=True, metavar="URL...")
@click.pass_obj
def add(setup: Setup, urls: tuple[str, ...]) -> None:
    """Follow a feed from now on.

    It is fetched once, to see what it is. What it names already is put on record as a back catalogue and alerts
    nobody; what it names from now on is news. `onrecord feed remove` undoes it.

    \b
    Examples:
      onrecord feed add https://harbourdaily.example/feed
      onrecord feed add https://harbourdaily.example/          the feed that the page names
    """
    failed: list[str] = []

    async def follow(_: Office, live: Live) -> None:
        async def one(url: str) -> None:
            try:
                click.echo("\n".join(_followed(await live.following.follow(url))))
            except (FetchError, InputError) as error:
                failed.append(url)
                online.refused(url, error)

        await online.each(urls, one)

    online.run(setup, follow)
    _end(len(failed), len(urls))


def _followed(found: Followed) -> list[str]:
    from bot.report import phrases
    from bot.report.plain import clean

    feed = found.feed
    lead = f"feed {feed.id}: {clean(feed.title) or 'untitled'} ({feed.url})"
    if found.known:
        return [f"{lead} was followed already"]
    lines = [lead, f"   {phrases.count(found.entries, 'article')} now, as a back catalogue; what comes next is news."]
    lines += [f"   its page names another feed: {clean(other)}" for other in found.others[:5]]
    return [*lines, "   `onrecord watch` or `onrecord run` fetches the articles."]


@feed.command(no_args_is_help=True)
@named
@click.pass_obj
def remove(setup: Setup, feeds: tuple[str, ...]) -> None:
    """Follow a feed no more. The articles that it brought stay on record; those not yet fetched are forgotten.

    \b
    Examples:
      onrecord feed remove 3
      onrecord feed add https://harbourdaily.example/feed      undoes it
    """

    def gone(store: Store, feed: Feed) -> str:
        removed = store.feeds.remove(feed.id)
        return f"feed {removed.id} is not followed any more; its articles stay. Undo: onrecord feed add {removed.url}"

    _change(setup, feeds, gone)


@feed.command("list", short_help="List the feeds that are followed.")
@show.as_json
@click.pass_obj
def list_(setup: Setup, as_json: bool) -> None:
    """List the feeds: when each is polled next, what went wrong last, how many articles it brought.

    \b
    Examples:
      onrecord feed list
      onrecord feed list --json
    """
    now = datetime.now(UTC)
    with setup.store(readonly=True) as store:
        found, queue = store.feeds.followed(), store.pages.counts()
    if as_json:
        show.data([data(one) for one in found])
        return
    for one in found:
        click.echo("\n".join(row(one, now)))
    if not found:
        click.echo("No feed is followed. `onrecord feed add URL` follows one.")
    counts = f"{queue.waiting:,} pages wait for their first visit, {queue.followed:,} are visited again"
    click.echo(click.style(f"{counts}, {queue.given_up:,} could not be had.", dim=True))


@feed.command(no_args_is_help=True)
@named
@click.pass_obj
def pause(setup: Setup, feeds: tuple[str, ...]) -> None:
    """Poll a feed no more until it is resumed. Its articles are visited again all the same.

    \b
    Examples:
      onrecord feed pause 3
    """
    _change(setup, feeds, lambda store, feed: f"feed {store.feeds.pause(feed.id, True).id} is paused")


@feed.command(no_args_is_help=True)
@named
@click.pass_obj
def resume(setup: Setup, feeds: tuple[str, ...]) -> None:
    """Poll a paused feed again.

    \b
    Examples:
      onrecord feed resume 3
    """
    _change(setup, feeds, lambda store, feed: f"feed {store.feeds.pause(feed.id, False).id} is polled again")


@feed.command(short_help="Ask feeds now what is new.")
@click.argument("feeds", nargs=-1, metavar="[FEED...]")
@click.pass_obj
def poll(setup: Setup, feeds: tuple[str, ...]) -> None:
    """Ask feeds now what is new, all or those that are named, whether they are due or not.

    The articles that they name are queued, for `onrecord watch` to fetch.

    \b
    Examples:
      onrecord feed poll
      onrecord feed poll 3 5
    """
    failed: list[int] = []
    asked: list[Feed] = []

    async def ask(office: Office, live: Live) -> None:
        def those(store: Store) -> list[Feed]:
            return [_one(store, each) for each in feeds] or [one for one in store.feeds.followed() if not one.paused]

        async def one(feed: Feed) -> None:
            outcome = await live.asker.poll(feed)
            if outcome.error:
                failed.append(feed.id)
                online.refused(f"feed {feed.id}", outcome.error)
            else:
                click.echo(f"feed {feed.id}: {outcome.brought:,} new")

        asked.extend(await office.read(those))
        await online.each(asked, one)

    online.run(setup, ask)
    if not asked:
        click.echo("No feed is followed, or all are paused. `onrecord feed list` shows them.")
    _end(len(failed), len(asked))


@feed.command("import", no_args_is_help=True, short_help="Follow every feed of a list (OPML).")
@click.argument("file", type=click.File("rb"), metavar="OPML")
@click.pass_obj
def import_(setup: Setup, file: BinaryIO) -> None:
    """Follow every feed of a list that a feed reader exported (OPML). None is fetched now.

    \b
    Examples:
      onrecord feed import subscriptions.opml
    """
    from bot.fetch import opml, urls
    from bot.report import phrases

    listed = opml.read(file.read(opml.LARGEST + 1))
    now, before = datetime.now(UTC), 0
    with setup.store() as store, show.progress("following", len(listed.feeds)) as told:
        before = len(store.feeds.followed())
        for number, outline in enumerate(listed.feeds, 1):
            store.feeds.add(urls.canonical(outline.url) or outline.url, now)
            told(number)
        new = len(store.feeds.followed()) - before
    click.echo(f"{phrases.count(new, 'feed')} followed, {len(listed.feeds) - new:,} known already.")
    for fault in listed.faults:
        show.fault(fault)
    _end(len(listed.faults), len(listed.faults) + len(listed.feeds))


@feed.command(short_help="Write the feeds as a list (OPML).")
@click.argument("file", required=False, type=click.Path(path_type=Path), metavar="[OPML]")
@click.pass_obj
def export(setup: Setup, file: Path | None) -> None:
    """Write the feeds as a list that feed readers import (OPML), to a file or to standard output.

    \b
    Examples:
      onrecord feed export subscriptions.opml
      onrecord feed export > subscriptions.opml
    """
    from bot.fetch import opml, packed

    outputs.spare(file, setup)
    with setup.store(readonly=True) as store:
        written = opml.write([opml.Outline(one.url, one.title) for one in store.feeds.followed()])
    if file is None:
        sys.stdout.write(written.decode())
        return
    with packed.writing(file) as stream:
        stream.write(written)
    click.echo(f"{file} is written")


def _change(setup: Setup, named_: Sequence[str], act: Callable[[Store, Feed], str]) -> None:
    """Do something with each feed that is named, and say what was done."""
    failed = 0
    with setup.store() as store:
        for each in named_:
            try:
                click.echo(act(store, _one(store, each)))
            except (NotInRecord, InputError) as error:
                failed += 1
                online.refused(each, error)
    _end(failed, len(named_))


def _one(store: Store, name: str) -> Feed:
    """The feed of a number or an address. Raises `NotInRecord`."""
    from bot.fetch import urls

    numbered = name.isascii() and name.isdigit() and len(name) < 19  # SQLite's numbers have no more figures
    return store.feeds.get(int(name) if numbered else urls.canonical(name) or name)


def _end(failed: int, of: int) -> None:
    """End with status 1 where a part failed, 2 where all did."""
    if failed:
        raise SystemExit(1 if failed < of else 2)

"""`onrecord watch`: the poller alone, without the bot."""

from __future__ import annotations

import asyncio
import re
import signal
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from bot.serve.cli import online
from bot.serve.setup import Setup

if TYPE_CHECKING:
    from bot.serve.chat.office import Office
    from bot.serve.live.opening import Live
    from bot.serve.live.poller import Outcome, Tally
    from bot.serve.live.polls import Polled
    from bot.serve.live.visits import Visited

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}


class Duration(click.ParamType[float]):
    """So long: 90s, 30m, 12h, 7d."""

    name = "duration"

    def convert(self, value: str | float, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Seconds."""
        found = re.fullmatch(r"(\d{1,6})\s*([smhd])", value) if isinstance(value, str) else None
        if found is None:
            self.fail(f"{value!r} is no duration; write 90s, 30m, 12h or 7d", param, ctx)
        return int(found[1]) * _UNITS[found[2]]


@click.command(short_help="Keep the record up to date from the feeds.")
@click.option("--once", is_flag=True, help="Do what is due now, and end.")
@click.option("--for", "seconds", type=Duration(), metavar="DURATION", help="End after so long: 90s, 30m, 12h, 7d.")
@click.option("--verbose", is_flag=True, help="Tell of every poll and visit, also where nothing is new.")
@click.pass_obj
def watch(setup: Setup, once: bool, seconds: float | None, verbose: bool) -> None:
    """Poll the feeds, fetch the articles that they name, and visit them again while they are young.

    It goes on until it is stopped (Ctrl-C, or SIGTERM), and says what comes on record. An article is visited again 1,
    4, 12, 24, 72 and 168 hours after it was published; a text that has changed is kept as a new edition. `onrecord run`
    does the same beside the bot: run one of the two. robots.txt is obeyed, and no server is asked more than once a
    second.

    \b
    Examples:
      onrecord watch
      onrecord watch --once                     in a timer of the system
      onrecord watch --for 12h
    """
    from bot.serve import keeping

    def heard(outcome: Outcome) -> None:
        for line in _told(outcome, verbose=verbose):
            click.echo(line)

    async def work(office: Office, live: Live) -> Tally:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, live.poller.stop)
        if seconds is not None:
            loop.call_later(seconds, live.poller.stop)
        if not once and not await office.read(lambda store: store.feeds.followed()):
            click.echo("No feed is followed yet. `onrecord feed add URL` follows one, also while this runs.")
        if once:
            return await live.poller.once()
        async with keeping.kept(setup):
            await live.poller.run()
        return live.poller.tally

    keeping.recover(setup)
    click.echo(_summed(online.run(setup, work, heard)))


def _told(outcome: Outcome, *, verbose: bool) -> Iterator[str]:
    """What is worth a line."""
    from bot.report.plain import clean
    from bot.serve.live.polls import Polled

    said = _polled(outcome) if isinstance(outcome, Polled) else _visited(outcome)
    if said and (verbose or not said.startswith(" ")):
        yield clean(said.strip())


def _polled(polled: Polled) -> str:
    """A line about a poll; it begins with a blank where nothing is new."""
    name = f"feed {polled.feed.id} ({polled.feed.title or polled.feed.url})"
    if polled.error:
        return f"✖ {name}: {polled.error}{'; it is paused' if polled.given_up else ''}"
    if polled.brought:
        return f"· {name}: {polled.brought:,} new"
    return f" · {name}: nothing new"


def _visited(visited: Visited) -> str:
    """A line about a visit; it begins with a blank where nothing is new."""
    from bot.serve.cli.add import said

    if visited.error:
        again = "; it is tried again" if visited.again else ""
        return f"✖ {visited.page.url}: {visited.error}{again}"
    if visited.added is None:
        return f" · {visited.page.url}: {'removed from the record' if visited.unwanted else 'unchanged'}"
    quiet = " " if visited.added.status == "known" else ""
    return f"{quiet}✔ {visited.page.url}: {said(visited.added)}"


def _summed(tally: Tally) -> str:
    from bot.report import phrases

    parts = [phrases.count(tally.articles, "new article"), phrases.count(tally.editions, "new edition")]
    did = f"{phrases.count(tally.polls, 'poll')}, {phrases.count(tally.visits, 'visit')}"
    return f"{', '.join(parts)}; {did}, {phrases.count(tally.failures, 'failure')}."

"""`/about`, `/help` and `/status`: what this is, how to use it, and how it is doing."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from importlib.metadata import version
from typing import TYPE_CHECKING

import discord
from discord import app_commands

from bot.model import Coverage
from bot.orders import AlertState, Scope
from bot.report import phrases
from bot.report.safe import safe
from bot.serve.chat import gates
from bot.serve.chat.words import reply, told
from bot.sources import Feed, Queue
from storage.store import Store

if TYPE_CHECKING:
    from bot.serve.chat.client import Bot

LICENCE = "MIT"
_HELP = ("verify", "menu", "search", "bulk", "alerts", "add", "data")


def add(bot: Bot) -> None:
    """Put the commands into the tree."""

    @app_commands.command(name=told("about.name"), description=told("about.description"))
    @gates.everywhere
    @gates.often
    async def about(interaction: discord.Interaction[Bot]) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        coverage = await interaction.client.office.read(lambda store: store.coverage())
        await interaction.edit_original_response(content="\n\n".join(_about(interaction, coverage)))

    @app_commands.command(name=told("help.name"), description=told("help.description"))
    @gates.everywhere
    @gates.often
    async def help_(interaction: discord.Interaction[Bot]) -> None:
        lines = [reply(interaction, "help.heading"), *(reply(interaction, f"help.{task}") for task in _HELP)]
        await interaction.response.send_message("\n".join(lines), ephemeral=True)

    @app_commands.command(name=told("status.name"), description=told("status.description"))
    @app_commands.default_permissions(manage_guild=True)
    @gates.server
    @gates.often
    async def status(interaction: discord.Interaction[Bot]) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await gates.managing(interaction)
        scope = gates.scope(interaction)
        coverage, alerts, jobs, feeds, pages = await interaction.client.office.read(lambda store: _counts(store, scope))
        lines = [f"**{reply(interaction, 'status.heading')}**", phrases.looked_in(coverage, interaction.locale.value)]
        lines += [*_state(interaction, jobs), *_alerts(interaction, alerts), *_since(interaction, scope)]
        lines += _followed(interaction, feeds, pages)
        await interaction.edit_original_response(content="\n".join(lines))

    bot.tree.add_command(about)
    bot.tree.add_command(help_)
    bot.tree.add_command(status)


def _about(interaction: discord.Interaction[Bot], coverage: Coverage) -> Iterator[str]:
    locale = interaction.locale.value
    yield reply(interaction, "about.what")
    quotes = phrases.many("quote", coverage.quotations, locale)
    yield f"{phrases.looked_in(coverage, locale)} {quotes}."
    if coverage.newest is not None:
        yield reply(interaction, "about.newest", when=f"<t:{int(coverage.newest.timestamp())}:R>")
    yield f"-# {reply(interaction, 'about.version', version=version('onrecord'), licence=LICENCE)}"


def _counts(store: Store, scope: Scope) -> tuple[Coverage, dict[AlertState, int], int, list[Feed], Queue]:
    return (
        store.coverage(),
        store.outbox.counts(scope),
        store.jobs.waiting(),
        store.feeds.followed(scope),
        store.pages.counts(),
    )


def _state(interaction: discord.Interaction[Bot], jobs: int) -> Iterator[str]:
    """How the bot itself is: the gateway, since when it runs, what it has to do."""
    bot = interaction.client
    latency = bot.latency
    heard = f"{1000 * latency:.0f} ms" if math.isfinite(latency) else reply(interaction, "status.unknown")
    since = int(time.time() - (time.monotonic() - bot.began))
    yield reply(interaction, "status.gateway", latency=heard)
    yield reply(interaction, "status.since", when=f"<t:{since}:R>")
    yield reply(interaction, "status.jobs", number=jobs)


def _alerts(interaction: discord.Interaction[Bot], counts: dict[AlertState, int]) -> Iterator[str]:
    told_ = ", ".join(
        reply(interaction, f"status.alert_{state}", number=many) for state, many in counts.items() if many
    )
    yield reply(interaction, "status.alerts", counts=told_ or reply(interaction, "status.none"))


def _since(interaction: discord.Interaction[Bot], scope: Scope) -> Iterator[str]:
    """What was done since the start, and what was not: all that was dropped is counted."""
    bot = interaction.client
    tally = [
        reply(interaction, f"status.tally_{what}", number=many)
        for what, many in sorted(bot.alerts.counts.of(scope).items())
    ]
    if tally:
        yield reply(interaction, "status.tally", counts=", ".join(tally))
    checking = bot.checking.counted(scope.server)
    yield reply(interaction, "status.checked", checked=checking.checked, dropped=checking.dropped)
    if bot.direct.dropped:
        yield reply(interaction, "status.direct", number=bot.direct.dropped)
    if bot.showing.embeds:
        yield reply(interaction, "status.embeds", number=bot.showing.embeds, places=bot.showing.refusing)


def _followed(interaction: discord.Interaction[Bot], feeds: list[Feed], pages: Queue) -> Iterator[str]:
    """The feeds of this server, which of them went wrong last, and how many pages of anybody's wait."""
    failing = [feed for feed in feeds if feed.error]
    yield reply(interaction, "status.feeds", number=len(feeds), failing=len(failing), waiting=pages.waiting)
    for feed in failing[:3]:
        yield f"-# ✖ `{feed.id}` {safe(feed.title or feed.url, 80)}: {safe(feed.error, 200)}"

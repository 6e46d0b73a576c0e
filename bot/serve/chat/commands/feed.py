"""`/feed`: the feeds that a server follows. Who manages the server adds and ends them; others' feeds are not shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import discord
from discord import app_commands

from bot.errors import NotYours
from bot.orders import Scope
from bot.report import phrases
from bot.report.safe import cut, safe
from bot.serve.chat import gates
from bot.serve.chat.pages import Pages
from bot.serve.chat.words import fitting, options, reply, told
from bot.sources import Feed
from storage.store import Store

if TYPE_CHECKING:
    from bot.serve.chat.client import Bot

Number = app_commands.Range[int, 1, 2**53 - 1]


def add(bot: Bot) -> None:
    """Put the commands into the tree."""
    group = gates.server(
        app_commands.Group(
            name=told("feed.name"),
            description=told("feed.description"),
            default_permissions=discord.Permissions(manage_guild=True),
        )
    )
    _adding(group)
    _listing(group)
    _changing(bot, group)
    bot.tree.add_command(group)


def _adding(group: app_commands.Group) -> None:
    @group.command(name=told("feed.add"), description=told("feed.add_about"))
    @options(address="feed.address")
    @gates.often
    async def follow(interaction: discord.Interaction[Bot], address: app_commands.Range[str, 8, 1000]) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await gates.managing(interaction)
        found = await interaction.client.web.following.follow(address, gates.scope(interaction))
        key = "feed.known" if found.known else "feed.added"
        articles = phrases.many("article", found.entries, interaction.locale.value)
        lines = [reply(interaction, key, feed=_named(interaction, found.feed), articles=articles)]
        lines += [reply(interaction, "feed.other", address=safe(other, 300)) for other in found.others[:5]]
        await interaction.edit_original_response(content=fitting(lines))


def _listing(group: app_commands.Group) -> None:
    @group.command(name=told("feed.list"), description=told("feed.list_about"))
    @gates.often
    async def list_(interaction: discord.Interaction[Bot]) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await gates.managing(interaction)
        scope = gates.scope(interaction)
        feeds, all_ = await interaction.client.office.read(
            lambda store: (store.feeds.followed(scope), len(store.feeds.followed()))
        )
        rows = [_row(interaction, feed) for feed in feeds] or [reply(interaction, "feed.nothing")]
        others = reply(interaction, "feed.others", number=all_ - len(feeds)) if all_ > len(feeds) else ""
        await Pages(interaction, reply(interaction, "feed.heading"), rows, others).show()


def _changing(bot: Bot, group: app_commands.Group) -> None:
    async def mine(interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[int]]:
        if interaction.guild_id is None:
            return []
        scope = Scope(interaction.guild_id)
        feeds = await bot.office.read(lambda store: store.feeds.followed(scope))
        found = [feed for feed in feeds if typed.casefold() in f"{feed.id} {feed.title} {feed.url}".casefold()]
        return [
            app_commands.Choice(name=cut(f"{feed.id}: {feed.title or feed.url}", 90), value=feed.id)
            for feed in found[:25]
        ]

    @group.command(name=told("feed.remove"), description=told("feed.remove_about"))
    @options(feed="feed.number")
    @app_commands.autocomplete(feed=mine)
    @gates.often
    async def remove(interaction: discord.Interaction[Bot], feed: Number) -> None:
        await _change(interaction, feed, "feed.removed", lambda store: store.feeds.remove(feed))

    @group.command(name=told("feed.pause"), description=told("feed.pause_about"))
    @options(feed="feed.number")
    @app_commands.autocomplete(feed=mine)
    @gates.often
    async def pause(interaction: discord.Interaction[Bot], feed: Number) -> None:
        await _change(interaction, feed, "feed.paused", lambda store: store.feeds.pause(feed, True))

    @group.command(name=told("feed.resume"), description=told("feed.resume_about"))
    @options(feed="feed.number")
    @app_commands.autocomplete(feed=mine)
    @gates.often
    async def resume(interaction: discord.Interaction[Bot], feed: Number) -> None:
        await _change(interaction, feed, "feed.resumed", lambda store: store.feeds.pause(feed, False))


async def _change(interaction: discord.Interaction[Bot], number: int, key: str, act: Callable[[Store], Feed]) -> None:
    """Do something with a feed of this server, and say what. Raises `NotInRecord`, `NotYours`."""
    await interaction.response.defer(ephemeral=True, thinking=True)
    await gates.managing(interaction)
    scope = None if gates.owning(interaction) else gates.scope(interaction)

    def changed(store: Store) -> Feed:
        if scope is not None and store.feeds.get(number).server != scope.server:
            raise NotYours("this server did not add that feed", hint="`/feed list` shows those that it added.")
        return act(store)

    feed = await interaction.client.office.write(changed)
    await interaction.edit_original_response(
        content=reply(interaction, key, feed=_named(interaction, feed), address=safe(feed.url, 500))
    )


def _named(interaction: discord.Interaction, feed: Feed) -> str:
    title = safe(feed.title, 100) or reply(interaction, "feed.untitled")
    return f"`{feed.id}` **{title}**"


def _row(interaction: discord.Interaction, feed: Feed) -> str:
    """One feed: what it is, what it brought, when it is polled next, what went wrong last."""
    due = reply(interaction, "feed.is_paused") if feed.paused else f"<t:{int(feed.next_at.timestamp())}:R>"
    brought = phrases.many("article", feed.found, interaction.locale.value)
    lines = [_named(interaction, feed), reply(interaction, "feed.row", articles=brought, due=due), safe(feed.url, 200)]
    if feed.error:
        lines.append(f"✖ {safe(feed.error, 200)}")
    return "\n-# ".join(lines)

"""`/article add`, `show`, `remove`: what is on record, and changes of it by those who may.

The record is one for all servers. Who moderates a server may add to it there; what a server added may be removed by
who manages that server, and everything by the owner of the bot.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import discord
from discord import app_commands

from bot.errors import InputError
from bot.fetch import details
from bot.fetch.details import Details
from bot.model import Added, AddStatus, Article, ArticleSummary
from bot.report import phrases, rows
from bot.report.safe import link, safe
from bot.serve.chat import gates, received
from bot.serve.chat.commands import removal
from bot.serve.chat.commands.removal import Number, numbered
from bot.serve.chat.pages import Pages
from bot.serve.chat.received import Outcome
from bot.serve.chat.words import options, reply, told
from storage.store import Store

if TYPE_CHECKING:
    from bot.serve.chat.client import Bot


def add(bot: Bot) -> None:
    """Put the commands into the tree."""
    article = gates.everywhere(app_commands.Group(name=told("article.name"), description=told("article.description")))
    _add(article)
    _show(article)
    removal.add(article)
    bot.tree.add_command(article)


def _add(article: app_commands.Group) -> None:
    @article.command(name=told("article.add"), description=told("article.add_about"))
    @options(**{name: f"article.{name}" for name in ("file", "outlet", "address", "published")})
    @gates.often
    async def take(
        interaction: discord.Interaction[Bot],
        file: discord.Attachment | None = None,
        outlet: app_commands.Range[str, 1, 200] | None = None,
        address: app_commands.Range[str, 1, 1000] | None = None,
        published: app_commands.Range[str, 1, 40] | None = None,
    ) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await gates.adding(interaction)
        known = details.given({"outlet": outlet, "url": address, "published": published})
        if file is not None:
            outcomes = await received.articles(interaction.client.office, file, known)
            lines = [await _stored(interaction, outcome) for outcome in outcomes]
            name = file.filename
        elif known.url is not None:
            lines, name = [await _fetched(interaction, known.url, known)], known.url
        else:
            raise InputError(reply(interaction, "article.neither"), hint=reply(interaction, "article.neither_hint"))
        heading = reply(interaction, "article.added_heading", file=safe(name, 100))
        await Pages(interaction, heading, lines).show()


async def _fetched(interaction: discord.Interaction[Bot], address: str, known: Details) -> str:
    """What became of the article at an address. Raises `FetchError`, `InputError`.

    Its outlet is the site that sent it, whatever is said; the owner of the bot is taken at their word.
    """
    given = replace(known, url=None, outlet=known.outlet if gates.owning(interaction) else None)
    visited = await interaction.client.web.visitor.ask(address, live=True, given=given)
    if visited.error is not None:
        raise visited.error
    if visited.added is None or visited.article is None:
        raise InputError(reply(interaction, "article.unwanted"), hint=reply(interaction, "article.unwanted_hint"))
    return await _noted(interaction, visited.article, visited.added)


async def _stored(interaction: discord.Interaction[Bot], outcome: Outcome) -> str:
    """What became of one article of a file."""
    if isinstance(outcome, InputError):
        return reply(interaction, "article.refused", reason=safe(str(outcome), 300), hint=safe(outcome.hint, 300))
    if not gates.owning(interaction):
        outcome = received.stated(outcome)
    return await _noted(interaction, outcome, await interaction.client.office.add(outcome))


async def _noted(interaction: discord.Interaction[Bot], article: Article, added: Added) -> str:
    """Note which server added an article, offer its names from now on, and say what became of it."""
    if added.status is not AddStatus.KNOWN:
        await interaction.client.names.learn(added.article)
    if added.status is AddStatus.NEW and interaction.guild_id is not None:
        await interaction.client.office.write(
            lambda store: store.servers.set_note(removal.origin(added.article), str(interaction.guild_id))
        )
    return _outcome(interaction, article, added)


def _outcome(interaction: discord.Interaction, article: Article, added: Added) -> str:
    locale = interaction.locale.value
    title = link(article.title or reply(interaction, "article.untitled"), article.url, 300)
    line = reply(
        interaction,
        f"article.status_{added.status}",
        number=added.article,
        title=title,
        outlet=safe(article.outlet, 70),
        quotes=phrases.many("quote", added.quotations, locale),
    )
    if added.copies_of:
        numbers = ", ".join(map(str, added.copies_of[:10]))
        line += f"\n-# {reply(interaction, 'article.copies', numbers=numbers)}"
    return line


def _show(article: app_commands.Group) -> None:
    @article.command(name=told("article.show"), description=told("article.show_about"))
    @options(number="article.id")
    @gates.often
    async def show(interaction: discord.Interaction[Bot], number: Number) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        locale = interaction.locale.value
        with numbered(interaction, number):
            summary, quotations = await interaction.client.office.read(lambda store: shown(store, number, locale))
        heading = rows.article(summary, locale)
        foot = reply(interaction, "article.editions", count=summary.editions) if summary.editions > 1 else ""
        await Pages(interaction, heading, quotations, foot).show()


def shown(store: Store, number: int, locale: str | None) -> tuple[ArticleSummary, list[str]]:
    """An article, and a row for each change after publication and each quotation. Raises `NotInRecord`."""
    kept, extraction = store.article(number)
    edited = [rows.edit(one, locale) for one in store.edits(number)]
    return store.summary(number), [*edited, *(rows.quotation(one, kept.text, locale) for one in extraction.quotations)]

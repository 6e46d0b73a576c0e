"""The two entries of a message's menu: *Verify quote* and *Who said this?*."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import discord
from discord import app_commands

from bot.extract import posts
from bot.model import Claim, Report
from bot.report.safe import safe
from bot.serve.chat import gates
from bot.serve.chat.answers import Answers
from bot.serve.chat.showing import say, soon
from bot.serve.chat.words import fitting, reply, told

if TYPE_CHECKING:
    from bot.serve.chat.client import Bot

MOST = 25
"""Quotes of one message that are checked."""
LONGEST = 1000
"""Characters of one quote."""
_SHOWN = 12  # rows of an answer to "Who said this?"


def claims(text: str) -> list[Claim]:
    """The quotes of a message with the speakers it claims; its whole text where nothing is marked."""
    found = list(posts.claims(text))
    if not found and any(map(str.isalnum, text)):
        found = [Claim(text.strip())]
    return [Claim(each.text[:LONGEST], each.speaker, each.outlet, each.url) for each in found[:MOST]]


def words(message: discord.Message) -> str:
    """What can be read in a message: its text and that of its embeds."""
    shown = (text for embed in message.embeds for text in (embed.title, embed.description) if text)
    return "\n\n".join(part for part in (message.content, *shown) if part)


async def checked(bot: Bot, asked: Sequence[Claim]) -> list[Report]:
    """The answers to some quotes, worst first; what is not worth a question is left out."""
    reports = await bot.office.check_each(asked)
    return sorted(reports, key=lambda report: -report.severity)


async def _reports(interaction: discord.Interaction[Bot], message: discord.Message) -> list[Report]:
    """The answers to the quotes of a message; that there is none is told at once."""
    reports = await soon(interaction, checked(interaction.client, claims(words(message))))
    if not reports:
        await say(interaction, reply(interaction, "menu.nothing"))
    return reports


def add(bot: Bot) -> None:
    """Put both into the tree."""

    @gates.everywhere
    @gates.often
    async def verify(interaction: discord.Interaction[Bot], message: discord.Message) -> None:
        reports = await _reports(interaction, message)
        if reports:
            await Answers(bot, interaction, reports).show()

    @gates.everywhere
    @gates.often
    async def who(interaction: discord.Interaction[Bot], message: discord.Message) -> None:
        reports = await _reports(interaction, message)
        if reports:
            told_ = [_named(interaction, report) for report in reports]
            await say(interaction, fitting(told_, "\n\n"))

    for name, callback in (("menu.verify", verify), ("menu.who", who)):
        bot.tree.add_command(app_commands.ContextMenu(name=told(name), callback=callback))


def _named(interaction: discord.Interaction[Bot], report: Report) -> str:
    """A quote with who is said to have said it, and by whom."""
    outlets: dict[str, list[str]] = {}
    for variant in report.variants:
        for witness in variant.witnesses:
            said = witness.attribution
            who = safe(said.who, 80) if said and said.who else reply(interaction, "menu.who_nobody")
            outlets.setdefault(who, []).append(safe(witness.outlet, 60))
    rows = [
        reply(interaction, "menu.who_row", speaker=who, outlets=", ".join(dict.fromkeys(where)))
        for who, where in sorted(outlets.items(), key=lambda pair: -len(set(pair[1])))
    ]
    quote = f"> “{safe(report.claim.text, 200)}”\n"
    return quote + "\n".join(rows[:_SHOWN] or [reply(interaction, "menu.who_none")])

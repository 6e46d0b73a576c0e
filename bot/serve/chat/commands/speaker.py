"""`/speaker`: what somebody is said to have said, what is contested first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands

from bot.errors import NotInRecord
from bot.model import Utterance, Witness
from bot.report import rows
from bot.report.safe import safe
from bot.serve.chat import gates
from bot.serve.chat.pages import Pages
from bot.serve.chat.showing import say, soon
from bot.serve.chat.words import options, reply, told
from storage.store import Store

if TYPE_CHECKING:
    from bot.serve.chat.client import Bot

MOST = 50
"""Quotations that are looked at, the newest."""
Said = tuple[Witness, Utterance | None]
"""A quotation, and the utterance that it renders with others."""


def said(store: Store, name: str) -> list[Said]:
    """What a speaker is said to have said, each utterance once: the contested ones first, then newest first."""
    held: dict[int, Said] = {}
    for witness in store.speaker(name, limit=MOST):
        held.setdefault(witness.utterance or -witness.id, (witness, _utterance(store, witness)))
    return sorted(held.values(), key=lambda one: not (one[1] and rows.contested(one[1])))


def _utterance(store: Store, witness: Witness) -> Utterance | None:
    try:
        return store.utterance(witness.id) if witness.utterance else None
    except NotInRecord:  # it was removed since
        return None


def add(bot: Bot) -> None:
    """Put the command into the tree."""

    @app_commands.command(name=told("speaker.name"), description=told("speaker.description"))
    @options(name="speaker.who")
    @app_commands.autocomplete(name=bot.names.speakers)
    @gates.everywhere
    @gates.often
    async def speaker(interaction: discord.Interaction[Bot], name: app_commands.Range[str, 1, 200]) -> None:
        held = await soon(interaction, bot.office.read(lambda store: said(store, name)))
        if not held:
            await say(interaction, reply(interaction, "speaker.nothing", name=safe(name, 200)))
            return
        locale = interaction.locale.value
        contested = sum(1 for _, one in held if one and rows.contested(one))
        heading = reply(interaction, "speaker.heading", name=safe(name, 200))
        foot = reply(interaction, "speaker.contested", count=contested) if contested else ""
        await Pages(interaction, heading, [rows.passage(one, locale, about) for one, about in held], foot).show()

    bot.tree.add_command(speaker)

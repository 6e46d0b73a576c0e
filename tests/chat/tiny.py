"""The least bot that uses each part of Discord that the double plays; it knows nothing of quotations."""

from __future__ import annotations

import asyncio
import io
from typing import Any

import discord
from discord import app_commands

Interaction = discord.Interaction["Tiny"]


class Sources(discord.ui.Button["Card"]):
    def __init__(self) -> None:
        super().__init__(label="Sources", custom_id="sources")

    async def callback(self, interaction: discord.Interaction) -> None:
        await interaction.response.edit_message(view=Card("Two outlets"))


class Choice(discord.ui.Select[discord.ui.View]):
    def __init__(self) -> None:
        super().__init__(placeholder="Which?", options=[discord.SelectOption(label=one) for one in ("first", "second")])

    async def callback(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_message(f"{self.values[0]}, <@{interaction.user.id}> @everyone")


class Card(discord.ui.LayoutView):
    """A card with a button that rewrites it."""

    def __init__(self, text: str) -> None:
        super().__init__(timeout=60)
        self.add_item(discord.ui.Container(discord.ui.TextDisplay(text), discord.ui.ActionRow(Sources())))


class Form(discord.ui.Modal, title="Wrong?"):
    why: discord.ui.TextInput[Form] = discord.ui.TextInput(label="Why", custom_id="why", max_length=200)

    async def on_submit(self, interaction: Interaction) -> None:  # type: ignore[override]
        await interaction.response.send_message(f"Noted: {self.why.value}", ephemeral=True)


class Tiny(discord.AutoShardedClient):
    """`messages` are those it heard, `hold` what its slow commands wait for."""

    def __init__(self, *, intents: discord.Intents | None = None, **options: Any) -> None:
        wanted = intents or discord.Intents(guilds=True, dm_messages=True)
        super().__init__(intents=wanted, allowed_mentions=discord.AllowedMentions.none(), **options)
        self.tree = app_commands.CommandTree(self)
        self.messages: list[discord.Message] = []
        self.hold = asyncio.Event()
        add_commands(self.tree)

    async def setup_hook(self) -> None:
        await self.tree.sync()

    async def on_message(self, message: discord.Message) -> None:
        self.messages.append(message)
        if message.guild or message.author.bot:
            return
        rows = (await message.attachments[0].read()).decode().splitlines() if message.attachments else []
        answer = discord.File(io.BytesIO("\n".join(reversed(rows)).encode()), "report.csv")
        await message.reply(f"{len(rows)} rows", file=answer)


def add_commands(tree: app_commands.CommandTree[Tiny]) -> None:
    @tree.command(description="Shows a card")
    @app_commands.allowed_installs(guilds=True, users=True)
    async def card(interaction: Interaction, text: app_commands.Range[str, 1, 300]) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await interaction.edit_original_response(view=Card(text))

    @card.autocomplete("text")
    async def complete(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=typed.upper(), value=typed)]

    @tree.command(description="Answers twice")
    async def twice(interaction: Interaction) -> None:
        await interaction.response.send_message("once")
        route = discord.http.Route("POST", f"/interactions/{interaction.id}/{interaction.token}/callback")
        await interaction.client.http.request(route, json={"type": 4, "data": {"content": "twice"}})

    @tree.command(description="Answers when it may")
    async def slow(interaction: Interaction) -> None:
        await interaction.client.hold.wait()
        await interaction.response.send_message("at last")

    @tree.command(description="Says a text as it is")
    async def say(interaction: Interaction, text: str, times: int = 1) -> None:
        await interaction.response.send_message(text * times)

    @tree.command(description="Thinks, then waits, then answers")
    async def later(interaction: Interaction) -> None:
        await interaction.response.defer()
        await interaction.client.hold.wait()
        await interaction.followup.send("at last")

    @tree.command(description="Takes a place and a file")
    async def take(interaction: Interaction, where: discord.TextChannel, file: discord.Attachment) -> None:
        view = discord.ui.View(timeout=60).add_item(Choice())
        await interaction.response.send_message(f"{where.mention} {(await file.read()).decode()}", view=view)

    @tree.command(description="Opens a form")
    @app_commands.default_permissions(manage_guild=True)
    async def wrong(interaction: Interaction) -> None:
        await interaction.response.send_modal(Form())

    @tree.context_menu(name="Verify quote")
    async def verify(interaction: Interaction, message: discord.Message) -> None:
        await interaction.response.send_message(f"checked {message.content}", ephemeral=True)
        await interaction.followup.send(file=discord.File(io.BytesIO(b"a,b\n"), "report.csv"), ephemeral=True)

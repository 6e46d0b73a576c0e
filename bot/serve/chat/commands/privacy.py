"""`/privacy show`, `export`, `delete`: what is held about the one who asks, and nobody else."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands

from bot.report import phrases
from bot.serve.chat import gates, upkeep
from bot.serve.chat.pages import Question
from bot.serve.chat.words import reply, told

if TYPE_CHECKING:
    from bot.serve.chat.client import Bot

FILE = "on-record-my-data.json"


def add(bot: Bot) -> None:
    """Put the commands into the tree."""
    privacy = gates.everywhere(app_commands.Group(name=told("privacy.name"), description=told("privacy.description")))
    privacy.add_command(_command("show", _show))
    privacy.add_command(_command("export", _export))
    privacy.add_command(_command("delete", _delete))
    bot.tree.add_command(privacy)


def _command(key: str, callback: Any) -> app_commands.Command[Any, ..., None]:
    return app_commands.Command(
        name=told(f"privacy.{key}"), description=told(f"privacy.{key}_about"), callback=gates.often(callback)
    )


async def _show(interaction: discord.Interaction[Bot]) -> None:
    await interaction.response.defer(ephemeral=True, thinking=True)
    held = await _held(interaction)
    lines = [reply(interaction, "privacy.heading"), _counted(interaction, held), reply(interaction, "privacy.promise")]
    lines.append(reply(interaction, "privacy.kept", days=upkeep.KEPT.days))
    await interaction.edit_original_response(content="\n\n".join(lines))


async def _export(interaction: discord.Interaction[Bot]) -> None:
    await interaction.response.defer(ephemeral=True, thinking=True)
    held = await _held(interaction)
    written = json.dumps({"user": str(interaction.user.id)} | held, ensure_ascii=False, indent=2)
    file = discord.File(io.BytesIO(written.encode("utf-8")), FILE)
    await interaction.edit_original_response(content=reply(interaction, "privacy.exported"), attachments=[file])


async def _delete(interaction: discord.Interaction[Bot]) -> None:
    await interaction.response.defer(ephemeral=True, thinking=True)
    held = await _held(interaction)
    if not any(held.values()):
        await interaction.edit_original_response(content=reply(interaction, "privacy.nothing"))
        return
    asked = reply(interaction, "privacy.delete_asked", held=_counted(interaction, held))
    await _Deletion(interaction, asked).show()


class _Deletion(Question):
    """Asks whether everything is to go."""

    def __init__(self, interaction: discord.Interaction[Bot], text: str) -> None:
        super().__init__(interaction, text)
        self._office = interaction.client.office
        self.choice("privacy.delete_yes", self._go, discord.ButtonStyle.danger)
        self.choice("privacy.delete_no", self._stay)

    async def _go(self, interaction: discord.Interaction) -> None:
        await interaction.response.defer()
        gone = await self._office.write(lambda store: store.users.forget_user(interaction.user.id))
        await self.instead(interaction, reply(interaction, "privacy.deleted", count=gone))

    async def _stay(self, interaction: discord.Interaction) -> None:
        await self.instead(interaction, reply(interaction, "privacy.kept_all"))


async def _held(interaction: discord.Interaction[Bot]) -> dict[str, list[dict[str, Any]]]:
    return await interaction.client.office.read(lambda store: store.users.export_user(interaction.user.id))


def _counted(interaction: discord.Interaction, held: dict[str, list[dict[str, Any]]]) -> str:
    """A line for each kind of thing, with how many there are of it."""
    locale = interaction.locale.value
    lines = [
        f"- {reply(interaction, f'privacy.{kind}')}: {phrases.figure(len(rows), locale)}" for kind, rows in held.items()
    ]
    return "\n".join(lines)

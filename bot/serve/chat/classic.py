"""A message of Components v2 in the older form: its texts as embeds, its buttons and choices below them."""

from __future__ import annotations

import re
from typing import Any

import discord
from discord import ui

from bot.report.safe import units
from bot.serve.chat.words import MOST

_SMALL = re.compile(r"^-# ", re.MULTILINE)


class Classic(ui.View):
    """The buttons of a layout in a view of the older kind; what the layout does about a press, or its end, it does."""

    def __init__(self, layout: ui.LayoutView) -> None:
        super().__init__(timeout=layout.timeout)
        self._layout = layout
        for row in layout.walk_children():
            if isinstance(row, ui.ActionRow):
                for item in row.children:
                    self.add_item(item)

    async def interaction_check(self, interaction: discord.Interaction, /) -> bool:
        """Whether this user may press."""
        return await self._layout.interaction_check(interaction)

    async def on_error(self, interaction: discord.Interaction, error: Exception, item: ui.Item[Any], /) -> None:
        """Tell what went wrong."""
        await self._layout.on_error(interaction, error, item)

    async def on_timeout(self) -> None:
        """Let the buttons rest."""
        await self._layout.on_timeout()


def texts(layout: ui.LayoutView) -> tuple[str, list[discord.Embed]]:
    """What a layout says: the texts that stand alone as content, each container as an embed.

    Pictures and files of a layout are attachments, which an older message shows by itself.
    """
    alone = "\n".join(item.content for item in layout.children if isinstance(item, ui.TextDisplay))
    embeds = [_embed(item) for item in layout.children if isinstance(item, ui.Container)]
    if units(alone) > MOST:
        return "", [discord.Embed(description=_SMALL.sub("", alone)), *embeds]
    return alone, embeds


def mark(number: int) -> str:
    """What stands below an embed in place of a container's number."""
    return f"#{number}"


def _embed(container: ui.Container[Any]) -> discord.Embed:
    """One description: a footer or a title would show the escapes instead of reading them.

    Small print is shown as it is written there, so it becomes plain lines.
    """
    said = "\n\n".join(item.content for item in container.children if isinstance(item, ui.TextDisplay))
    embed = discord.Embed(description=_SMALL.sub("", said), colour=container.accent_colour)
    if container.id is not None:
        embed.set_footer(text=mark(container.id))
    return embed

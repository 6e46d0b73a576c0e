"""A list that is turned page by page, and a question that is answered by a button."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from math import ceil
from typing import Any

import discord
from discord import ui

from bot.serve.chat.answers import Panel
from bot.serve.chat.words import reply

PER_PAGE = 5
"""Rows of one page: of `bot.report.rows.LONGEST` each, they and what stands around them are within Discord's limits."""
Act = Callable[[discord.Interaction[Any]], Coroutine[Any, Any, None]]
"""What a button does; it answers the press."""


class Pages(Panel):
    """Rows, five at a time, under a heading and over a foot; both are short."""

    def __init__(
        self, interaction: discord.Interaction[Any], heading: str, rows: Sequence[str], foot: str = ""
    ) -> None:
        super().__init__(interaction)
        self._heading, self._rows, self._foot = heading, rows, foot
        self._page = 0
        self._count = max(1, ceil(len(rows) / PER_PAGE))

    def fill(self) -> None:
        """Put in the rows of the page that is open."""
        self.clear_items()
        first = self._page * PER_PAGE
        texts = [self._heading, *self._rows[first : first + PER_PAGE], self._bottom()]
        parts: list[ui.Item[Any]] = []
        for text in filter(None, texts):
            parts += [ui.Separator(), ui.TextDisplay(text)] if parts else [ui.TextDisplay(text)]
        if self._count > 1:
            parts.append(ui.ActionRow(self._turner("list.back", -1), self._turner("list.on", 1)))
        self.add_item(ui.Container(*parts))

    def _bottom(self) -> str:
        page = reply(self.asked, "list.page", page=self._page + 1, pages=self._count) if self._count > 1 else ""
        return "-# " + " · ".join(filter(None, (page, self._foot))) if page or self._foot else ""

    def _turner(self, key: str, step: int) -> ui.Button[Any]:
        turned = self._page + step
        button: ui.Button[Any] = ui.Button(label=reply(self.asked, key), disabled=not 0 <= turned < self._count)

        async def turn(interaction: discord.Interaction) -> None:
            self._page = turned
            await self.turned(interaction)

        button.callback = turn  # type: ignore[method-assign]
        return button


class Question(Panel):
    """A text with buttons that each do something once; the last words stay in its place."""

    def __init__(self, interaction: discord.Interaction[Any], text: str) -> None:
        super().__init__(interaction)
        self._text = text
        self._choices: list[tuple[str, discord.ButtonStyle, Act]] = []

    def choice(self, key: str, act: Act, style: discord.ButtonStyle = discord.ButtonStyle.secondary) -> Question:
        """Offer something, under the label of `key`."""
        self._choices.append((key, style, act))
        return self

    async def instead(self, interaction: discord.Interaction, text: str) -> None:
        """Answer a press that was deferred, or not, with a text and the choices made since; earlier ones are gone."""
        self._text = text
        await self.turned(interaction)

    def fill(self) -> None:
        """Put in the text, and the choices made since the last time."""
        self.clear_items()
        self.add_item(ui.TextDisplay(self._text))
        if self._choices:
            self.add_item(ui.ActionRow(*(self._button(*choice) for choice in self._choices)))
        self._choices = []

    def _button(self, key: str, style: discord.ButtonStyle, act: Act) -> ui.Button[Any]:
        button: ui.Button[Any] = ui.Button(label=reply(self.asked, key), style=style)
        button.callback = act  # type: ignore[method-assign, assignment]
        return button

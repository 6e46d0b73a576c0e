"""An answer with its buttons: more outlets, side by side, share, report wrong; a choice where there are several."""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.model import Report
from bot.orders import Scope
from bot.report.card import blocks, card
from bot.report.safe import cut, safe
from bot.serve.chat import cards, faults, showing
from bot.serve.chat.words import fitting, reply

if TYPE_CHECKING:
    from bot.serve.chat.client import Bot

LIFE = 14 * 60
"""Seconds for which the buttons answer: Discord lets an answer be edited for fifteen minutes."""


_WRITTEN = 1800
"""Units of wordings that stand in place of a picture, below a line that says why."""


class Panel(ui.LayoutView):
    """A view of one user's: others are refused, faults are told, and when its time is over its buttons rest."""

    def __init__(self, interaction: discord.Interaction[Any], *, public: bool = False) -> None:
        super().__init__(timeout=LIFE)
        self.asked = interaction
        self.public = public

    async def show(self) -> None:
        """Answer with it, or put it in the place of "is thinking …"."""
        self.fill()
        await showing.answer(self.asked, self, public=self.public)

    async def turned(self, interaction: discord.Interaction[Any]) -> None:
        """Show it anew, when one of its buttons was pressed."""
        self.fill()
        await showing.instead(interaction, self)

    @abstractmethod
    def fill(self) -> None:
        """Put into it what is to be seen now."""

    async def interaction_check(self, interaction: discord.Interaction, /) -> bool:
        """Whether it is the one who asked."""
        if interaction.user.id == self.asked.user.id:
            return True
        await interaction.response.send_message(reply(interaction, "answer.not_yours"), ephemeral=True)
        return False

    async def on_error(self, interaction: discord.Interaction, error: Exception, item: ui.Item[Any], /) -> None:
        """Tell the one who pressed."""
        await faults.answer(interaction, error)

    async def on_timeout(self) -> None:
        """Show that the buttons answer no more."""
        for item in self.walk_children():
            if isinstance(item, ui.Button | ui.Select):
                item.disabled = True
        try:
            await showing.answer(self.asked, self)
        except discord.HTTPException:
            return  # the answer was deleted


class Answers(Panel):
    """The answers to the quotes of one question, one of them shown."""

    def __init__(
        self, bot: Bot, interaction: discord.Interaction[Bot], reports: Sequence[Report], *, public: bool = False
    ) -> None:
        super().__init__(interaction, public=public)
        self._bot = bot
        self._reports = reports
        self._shown, self._page, self._pages = 0, 0, 1

    @property
    def report(self) -> Report:
        """The answer that is shown."""
        return self._reports[self._shown]

    def fill(self) -> None:
        """Put in the card that is chosen, with its buttons."""
        locale = self.asked.locale.value
        self.clear_items()
        shown = card(self.report, self._page, locale)
        self._pages = shown.pages
        rows: list[ui.ActionRow[Any]] = [ui.ActionRow(*self._buttons())]
        if len(self._reports) > 1:
            rows.insert(0, ui.ActionRow(_Pick(self, self._reports, self._shown)))
        self.add_item(cards.container(shown, rows))

    def _buttons(self) -> list[ui.Button[Any]]:
        buttons = []
        if self._pages > 1:
            last = self._page + 1 == self._pages
            buttons.append(self._button("answer.outlets_first" if last else "answer.outlets_next", self._turn))
        if self.report.variants:
            buttons.append(self._button("answer.side_by_side", self._side_by_side))
        if not self.public:
            buttons.append(self._button("answer.share", self._share))
        buttons.append(self._button("answer.wrong", self._wrong))
        return buttons

    def _button(self, key: str, callback: Any) -> ui.Button[Any]:
        button: ui.Button[Any] = ui.Button(label=reply(self.asked, key), custom_id=key)
        button.callback = callback  # type: ignore[method-assign]
        return button

    async def pick(self, interaction: discord.Interaction, number: int) -> None:
        """Show another answer."""
        self._shown, self._page = number, 0
        await self.turned(interaction)

    async def _turn(self, interaction: discord.Interaction) -> None:
        self._page = (self._page + 1) % self._pages
        await self.turned(interaction)

    async def _side_by_side(self, interaction: discord.Interaction) -> None:
        from bot.report.picture import drawable, picture

        await interaction.response.defer(ephemeral=True, thinking=True)
        report, locale = self.report, interaction.locale.value
        if await asyncio.to_thread(drawable, report):
            drawn = await asyncio.to_thread(picture, report, locale)
            await interaction.edit_original_response(attachments=[cards.attached(drawn)])
        else:
            written = [reply(interaction, "answer.no_picture"), *blocks(report, locale, _WRITTEN)]
            await interaction.edit_original_response(content=fitting(written, "\n\n"))

    async def _share(self, interaction: discord.Interaction[Any]) -> None:
        shared = cards.layout(card(self.report, self._page, interaction.locale.value))
        name = safe(interaction.user.display_name, 40)
        shared.add_item(ui.TextDisplay(f"-# {reply(interaction, 'answer.shared_by', name=name)}"))
        await showing.answer(interaction, shared, public=True)

    async def _wrong(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_modal(_Wrong(self._bot, interaction, self.report))


class _Pick(ui.Select[Any]):
    """The choice among several answers."""

    def __init__(self, answers: Answers, reports: Sequence[Report], shown: int) -> None:
        options = [
            discord.SelectOption(label=_label(report), value=str(number), default=number == shown)
            for number, report in enumerate(reports)
        ]
        super().__init__(placeholder=reply(answers.asked, "answer.pick"), options=options)
        self._answers = answers

    async def callback(self, interaction: discord.Interaction) -> None:
        """Show the one that was chosen."""
        await self._answers.pick(interaction, int(self.values[0]))


def _label(report: Report, most: int = 90) -> str:
    """A quote as a line of plain text, which Discord shows as it is."""
    return f"“{cut(report.claim.text, most)}”"


class _Wrong(ui.Modal):
    """What a user has against an answer: kept with the passages that it named, without the quote."""

    def __init__(self, bot: Bot, interaction: discord.Interaction, report: Report) -> None:
        super().__init__(title=reply(interaction, "answer.wrong_title")[:45])
        self._bot = bot
        self._passages = tuple(witness.id for variant in report.variants for witness in variant.witnesses)
        self._text: ui.TextInput[Any] = ui.TextInput(
            style=discord.TextStyle.paragraph,
            required=False,
            max_length=500,
            placeholder=reply(interaction, "answer.wrong_hint")[:100],
        )
        self.add_item(ui.Label(text=reply(interaction, "answer.wrong_label")[:45], component=self._text))

    async def on_submit(self, interaction: discord.Interaction, /) -> None:
        """Keep it."""
        scope = Scope(interaction.guild_id) if interaction.guild_id else None
        comment = self._text.value.strip() or None
        await self._bot.office.write(
            lambda store: store.users.report_wrong(
                interaction.user.id, scope, self._passages, comment, interaction.created_at
            )
        )
        await interaction.response.send_message(reply(interaction, "answer.wrong_thanks"), ephemeral=True)

    async def on_error(  # type: ignore[override]  # a modal's error has no item
        self, interaction: discord.Interaction, error: Exception, /
    ) -> None:
        """Tell the one who wrote."""
        await faults.answer(interaction, error)

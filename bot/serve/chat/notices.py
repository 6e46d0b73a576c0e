"""Alerts as messages: what is shown, and the buttons below it, which answer after a restart as before it.

A button carries the number of a passage, which belongs to the public record, and nothing of a server's: what it does,
it does to the server in which it is pressed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from math import ceil
from typing import TYPE_CHECKING, Any, Self

import discord
from discord import ui

from bot.errors import NotInRecord, OnRecordError
from bot.model import Report, Utterance, Witness
from bot.orders import Alert, AlertKind, Scope
from bot.report import notice
from bot.report.card import Card
from bot.report.notice import Standing, Told
from bot.report.safe import safe
from bot.report.say import say
from bot.serve.chat import cards, faults, showing
from bot.serve.chat.answers import Panel
from bot.serve.chat.commands import menus
from bot.serve.chat.words import reply
from storage.store import Store

if TYPE_CHECKING:
    from bot.serve.chat.client import Bot

MUTED = timedelta(hours=24)
_PER_PAGE = 8
_LINK = re.compile(r"https://discord\.com/channels/(\d+)/(\d+)/(\d+)")
_ACTS = ("sources", "acknowledge", "mute", "suppress", "unsuppress")
_ASKED = 3  # quotes of a posted message that are checked anew to find the one that an alert is about


def mark(nonce: str) -> int:
    """The number of a message's container, by which it is found again in a channel: 28 bits of the nonce."""
    return int(nonce[:7], 16) + 1


def marked(card: Card, rows: Sequence[ui.ActionRow[Any]], nonce: str, calling: int | None = None) -> ui.LayoutView:
    """A card as a message that can be found again; `calling` is the role that it calls."""
    view = ui.LayoutView(timeout=None)
    if calling is not None:
        view.add_item(ui.TextDisplay(f"<@&{calling}>"))
    box = cards.container(card, rows)
    box.id = mark(nonce)
    view.add_item(box)
    return view


def line(text: str, nonce: str) -> ui.LayoutView:
    """A short message that can be found again."""
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.Container(ui.TextDisplay(text), id=mark(nonce)))
    return view


def told(store: Store, alerts: Sequence[Alert]) -> list[Told]:
    """Alerts with their passages."""
    return [Told(alert, _passage(store, alert.passage)) for alert in alerts]


def _passage(store: Store, passage: int | None) -> Witness | None:
    if passage is None:
        return None
    try:
        return next((one for one in store.utterance(passage).witnesses if one.id == passage), None)
    except NotInRecord:
        return None


def quotes(store: Store, alerts: Sequence[Alert]) -> list[tuple[Utterance, list[Told]]]:
    """Alerts by the utterance that they are about, without those that are not on record any more."""
    found: dict[int, tuple[Utterance, list[Told]]] = {}
    for alert in alerts:
        try:
            utterance = store.utterance(alert.utterance or alert.passage or 0)
        except NotInRecord:
            continue
        found.setdefault(utterance.id, (utterance, []))[1].append(Told(alert, _passage(store, alert.passage)))
    return list(found.values())


def watched(store: Store, user: int, alerts: Sequence[Alert]) -> list[tuple[str, Witness]]:
    """What a user still watches and these alerts found."""
    watches = {watch.id: watch.text for watch in store.users.watches(user)}
    found = [(watches.get(each.facts.get("watch", 0)), _passage(store, each.passage)) for each in alerts]
    return [(what, witness) for what, witness in found if what is not None and witness is not None]


async def shown(bot: Bot, scope: Scope, passage: int, nonce: str) -> ui.LayoutView:
    """The message of an utterance as it is to be seen in a server now. Raises `NotInRecord`."""

    def read(store: Store) -> tuple[Utterance, list[Told], Standing, int | None]:
        found = store.utterance(passage)
        told_ = told(store, store.outbox.about(scope, found.id))
        done = store.servers.acknowledged(scope, found.id), store.servers.suppressed(scope, found.id)
        return found, told_, Standing(*done), store.servers.settings(scope).role

    found, told_, standing, role = await bot.office.read(read)
    posted = await _posted(bot, scope, [one.alert for one in told_])
    locale = await speaking(bot, scope)
    card = notice.notice(found, told_, standing, posted, locale)
    acts = [act for act in _ACTS if act != ("suppress" if standing.suppressed else "unsuppress")]
    if standing.acknowledged:
        acts.remove("acknowledge")
    row: ui.ActionRow[Any] = ui.ActionRow(*(Press(act, found.id, locale) for act in acts))
    return marked(card, [row], nonce, role)


async def speaking(bot: Bot, scope: Scope) -> str | None:
    """The language that a server's alerts are in: the chosen one, or that of the server."""
    chosen = (await bot.office.read(lambda store: store.servers.settings(scope))).locale
    guild = bot.get_guild(scope.server)
    return chosen or (guild.preferred_locale.value if guild else None)


async def _posted(bot: Bot, scope: Scope, alerts: Sequence[Alert]) -> Report | None:
    """The answer to the misquote that was posted last, if its message can be read: its words are kept nowhere."""
    misquote = next((each for each in reversed(alerts) if each.kind is AlertKind.MISQUOTE), None)
    where = _LINK.fullmatch(str(misquote.facts.get("link", ""))) if misquote else None
    if misquote is None or where is None or int(where[1]) != scope.server:
        return None
    channel = bot.get_partial_messageable(int(where[2]), guild_id=scope.server)
    try:
        message = await channel.fetch_message(int(where[3]))
    except discord.HTTPException:
        return None
    named = set(misquote.facts.get("witnesses", ()))
    for claim in menus.claims(menus.words(message))[:_ASKED]:
        try:
            report = await bot.office.check(claim)
        except OnRecordError:
            continue
        if named & {one.id for variant in report.variants for one in variant.witnesses}:
            return report
    return None


class Press(
    ui.DynamicItem[ui.Button[Any]],
    template=rf"alert:(?P<act>{'|'.join(_ACTS)}):(?P<passage>[0-9]{{1,18}})",
):
    """A button of an alert, known by its custom id alone."""

    def __init__(self, act: str, passage: int, locale: str | None) -> None:
        style = discord.ButtonStyle.success if act == "acknowledge" else discord.ButtonStyle.secondary
        label = say(locale, f"notice.{act}")
        super().__init__(ui.Button(label=label, style=style, custom_id=f"alert:{act}:{passage}"))
        self.act, self.passage = act, passage

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """The button that was pressed."""
        return cls(match["act"], int(match["passage"]), interaction.locale.value)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Do what it says, or say why not."""
        try:
            await _act(interaction, self.act, self.passage)
        except (OnRecordError, discord.DiscordException) as error:
            await faults.answer(interaction, error)


async def _act(interaction: discord.Interaction[Bot], act: str, passage: int) -> None:
    bot = interaction.client
    if act == "sources":
        found = await bot.office.read(lambda store: store.utterance(passage))
        await Sources(interaction, found).show()
        return
    if interaction.guild_id is None or interaction.message is None:
        raise discord.app_commands.NoPrivateMessage
    scope = Scope(interaction.guild_id)
    if not await _may(interaction, scope):
        await interaction.response.send_message(reply(interaction, "notice.may_not"), ephemeral=True)
        return
    if act == "mute":
        await _mute(interaction, scope, passage)
        return
    await interaction.response.defer()
    await bot.office.write(lambda store: _note(store, scope, act, passage, interaction.user.id))
    nonce = await bot.office.read(lambda store: _nonce(store, scope, passage))
    await showing.instead(interaction, await shown(bot, scope, passage, nonce))


async def _may(interaction: discord.Interaction[Bot], scope: Scope) -> bool:
    """Whether the one who presses manages messages here, or has the role that alerts call."""
    if interaction.permissions.manage_messages:
        return True
    role = (await interaction.client.office.read(lambda store: store.servers.settings(scope))).role
    return isinstance(interaction.user, discord.Member) and interaction.user.get_role(role or 0) is not None


def _note(store: Store, scope: Scope, act: str, passage: int, user: int) -> None:
    number = store.utterance(passage).id
    if act == "acknowledge":
        store.servers.acknowledge(scope, number, user, datetime.now(UTC))
    elif act == "suppress":
        store.servers.suppress(scope, number)
    else:
        store.servers.unsuppress(scope, number)


def _nonce(store: Store, scope: Scope, passage: int) -> str:
    """That of the alert which the message was sent for."""
    alerts = store.outbox.about(scope, store.utterance(passage).id)
    return alerts[0].nonce if alerts else f"{passage:07x}"


async def _mute(interaction: discord.Interaction[Bot], scope: Scope, passage: int) -> None:
    until = datetime.now(UTC) + MUTED

    def mute(store: Store) -> tuple[str, ...]:
        speakers = store.utterance(passage).speakers
        for speaker in speakers:
            store.servers.mute(scope, speaker, until)
        return speakers

    await interaction.response.defer(ephemeral=True, thinking=True)
    speakers = await interaction.client.office.write(mute)
    who, when = ", ".join(f"**{safe(name, 80)}**" for name in speakers), f"<t:{int(until.timestamp())}:R>"
    text = reply(interaction, "notice.muted", who=who, when=when) if speakers else reply(interaction, "notice.nobody")
    await interaction.edit_original_response(content=text)


class Sources(Panel):
    """All that carry an utterance, for the eyes of the one who asked, eight to a page."""

    def __init__(self, interaction: discord.Interaction[Any], found: Utterance) -> None:
        super().__init__(interaction)
        self._witnesses = found.witnesses[::-1]
        self._page = 0

    def fill(self) -> None:
        """Put in the sources of the page that is open."""
        self.clear_items()
        locale = self.asked.locale.value
        first = self._page * _PER_PAGE
        lines = [notice.source(one, locale) for one in self._witnesses[first : first + _PER_PAGE]]
        text = f"### {reply(self.asked, 'notice.sources_title')}\n" + "\n".join(f"- {each}" for each in lines)
        self.add_item(ui.Container(ui.TextDisplay(text)))
        if len(self._witnesses) > _PER_PAGE:
            last = self._page + 1 == self._pages
            button: ui.Button[Any] = ui.Button(label=reply(self.asked, f"notice.{'first_page' if last else 'next'}"))
            button.callback = self._turn  # type: ignore[method-assign]
            self.add_item(ui.ActionRow(button))

    @property
    def _pages(self) -> int:
        return ceil(len(self._witnesses) / _PER_PAGE)

    async def _turn(self, interaction: discord.Interaction) -> None:
        self._page = (self._page + 1) % self._pages
        await self.turned(interaction)

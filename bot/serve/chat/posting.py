"""Sending what is in the outbox to Discord so that a crash between sending and storing doubles nothing.

Each message carries the nonce of its alert, by which Discord knows for some minutes what it has had already, and a
number made of it, by which it is found again in its channel after that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import discord
from discord import ui

from bot.model import Utterance
from bot.orders import Alert, Posted, Scope
from bot.report import notice
from bot.serve.chat import classic, notices
from bot.serve.chat.showing import refuses

if TYPE_CHECKING:
    from bot.serve.chat.client import Bot

UNKNOWN_CHANNEL, UNKNOWN_MESSAGE, THREAD_THERE = 10003, 10008, 160004
"""Discord's codes: the channel or the message is gone; the message has a thread already."""
_REPLIES = 5  # passages of one burst that are told in a thread one by one; the message tells of them all
_LOOKED_AT = 100  # messages of a channel in which one of ours is looked for
Place = discord.PartialMessageable | discord.DMChannel
_SILENT = discord.AllowedMentions.none()


async def once(
    bot: Bot,
    channel: Place,
    view: ui.LayoutView,
    nonce: str,
    *,
    again: bool,
    calling: int | None = None,
) -> int:
    """Send a message, unless it is in the channel already. Returns its number.

    `again`: it was tried before, and may have arrived. `calling` is the role that may be called.
    """
    if again and (there := await found(bot, channel, nonce)) is not None:
        return there
    called = (
        discord.AllowedMentions(everyone=False, users=False, roles=[discord.Object(calling)]) if calling else _SILENT
    )
    sent = await bot.showing.send(channel.id, channel.send, view=view, nonce=nonce, allowed_mentions=called)
    return int(sent.id)


async def found(bot: Bot, channel: Place, nonce: str) -> int | None:
    """The message of ours that carries the mark of a nonce, among the newest of a channel."""
    number = notices.mark(nonce)
    marks = {number, classic.mark(number)}
    try:
        async for message in channel.history(limit=_LOOKED_AT):
            ours = bot.user is not None and message.author.id == bot.user.id
            if ours and not marks.isdisjoint(_marks(message)):
                return message.id
    except discord.Forbidden:  # the history may not be read: the nonce has to do
        return None
    return None


def _marks(message: discord.Message) -> Iterator[int | str | None]:
    """What may be the mark of a message: the number of its container, or what stands below its embed."""
    yield from (getattr(each, "id", None) for each in message.components)
    yield from (each.footer.text for each in message.embeds)


async def tell(bot: Bot, scope: Scope, channel: int, alerts: Sequence[Alert], passage: int) -> tuple[int, Posted]:
    """Tell a server of what happened to one utterance: a message, and from the second time on an edit and a reply.

    Returns the utterance's number and the message that stands for it now. Raises `NotInRecord` and what Discord raises.
    """
    utterance = await bot.office.read(lambda store: store.utterance(passage))
    posted = await bot.office.read(lambda store: store.servers.posted(scope, utterance.id))
    role = (await bot.office.read(lambda store: store.servers.settings(scope))).role
    nonce = alerts[0].nonce
    view = await notices.shown(bot, scope, utterance.id, nonce)
    if posted is not None and await _edited(bot, scope, posted, view):
        thread = await _replied(bot, scope, posted, utterance, alerts)
        return utterance.id, Posted(posted.channel, posted.message, thread, posted.events + len(alerts))
    place = bot.get_partial_messageable(channel, guild_id=scope.server)
    again = any(alert.attempts for alert in alerts)
    message = await once(bot, place, view, nonce, again=again, calling=role)
    return utterance.id, Posted(channel, message, None, len(alerts))


async def _edited(bot: Bot, scope: Scope, posted: Posted, view: ui.LayoutView) -> bool:
    """Whether the message that stands for an utterance could be changed; it may be deleted, or of the other kind."""
    place = bot.get_partial_messageable(posted.channel, guild_id=scope.server)
    try:
        edit = place.get_partial_message(posted.message).edit
        plain = bot.showing.avoids(posted.channel)
        await bot.showing.edit(posted.channel, edit, view=view, plain=plain, allowed_mentions=_SILENT)
    except discord.HTTPException as error:
        if error.code not in (UNKNOWN_MESSAGE, UNKNOWN_CHANNEL) and not refuses(error):
            raise
        return False
    return True


async def _replied(bot: Bot, scope: Scope, posted: Posted, utterance: Utterance, alerts: Sequence[Alert]) -> int | None:
    """The thread of an utterance's message, in which these events are told; `None` where there can be none."""
    locale = await notices.speaking(bot, scope)
    told = await bot.office.read(lambda store: notices.told(store, alerts))
    try:
        thread = posted.thread or await _thread(bot, scope, posted, notice.title(utterance))
        place = bot.get_partial_messageable(thread, guild_id=scope.server)
        for each in notice.happenings(told)[:_REPLIES]:
            first = each[0].alert
            view = notices.line(notice.happening(each, locale, words=True), first.nonce)
            await once(bot, place, view, first.nonce, again=first.attempts > 0)
    except (
        discord.Forbidden,
        discord.NotFound,
    ):  # no leave to open or use threads, or it is gone: the edit has told it
        return None
    return thread


async def _thread(bot: Bot, scope: Scope, posted: Posted, name: str) -> int:
    """Open the thread of a message, which has the message's number."""
    place = bot.get_partial_messageable(posted.channel, guild_id=scope.server)
    message = await place.fetch_message(posted.message)
    try:
        return (await message.create_thread(name=name, auto_archive_duration=1440)).id
    except discord.HTTPException as error:
        if error.code != THREAD_THERE:
            raise
        return posted.message

"""What is shown, and when: in Components v2 or, where Discord refuses those, as embeds; at once or after a wait.

Most answers are ready within milliseconds. These are the acknowledgement themselves, which spares a request and the
sight of "is thinking …"; only who waits longer sees that.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Coroutine
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import WeakKeyDictionary

import discord
from discord import ui

from bot.serve.chat.classic import Classic, texts

if TYPE_CHECKING:
    from bot.serve.chat.client import Bot

log = logging.getLogger(__name__)
Result = TypeVar("Result")
Send = Callable[..., Awaitable[Any]]
"""Sends or edits a message, of a channel or of an interaction."""
SOON = 0.4
"""Seconds after which somebody who waits is shown that the bot is at it. Discord gives three, the way there and back
included."""
REMEMBERED = 3600.0
"""Seconds for which Components v2 are not tried again where they were refused."""
_INVALID, _EMPTY = 50035, 50006
"""Discord's codes: a form that it does not take; a message with nothing in it, components being left out."""


def refuses(error: discord.HTTPException) -> bool:
    """Whether Discord did not want the components of a message, or the flag that they need."""
    if error.status != 400:
        return False
    return error.code == _EMPTY or (error.code == _INVALID and any(of in error.text for of in ("components", "flags")))


class Showing:
    """Sends layouts, and remembers where it has to send embeds instead. `embeds` counts these."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.embeds = 0
        self._clock = clock
        self._until: dict[int, float] = {}
        self._classics: WeakKeyDictionary[ui.LayoutView, Classic] = WeakKeyDictionary()

    @property
    def refusing(self) -> int:
        """In how many places embeds are sent now."""
        now = self._clock()
        self._until = {place: until for place, until in self._until.items() if until > now}
        return len(self._until)

    def avoids(self, place: int | None) -> bool:
        """Whether Components v2 were refused in the channel `place` not long ago."""
        return self._until.get(place or 0, 0.0) > self._clock()

    async def send(self, place: int | None, to: Send, *, view: ui.LayoutView, **options: Any) -> Any:
        """Send a layout by `to` to the channel `place`; once more, as embeds, where Discord refuses it."""
        if not self.avoids(place):
            try:
                return await to(view=view, **options)
            except discord.HTTPException as error:
                self._note(place, error)
            if "file" in options:
                options["file"].reset(seek=True)
        return await to(**self._classic(view), **options)

    async def edit(self, place: int | None, to: Send, *, view: ui.LayoutView, plain: bool, **options: Any) -> None:
        """Show a layout in place of what a message showed; `plain`: it was sent without Components v2, and stays so."""
        if not plain:
            try:
                await to(view=view, **options)
            except discord.HTTPException as error:
                self._note(place, error)
            else:
                return
        shown = self._classic(view)
        await to(**{"content": None, "view": None, **shown}, **options)

    def _note(self, place: int | None, error: discord.HTTPException) -> None:
        """Remember a refusal. Raises the error where it is none of components."""
        if not refuses(error):
            raise error
        log.warning("channel %s gets embeds: %s", place, error)
        self._until[place or 0] = self._clock() + REMEMBERED

    def _classic(self, view: ui.LayoutView) -> dict[str, Any]:
        """The parts of a message that shows a layout without Components v2."""
        self.embeds += 1
        content, embeds = texts(view)
        shown: dict[str, Any] = {"embeds": embeds} | ({"content": content} if content else {})
        if view in self._classics:
            self._classics.pop(view).stop()
        made = Classic(view)
        if made.children:
            self._classics[view] = shown["view"] = made
        return shown


async def soon(
    interaction: discord.Interaction[Any], work: Coroutine[Any, Any, Result], *, public: bool = False
) -> Result:
    """Do some work that an answer needs; if it takes long, say meanwhile that the bot is at it.

    Raises what the work raises. What is shown then is shown by `answer` or `say`.
    """
    task = asyncio.ensure_future(work)
    try:
        done, _ = await asyncio.wait([task], timeout=SOON)
        if not done:
            await interaction.response.defer(ephemeral=not public, thinking=True)
        return await task
    finally:
        task.cancel()


async def answer(interaction: discord.Interaction[Bot], view: ui.LayoutView, *, public: bool = False) -> None:
    """Answer with a layout: as the acknowledgement, or in the place of "is thinking …" where there was one."""
    shown = interaction.client.showing
    if interaction.response.is_done():
        await shown.send(interaction.channel_id, interaction.edit_original_response, view=view)
    else:
        await shown.send(interaction.channel_id, interaction.response.send_message, view=view, ephemeral=not public)


async def say(interaction: discord.Interaction[Any], text: str) -> None:
    """Answer with a line, for the one who asked alone."""
    if interaction.response.is_done():
        await interaction.edit_original_response(content=text)
    else:
        await interaction.response.send_message(text, ephemeral=True)


async def instead(interaction: discord.Interaction[Bot], view: ui.LayoutView) -> None:
    """Answer a press by showing a layout in place of what the message of the button showed."""
    done = interaction.response.is_done()
    edit = interaction.edit_original_response if done else interaction.response.edit_message
    plain = interaction.message is not None and not interaction.message.flags.components_v2
    await interaction.client.showing.edit(interaction.channel_id, edit, view=view, plain=plain)

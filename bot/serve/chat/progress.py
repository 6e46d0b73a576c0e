"""The one message that shows how far a job is: sent once it takes long, edited seldom, with a button to end it."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import TYPE_CHECKING

import aiohttp
import discord

from bot.errors import OnRecordError
from bot.orders import Job
from bot.serve.chat import jobs

if TYPE_CHECKING:
    from bot.serve.chat.client import Bot

log = logging.getLogger(__name__)
TROUBLE = (discord.HTTPException, aiohttp.ClientError, OSError)
"""What Discord, or the way there, may raise."""
EVERY = 3.0
"""Seconds from one edit to the next, and before the first: a job that is done by then has no such message."""


class Progress:
    """Shows one job while it is being answered. Nothing waits for Discord here but the end."""

    def __init__(self, bot: Bot, job: Job, every: float = EVERY) -> None:
        self._bot = bot
        self._every = every
        self._message = job.message
        self._began, self._begun = time.monotonic(), job.done
        self._told = self._began
        self._task: asyncio.Task[None] | None = None
        self._unwelcome = False

    def tell(self, job: Job) -> None:
        """Show how far it is, if that was not just done."""
        due = time.monotonic() - self._told >= self._every
        if due and not self._unwelcome and (self._task is None or self._task.done()):
            self._told = time.monotonic()
            self._task = asyncio.create_task(
                self._show(job, jobs.said(job, "progress", job.locale, when=self._when(job)))
            )

    async def end(self, job: Job, text: str) -> None:
        """Show how it ended, where there is a message to show it in."""
        if self._task is not None:
            await self._task
        if self._message is not None and not self._unwelcome:
            await self._show(job, text, running=False)

    def _when(self, job: Job) -> str:
        """When it will be done if it goes on like this."""
        answered = max(1, job.done - self._begun)
        left = (job.total - job.done) * (time.monotonic() - self._began) / answered
        return f"<t:{int(time.time() + left) + 1}:R>"

    async def _show(self, job: Job, text: str, *, running: bool = True) -> None:
        view = jobs.buttons(job, job.locale) if running else None
        channel = self._bot.get_partial_messageable(job.channel)
        try:
            if self._message is not None:
                await channel.get_partial_message(self._message).edit(content=text, view=view)
            elif view is not None:
                self._message = message = (await channel.send(text, view=view)).id
                await self._bot.office.write(lambda store: store.jobs.told(job.id, message))
        except (discord.Forbidden, discord.NotFound):
            self._unwelcome = True  # the user takes no messages, or deleted this one
        except (*TROUBLE, OnRecordError) as error:
            log.warning("the progress of job %d could not be shown: %s", job.id, error)

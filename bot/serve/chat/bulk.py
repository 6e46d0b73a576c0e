"""Lists of quotes, answered in the background: a few at a time, one of each user, row by row.

What is answered is stored at once, so that whatever ends this process, the next one goes on at the next row. The
report is made of the stored rows and can be sent again.
"""

from __future__ import annotations

import asyncio
import json
import logging
import secrets
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import discord
from discord import app_commands

from bot.errors import InputError, NotInRecord, NotYours, RecordError
from bot.orders import Job, JobState, back_off
from bot.report.say import say
from bot.serve.chat import delivery, jobs
from bot.serve.chat.intake import Accepted, Sender, accept
from bot.serve.chat.often import Often
from bot.serve.chat.progress import EVERY, TROUBLE, Progress
from bot.serve.chat.showing import Send
from storage.store import Store

if TYPE_CHECKING:
    from bot.serve.chat.client import Bot

log = logging.getLogger(__name__)
WORKERS = 2
"""Jobs that are answered at once: a short list does not wait for all of a long one."""
CHUNK = 50
"""Rows that are read, answered and stored at once, at most."""
SECONDS = 0.1
"""After so many no further row of a chunk is begun: so long may Cancel, and an article that is to be read, wait."""
TRIES = 4
"""How often a report is sent, where Discord cannot be reached."""
RETRY = 5.0
"""Seconds after which the record is tried again, where it cannot be used."""
PATIENCE = 10.0
"""Seconds for which what is under way may come to a good place to rest."""
AGAIN = 3
"""How often in a minute a user may have a report sent once more."""
_USUAL = 0.005  # seconds for a quote, before any was answered


class Bulk:
    """The jobs of all users. `limit` is in bytes of a file that is sent, `every` in seconds between edits.

    `wait` says how long a report waits that could not be sent so many times.
    """

    def __init__(
        self,
        bot: Bot,
        *,
        limit: int = delivery.LIMIT,
        every: float = EVERY,
        wait: Callable[[int], timedelta] = back_off,
    ) -> None:
        self._bot = bot
        self._limit = limit
        self._every = every
        self._wait = wait
        self._some = asyncio.Event()
        self._resting = asyncio.Event()
        self._workers: list[asyncio.Task[None]] = []
        self._often = Often(AGAIN)
        self._asked: dict[int, discord.Interaction[Bot]] = {}
        self._usual = _USUAL

    async def begin(self) -> None:
        """Go on where the last process stopped."""
        await self._bot.office.write(lambda store: store.jobs.recover())
        self._workers = [asyncio.create_task(self._work()) for _ in range(WORKERS)]

    async def rest(self) -> None:
        """Begin nothing more, and leave what is under way in the queue."""
        self._resting.set()
        self._some.set()
        if self._workers:
            _, late = await asyncio.wait(self._workers, timeout=PATIENCE)
            for task in late:  # it waits for Discord
                task.cancel()
        await self._bot.office.write(lambda store: store.jobs.recover())

    async def take(
        self, sender: Sender, attachment: discord.Attachment, asked: discord.Interaction[Bot] | None = None
    ) -> str:
        """Take a list, and say what it comes to. Raises `InputError`.

        `asked` is kept until the job is done: there it is told if its sender takes no direct messages.
        """
        accepted: Accepted = await accept(self._bot, sender, attachment)
        if asked is not None:
            self._asked[accepted.job.id] = asked
        self._some.set()
        return accepted.sentence(accepted.job.total * self._usual)

    async def cancel(self, job: int, user: int, locale: str | None) -> str:
        """End a job of this user, and say so. Raises `NotInRecord`, `NotYours`."""

        def end(store: Store) -> tuple[bool, Job]:
            return store.jobs.get(job).state.over, store.jobs.cancel(job, user)

        over, ended = await self._bot.office.write(end)
        return jobs.said(ended, "over" if over else "ended", locale)

    async def again(self, interaction: discord.Interaction[Bot], number: int) -> None:
        """Send the report of a job once more, by direct message or, where that is refused, to the one who asks here.

        Raises `NotInRecord`, `NotYours`, `InputError` where it is not done, and `CommandOnCooldown`.
        """
        if not self._often.allows(interaction.user.id):
            raise app_commands.CommandOnCooldown(app_commands.Cooldown(AGAIN, 60), 60)
        locale = interaction.locale.value
        job = await self._bot.office.read(lambda store: store.jobs.get(number))
        if job.user != interaction.user.id:
            raise NotYours(f"job {number} is somebody else's", hint="Only who sent a list is sent its report.")
        if job.state is not JobState.DONE:
            raise InputError(jobs.said(job, "unready", locale), hint="")
        made = await self._bot.office.read(lambda store: delivery.report(store, job, self._limit))
        try:
            await delivery.send(made, self._to(job.channel, self._bot.get_partial_messageable(job.channel).send))
            await interaction.edit_original_response(content=jobs.said(job, "sent", locale))
        except discord.Forbidden:
            await interaction.edit_original_response(content=jobs.said(job, "here", locale))
            await delivery.send(made, self._to(interaction.channel_id, interaction.followup.send), ephemeral=True)

    def _to(self, place: int | None, send: Send) -> Send:
        """Send to a channel as it can show it."""
        return partial(self._bot.showing.send, place, send)

    # --- in the background ----------------------------------------------------------------------------------------

    async def _work(self) -> None:
        """Answer one job after another until the bot rests."""
        while not self._resting.is_set():
            self._some.clear()
            try:
                job = await self._bot.office.write(lambda store: store.jobs.take())
                if job is None:
                    await self._some.wait()
                else:
                    await self._one(job)
                    self._some.set()  # another list of the same user may go on now
            except RecordError as error:
                log.warning("the record cannot be used: %s", error)
                await self._pause(RETRY)

    async def _one(self, job: Job) -> None:
        """Answer a job, and try until the record can be used or the bot is to rest."""
        progress = Progress(self._bot, job, self._every)
        while True:
            try:
                await self._done(job, progress)
                break
            except NotInRecord:
                log.info("job %d was deleted by its owner", job.id)
                break
            except RecordError as error:
                log.warning("job %d cannot go on: %s", job.id, error)
                if await self._pause(RETRY):
                    return
            except Exception as error:  # noqa: BLE001 - one job must not end those of others; it is logged
                await self._broke(job, progress, error)
                break
        self._asked.pop(job.id, None)

    async def _done(self, job: Job, progress: Progress) -> None:
        """Answer what has no answer, send the report, and show that it is over."""
        ended = await self._answered(job, progress)
        if ended is not None and not ended.state.over:
            ended = await self._delivered(ended)
        if ended is not None:
            key = "finished" if ended.state is JobState.DONE else "ended"
            await progress.end(ended, jobs.said(ended, key, ended.locale))

    async def _answered(self, job: Job, progress: Progress) -> Job | None:
        """Answer the rows that have no answer. Returns the job, done or cancelled; `None` where the bot is to rest."""
        office = self._bot.office
        while not self._resting.is_set():
            rows = await office.read(lambda store: store.jobs.rows(job.id, CHUNK))
            if not rows:
                return await office.read(lambda store: store.jobs.get(job.id))
            begun = time.monotonic()
            told = await office.answer(rows, SECONDS)
            self._usual += ((time.monotonic() - begun) / len(told) - self._usual) / 5
            results = [(row.line, json.dumps(one)) for row, one in zip(rows, told, strict=False)]
            now = await office.write(partial(_store, job.id, results))
            if now.state.over:
                return now
            progress.tell(now)
        return None

    async def _delivered(self, job: Job) -> Job | None:
        """Send the report and end the job; `None` where the bot is to rest before it is sent."""
        made = await self._bot.office.read(lambda store: delivery.report(store, job, self._limit))
        sent = await self._sent(job, made)
        if sent is None:
            return None
        ended = await self._bot.office.write(lambda store: store.jobs.finish(job.id, JobState.DONE))
        if not sent:
            await self._unwelcome(job)
        return ended

    async def _sent(self, job: Job, made: delivery.Report) -> bool | None:
        """Send a report. Returns whether it was, `None` where the bot is to rest before that is known."""
        channel = self._bot.get_partial_messageable(job.channel)
        for attempt in range(1, TRIES + 1):
            try:
                await delivery.send(made, self._to(job.channel, channel.send), nonce=f"job-{job.id}")
                return True
            except (discord.Forbidden, discord.NotFound):
                return False
            except TROUBLE as error:
                log.warning("the report of job %d was not sent: %s", job.id, error)
                if await self._pause(self._wait(attempt).total_seconds()):
                    return None
        return False

    async def _unwelcome(self, job: Job) -> None:
        """Say where they asked, if that is not too long ago, that no direct message reached them."""
        asked = self._asked.get(job.id)
        if asked is None or asked.is_expired():
            log.info("the owner of job %d was sent no direct message", job.id)
            return
        try:
            await asked.followup.send(say(job.locale, "bulk.closed", job=job.id), ephemeral=True)
        except TROUBLE as error:
            log.warning("the owner of job %d could not be told: %s", job.id, error)

    async def _broke(self, job: Job, progress: Progress, error: Exception) -> None:
        """End a job that met what nobody foresaw."""
        reference = secrets.token_hex(3).upper()
        log.error("reference %s: job %d", reference, job.id, exc_info=error)
        failed = await self._bot.office.write(lambda store: store.jobs.finish(job.id, JobState.FAILED))
        await progress.end(failed, jobs.said(failed, "broke", failed.locale, reference=reference))

    async def _pause(self, seconds: float) -> bool:
        """Wait; returns whether the bot is to rest meanwhile."""
        try:
            await asyncio.wait_for(self._resting.wait(), seconds)
        except TimeoutError:
            return False
        return True


def _store(job: int, results: list[tuple[int, str]], store: Store) -> Job:
    return store.jobs.answered(job, results)

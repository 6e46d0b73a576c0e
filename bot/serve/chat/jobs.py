"""A job as its owner sees it: a line of text, and the buttons Cancel and Send again, which outlive a restart."""

from __future__ import annotations

import re
from typing import Any, Self

import discord
from discord import ui

from bot.orders import Job, JobState
from bot.report import phrases
from bot.report.safe import plain, safe
from bot.report.say import say
from bot.serve.chat import faults

_NAME = 60


def line(job: Job, locale: str | None, ahead: int = 0) -> str:
    """The job in one line; `ahead` others come before it."""
    when = f"<t:{int(job.made.timestamp())}:R>"
    values = {"name": safe(job.name, _NAME), "state": state(job, locale, ahead), "when": when}
    return say(locale, "job.line", job=job.id, **values)


def state(job: Job, locale: str | None, ahead: int = 0) -> str:
    """How far it is."""
    key = "queued_behind" if job.state is JobState.QUEUED and ahead else str(job.state)
    done, total = (phrases.figure(number, locale) for number in (job.done, job.total))
    return say(locale, f"job.{key}", done=done, total=total, ahead=ahead)


def choice(job: Job, locale: str | None) -> str:
    """The job as a choice while a number is typed: plain text of at most 100 characters."""
    return say(locale, "job.choice", job=job.id, name=plain(job.name)[:_NAME], state=state(job, locale))[:100]


def said(job: Job, key: str, locale: str | None, **values: object) -> str:
    """A sentence about a job, with its number and how far it is."""
    done, total = (phrases.figure(number, locale) for number in (job.done, job.total))
    return say(locale, f"job.{key}", job=job.id, done=done, total=total, **values)


def buttons(job: Job, locale: str | None) -> ui.View | None:
    """What can be done with a job; `None`: nothing."""
    if job.state.over and job.state is not JobState.DONE:
        return None
    view = ui.View(timeout=None)
    view.add_item(Again.of(job.id, locale) if job.state is JobState.DONE else Cancel.of(job.id, locale))
    return view


class _OnJob(ui.DynamicItem[ui.Button[Any]], template=r"never"):
    """A button whose id names a job."""

    def __init__(self, job: int, button: ui.Button[Any]) -> None:
        super().__init__(button)
        self.job = job

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /) -> Self:
        """The button of a message that may be older than this process."""
        assert isinstance(item, ui.Button)  # noqa: S101 - the template is a button's
        return cls(int(match["id"]), item)


class Cancel(_OnJob, template=r"job:cancel:(?P<id>\d{1,18})"):
    """Ends a job; its owner's alone."""

    @classmethod
    def of(cls, job: int, locale: str | None) -> Cancel:
        """The button of a job."""
        label = say(locale, "job.cancel_button")
        return cls(job, ui.Button(label=label, style=discord.ButtonStyle.danger, custom_id=f"job:cancel:{job}"))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """End it, and say so where the button was."""
        async with faults.answered(interaction):
            await interaction.response.defer()
            text = await interaction.client.bulk.cancel(self.job, interaction.user.id, interaction.locale.value)
            await interaction.edit_original_response(content=text, view=None)


class Again(_OnJob, template=r"job:again:(?P<id>\d{1,18})"):
    """Sends the report of a job once more; its owner's alone."""

    @classmethod
    def of(cls, job: int, locale: str | None) -> Again:
        """The button of a job."""
        return cls(job, ui.Button(label=say(locale, "job.again_button"), custom_id=f"job:again:{job}"))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Send it."""
        async with faults.answered(interaction):
            await interaction.response.defer(ephemeral=True, thinking=True)
            await interaction.client.bulk.again(interaction, self.job)


BUTTONS = (Cancel, Again)
"""To be registered with the client."""

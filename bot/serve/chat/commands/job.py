"""`/job status` and `/job cancel`: the lists that the one who asks has sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands

from bot.errors import NotYours
from bot.orders import Job
from bot.serve.chat import gates, jobs
from bot.serve.chat.words import options, reply, told
from storage.store import Store

if TYPE_CHECKING:
    from bot.serve.chat.client import Bot

MOST = 10
"""Jobs that are listed."""
_CHOICES = 25
Number = app_commands.Range[int, 1, 2**53 - 1]


def add(bot: Bot) -> None:
    """Put the commands into the tree."""
    group = gates.everywhere(app_commands.Group(name=told("job.name"), description=told("job.description")))
    _status(group)
    _cancel(group)
    bot.tree.add_command(group)


def _status(group: app_commands.Group) -> None:
    @group.command(name=told("job.status"), description=told("job.status_about"))
    @options(number="job.id")
    @app_commands.autocomplete(number=_own)
    @gates.often
    async def status(interaction: discord.Interaction[Bot], number: Number | None = None) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        found = await interaction.client.office.read(lambda store: mine(store, interaction.user.id, number))
        if not found:
            await interaction.edit_original_response(content=reply(interaction, "job.none"))
            return
        locale = interaction.locale.value
        text = "\n".join(jobs.line(job, locale, ahead) for job, ahead in found)
        await interaction.edit_original_response(content=text, view=jobs.buttons(found[0][0], locale))


def _cancel(group: app_commands.Group) -> None:
    @group.command(name=told("job.cancel"), description=told("job.cancel_about"))
    @options(number="job.id")
    @app_commands.autocomplete(number=_open)
    @gates.often
    async def cancel(interaction: discord.Interaction[Bot], number: Number) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        text = await interaction.client.bulk.cancel(number, interaction.user.id, interaction.locale.value)
        await interaction.edit_original_response(content=text)


def mine(store: Store, user: int, number: int | None) -> list[tuple[Job, int]]:
    """A user's jobs, newest first, or the one of that number, with how many come before each.

    Raises `NotInRecord`, and `NotYours` where it is another's.
    """
    found = store.jobs.of(user)[:MOST] if number is None else [store.jobs.get(number)]
    if any(job.user != user for job in found):
        raise NotYours(f"job {number} is somebody else's", hint="Only who sent a list is told of it.")
    return [(job, store.jobs.ahead(job.id)) for job in found]


async def _own(interaction: discord.Interaction[Any], typed: str) -> list[app_commands.Choice[int]]:
    return _choices(await _jobs(interaction), interaction.locale.value, typed)


async def _open(interaction: discord.Interaction[Any], typed: str) -> list[app_commands.Choice[int]]:
    found = [job for job in await _jobs(interaction) if not job.state.over]
    return _choices(found, interaction.locale.value, typed)


async def _jobs(interaction: discord.Interaction[Any]) -> list[Job]:
    office, user = interaction.client.office, interaction.user.id
    found: list[Job] = await office.read(lambda store: store.jobs.of(user))
    return found


def _choices(found: list[Job], locale: str, typed: str) -> list[app_commands.Choice[int]]:
    """Those whose number begins with, or whose file's name holds, what is typed; Discord shows it as it is."""
    wanted = typed.strip().casefold()
    holding = [job for job in found if str(job.id).startswith(wanted) or wanted in job.name.casefold()]
    return [app_commands.Choice(name=jobs.choice(job, locale), value=job.id) for job in holding[:_CHOICES]]

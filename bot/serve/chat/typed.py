"""What is typed into an option: times of day, time zones, lists."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import time
from functools import cache
from typing import TypeVar
from zoneinfo import available_timezones

import discord
from discord import app_commands

from bot.errors import InputError

Value = TypeVar("Value")


async def zones(_: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """Time zones whose name holds what is typed."""
    wanted = typed.strip().replace(" ", "_").casefold()
    found = [name for name in await asyncio.to_thread(_zones) if wanted in name.casefold()]
    return [app_commands.Choice(name=name, value=name) for name in found[:25]]


@cache
def _zones() -> tuple[str, ...]:
    return tuple(sorted(name for name in available_timezones() if "/" in name or name == "UTC"))


def moment(typed: str) -> time:
    """A time of day: ``22:30`` or ``22``."""
    hours, _, minutes = typed.strip().partition(":")
    try:
        return time(int(hours), int(minutes or 0))
    except ValueError as error:
        raise InputError(f"{typed!r} is no time of day", hint="Write it as 22:30, or 22.") from error


def valid(make: Callable[[], Value]) -> Value:
    """What `make` makes. Raises `InputError` with what is wrong with it."""
    try:
        return make()
    except ValueError as error:
        raise InputError(str(error), hint="Nothing was changed.") from error


def parts(typed: str | None) -> tuple[str, ...]:
    """The parts of a list with commas."""
    return tuple(filter(None, (each.strip() for each in (typed or "").split(","))))

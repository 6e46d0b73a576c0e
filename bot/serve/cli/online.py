"""Commands that use the web: the office, the fetcher and the readers are opened around what they do."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import TYPE_CHECKING, TypeVar

from bot.serve.cli import show
from bot.serve.live import unheard
from bot.serve.setup import Setup

if TYPE_CHECKING:
    from bot.errors import OnRecordError
    from bot.serve.chat.office import Office
    from bot.serve.live.opening import Live
    from bot.serve.live.poller import Outcome

T = TypeVar("T")
Given = TypeVar("Given")
AT_ONCE = 12
"""Addresses that are asked at once; those of one server wait for one another all the same."""


def run(setup: Setup, work: Callable[[Office, Live], Awaitable[T]], heard: Callable[[Outcome], None] = unheard) -> T:
    """Do some work with the web. Ctrl-C ends it; whatever was stored by then is whole."""
    from bot.serve import pool
    from bot.serve.chat import office
    from bot.serve.live import opening

    async def done() -> T:
        unsure = setup.config.speaker_confidence
        async with (
            office.opened(setup.record_path, unsure, parsers=pool.cores()) as desks,
            opening.opened(setup, desks, heard=heard) as live,
        ):
            return await work(desks, live)

    return asyncio.run(done())


async def each(given: Iterable[Given], do: Callable[[Given], Awaitable[None]]) -> None:
    """Do each, some at once."""
    places = asyncio.Semaphore(AT_ONCE)

    async def one(item: Given) -> None:
        async with places:
            await do(item)

    await asyncio.gather(*map(one, given))


def refused(what: str, error: OnRecordError) -> None:
    """Say on standard error what is wrong with one of several things."""
    from bot.report.plain import clean

    show.fault(clean(f"{what}: {error} ({error.hint})"))

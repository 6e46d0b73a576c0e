"""Running the bot: log in, serve, and end in order when the system asks."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Callable
from contextlib import AsyncExitStack
from typing import Any

import aiohttp
import discord

from bot.errors import NoToken, OnRecordError
from bot.secret import Secret
from bot.serve import keeping, pool
from bot.serve.chat import health, office
from bot.serve.chat.client import Bot
from bot.serve.live import opening
from bot.serve.setup import Setup

log = logging.getLogger(__name__)
Options = Callable[[], dict[str, Any]]
"""Makes the options of a client; each client needs a connector of its own."""


async def run(setup: Setup, token: Secret, options: Options = dict) -> None:
    """Serve until SIGTERM or SIGINT. Raises `NoToken` where Discord refuses the token or an intent."""
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # of voice, which is never used
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    await asyncio.to_thread(keeping.recover, setup)
    async with (
        office.opened(setup.record_path, setup.config.speaker_confidence, parsers=pool.cores()) as desks,
        keeping.kept(setup),
        opening.opened(setup, desks) as live,
        live.poller.at_work(),
    ):
        while not stopping.is_set():
            reading = await desks.read(lambda store: store.servers.reading())
            async with Bot(desks, live, reading=reading, **options()) as bot, AsyncExitStack() as stack:
                await stack.enter_async_context(health.served(bot, setup.config.health_port))
                await _serve(bot, token, stopping)


async def _serve(bot: Bot, token: Secret, stopping: asyncio.Event) -> None:
    """One connection, until the bot is stopped or wants to connect anew with other intents."""
    serving = asyncio.create_task(_logged_in(bot, token))
    waiting = [asyncio.create_task(event.wait()) for event in (stopping, bot.renewing)]
    try:
        await asyncio.wait([serving, *waiting], return_when=asyncio.FIRST_COMPLETED)
        await bot.rest()
    finally:
        for task in waiting:
            task.cancel()
        await bot.close()
        await asyncio.wait([serving])
    serving.result()


async def _logged_in(bot: Bot, token: Secret) -> None:
    hint = "Copy it anew from the Bot page of your application at https://discord.com/developers/applications."
    try:
        await bot.start(token.reveal())
    except discord.LoginFailure as error:
        raise NoToken("Discord does not know this token", hint=hint) from error
    except discord.PrivilegedIntentsRequired as error:
        raise NoToken(
            "a server has channels whose messages are to be checked, and Discord does not let this bot read messages",
            hint="Switch on Message Content Intent on the Bot page of your application, or end the checking.",
        ) from error
    except aiohttp.ClientConnectorError as error:
        raise OnRecordError(f"Discord cannot be reached: {error.host}", hint="Check this machine's network.") from error

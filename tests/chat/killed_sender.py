"""The bot as a process that a test may kill while it sends alerts, which wait for nothing: PORT, AUTHORITY, RECORD."""

from __future__ import annotations

import asyncio
import sys
from datetime import timedelta
from pathlib import Path

from bot.serve.chat import office
from bot.serve.chat.client import Bot
from tests.discord_double import TOKEN
from tests.discord_double.wire import connector_to


async def main(port: str, authority: str, record: str) -> None:
    connector = connector_to(int(port), await asyncio.to_thread(Path(authority).read_bytes))
    async with office.opened(Path(record)) as desks:
        bot = Bot(desks, connector=connector, guild_ready_timeout=0.05)
        bot.alerts.burst, bot.alerts.pause = timedelta(0), 0.02
        await bot.start(TOKEN)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))

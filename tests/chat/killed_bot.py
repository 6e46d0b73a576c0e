"""The program's own way to run the bot, as a process that a test may kill: PORT, AUTHORITY (a file), RECORD."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

from bot.secret import Secret
from bot.serve.chat import running
from bot.serve.setup import Setup
from tests.discord_double import TOKEN
from tests.discord_double.wire import connector_to


def main(port: str, authority: str, record: str) -> None:
    def options() -> dict[str, Any]:
        connector = connector_to(int(port), Path(authority).read_bytes())
        return {"connector": connector, "guild_ready_timeout": 0.05}

    setup = Setup(database=Path(record), environ={"ONRECORD_HEALTH_PORT": "0"})
    asyncio.run(running.run(setup, Secret(TOKEN), options))


if __name__ == "__main__":
    main(*sys.argv[1:])

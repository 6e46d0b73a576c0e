"""`python -m tests.discord_double [PORT]`: serve until interrupted; prints the port, the token and the authority."""

from __future__ import annotations

import asyncio
import contextlib
import sys

from tests.discord_double import World, serving


async def main(port: int) -> None:
    async with serving(World(), port) as world:
        sys.stdout.write(
            f"serving on 127.0.0.1:{world.wire.port}, token {world.token}\n{world.wire.authority.decode()}"
        )
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 0))

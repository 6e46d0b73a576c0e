"""A watch on the event loop: whoever holds it up is seen."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import time
from collections.abc import AsyncIterator
from pathlib import Path

NAP = 0.005
SCHEDULER = Path("/proc/thread-self/schedstat")  # Linux: nanoseconds run, nanoseconds waited for a processor, turns


@dataclasses.dataclass
class Lag:
    """The longest time in seconds for which the event loop was held up.

    Time in which its thread waited for a processor does not count: a busy machine is not the bot's fault.
    """

    worst: float = 0.0


def waited() -> float:
    """Seconds that this thread has waited for a processor so far; 0 where the system does not tell."""
    try:
        return int(SCHEDULER.read_text(encoding="ascii").split()[1]) / 1e9
    except OSError:
        return 0.0


async def _beat(lag: Lag) -> None:
    while True:
        before, idle = time.perf_counter(), waited()
        await asyncio.sleep(NAP)
        lag.worst = max(lag.worst, time.perf_counter() - before - NAP - (waited() - idle))


@contextlib.asynccontextmanager
async def watched() -> AsyncIterator[Lag]:
    """Watch the event loop while the block runs."""
    lag = Lag()
    task = asyncio.create_task(_beat(lag))
    try:
        yield lag
    finally:
        task.cancel()

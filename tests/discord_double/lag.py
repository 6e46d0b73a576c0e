"""A watch on the event loop: whoever holds it up is seen."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import time
from collections.abc import AsyncIterator

NAP = 0.005


@dataclasses.dataclass
class Lag:
    """The longest time in seconds for which the event loop was held up."""

    worst: float = 0.0


async def _beat(lag: Lag) -> None:
    while True:
        before = time.perf_counter()
        await asyncio.sleep(NAP)
        lag.worst = max(lag.worst, time.perf_counter() - before - NAP)


@contextlib.asynccontextmanager
async def watched() -> AsyncIterator[Lag]:
    """Watch the event loop while the block runs."""
    lag = Lag()
    task = asyncio.create_task(_beat(lag))
    try:
        yield lag
    finally:
        task.cancel()

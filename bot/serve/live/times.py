"""Time and luck, as the poller needs them: handed in, so that a week can pass in a test within seconds."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Times:
    """`now` is the calendar's, `clock` counts seconds and is never set back, `chance` gives numbers from 0 to 1."""

    now: Callable[[], datetime] = _now
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    chance: Callable[[], float] = random.random


CLOCKS = Times()
"""Those of this machine."""

"""A clock that stands still until a test, or somebody's pause, moves it on."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

MONDAY = datetime(2026, 5, 4, tzinfo=UTC)
"""When the week begins."""


class Clock:
    """Time, as the poller and the outlets of the double see it. Pauses pass at once."""

    def __init__(self, start: datetime = MONDAY) -> None:
        self.start = start
        self.time = start

    def now(self) -> datetime:
        return self.time

    def seconds(self) -> float:
        """Since the beginning; never set back."""
        return (self.time - self.start).total_seconds()

    @property
    def hour(self) -> float:
        """Hours of the week that have passed."""
        return (self.time - MONDAY).total_seconds() / 3600

    async def sleep(self, seconds: float) -> None:
        self.time += timedelta(seconds=max(seconds, 0))
        await asyncio.sleep(0)

    def until(self, moment: datetime) -> None:
        """Let it be that moment, or later."""
        self.time = max(self.time, moment)


def at(hour: float) -> datetime:
    """The moment so many hours into the week."""
    return MONDAY + timedelta(hours=hour)

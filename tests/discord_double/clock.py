"""Time that tests can move, and the ids that Discord makes of it."""

from __future__ import annotations

import datetime
import itertools
import time

EPOCH = 1_420_070_400.0  # Discord's first second, 2015-01-01, as Unix time


class Clock:
    """The machine's clocks plus what a test has added."""

    def __init__(self) -> None:
        self._added = 0.0
        self._start = time.monotonic()
        self._numbers = itertools.count(1)

    def advance(self, seconds: float) -> None:
        """Let `seconds` pass at once."""
        self._added += seconds

    def now(self) -> float:
        """Unix time in seconds."""
        return time.time() + self._added

    def elapsed(self) -> float:
        """Seconds since this clock was made; never goes back."""
        return time.monotonic() - self._start + self._added

    def stamp(self) -> str:
        """The time as Discord writes it."""
        return datetime.datetime.fromtimestamp(self.now(), datetime.UTC).isoformat()

    def snowflake(self) -> str:
        """A new id; later ids are greater, and each tells when it was made."""
        return str(int((self.now() - EPOCH) * 1000) << 22 | next(self._numbers) & 0x3FFFFF)

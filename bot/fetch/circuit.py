"""When a server that failed is asked again: later and later, and first by one request alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

OPENS_AT = 5
"""Failures in a row after which a server is left alone."""
FIRST = 60.0
"""Seconds for which it is left alone at first; twice as long after each further failure."""
LONGEST = 6 * 3600.0


def backoff(failures: int, chance: float) -> float:
    """For how many seconds a server is left alone that failed so often in a row; `chance` (0..1) spreads them.

    The spread is the upper half, so that servers that failed together are not asked together.
    """
    full = min(FIRST * 2.0 ** min(failures - OPENS_AT, 30), LONGEST)
    return full * (0.5 + 0.5 * chance)


@dataclass(slots=True)
class Circuit:
    """Of one server. Times are seconds of one clock that is never set back; `chance` draws from 0..1."""

    chance: Callable[[], float]
    failures: int = 0  # in a row
    until: float = 0.0  # left alone until then
    probing: bool = False

    def wait(self, now: float) -> float:
        """For how many seconds it is still left alone; 0: it may be asked."""
        if now < self.until:
            return self.until - now
        return FIRST if self.probing else 0.0

    def begin(self) -> bool:
        """Somebody asks now; whether this is the one who finds out if the server is well again."""
        probe = self.failures >= OPENS_AT
        self.probing = self.probing or probe
        return probe

    def end(self, *, probe: bool) -> None:
        """Who began has an answer, or gave up without one."""
        if probe:
            self.probing = False

    def worked(self) -> None:
        """The server answered, be it that it has nothing for us."""
        self.failures = 0

    def failed(self, now: float, retry_after: float | None) -> None:
        """The server did not answer, or said that it is ill or busy, and perhaps for how long."""
        self.failures += 1
        asked = min(retry_after or 0.0, LONGEST)
        alone = backoff(self.failures, self.chance()) if self.failures >= OPENS_AT else 0.0
        self.until = max(self.until, now + max(asked, alone))

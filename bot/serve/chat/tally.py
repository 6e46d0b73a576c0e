"""What became of alerts since the bot began: of all of them, and of each server's."""

from __future__ import annotations

from collections import Counter

from bot.orders import Scope


class Tally:
    """Counts of alerts that were sent, held, failed (and are tried again) or dropped, of digests and of pauses."""

    def __init__(self) -> None:
        self.all: Counter[str] = Counter()
        self._servers: dict[Scope, Counter[str]] = {}

    def add(self, scope: Scope | None, what: str, many: int = 1) -> None:
        """Count some more; `scope` is `None` where they were a user's."""
        self.all[what] += many
        if scope is not None:
            self._servers.setdefault(scope, Counter())[what] += many

    def of(self, scope: Scope) -> Counter[str]:
        """A server's."""
        return self._servers.get(scope, Counter())

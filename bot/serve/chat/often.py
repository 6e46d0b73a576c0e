"""How often somebody may do something, where discord.py's own cooldowns do not reach: for what nobody asked for."""

from __future__ import annotations

import time

from discord.app_commands import Cooldown

_MANY = 10_000  # keys; then those that are at rest are forgotten


class Often:
    """At most `rate` times in `per` seconds for each key, a user's or a server's number."""

    def __init__(self, rate: int, per: float = 60.0) -> None:
        self._rate, self._per = rate, per
        self._used: dict[int, Cooldown] = {}

    def allows(self, key: int) -> bool:
        """Whether it may be done now; it counts as done if so."""
        if len(self._used) > _MANY:
            now = time.time()
            self._used = {one: used for one, used in self._used.items() if used.get_tokens(now) < self._rate}
        used = self._used.setdefault(key, Cooldown(self._rate, self._per))
        return used.update_rate_limit() is None

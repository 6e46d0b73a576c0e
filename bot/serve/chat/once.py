"""Messages that were taken before: Discord may send an event twice."""

from __future__ import annotations

from collections import OrderedDict


class Once:
    """Remembers the numbers that it was shown last, `most` of them."""

    def __init__(self, most: int) -> None:
        self._seen: OrderedDict[int, None] = OrderedDict()
        self._most = most

    def new(self, number: int) -> bool:
        """Whether it was not shown before."""
        if number in self._seen:
            return False
        self._seen[number] = None
        if len(self._seen) > self._most:
            self._seen.popitem(last=False)
        return True

"""Which language users have chosen, as far as they let us know: Discord tells it with a command, not with a message."""

from __future__ import annotations

from collections import OrderedDict

_MANY = 10_000  # users; those who were heard of last


class Tongues:
    """The languages of those who used a command or pressed a button since the start; nothing of it is stored."""

    def __init__(self) -> None:
        self._known: OrderedDict[int, str] = OrderedDict()

    def heard(self, user: int, locale: str) -> None:
        """A user's client is set to this language."""
        self._known[user] = locale
        self._known.move_to_end(user)
        if len(self._known) > _MANY:
            self._known.popitem(last=False)

    def of(self, user: int) -> str:
        """The language to write to a user in: English where nothing is known."""
        return self._known.get(user, "en")

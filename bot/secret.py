"""A value that must not be seen: it prints as stars wherever it turns up by accident."""

from __future__ import annotations


class Secret:
    """A token or key; `reveal` is the one way to it."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """The value itself."""
        return self._value

    def __repr__(self) -> str:
        return "Secret(***)"

    __str__ = __repr__

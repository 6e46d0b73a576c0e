"""Side by side."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG and the words that stand for it, at most 1,024 characters."""

    png: bytes
    alt: str

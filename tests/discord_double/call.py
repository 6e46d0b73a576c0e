"""What the bot asked for."""

from __future__ import annotations

import dataclasses
from typing import Any


@dataclasses.dataclass
class Call:
    """One request of the bot's and its answer; `files` are (name, bytes) by form field."""

    method: str
    path: str
    query: dict[str, str]
    json: Any
    files: dict[str, tuple[str, bytes]]
    at: float
    status: int = 0
    refusal: str = ""

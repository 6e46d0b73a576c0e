"""Whom a message would ping."""

from __future__ import annotations

import re
from typing import Any

MENTION = re.compile(r"@(?:everyone|here)|<@&?!?(?P<id>\d+)>")


def pings(text: str, allowed: dict[str, Any] | None) -> list[str]:
    """The mentions in `text` that ping somebody, given a payload's ``allowed_mentions`` (None: all of them do)."""
    return [found[0] for found in MENTION.finditer(text) if allowed is None or _allowed(found, allowed)]


def named(text: str) -> list[str]:
    """The ids of the people whom `text` mentions."""
    return [found["id"] for found in MENTION.finditer(text) if found["id"] and not found[0].startswith("<@&")]


def _allowed(mention: re.Match[str], allowed: dict[str, Any]) -> bool:
    kind = "everyone" if mention["id"] is None else "roles" if mention[0].startswith("<@&") else "users"
    return kind in (allowed.get("parse") or ()) or mention["id"] in map(str, allowed.get(kind) or ())

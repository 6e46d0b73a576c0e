"""Dates as articles and tables write them: ISO 8601, to an aware moment in UTC."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache

from bot.errors import InputError

_AGO = re.compile(r"(\d{1,4})\s*([hdw])")
_UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}


@lru_cache(maxsize=1 << 12)  # a list names the same days time and again
def moment(text: str) -> datetime:
    """`text` in UTC; a date alone is its midnight, a time without a zone is UTC. Raises `ValueError`."""
    found = datetime.fromisoformat(text.strip())
    return found.replace(tzinfo=found.tzinfo or UTC).astimezone(UTC)


def written(text: str) -> datetime | None:
    """A date as ISO 8601 or as mail writes it, in UTC; `None` where it is neither."""
    for read in (moment, _mail):
        try:
            return read(text)
        except (ValueError, OverflowError, TypeError):
            continue
    return None


def _mail(text: str) -> datetime:
    found = parsedate_to_datetime(text)
    return found.replace(tzinfo=found.tzinfo or UTC).astimezone(UTC)


def since(text: str) -> datetime:
    """The moment, in UTC, that somebody names as the beginning: a date, or so long ago. Raises `InputError`."""
    ago = _AGO.fullmatch(text.strip())
    if ago is not None:
        return datetime.now(UTC) - int(ago[1]) * _UNITS[ago[2]]
    try:
        return moment(text)
    except ValueError:
        hint = "Give a date as ISO 8601 (2026-03-01), or hours, days or weeks: 12h, 7d, 2w."
        raise InputError(f"since {text!r} is no date", hint=hint) from None

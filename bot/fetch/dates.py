"""Dates as articles and tables write them: ISO 8601, to an aware moment in UTC."""

from __future__ import annotations

from datetime import UTC, datetime


def moment(text: str) -> datetime:
    """`text` in UTC; a date alone is its midnight, a time without a zone is UTC. Raises `ValueError`."""
    found = datetime.fromisoformat(text.strip())
    return found.replace(tzinfo=found.tzinfo or UTC).astimezone(UTC)

"""A feed as a list shows it: who it is, when it is polled next, what it brought, what went wrong last."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import click

from bot.sources import Feed

WIDTH = 80
"""Columns of a row."""


def row(feed: Feed, now: datetime) -> Iterator[str]:
    """The lines of one feed, none wider than `WIDTH`."""
    from bot.report.phrases import shorten
    from bot.report.plain import clean

    if feed.paused:
        due = "paused"
    elif feed.next_at <= now:
        due = "due now"
    else:
        due = f"next in {span(feed.next_at - now)}"
    yielded = f"{feed.found:,} articles"
    title = shorten(clean(feed.title) or "untitled", 44)
    yield f"{feed.id:>4}  {click.style(f'{title:<44}', bold=True)} {due:<14} {yielded:>14}"
    polled = f"polled {span(now - feed.polled)} ago" if feed.polled else "not polled yet"
    yield click.style(f"      {shorten(clean(feed.url), 44):<44} {polled}", dim=True)
    if feed.error:
        row_ = f" ({feed.failures}× in a row)" if feed.failures > 1 else ""
        yield click.style(f"      {shorten(clean(feed.error), WIDTH - 8 - len(row_))}{row_}", fg="red")


def span(length: timedelta) -> str:
    """How long something is, roughly: "40 s", "12 min", "5 h", "3 days"."""
    seconds = max(int(length.total_seconds()), 0)
    for unit, size, until in (("s", 1, 90), ("min", 60, 90 * 60), ("h", 3600, 48 * 3600)):
        if seconds < until:
            return f"{seconds // size} {unit}"
    return f"{seconds // 86_400:,} days"


def data(feed: Feed) -> dict[str, Any]:
    """All of it, for programs."""
    return {
        "feed": feed.id,
        "url": feed.url,
        "title": feed.title,
        "added": feed.added.isoformat(),
        "paused": feed.paused,
        "next": feed.next_at.isoformat(),
        "polled": feed.polled and feed.polled.isoformat(),
        "interval": int(feed.interval.total_seconds()),
        "polls": feed.polls,
        "articles": feed.found,
        "failures": feed.failures,
        "error": feed.error,
    }

"""When an alert goes out: together with what came at the same time, at once, or held back for a digest. No Discord."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from enum import Enum, auto

from bot.orders import Alert, AlertKind, Settings

BURST = timedelta(seconds=60)
"""So long what else happens to an utterance is waited for, so that it is told in one message."""
HOUR = timedelta(hours=1)
_ATTRIBUTION = (AlertKind.ATTRIBUTION, AlertKind.DISAGREE)


class Release(Enum):
    """What becomes of the alerts that are held back for a server."""

    NOTHING = auto()
    SINGLY = auto()
    DIGEST = auto()


def bursts(alerts: Iterable[Alert], now: datetime, burst: timedelta = BURST) -> list[list[Alert]]:
    """Due alerts by utterance, those of one message together; a burst that may be going on is left out.

    What was tried before goes by itself: it may have arrived, and then only that is to be found out.
    """
    found: dict[tuple[object, ...], list[Alert]] = {}
    for alert in sorted(alerts, key=lambda one: one.id):
        about = alert.utterance or alert.passage or alert.key
        found.setdefault((alert.scope, alert.user, about if alert.scope else None), []).append(alert)
    parted = (_tried(group) or group for group in found.values())
    return [group for group in parted if group[0].attempts or _oldest(group) <= now - burst]


def misattributes(alert: Alert) -> bool:
    """Whether words are put in another's mouth: that is told at night, too."""
    wrong = alert.kind in _ATTRIBUTION or alert.facts.get("verdict") == "misattributed"
    return wrong and alert.severity == 5


def waits(settings: Settings, group: Sequence[Alert], now: datetime, sent: int, *, known: bool) -> bool:
    """Whether the alerts of one utterance are held back: in quiet hours, or when the hour's messages are spent.

    `sent` is how many messages the server had within the hour; `known` says that the utterance has a message already,
    which is edited and calls nobody.
    """
    if settings.channel is None:
        return True
    if any(map(misattributes, group)):
        return not known and sent >= settings.hourly
    if settings.quiet is not None and settings.quiet.until(now) is not None:
        return True
    return not known and sent >= settings.hourly


def release(settings: Settings, held: Sequence[Alert], now: datetime, sent: int) -> Release:
    """What to do with what is held back: leave it, send it as ever where the hour has room for it, or as a digest."""
    asleep = settings.quiet is not None and settings.quiet.until(now) is not None
    if not held or settings.channel is None or asleep or sent >= settings.hourly:
        return Release.NOTHING
    if settings.digest is not None:
        passed = settings.digest.after(min(one.next_at or now for one in held)) <= now
        return Release.DIGEST if passed else Release.NOTHING
    quotes = {one.utterance or one.passage or one.key for one in held}
    return Release.SINGLY if len(quotes) <= settings.hourly - sent else Release.DIGEST


def surplus(held: Sequence[Alert], most: int) -> list[Alert]:
    """Those of more than `most` held alerts that are given up: the mildest, the oldest of these first."""
    ranked = sorted(held, key=lambda one: (one.severity, one.id))
    return ranked[: max(0, len(held) - most)]


def _tried(group: Sequence[Alert]) -> list[Alert]:
    return [alert for alert in group if alert.attempts]


def _oldest(group: Sequence[Alert]) -> datetime:
    return min(alert.next_at for alert in group if alert.next_at)

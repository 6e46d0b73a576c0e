"""What servers and users ask of the bot, and what it owes them: frozen values, standard library only.

Servers, channels, messages and users go by Discord's numbers. Times are aware UTC; a time of day comes with its zone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

ATTEMPTS = 8
"""How often an alert is tried before it is given up."""
_FIRST, _LONGEST = timedelta(seconds=5), timedelta(hours=6)


def back_off(attempts: int) -> timedelta:
    """How long to wait after so many attempts that failed: four times as long each time, six hours at most."""
    return min(_FIRST * 4 ** min(attempts - 1, ATTEMPTS), _LONGEST) if attempts > 0 else timedelta(0)


# --- what a server asks ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, order=True)
class Scope:
    """One server: whatever reads or writes a server's data is handed the scope it may touch."""

    server: int

    def __post_init__(self) -> None:
        if self.server <= 0:
            raise ValueError(f"{self.server} is no server")


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours of the night in which nothing is posted, from `start` up to `end`; `zone` as in "Europe/Berlin"."""

    start: time
    end: time
    zone: str

    def __post_init__(self) -> None:
        _check_zone(self.zone)
        if self.start == self.end:
            raise ValueError("quiet hours begin and end at different times")

    def until(self, now: datetime) -> datetime | None:
        """When the quiet hours that `now` lies in end, in UTC; `None` outside of them."""
        there = now.astimezone(ZoneInfo(self.zone))
        at = there.time().replace(tzinfo=None)
        night = self.end < self.start
        if not (self.start <= at or at < self.end if night else self.start <= at < self.end):
            return None
        day = there.date() + timedelta(days=1 if night and at >= self.start else 0)
        return datetime.combine(day, self.end, ZoneInfo(self.zone)).astimezone(now.tzinfo)


@dataclass(frozen=True, slots=True)
class Daily:
    """A time of day of a place: when the digest of what was held back is posted."""

    at: time
    zone: str

    def __post_init__(self) -> None:
        _check_zone(self.zone)

    def after(self, now: datetime) -> datetime:
        """The first such moment later than `now`, in UTC."""
        zone = ZoneInfo(self.zone)
        today = now.astimezone(zone).date()
        moments = (datetime.combine(today + timedelta(days=more), self.at, zone) for more in range(3))
        return next(moment.astimezone(now.tzinfo) for moment in moments if moment > now)


def _check_zone(name: str) -> None:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError, ValueError) as error:
        raise ValueError(f"{name!r} is no time zone") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a server has chosen. Without a `channel` it is sent no alerts."""

    channel: int | None = None  # the fact-check channel
    least: int = 4  # 0..5: posted quotes with findings below it are passed over in silence
    role: int | None = None  # who is called by an alert
    quiet: Quiet | None = None
    digest: Daily | None = None
    hourly: int = 6  # alerts in an hour; the others wait for the digest
    checked: tuple[int, ...] = ()  # channels whose ordinary messages are checked
    speak: bool = False  # answer there as well, not only in the fact-check channel
    locale: str | None = None
    keeper: int | None = None  # the user who chose the channel, and is told when nothing can be posted there

    def __post_init__(self) -> None:
        _check_severity(self.least)
        if not 1 <= self.hourly <= 60:
            raise ValueError(f"{self.hourly} alerts an hour is not in 1..60")


class AlertKind(StrEnum):
    """What an alert is about."""

    WORDING = "new_wording"
    ATTRIBUTION = "new_attribution"
    OUTLET = "new_outlet"
    DISAGREE = "outlets_disagree"
    CHANGED = "changed"  # after publication
    MISQUOTE = "misquote"
    WATCH = "watch"


SERVER_KINDS = frozenset(AlertKind) - {AlertKind.WATCH}
"""What a rule can ask for; watches are users' own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What a server wants alerts of: of these kinds, at `least` so severe, and within each filter that is not empty.

    `speakers` and `outlets` are names, `words` single words or phrases of which one must occur. `id` is 0 before it is
    stored.
    """

    id: int = 0
    least: int = 3
    speakers: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    kinds: frozenset[AlertKind] = SERVER_KINDS

    def __post_init__(self) -> None:
        _check_severity(self.least)
        if not self.kinds or not self.kinds <= SERVER_KINDS:
            raise ValueError("a rule asks for one of the kinds of alert that servers are sent")
        if not all(name.strip() for name in (*self.speakers, *self.outlets, *self.words)):
            raise ValueError("a filter has words")


def _check_severity(severity: int) -> None:
    if not 0 <= severity <= 5:
        raise ValueError(f"severity {severity} is not in 0..5")


@dataclass(frozen=True, slots=True)
class Posted:
    """The message that stands for one utterance in a server's fact-check channel, and how many events it shows."""

    channel: int
    message: int
    thread: int | None = None
    events: int = 1


# --- what a user asks -----------------------------------------------------------------------------------------------


class WatchKind(StrEnum):
    """What a user watches."""

    QUOTE = "quote"
    SPEAKER = "speaker"


@dataclass(frozen=True, slots=True)
class Watch:
    """A quote or a speaker that a user wants to hear of."""

    id: int
    user: int
    kind: WatchKind
    text: str

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise ValueError("a watch has words")


class JobState(StrEnum):
    """How far a job is."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"

    @property
    def over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self not in (JobState.QUEUED, JobState.RUNNING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A list of quotes that a user sent: `done` of `total` rows are answered.

    `name` is that of the file, `message` the one that shows the progress, where there is one.
    """

    id: int
    user: int
    channel: int
    name: str
    state: JobState
    total: int
    done: int
    made: datetime
    locale: str | None = None
    message: int | None = None


# --- what is owed ---------------------------------------------------------------------------------------------------


class AlertState(StrEnum):
    """Where an alert is on its way."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    HELD = "held"  # for the end of the quiet hours, or the digest
    DEAD = "dead"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One alert, to a server or to a user. `key` says what it tells: the same is put in the outbox once.

    `channel` is where it goes (`None`: the user's own), `passage` what is new, `facts` what the sender needs beside
    these, as JSON can hold it.
    """

    key: str
    kind: AlertKind
    severity: int
    scope: Scope | None = None
    user: int | None = None
    channel: int | None = None
    utterance: int | None = None
    passage: int | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    id: int = 0
    state: AlertState = AlertState.PENDING
    attempts: int = 0
    next_at: datetime | None = None

    def __post_init__(self) -> None:
        _check_severity(self.severity)
        if (self.scope is None) == (self.user is None):
            raise ValueError("an alert goes to a server or to a user")
        if self.scope is not None and self.channel is None:
            raise ValueError("a server's alert has a channel")

    @property
    def nonce(self) -> str:
        """What Discord tells a repeated message by: the same for the same key, 24 characters."""
        return hashlib.blake2s(self.key.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()

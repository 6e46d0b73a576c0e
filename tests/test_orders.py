"""What can be asked of the bot: invariants, quiet hours and digests by the local clock, waits between attempts."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest

from bot.model import Row
from bot.orders import ATTEMPTS, Alert, AlertKind, Daily, Quiet, Rule, Scope, Settings, Watch, WatchKind, back_off

NIGHT = Quiet(time(22), time(7), "Europe/Berlin")


@pytest.mark.parametrize(
    ("now", "until"),
    [
        (datetime(2026, 1, 5, 20, 59, tzinfo=UTC), None),
        (datetime(2026, 1, 5, 21, 0, tzinfo=UTC), datetime(2026, 1, 6, 6, tzinfo=UTC)),
        (datetime(2026, 1, 6, 5, 59, tzinfo=UTC), datetime(2026, 1, 6, 6, tzinfo=UTC)),
        (datetime(2026, 1, 6, 6, 0, tzinfo=UTC), None),
        (datetime(2026, 3, 28, 22, 0, tzinfo=UTC), datetime(2026, 3, 29, 5, tzinfo=UTC)),  # clocks go forward
    ],
)
def test_quiet_hours_go_by_the_local_clock(now: datetime, until: datetime | None) -> None:
    assert NIGHT.until(now) == until


def test_quiet_hours_within_a_day() -> None:
    noon = Quiet(time(12), time(14), "UTC")
    assert noon.until(datetime(2026, 1, 5, 13, tzinfo=UTC)) == datetime(2026, 1, 5, 14, tzinfo=UTC)
    assert noon.until(datetime(2026, 1, 5, 14, tzinfo=UTC)) is None


def test_the_digest_comes_once_a_day() -> None:
    daily = Daily(time(8), "America/New_York")
    first = daily.after(datetime(2026, 1, 5, 12, tzinfo=UTC))
    assert first == datetime(2026, 1, 5, 13, tzinfo=UTC)
    assert daily.after(first) == first + timedelta(days=1)


def test_waits_grow_to_six_hours() -> None:
    waits = [back_off(attempts) for attempts in range(1, ATTEMPTS + 1)]
    assert waits == sorted(waits)
    assert (waits[0], waits[-1]) == (timedelta(seconds=5), timedelta(hours=6))
    assert back_off(10**6) == timedelta(hours=6)


def test_a_nonce_is_short_and_that_of_its_key() -> None:
    one, same, other = (Alert(key=key, kind=AlertKind.WATCH, severity=0, user=1) for key in ("a", "a", "b"))
    assert one.nonce == same.nonce != other.nonce
    assert len(one.nonce) <= 25


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Scope(0),
        lambda: Quiet(time(1), time(1), "UTC"),
        lambda: Quiet(time(1), time(2), "Mars/Olympus"),
        lambda: Daily(time(1), "../zone"),
        lambda: Settings(least=6),
        lambda: Settings(hourly=0),
        lambda: Rule(least=-1),
        lambda: Rule(kinds=frozenset()),
        lambda: Rule(kinds=frozenset({AlertKind.WATCH})),
        lambda: Rule(words=(" ",)),
        lambda: Watch(1, 1, WatchKind.QUOTE, " "),
        lambda: Row(1, None),
        lambda: Alert(key="a", kind=AlertKind.WATCH, severity=0),
        lambda: Alert(key="a", kind=AlertKind.OUTLET, severity=0, scope=Scope(1)),
    ],
)
def test_what_makes_no_sense_cannot_be_made(wrong) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        wrong()

"""When alerts go out, by fixed times: bursts, the hour's limit, quiet hours where the clock changes, digests."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest

from bot.orders import Alert, AlertKind, Daily, Quiet, Scope, Settings
from bot.serve.chat.timing import Release, bursts, misattributes, release, surplus, waits

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
BERLIN = Quiet(time(22), time(7), "Europe/Berlin")
SETTINGS = Settings(channel=5)


def alert(number: int = 1, utterance: int = 1, **more: object) -> Alert:
    made = {"kind": AlertKind.WORDING, "severity": 4, "next_at": NOW} | more
    return Alert(key=f"{number}", id=number, scope=Scope(1), channel=5, utterance=utterance, **made)  # type: ignore[arg-type]


def test_a_burst_is_waited_for_and_then_goes_out_whole() -> None:
    first, second = alert(1, next_at=NOW - timedelta(seconds=50)), alert(2)
    other = alert(3, utterance=2)
    assert bursts([second, first, other], NOW) == []
    assert bursts([second, first, other], NOW + timedelta(seconds=10)) == [[first, second]]
    assert bursts([second, first, other], NOW + timedelta(seconds=60)) == [[first, second], [other]]


def test_what_was_tried_before_goes_at_once_and_by_itself() -> None:
    tried, new = alert(1, attempts=1), alert(2)
    assert bursts([tried, new], NOW) == [[tried]]


@pytest.mark.parametrize(
    ("local", "offset", "held"),
    [
        ("2026-03-28T21:59", 1, False),  # Berlin goes from +1 to +2 on 29 March at 2:00
        ("2026-03-28T22:00", 1, True),
        ("2026-03-29T06:59", 2, True),
        ("2026-03-29T07:00", 2, False),
        ("2026-10-24T22:00", 2, True),  # and back on 25 October at 3:00
        ("2026-10-25T06:59", 1, True),
        ("2026-10-25T07:00", 1, False),
    ],
)
def test_quiet_hours_are_those_of_the_place_when_its_clocks_change(local: str, offset: int, *, held: bool) -> None:
    now = (datetime.fromisoformat(local) - timedelta(hours=offset)).replace(tzinfo=UTC)
    settings = Settings(channel=5, quiet=BERLIN)
    assert waits(settings, [alert()], now, 0, known=False) is held


def test_another_mouth_is_told_at_night_too() -> None:
    night = datetime(2026, 3, 2, 23, tzinfo=UTC)
    settings = Settings(channel=5, quiet=BERLIN)
    wrong = alert(kind=AlertKind.ATTRIBUTION, severity=5)
    assert misattributes(wrong)
    assert misattributes(alert(kind=AlertKind.MISQUOTE, severity=5, facts={"verdict": "misattributed"}))
    assert not misattributes(alert(kind=AlertKind.WORDING, severity=5))
    assert not waits(settings, [alert(2), wrong], night, 0, known=False)
    assert waits(settings, [alert(2)], night, 0, known=False)


def test_the_hour_has_so_many_new_messages_but_an_edit_is_none() -> None:
    settings = Settings(channel=5, hourly=2)
    assert not waits(settings, [alert()], NOW, 1, known=False)
    assert waits(settings, [alert()], NOW, 2, known=False)
    assert not waits(settings, [alert()], NOW, 2, known=True)


def test_without_a_channel_everything_waits() -> None:
    assert waits(Settings(), [alert()], NOW, 0, known=False)
    assert release(Settings(), [alert()], NOW, 0) is Release.NOTHING


def test_what_is_held_comes_singly_where_there_is_room_and_else_as_a_digest() -> None:
    settings = Settings(channel=5, hourly=2)
    held = [alert(number, utterance=number) for number in range(1, 4)]
    assert release(settings, held[:2], NOW, 0) is Release.SINGLY
    assert release(settings, held, NOW, 0) is Release.DIGEST
    assert release(settings, held, NOW, 2) is Release.NOTHING
    assert release(settings, [], NOW, 0) is Release.NOTHING


def test_a_digest_waits_for_its_hour_and_for_the_end_of_the_night() -> None:
    settings = Settings(channel=5, digest=Daily(time(6), "Europe/Berlin"), quiet=BERLIN)
    held = [alert(next_at=datetime(2026, 3, 2, 20, tzinfo=UTC))]
    assert release(settings, held, datetime(2026, 3, 2, 21, tzinfo=UTC), 0) is Release.NOTHING
    assert release(settings, held, datetime(2026, 3, 3, 5, 30, tzinfo=UTC), 0) is Release.NOTHING
    assert release(settings, held, datetime(2026, 3, 3, 6, 1, tzinfo=UTC), 0) is Release.DIGEST


def test_of_too_many_the_mildest_and_oldest_are_given_up() -> None:
    held = [alert(1, severity=5), alert(2, severity=0), alert(3, severity=0), alert(4, severity=3)]
    assert [one.id for one in surplus(held, 2)] == [2, 3]
    assert [one.id for one in surplus(held, 3)] == [2]
    assert surplus(held, 4) == []

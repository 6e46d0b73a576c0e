"""Lists of quotes: stored whole before the first answer, answered once, resumed at the next row."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.errors import InputError, NotInRecord, NotYours
from bot.model import Claim, Row
from bot.orders import Job, JobState
from storage.store import Store

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
ANA, PIET = 1, 2
ROWS = [
    Row(2, Claim("the lower gate", "Ana", "one.example", "https://one.example/1"), "a"),
    Row(3, None, "b", "no quote in this row"),
    Row(5, Claim("half a \ud83d pair")),
]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "record.db") as opened:
        yield opened


def create(store: Store, user: int = ANA, rows: list[Row] = ROWS) -> Job:
    return store.jobs.create(user=user, channel=9, name="list.csv", rows=rows, now=NOW, locale="es-ES")


def test_a_job_is_stored_with_all_its_rows(store: Store) -> None:
    job = create(store)
    assert (job.state, job.total, job.done, job.made, job.locale) == (JobState.QUEUED, 3, 0, NOW, "es-ES")
    first, bad, odd = store.jobs.rows(job.id, 10)
    assert (first, bad) == (ROWS[0], ROWS[1])
    assert odd.claim is not None
    assert odd.claim.text == "half a ? pair"
    assert store.jobs.of(ANA) == [job]
    with pytest.raises(InputError):
        create(store, rows=[])


def test_answers_are_counted_once(store: Store) -> None:
    job = create(store)
    assert store.jobs.answered(job.id, [(2, '{"a": 1}'), (3, "{}")]).done == 2
    assert store.jobs.answered(job.id, [(3, '{"other": 1}'), (4, "{}")]).done == 2
    assert [row.line for row in store.jobs.rows(job.id, 10)] == [5]
    assert store.jobs.answered(job.id, [(5, "{}")]).done == 3
    assert [(row.line, result) for row, result in store.jobs.results(job.id)] == [
        (2, '{"a": 1}'),
        (3, "{}"),
        (5, "{}"),
    ]


def test_the_oldest_is_taken_first_and_each_once(store: Store) -> None:
    one, other = create(store), create(store, PIET)
    assert [store.jobs.take(), store.jobs.take(), store.jobs.take()] == [
        store.jobs.get(one.id),
        store.jobs.get(other.id),
        None,
    ]
    assert store.jobs.get(one.id).state is JobState.RUNNING
    assert store.jobs.waiting() == 2


def test_a_user_has_one_job_running(store: Store) -> None:
    """The lists of one user wait for each other, and keep nobody else waiting."""
    one, second, other = create(store), create(store), create(store, PIET)
    assert [job and job.id for job in (store.jobs.take(), store.jobs.take(), store.jobs.take())] == [
        one.id,
        other.id,
        None,
    ]
    assert [store.jobs.ahead(job.id) for job in (one, second, other)] == [0, 1, 2]
    store.jobs.finish(one.id, JobState.DONE)
    assert store.jobs.ahead(other.id) == 1
    taken = store.jobs.take()
    assert taken is not None
    assert taken.id == second.id


def test_what_was_running_is_taken_again_after_a_restart(store: Store) -> None:
    job = create(store)
    store.jobs.take()
    store.jobs.answered(job.id, [(2, "{}")])
    assert store.jobs.recover() == 1
    again = store.jobs.take()
    assert again is not None
    assert (again.id, again.done) == (job.id, 1)
    assert [row.line for row in store.jobs.rows(job.id, 1)] == [3]


def test_only_its_owner_cancels_a_job(store: Store) -> None:
    job = create(store)
    with pytest.raises(NotYours):
        store.jobs.cancel(job.id, PIET)
    assert store.jobs.cancel(job.id, ANA).state is JobState.CANCELLED
    assert store.jobs.take() is None
    assert store.jobs.running(ANA) is None
    with pytest.raises(NotInRecord):
        store.jobs.cancel(99, ANA)


def test_what_is_over_stays_as_it_ended(store: Store) -> None:
    job = create(store)
    store.jobs.cancel(job.id, ANA)
    assert store.jobs.finish(job.id, JobState.DONE).state is JobState.CANCELLED
    assert store.jobs.recover() == 0


def test_a_user_has_one_job_that_is_not_over(store: Store) -> None:
    job = create(store)
    assert store.jobs.running(ANA) == job
    assert store.jobs.running(PIET) is None
    store.jobs.told(job.id, 77)
    taken = store.jobs.take()
    assert taken is not None
    assert taken.message == 77
    store.jobs.finish(job.id, JobState.DONE)
    assert store.jobs.running(ANA) is None


def test_jobs_that_are_over_are_forgotten(store: Store) -> None:
    ended, waiting = create(store), create(store)
    store.jobs.finish(ended.id, JobState.FAILED)
    assert store.jobs.purge(NOW) == 0
    assert store.jobs.purge(NOW + timedelta(days=1)) == 1
    assert store.jobs.of(ANA) == [waiting]
    assert not list(store.jobs.results(ended.id))

"""Lists of quotes that users sent.

All rows are stored before the first is answered, each answer in the transaction that counts it: whatever happens, a job
goes on at the next row, and its report can be written again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from bot.errors import InputError, NotInRecord, NotYours
from bot.model import Claim, Row
from bot.orders import Job, JobState
from storage.part import Part, moment_of, number, stamp, sure, text
from storage.rows import Value, printable

_JOB = "SELECT id, user, channel, name, state, total, done, made, locale, message FROM job"
_ROW = "SELECT number, text, speaker, outlet, url, identifier, error, result FROM job_row"
_OPEN = "state IN ('queued', 'running')"


class Jobs(Part):
    """The jobs of all users; what a user may touch is checked against the user's number."""

    def create(
        self, *, user: int, channel: int, name: str, rows: Sequence[Row], now: datetime, locale: str | None = None
    ) -> Job:
        """Store a job with all its rows, queued. Raises `InputError` where there is no row."""
        if not rows:
            raise InputError("there is no quote in it", hint="Send a file with a quote in each row.")
        with self.writing():
            self.db.execute(
                "INSERT INTO job (user, channel, name, state, total, done, made, locale) "
                "VALUES (?, ?, ?, ?, ?, 0, ?, ?)",
                [user, channel, printable(name), JobState.QUEUED, len(rows), stamp(now), locale],
            )
            (identifier,) = self.db.execute("SELECT last_insert_rowid()").fetchone()
            self.db.conn.executemany(
                "INSERT INTO job_row (job, number, text, speaker, outlet, url, identifier, error) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (_row_values(identifier, row) for row in rows),
            )
        return self.get(identifier)

    def take(self) -> Job | None:
        """The oldest queued job of a user who has none running, running from now on; `None` where none waits."""
        busy = "SELECT user FROM job WHERE state = 'running'"
        with self.writing():
            query = f"{_JOB} WHERE state = 'queued' AND user NOT IN ({busy}) ORDER BY id LIMIT 1"
            row = self.db.execute(query).fetchone()
            if row is None:
                return None
            self.db.execute("UPDATE job SET state = 'running' WHERE id = ?", [row[0]])
        return self.get(row[0])

    def recover(self) -> int:
        """Put jobs that were running when the program ended back in the queue. Returns how many there were."""
        with self.writing():
            return int(self.db.execute("UPDATE job SET state = 'queued' WHERE state = 'running'").rowcount)

    def rows(self, job: int, limit: int) -> list[Row]:
        """The next rows without an answer, at most `limit`."""
        query = f"{_ROW} WHERE job = ? AND result IS NULL ORDER BY number LIMIT ?"
        return [_row_of(row)[0] for row in self.all(query, job, limit)]

    def answered(self, job: int, results: Iterable[tuple[int, str]]) -> Job:
        """Store answers, as JSON, by the numbers of their rows; a row that has one keeps it."""
        with self.writing():
            counted = sum(
                self.db.execute(
                    "UPDATE job_row SET result = ? WHERE job = ? AND number = ? AND result IS NULL", [result, job, row]
                ).rowcount
                for row, result in results
            )
            self.db.execute("UPDATE job SET done = done + ? WHERE id = ?", [counted, job])
        return self.get(job)

    def results(self, job: int) -> Iterator[tuple[Row, str | None]]:
        """Every row in the order of the file with its answer, read as it is asked for; `None`: it has none."""
        for row in self.db.execute(f"{_ROW} WHERE job = ? ORDER BY number", [job]):
            yield _row_of(row)

    def told(self, job: int, message: int) -> None:
        """Remember the message that shows the progress."""
        with self.writing():
            self.db.execute("UPDATE job SET message = ? WHERE id = ?", [message, job])

    def cancel(self, job: int, user: int) -> Job:
        """End a job of this user that is not over. Raises `NotInRecord` and `NotYours`."""
        with self.writing():
            if self.get(job).user != user:
                raise NotYours(f"job {job} is somebody else's", hint="Only who sent a list can cancel it.")
            self._end(job, JobState.CANCELLED)
        return self.get(job)

    def finish(self, job: int, state: JobState) -> Job:
        """End a job that is not over already. Raises `NotInRecord`."""
        with self.writing():
            self._end(job, state)
        return self.get(job)

    def get(self, job: int) -> Job:
        """One job. Raises `NotInRecord`."""
        row = self.one(f"{_JOB} WHERE id = ?", job)
        if row is None:
            raise NotInRecord(f"there is no job {job}", hint="Jobs are forgotten some days after they end.")
        return _job_of(row)

    def of(self, user: int) -> list[Job]:
        """A user's jobs, newest first."""
        return [_job_of(row) for row in self.all(f"{_JOB} WHERE user = ? ORDER BY id DESC", user)]

    def running(self, user: int) -> Job | None:
        """The user's job that is not over: queued or running."""
        row = self.one(f"{_JOB} WHERE user = ? AND {_OPEN} ORDER BY id LIMIT 1", user)
        return None if row is None else _job_of(row)

    def waiting(self) -> int:
        """How many jobs are queued or running."""
        row = self.one(f"SELECT count(*) FROM job WHERE {_OPEN}")
        return 0 if row is None else sure(row[0])

    def ahead(self, job: int) -> int:
        """How many older jobs are not over: so many come before it."""
        row = self.one(f"SELECT count(*) FROM job WHERE {_OPEN} AND id < ?", job)
        return 0 if row is None else sure(row[0])

    def purge(self, before: datetime) -> int:
        """Forget the jobs that are over and were made before a moment. Returns how many there were."""
        with self.writing():
            statement = f"DELETE FROM job WHERE NOT {_OPEN} AND made < ?"
            return int(self.db.execute(statement, [stamp(before)]).rowcount)

    def _end(self, job: int, state: JobState) -> None:
        self.db.execute(f"UPDATE job SET state = ? WHERE id = ? AND {_OPEN}", [state, job])


def _job_of(row: tuple[Value, ...]) -> Job:
    identifier, user, channel, name, state, total, done, made, locale, message = row
    return Job(
        id=sure(identifier),
        user=sure(user),
        channel=sure(channel),
        name=str(name),
        state=JobState(str(state)),
        total=sure(total),
        done=sure(done),
        made=moment_of(made),
        locale=text(locale),
        message=number(message),
    )


def _row_values(job: int, row: Row) -> tuple[Value, ...]:
    claim = row.claim
    held = (None,) * 4 if claim is None else (claim.text, claim.speaker, claim.outlet, claim.url)
    return (
        job,
        row.line,
        *(value and printable(value) for value in held),
        printable(row.identifier),
        printable(row.error),
    )


def _row_of(row: tuple[Value, ...]) -> tuple[Row, str | None]:
    line, said, speaker, outlet, url, identifier, error, result = row
    claim = None if said is None else Claim(str(said), text(speaker), text(outlet), text(url))
    return Row(sure(line), claim, str(identifier), str(error)), text(result)

"""What a program that runs for long does for the record: it mends a damaged file at the start, and copies it hourly."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from bot.errors import OnRecordError
from bot.serve import pool
from bot.serve.setup import Setup
from storage import backups, care

log = logging.getLogger(__name__)
LOOK = timedelta(minutes=1)
"""How often it is looked whether a copy is due; where one could not be made it is tried again after `AGAIN`."""
AGAIN = timedelta(minutes=10)
RESTORED, VERIFIED = "restored", "verified"
"""Under which it is noted in the record that a backup was put in its place, and when it was last found to be whole."""


def recover(setup: Setup) -> None:
    """Before the record is opened: where it is damaged, put the newest sound backup in its place, and say so.

    Raises `DamagedDatabase` where there is none, and `RecordError` and its kin.
    """
    now = datetime.now(UTC)
    done = care.recover(setup.record_path, setup.backup_folder, now)
    if done is None:
        return
    log.error("the record was damaged: %s. It is kept as %s; in its place is %s", done.fault, done.kept, done.backup)
    with setup.store() as store:
        store.servers.set_note(RESTORED, f"{now:%Y-%m-%d %H:%M} UTC from {done.backup.name}; before: {done.kept}")


@asynccontextmanager
async def kept(setup: Setup) -> AsyncIterator[None]:
    """Copy the record every hour meanwhile, unless the settings say not to."""
    if not setup.config.backup:
        yield
        return
    task = asyncio.create_task(_keep(setup.record_path, setup.backup_folder))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _keep(path: Path, folder: Path) -> None:
    while True:
        pause = LOOK
        try:
            await copy(path, folder, datetime.now(UTC))
        except OnRecordError as error:
            log.error("no backup was made: %s. %s", error, error.hint)
            pause = AGAIN
        await asyncio.sleep(pause.total_seconds())


async def copy(path: Path, folder: Path, now: datetime) -> backups.Backup | None:
    """Copy the record where that is due, in another process: looking through the copy reads and reckons long.

    Raises `RecordError` and its kin.
    """
    if not await asyncio.to_thread(backups.due, path, folder, now):
        return None
    with pool.processes(1) as processes:
        work = partial(backups.keep_up, path, folder, now)
        made = await asyncio.get_running_loop().run_in_executor(processes, work)
    if made is not None:
        log.info("copied the record to %s", made.path)
    return made

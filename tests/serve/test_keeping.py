"""What a program that runs for long does for the record: hourly copies, recovery at the start, patience with a disk."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.errors import DamagedDatabase, DiskFull
from bot.model import Article
from bot.serve import keeping
from bot.serve.chat import office
from bot.serve.setup import Setup
from storage import backups
from storage.store import Store

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def article(number: int) -> Article:
    said = " ".join(f"gate{number}word{at}" for at in range(400))
    return Article(text=f"“The {said} stays shut,” said Ada Lind.", outlet=f"{number}.example")


def setup_on(path: Path) -> Setup:
    return Setup(database=path, environ={})


def spoil(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[:8192] + b"\xa5" * 8192 + data[16384:])


async def test_the_record_is_copied_every_hour_in_another_process(tmp_path: Path) -> None:
    path, folder = tmp_path / "record.db", tmp_path / "copies"
    Store.open(path).close()
    made = await keeping.copy(path, folder, NOW)
    assert made is not None
    assert await keeping.copy(path, folder, NOW + timedelta(minutes=59)) is None
    assert await keeping.copy(path, folder, NOW + timedelta(minutes=60)) is not None
    assert len(backups.found(path, folder)) == 2


async def test_copies_are_made_as_long_as_the_program_runs(tmp_path: Path) -> None:
    Store.open(tmp_path / "record.db").close()
    async with keeping.kept(setup_on(tmp_path / "record.db")):
        async with asyncio.timeout(20):
            while not backups.found(tmp_path / "record.db", tmp_path / "backups"):  # noqa: ASYNC110 - it tells nobody
                await asyncio.sleep(0.05)


async def test_copies_can_be_switched_off(tmp_path: Path) -> None:
    Store.open(tmp_path / "record.db").close()
    setup = Setup(database=tmp_path / "record.db", environ={"ONRECORD_BACKUP": "off"})
    async with keeping.kept(setup):
        await asyncio.sleep(0.3)
    assert not (tmp_path / "backups").exists()


async def test_a_copy_that_cannot_be_made_ends_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "record.db"
    Store.open(path).close()
    spoil(path)
    async with keeping.kept(setup_on(path)):
        async with asyncio.timeout(20):
            while "no backup was made" not in caplog.text:  # noqa: ASYNC110 - it tells nobody else
                await asyncio.sleep(0.05)
    assert "onrecord restore" in caplog.text


def test_a_damaged_record_is_recovered_at_the_start(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "record.db"
    Store.open(path).close()
    keeping.recover(setup_on(path))
    assert not caplog.records
    copy = backups.make(path, tmp_path / "backups", NOW)
    spoil(path)
    keeping.recover(setup_on(path))
    assert "the record was damaged" in caplog.text
    with Store.open(path, readonly=True) as store:
        assert copy.path.name in (store.servers.note(keeping.RESTORED) or "")


def test_a_damaged_record_without_a_backup_is_not_begun_with(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    Store.open(path).close()
    spoil(path)
    with pytest.raises(DamagedDatabase, match="no sound backup"):
        keeping.recover(setup_on(path))


async def test_a_full_disk_is_told_once_and_gone_on_from(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Questions are answered as before, and what comes when there is space again is stored."""
    caplog.set_level(logging.WARNING, office.__name__)
    async with office.opened(tmp_path / "record.db") as desks:
        await desks.add(article(0))
        await desks.write(lambda store: most(store, room=0))
        for number in range(1, 4):
            with pytest.raises(DiskFull):
                await desks.add(article(number))
        assert desks.full
        assert (await desks.read(lambda store: store.coverage())).articles == 1
        await desks.write(lambda store: most(store, room=100_000))
        await desks.add(article(4))
        assert not desks.full
    assert [record.levelname for record in caplog.records] == ["ERROR", "WARNING"]
    with closing(sqlite3.connect(tmp_path / "record.db")) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def most(store: Store, room: int) -> None:
    """Let the file grow by so many pages, as a disk does that has so much space."""
    (pages,) = store.db.execute("PRAGMA page_count").fetchone()
    store.db.execute(f"PRAGMA max_page_count={pages + room}")

"""A backup in the place of the record: looked through first, nothing deleted, and nobody surprised who has it open."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.errors import DamagedDatabase, DatabaseLocked, NotOurDatabase, RecordError
from storage import backups, care, soundness
from storage.migrations import LATEST
from storage.store import Store
from tests.contract.reader import article, read
from tests.storage.killing import holding

NOW = datetime(2026, 3, 2, 12, 30, tzinfo=UTC)
TEXT = "“The lower gate of the harbour stays shut until winter” said Ada Lind."


def add(path: Path, outlet: str) -> None:
    with Store.open(path) as store:
        store.add(article(f"{TEXT} {outlet}", outlet), read(f"{TEXT} {outlet}"))


def outlets(path: Path) -> list[str]:
    with Store.open(path) as store:
        return sorted(summary.outlet for summary in store.articles())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A record of one article that has a backup, and then of two."""
    path = tmp_path / "record.db"
    add(path, "one.example")
    backups.make(path, tmp_path / "backups", NOW)
    add(path, "two.example")
    return path


@pytest.fixture
def copy(path: Path) -> Path:
    return backups.found(path, path.parent / "backups")[0].path


def spoil(path: Path) -> None:
    """Overwrite a page of the file in its middle, and its first."""
    data = bytearray(path.read_bytes())
    for page in (1, len(data) // 8192 // 2):
        data[page * 8192 : page * 8192 + 512] = b"\xa5" * 512
    path.write_bytes(data)


def test_a_backup_takes_the_place_of_the_record_which_is_kept(path: Path, copy: Path) -> None:
    done = care.restore(copy, path, NOW)
    assert outlets(path) == ["one.example"]
    assert done.kept == path.with_name("record-replaced-20260302T123000Z.db")
    assert outlets(done.kept) == ["one.example", "two.example"]
    assert copy.exists()


def test_what_was_not_yet_written_into_the_replaced_file_is_kept_with_it(
    path: Path, copy: Path, tmp_path: Path
) -> None:
    """As a program leaves it that was killed: the last article is in the log beside the file alone."""
    killed = tmp_path / "killed"
    killed.mkdir()
    with Store.open(path) as store:
        store.add(article(f"{TEXT} late", "late.example"), read(f"{TEXT} late"))
        for name in ("record.db", "record.db-wal"):
            shutil.copy(path.with_name(name), killed)
    done = care.restore(copy, killed / "record.db", NOW)
    assert outlets(killed / "record.db") == ["one.example"]
    assert done.kept is not None
    assert "late.example" in outlets(done.kept)


def test_where_there_is_no_record_a_backup_becomes_it(path: Path, copy: Path) -> None:
    path.unlink()
    assert care.restore(copy, path, NOW).kept is None
    assert outlets(path) == ["one.example"]


def test_a_record_that_is_open_elsewhere_is_not_replaced(path: Path, copy: Path) -> None:
    with holding(opened, path), pytest.raises(DatabaseLocked, match="open in another process"):
        care.restore(copy, path, NOW)
    assert outlets(path) == ["one.example", "two.example"]
    assert care.restore(copy, path, NOW).kept is not None


def opened(path: Path) -> Store:
    """A store that has read, as every program does at once."""
    store = Store.open(path, readonly=True)
    store.coverage()
    return store


def flip(copy: Path) -> None:
    data = bytearray(copy.read_bytes())
    data[-1] ^= 1
    copy.write_bytes(data)


@pytest.mark.parametrize("harm", [spoil, flip])
def test_a_damaged_backup_is_refused(path: Path, copy: Path, harm: Callable[[Path], None]) -> None:
    harm(copy)
    with pytest.raises(DamagedDatabase, match="not as it was made"):
        care.restore(copy, path, NOW)
    renamed = copy.rename(copy.with_name("mine.db"))
    if harm is spoil:
        with pytest.raises(DamagedDatabase, match=r"mine\.db is damaged"):
            care.restore(renamed, path, NOW)
    assert outlets(path) == ["one.example", "two.example"]


def test_what_is_no_backup_is_refused(path: Path, tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="there is no file"):
        care.restore(tmp_path / "none.db", path, NOW)
    with closing(sqlite3.connect(tmp_path / "other.db")) as db:
        db.execute("CREATE TABLE mine (x)")
    with pytest.raises(NotOurDatabase):
        care.restore(tmp_path / "other.db", path, NOW)


def test_a_backup_of_an_older_form_can_be_restored(tmp_path: Path) -> None:
    old = tmp_path / "old.db"
    with closing(sqlite3.connect(old)) as db:
        db.executescript((Path(__file__).parent / "forms" / "form-3.sql").read_text(encoding="utf-8"))
    assert soundness.check(old).sound
    care.restore(old, tmp_path / "record.db", NOW)
    assert outlets(tmp_path / "record.db") == ["daily.example", "harbour.example"]


def test_a_sound_record_needs_no_recovery(path: Path, tmp_path: Path) -> None:
    assert care.recover(path, tmp_path / "backups", NOW) is None
    assert care.recover(tmp_path / "none.db", tmp_path / "backups", NOW) is None


def test_a_damaged_record_is_put_aside_and_the_newest_sound_backup_taken(path: Path, copy: Path) -> None:
    newer = backups.make(path, copy.parent, NOW + timedelta(hours=1))
    flip(newer.path)
    spoil(path)
    done = care.recover(path, copy.parent, NOW)
    assert done is not None
    assert done.backup == copy
    assert done.fault
    assert done.kept == path.with_name("record-damaged-20260302T123000Z.db")
    assert done.kept.exists()
    assert outlets(path) == ["one.example"]
    assert care.recover(path, copy.parent, NOW) is None


def test_a_record_whose_first_bytes_are_lost_is_recovered(path: Path, copy: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(b"\0" * 512 + data[512:])
    assert care.recover(path, copy.parent, NOW) is not None
    assert outlets(path) == ["one.example"]


def test_without_a_sound_backup_the_damaged_record_stays_where_it_is(path: Path, copy: Path) -> None:
    spoil(copy)
    spoil(path)
    before = path.read_bytes()
    with pytest.raises(DamagedDatabase, match="has no sound backup"):
        care.recover(path, copy.parent, NOW)
    assert path.read_bytes() == before


def test_another_programs_database_is_never_put_aside(path: Path, copy: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE mine (x)")
    with pytest.raises(NotOurDatabase):
        care.recover(path, copy.parent, NOW)


def test_a_file_that_never_was_a_record_is_told_as_such(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("my notes, " * 1000, encoding="utf-8")
    with pytest.raises(NotOurDatabase, match="not a database"):
        care.recover(tmp_path / "notes.txt", tmp_path / "backups", NOW)


def test_a_file_is_kept_before_it_is_brought_up(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "record.db"
    with closing(sqlite3.connect(path)) as db:
        db.executescript((Path(__file__).parent / "forms" / "form-3.sql").read_text(encoding="utf-8"))
    Store.open(path).close()
    kept = tmp_path / "record-form-3.db"
    assert f"kept as {kept}" in caplog.text
    with closing(sqlite3.connect(kept)) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (3,)
    assert soundness.check(kept).sound
    assert sorted(each.name for each in tmp_path.iterdir()) == ["record-form-3.db", "record.db"]
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (LATEST,)


def test_a_new_record_leaves_no_copy(tmp_path: Path) -> None:
    Store.open(tmp_path / "record.db").close()
    assert [each.name for each in tmp_path.iterdir()] == ["record.db"]

"""`verify`, `backup` and `restore`: as a user meets them, and what the other commands say of a damaged record."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.serve.cli import show


def copies(folder: Path) -> list[Path]:
    return sorted((folder / "backups").glob("onrecord-*.db"))


def spoil(record: Path) -> None:
    """Overwrite the pages where the tables begin."""
    data, pages = record.read_bytes(), 40 * 8192
    record.write_bytes(data[:8192] + b"\xa5" * pages + data[8192 + pages :])


def spoil_table(record: Path, name: str) -> None:
    """Overwrite the page where one table begins, so that damage shows only when it is read."""
    with closing(sqlite3.connect(record)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (page,) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", [name]).fetchone()
    data = bytearray(record.read_bytes())
    data[(page - 1) * 8192 : page * 8192] = b"\x55" * 8192
    record.write_bytes(data)


def test_a_whole_record_is_said_to_be_whole_and_status_tells_when(run, record):
    result = run("verify")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1] == "onrecord.db is whole."
    assert "verified    20" in run("status").stdout


def test_damage_is_told_with_what_helps(run, record):
    with closing(sqlite3.connect(record)) as db:
        db.execute("UPDATE edition SET title = 'Another' WHERE id = 2")
        db.commit()
    result = run("verify")
    assert result.exit_code == 1
    assert "error: editions that were changed: 1 (2)" in result.stderr
    assert "hint: `onrecord restore`" in result.stderr
    told = json.loads(run("verify", "--json").stdout)
    assert (told["sound"], told["editions"], told["wrong"]) == (False, [2], ["editions that were changed: 1 (2)"])
    assert "verified    never" in run("status").stdout


def test_a_damaged_index_can_be_written_anew(run, record):
    with closing(sqlite3.connect(record)) as db:
        db.execute("DELETE FROM chunk")
        db.commit()
    assert "hint: `onrecord index rebuild`" in run("verify").stderr
    assert run("index", "rebuild").exit_code == 0
    assert run("verify").exit_code == 0


def test_a_file_that_is_not_there_is_told(run, folder):
    assert "there is no file none.db" in run("verify", "none.db").stderr
    assert "there is no database" in run("backup").stderr
    assert run("restore").exit_code == 2
    assert "there is no backup" in run("restore").stderr
    assert run("restore", "--list").stdout.startswith("There is no backup")


def test_a_backup_is_made_listed_verified_and_restored(run, record, folder):
    assert "is a sound copy of" in run("backup").stdout
    (copy,) = copies(folder)
    assert str(copy) in run("restore", "--list").stdout
    assert run("verify", copy).exit_code == 0
    assert "backup      20" in run("status").stdout
    run("article", "remove", "1", "--yes")
    result = run("restore", "--yes")
    assert result.exit_code == 0
    assert f"onrecord.db is now {copy.name}: 3 articles" in result.stdout
    assert "What was there before is kept as onrecord-replaced-" in result.stdout
    assert json.loads(run("status", "--json").stdout)["articles"] == 3


def test_a_backup_in_another_folder(run, record, folder):
    assert run("backup", folder / "safe").exit_code == 0
    (folder / "config.toml").write_text('backup_folder = "safe"', encoding="utf-8")
    assert str(folder / "safe") in str(Path(run("restore", "--list").stdout.split()[-1]).absolute())


def test_without_a_terminal_restoring_needs_yes(run, record, monkeypatch):
    run("backup")
    result = run("restore")
    assert result.exit_code == 2
    assert "Add --yes to put it there unasked." in result.stderr
    asked = []
    monkeypatch.setattr(show, "_at_terminal", lambda: True)
    monkeypatch.setattr(show.click, "confirm", lambda question, abort: asked.append((question, abort)))
    assert run("restore").exit_code == 0
    assert asked[0][0].startswith("Put ")


@pytest.mark.parametrize(
    "command",
    [
        ["check", "we will not dredge the channel"],
        ["status"],
        ["search", "channel"],
        ["article", "list"],
        ["article", "show", "1"],
        ["trending", "--since", "5000d"],
        ["add", "new.txt", "--outlet", "new.example"],
        ["export"],
    ],
    ids=" ".join,
)
def test_damage_that_shows_while_a_command_reads_is_told(run, record, folder, command):
    (folder / "new.txt").write_text("“We will not dredge the channel again,” Ana Lorentz said.", encoding="utf-8")
    spoil_table(record, "outlet")
    result = run(*command)
    assert result.exit_code == 2
    assert "is damaged" in result.stderr
    assert "onrecord restore" in result.stderr


def test_other_commands_say_how_a_damaged_record_is_mended(run, record, folder):
    run("backup")
    with closing(sqlite3.connect(record)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    spoil(record)
    assert run("verify").exit_code == 1
    result = run("article", "list")
    assert result.exit_code == 2
    assert "is damaged" in result.stderr
    assert "onrecord restore" in result.stderr
    assert run("restore", "--yes").exit_code == 0
    assert run("article", "list").exit_code == 0


def test_what_is_followed_and_owed_is_in_the_status(run, record):
    status = json.loads(run("status", "--json").stdout)
    assert status["feeds"] == {"followed": 0, "paused": 0, "failing": 0}
    assert status["pages"] == {"waiting": 0, "followed": 0, "given_up": 0, "dropped": 0}
    assert status["outbox"]["pending"] == 0
    assert (status["last_backup"], status["last_verify"], status["restored"]) == (None, None, None)

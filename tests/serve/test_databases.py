"""Databases that cannot be used: each is told in words, with a hint and status 2."""

import os
import sqlite3
from pathlib import Path

import pytest

from storage.opening import PRAGMAS


def refused(run, path: Path, *arguments: str) -> str:
    result = run("--db", path, *(arguments or ("status",)))
    assert result.exit_code == 2
    assert "hint: " in result.stderr
    assert "Traceback" not in result.stderr
    return result.stderr


@pytest.mark.parametrize("command", [("status",), ("add", "wire.txt", "--outlet", "x.example")])
def test_a_file_that_is_no_database_is_told_and_left_alone(run, articles, command):
    path = articles / "notes.db"
    path.write_text("my notes, " * 1000, encoding="utf-8")
    assert "notes.db" in refused(run, path, *command)
    assert path.read_text(encoding="utf-8").startswith("my notes")


def test_a_database_of_another_program_is_told_and_left_alone(run, articles):
    path = articles / "other.db"
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE mine (x)")
    db.close()
    before = path.read_bytes()
    assert "another program" in refused(run, path, "add", "wire.txt", "--outlet", "x.example")
    assert path.read_bytes() == before


def test_a_database_of_a_later_version_is_told(run, record):
    with sqlite3.connect(record) as db:
        db.execute("PRAGMA user_version=9999")
    db.close()
    assert "9999" in refused(run, record)


def test_a_locked_database_is_told(run, record, articles, monkeypatch):
    monkeypatch.setitem(PRAGMAS, "busy_timeout", 100)
    holder = sqlite3.connect(record, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        (articles / "new.txt").write_text("“A new one,” Ana Lorentz said.", encoding="utf-8")
        assert "another process" in refused(run, record, "add", "new.txt", "--outlet", "x.example")
        assert run("status").exit_code == 0
    finally:
        holder.close()


def test_a_folder_is_told(run, folder):
    assert "is a folder" in refused(run, folder)
    refused(run, folder, "article", "remove", "1", "--yes")


def test_a_folder_that_is_not_there_is_told(run, articles):
    refused(run, articles / "none" / "a.db", "add", "wire.txt", "--outlet", "x.example")


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only for root")
def test_a_folder_that_may_not_be_written_is_told(run, articles):
    shut = articles / "shut"
    shut.mkdir(mode=0o500)
    refused(run, shut / "a.db", "add", "wire.txt", "--outlet", "x.example")


def test_a_damaged_database_is_told(run, record):
    data = bytearray(record.read_bytes())
    data[4096:] = b"\xa5" * (len(data) - 4096)
    record.write_bytes(data)
    for side in ("-wal", "-shm"):
        record.with_name(record.name + side).unlink(missing_ok=True)
    refused(run, record, "check", "we will not dredge the channel")

"""The form of the database: pinned, and brought up from every older one with what it holds."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.orders import Scope, Settings
from storage.migrations import LATEST, migrations
from storage.opening import APPLICATION_ID, connect
from storage.store import Store

STEPS = ("articles", "index", "orders")


def test_the_form_is_the_one_that_was_released(tmp_path: Path, golden: Callable[[str, str], None]) -> None:
    """Whoever changes a table makes a step that brings older files up; a line pins each by its statement."""
    db = connect(tmp_path / "record.db")
    query = (
        "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE '%sqlite_%' ORDER BY 1, 2"
    )
    found = db.execute(query).fetchall()
    db.close()
    lines = [f"{kind} {name} {hashlib.sha256(sql.encode()).hexdigest()[:16]}" for kind, name, sql in found]
    golden("form.txt", "\n".join(lines) + "\n")


@pytest.mark.parametrize("version", range(1, LATEST))
def test_an_older_file_is_brought_up_with_what_it_holds(tmp_path: Path, version: int) -> None:
    assert len(STEPS) == LATEST
    path = tmp_path / "record.db"
    with closing(sqlite3.connect(path)) as connection:
        db = Database(connection)
        migrations.apply(db, stop_before=STEPS[version])
        db.execute("INSERT INTO outlet (name) VALUES ('one.example')")
        connection.commit()
        db.execute(f"PRAGMA application_id={APPLICATION_ID}")
        db.execute(f"PRAGMA user_version={version}")
    with Store.open(path) as store:
        assert store.db.execute("SELECT name FROM outlet").fetchall() == [("one.example",)]
        assert store.db.execute("PRAGMA user_version").fetchone() == (LATEST,)
        assert store.servers.settings(Scope(1)) == Settings()

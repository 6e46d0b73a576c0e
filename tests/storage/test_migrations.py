"""The form of the database: pinned, and brought up from every older one with what it holds."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.orders import AlertKind, Scope, Settings
from storage.migrations import LATEST, migrations
from storage.opening import APPLICATION_ID, connect
from storage.store import Store

FORMS = Path(__file__).parent / "forms"
"""Records as older programs left them, with an article in two editions, a second outlet, a job and alerts."""
STEPS = ("articles", "index", "orders", "live", "strands")


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


def of_form(version: int, path: Path) -> Store:
    """A record as the program of some form left it, brought up."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((FORMS / f"form-{version}.sql").read_text(encoding="utf-8"))
    return Store.open(path)


def test_a_record_of_the_third_form_is_brought_up_whole(tmp_path: Path) -> None:
    with of_form(3, tmp_path / "record.db") as store:
        assert store.db.execute("PRAGMA foreign_key_check").fetchall() == []
        assert store.verify().sound
        held = [(one.outlet, one.editions, one.quotations) for one in store.articles()]
        assert held == [("daily.example", 1, 1), ("harbour.example", 2, 1)]
        said = {witness.utterance for witness in store.speaker("Ada Lind")}
        assert [store.utterance(number).outlets for number in said] == [("daily.example", "harbour.example")]
        assert store.events()
        alerts = store.outbox.due(datetime.max.replace(tzinfo=UTC))
        assert {alert.kind for alert in alerts} >= {AlertKind.WORDING, AlertKind.WATCH}
        assert store.jobs.get(1).total == 1
        assert store.feeds.followed() == store.pages.due(datetime.max.replace(tzinfo=UTC)) == []


def test_a_record_of_the_fourth_form_tells_strands_from_utterances(tmp_path: Path) -> None:
    """One article splits what two others have: all are one utterance, of two strands, and go on to be."""
    with of_form(4, tmp_path / "record.db") as store:
        assert store.db.execute("PRAGMA foreign_key_check").fetchall() == []
        assert store.verify().sound
        assert store.feeds.get("https://harbour.example/feed").url
        assert [witness.article for witness in store.utterance(1).witnesses] == [1, 1, 2, 3, 2]
        strands = store.db.execute("SELECT id, strand FROM passage WHERE strand IS NOT NULL ORDER BY id").fetchall()
        assert strands == [(1, 1), (2, 2), (5, 1), (7, 2), (9, 1)]
        store.remove(1)
        assert [witness.id for witness in store.utterance(5).witnesses] == [5, 9]

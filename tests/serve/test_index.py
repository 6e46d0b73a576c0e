"""`index`: its state, its health, and writing it anew."""

import json

from storage.store import Store


def test_the_state_of_the_index_is_shown(run, record):
    assert run("index", "status").stdout.startswith("ready      yes\nwordings")
    assert json.loads(run("index", "status", "--json").stdout)["wordings"] > 0


def test_a_sound_record_is_said_to_be(run, record):
    result = run("index", "verify")
    assert result.exit_code == 0
    assert "agree with the record" in result.stdout
    assert json.loads(run("index", "verify", "--json").stdout)["missing"] == 0


def test_an_index_is_ready_whatever_was_removed(run, record):
    """Before a merge leaves it out, and after."""
    run("article", "remove", "1", "--yes")
    assert json.loads(run("index", "status", "--json").stdout)["ready"]
    with Store.open(record) as store:
        assert store.index_status().removed
        store.rebuild()
        assert store.index_status().ready


def test_a_damaged_index_is_told_and_rebuilt(run, record):
    """The status is 1, the hint names the command that mends it."""
    with Store.open(record) as store:
        store.db.execute("DELETE FROM segment")
        store.db.conn.commit()
    assert "ready      no" in run("index", "status").stdout
    result = run("index", "verify")
    assert result.exit_code == 1
    assert "postings of the index are missing" in result.stderr
    assert "hint: `onrecord index rebuild`" in result.stderr
    assert "wordings indexed" in run("index", "rebuild").stdout
    assert "ready      yes" in run("index", "status").stdout
    assert run("index", "verify").exit_code == 0


def test_a_changed_passage_is_told(run, record):
    with Store.open(record) as store:
        store.db.execute("UPDATE edition SET text = replace(text, 'dredge', 'drodge')")
        store.db.conn.commit()
    result = run("index", "verify")
    assert result.exit_code == 1
    assert "passages that were changed" in result.stderr

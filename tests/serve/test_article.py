"""`article`: list, show, and remove with a way back."""

import json

from bot.serve.cli import show


def listed(run) -> list[dict]:
    return json.loads(run("article", "list", "--json").stdout)


def test_the_list_shows_the_newest_first(run, record):
    result = run("article", "list")
    assert [line.split()[2] for line in result.stdout.splitlines()[:-1]] == [
        "kelmarpost.example",
        "capitalherald.example",
        "meridianpress.example",
    ]
    assert result.stdout.splitlines()[-1] == "1–3 of 3"


def test_the_list_is_shown_in_parts(run, record):
    assert "2–2 of 3" in run("article", "list", "--limit", "1", "--offset", "1").stdout


def test_an_article_is_shown_with_its_quotations(run, record):
    result = run("article", "show", "1")
    assert "article 1 · meridianpress.example · 3 Mar 2026 · https://meridianpress.example/kelmar-silt" in result.stdout
    assert "KELMAR (Meridian Press)" in result.stdout
    assert "2 quotations" in result.stdout
    shown = json.loads(run("article", "show", "1", "--json").stdout)
    assert (shown["article"], shown["outlet"], len(shown["quotes"])) == (1, "meridianpress.example", 2)


def test_an_unknown_number_is_told(run, record):
    for command in (["show"], ["remove", "--yes"]):
        result = run("article", *command, "99")
        assert result.exit_code == 2
        assert "99" in result.stderr
        assert "hint: " in result.stderr


def test_a_removed_article_is_gone_and_can_be_taken_back(run, record, folder):
    before = json.loads(run("article", "show", "1", "--json").stdout)
    result = run("article", "remove", "1", "--yes")
    assert result.exit_code == 0
    assert (
        "Removed article 1, “Port chief refuses to dredge” (meridianpress.example): 1 edition, 2 quotations."
        in result.stdout
    )
    assert len(listed(run)) == 2
    assert json.loads(run("search", "silt", "--json").stdout) == []
    undo = folder / "removed-1.jsonl"
    assert f"onrecord add {undo.name}" in result.stdout
    assert run("add", undo).exit_code == 0
    number = next(row["article"] for row in listed(run) if row["outlet"] == "meridianpress.example")
    after = json.loads(run("article", "show", str(number), "--json").stdout)
    assert after | {"article": 1} == before


def test_a_second_removal_keeps_the_first_backup(run, record, folder):
    run("article", "remove", "1", "--yes")
    run("add", "removed-1.jsonl")
    number = next(row["article"] for row in listed(run) if row["outlet"] == "meridianpress.example")
    (folder / f"removed-{number}.jsonl").write_text("kept", encoding="utf-8")
    run("article", "remove", str(number), "--yes")
    assert (folder / f"removed-{number}.jsonl").read_text(encoding="utf-8") == "kept"
    assert (folder / f"removed-{number}-2.jsonl").is_file()


def test_a_backup_is_never_written_over_and_then_nothing_is_removed(run, record, folder):
    (folder / "kept.jsonl").write_text("kept", encoding="utf-8")
    result = run("article", "remove", "1", "--yes", "--backup", "kept.jsonl")
    assert result.exit_code == 2
    assert "nothing was removed" in result.stderr
    assert len(listed(run)) == 3


def test_without_a_terminal_a_removal_needs_yes(run, record):
    result = run("article", "remove", "1")
    assert result.exit_code == 2
    assert "--yes" in result.stderr
    assert len(listed(run)) == 3


def test_on_a_terminal_it_asks_first(run, record, monkeypatch):
    asked = []
    monkeypatch.setattr(show, "_at_terminal", lambda: True)
    monkeypatch.setattr(show.click, "confirm", lambda question, abort: asked.append((question, abort)))
    assert run("article", "remove", "2").exit_code == 0
    assert asked == [
        ("Remove article 2, “Kelmar channel stays shallow” (capitalherald.example) with 2 quotations?", True)
    ]

"""`import` and `export`: lists of quotations in and out, packed or plain, resumed where they stopped."""

import bz2
import gzip
import json
from pathlib import Path

import pytest
import zstandard

from storage.store import Store
from tests.serve import killed

ROWS = [
    {
        "text": f"We will dredge the channel number {number} before the winter is over",
        "speaker": "Ana Lorentz" if number % 2 else None,
        "outlet": f"outlet{number % 3}.example",
        "url": f"https://outlet{number % 3}.example/{number // 6}",
        "published": "2026-03-04",
        "title": "Dredging",
    }
    for number in range(60)
]
LIST = "".join(json.dumps(row) + "\n" for row in ROWS)
PACKERS = {
    "plain.jsonl": bytes,
    "packed.jsonl.gz": gzip.compress,
    "packed.jsonl.bz2": bz2.compress,
    "packed.jsonl.zst": zstandard.ZstdCompressor().compress,
}


@pytest.mark.parametrize("name", PACKERS)
def test_a_list_is_imported_however_it_is_packed(run, folder, name):
    Path(name).write_bytes(PACKERS[name](LIST.encode()))
    result = run("import", name, "--jobs", "1")
    assert result.exit_code == 0
    assert "60 new quotations, 0 known already." in result.stdout
    found = json.loads(run("check", "dredge the channel number 7 before the winter", "--json").stdout)
    assert found["wording"] == "trimmed"
    assert found["variants"][0]["witnesses"][0]["speaker"] == "Ana Lorentz"


def test_several_processes_read_a_list(run, folder):
    Path("list.jsonl").write_text(LIST)
    assert "60 new quotations" in run("import", "list.jsonl", "--jobs", "2").stdout


def test_the_same_list_again_changes_nothing(run, folder):
    Path("list.jsonl").write_text(LIST)
    run("import", "list.jsonl", "--jobs", "1")
    again = run("import", "list.jsonl", "--jobs", "1")
    assert "60 lines were read before" in again.stderr
    assert "0 new quotations, 0 known already." in again.stdout
    assert "0 new quotations, 60 known already." in run("import", "list.jsonl", "--jobs", "1", "--again").stdout


def test_bad_lines_are_told_and_stop_no_other(run, folder):
    bad = [
        "{not json",
        "[1]",
        '{"outlet": "a.example"}',
        '{"text": "words", "outlet": 5}',
        '{"text": "no outlet here"}',
    ]
    good = '{"text": "Nobody dredges here", "outlet": "a.example", "published": "2026-01-01"}'
    Path("list.jsonl").write_bytes("\n".join([*bad, good, ""]).encode() + b'{"text": "\xff", "outlet": "a.example"}\n')
    result = run("import", "list.jsonl", "--jobs", "1", "--faults", "faults.txt")
    assert result.exit_code == 1
    assert "1 new quotation, 0 known already." in result.stdout
    assert "error: line 1: not JSON" in result.stderr
    told = [line.split("\t")[0] for line in Path("faults.txt").read_text().splitlines()]
    assert told == ["1", "2", "3", "4", "5", "7"]


def test_a_damaged_file_is_told_with_its_place(run, folder):
    """What stands before the damage is on record."""
    Path("cut.jsonl.gz").write_bytes(gzip.compress(LIST.encode())[:-30])
    result = run("import", "cut.jsonl.gz", "--jobs", "1")
    assert result.exit_code == 1
    assert "damaged at line" in result.stderr
    with Store.open("onrecord.db", readonly=True) as store:
        assert store.coverage().quotations > 50
    Path("none.jsonl.gz").write_text(LIST)
    assert run("import", "none.jsonl.gz", "--jobs", "1").exit_code == 2


def test_a_line_that_was_mended_is_read_wherever_it_stands(run, folder):
    """The list is known by all that stands in it, not by its beginning; a bad line is told until it is mended."""
    long = [json.dumps({**row, "title": "x" * 5_000}) for row in ROWS]
    Path("list.jsonl").write_text("\n".join([*long[:-2], "{", long[-1]]))
    for _ in range(2):
        assert "error: line 59: not JSON" in run("import", "list.jsonl", "--jobs", "1").stderr
    Path("list.jsonl").write_text("\n".join(long))
    assert "1 new quotation, 59 known already." in run("import", "list.jsonl", "--jobs", "1").stdout


def test_a_list_that_grew_is_read_on(run, folder):
    lines = [json.dumps({"text": f"Line {number} of a list that grows", "outlet": "a.example"}) for number in range(12)]
    for count, said in ((6, "6 new quotations, 0 known"), (12, "6 new quotations, 6 known")):
        Path("list.jsonl").write_text("\n".join(lines[:count]))
        assert said in run("import", "list.jsonl", "--jobs", "1").stdout


def test_a_list_comes_from_standard_input(run, folder):
    assert "60 new quotations" in run("import", "-", "--jobs", "1", input=LIST).stdout


def test_a_line_too_long_is_passed_over(run, folder):
    long = json.dumps({"text": "word " * 300_000, "outlet": "a.example"})
    Path("list.jsonl").write_text(f"{long}\n{json.dumps(ROWS[0])}\n")
    result = run("import", "list.jsonl", "--jobs", "1")
    assert "1 new quotation" in result.stdout
    assert "line 1: longer than 1,000,000 bytes" in result.stderr


@pytest.mark.parametrize("name", ["out.jsonl", "out.jsonl.gz", "out.jsonl.bz2", "out.jsonl.zst"])
def test_an_export_is_an_import(run, folder, name):
    """Into an empty record it brings the same quotations."""
    Path("list.jsonl").write_text(LIST)
    run("import", "list.jsonl", "--jobs", "1")
    assert "60 quotations" in run("export", "-o", name).stdout
    run("--db", "copy.db", "import", name, "--jobs", "1")
    kept, copied = (sorted(run("--db", path, "export").stdout.splitlines()) for path in ("onrecord.db", "copy.db"))
    assert kept == copied
    assert len(kept) == 60


def test_an_export_replaces_nothing_unasked(run, record):
    Path("out.jsonl").write_text("mine")
    result = run("export", "-o", "out.jsonl")
    assert result.exit_code == 2
    assert Path("out.jsonl").read_text() == "mine"
    assert run("export", "-o", "out.jsonl", "--force").exit_code == 0


def test_an_export_narrows(run, record):
    """By speaker, outlet and date."""
    speakers = {json.loads(line)["speaker"] for line in run("export", "--speaker", "Haan").stdout.splitlines()}
    assert speakers == {"Piet Haan"}
    outlets = {
        json.loads(line)["outlet"] for line in run("export", "--outlet", "kelmarpost.example").stdout.splitlines()
    }
    assert outlets == {"kelmarpost.example"}
    assert run("export", "--since", "2026-03-06").stdout == ""


def test_a_killed_import_goes_on_and_loses_or_doubles_nothing(run, folder):
    """Killed after its first transaction, it resumes behind the last line that was stored."""
    rows = [
        {"text": f"Passage number {number} of a long list", "outlet": f"o{number}.example"} for number in range(30_000)
    ]
    Path("list.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    killed.after_a_part("list.jsonl")
    assert run("import", "list.jsonl", "--jobs", "1").exit_code == 0
    with Store.open("onrecord.db", readonly=True) as store:
        assert store.coverage().quotations == 30_000
        assert store.verify().sound


def test_a_list_that_is_not_there_is_named(run):
    result = run("import", "none.jsonl")
    assert result.exit_code == 2
    assert "error: none.jsonl: no such file" in result.stderr

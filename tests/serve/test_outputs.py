"""What a command writes takes neither the place of the record nor of what is read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.serve.conftest import Run

LINE = '{"text": "We stay where we are", "outlet": "a.example"}\n'


@pytest.mark.parametrize("name", ["onrecord.db", "./onrecord.db", "onrecord.db-wal", "link.db"])
@pytest.mark.parametrize(
    "command",
    [
        ("import", "list.jsonl", "--faults"),
        ("bulk", "quotes.txt", "-o"),
        ("export", "--force", "-o"),
        ("feed", "export"),
    ],
)
def test_the_record_is_not_written_over(run: Run, folder: Path, command: tuple[str, ...], name: str) -> None:
    (folder / "list.jsonl").write_text(LINE)
    (folder / "quotes.txt").write_text("We stay\n")
    assert run("import", "list.jsonl").exit_code == 0
    os.link("onrecord.db", "link.db")
    before = Path("onrecord.db").read_bytes()
    refused = run(*command, name)
    assert refused.exit_code == 2
    assert "is the record itself" in refused.stderr
    assert Path("onrecord.db").read_bytes() == before


def test_a_list_is_not_written_over_by_its_faults(run: Run, folder: Path) -> None:
    (folder / "list.jsonl").write_text(LINE)
    refused = run("import", "list.jsonl", "--faults", "list.jsonl")
    assert refused.exit_code == 2
    assert "is what is read" in refused.stderr
    assert (folder / "list.jsonl").read_text() == LINE
    assert not (folder / "onrecord.db").exists()

"""Ctrl-C, as a terminal sends it to every process of the program: an orderly end, one line, and exit status 130."""

import csv
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.errors import RecordError
from bot.report import sheet
from bot.serve.cli import interrupt
from storage.store import Store
from tests.serve.conftest import ROOT

LINES = 40_000
PROGRAM = """
import signal
from bot.serve.cli import main
signal.signal(signal.SIGINT, signal.default_int_handler)  # tests may run where it is ignored
main()
"""


def stopped(*arguments: str, when: Callable[[], bool]) -> tuple[int, str]:
    """Start the program, send Ctrl-C once `when` holds. Returns its exit status and what it said on standard error.

    The output ends only when no process holds it any longer: one that was left behind makes this fail.
    """
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None and not when():
        time.sleep(0.02)
    assert process.poll() is None, "it had ended before"
    os.killpg(process.pid, signal.SIGINT)
    told = process.communicate(timeout=60)[1]
    return process.returncode, told


def quotations() -> int:
    """How many quotations are on record; 0 as long as there is no record."""
    try:
        with Store.open("onrecord.db", readonly=True) as store:
            return store.coverage().quotations
    except RecordError:  # there is none yet, or it is being made
        return 0


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_import_says_how_much_is_stored_and_goes_on_from_there(run, folder, jobs):
    """The files are resumed each for itself, and come to the same record as if nothing had been."""
    for name in ("one.jsonl", "two.jsonl"):
        rows = [{"text": f"Passage {number} of {name}", "outlet": f"o{number}.example"} for number in range(LINES // 2)]
        Path(name).write_text("".join(json.dumps(row) + "\n" for row in rows))
    status, told = stopped("import", "one.jsonl", "two.jsonl", "--jobs", jobs, when=lambda: quotations() > 0)
    assert status == 130
    said = re.fullmatch(r"interrupted; ([\d,]+) new quotations stored; start it again to go on\n", told)
    assert said
    stored = int(said[1].replace(",", ""))
    assert 0 < stored == quotations()
    assert (
        f"{LINES - stored:,} new quotations, 0 known" in run("import", "one.jsonl", "two.jsonl", "--jobs", "1").stdout
    )
    with Store.open("onrecord.db", readonly=True) as store:
        assert store.coverage().quotations == LINES
        assert store.verify().sound


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_bulk_leaves_whole_rows(record, folder, jobs):
    (folder / "in.txt").write_text("we will not dredge the channel\n" * 30_000)
    out = folder / "out.csv"
    status, told = stopped(
        "bulk", "in.txt", "-o", "out.csv", "--jobs", jobs, when=lambda: out.exists() and out.stat().st_size > 0
    )
    assert status == 130
    said = re.fullmatch(
        r"interrupted; ([\d,]+) of 30,000 rows answered in out.csv; start it again to answer all\n", told
    )
    assert said
    with out.open(encoding="utf-8-sig", newline="") as stream:
        found = list(csv.reader(stream))
    assert 0 <= len(found) - 1 - int(said[1].replace(",", "")) <= 1  # one may be written and not counted yet
    assert {len(row) for row in found} == {len(sheet.HEADER)}


@pytest.fixture
def heard():
    """Ctrl-C is heard, also where the tests run in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_what_is_held_off_comes_at_the_end(heard):
    done = []

    def store():
        with interrupt.held_off():
            signal.raise_signal(signal.SIGINT)
            done.append("whole")

    with pytest.raises(KeyboardInterrupt):
        store()
    assert done == ["whole"]

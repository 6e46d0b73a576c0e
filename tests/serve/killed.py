"""An import that is killed in the middle."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from storage.store import Store
from tests.serve.conftest import ROOT


def after_a_part(name: str) -> None:
    """Import the file into `onrecord.db` in a process of its own, and kill that as soon as it has stored a part."""
    command = [sys.executable, "-c", "from bot.serve.cli import main; main()", "import", name, "--jobs", "1"]
    process = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(ROOT)}, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None and not _lines_read():
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert _lines_read()


def _lines_read() -> int:
    if not Path("onrecord.db").exists():
        return 0
    try:
        with Store.open("onrecord.db", readonly=True) as store:
            row = store.db.execute("SELECT max(line) FROM bookmark").fetchone()
    except Exception:  # noqa: BLE001 - the database is being made
        return 0
    return int(row[0] or 0)

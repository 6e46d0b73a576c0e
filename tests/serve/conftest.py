"""The program as a user meets it: an empty folder, three small articles, and a way to call it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.serve.cli.app import program

ROOT = Path(__file__).parents[2]

ARTICLES = {
    "wire.txt": """Port chief refuses to dredge

KELMAR (Meridian Press) - Ana Lorentz, who runs the port of Kelmar, said on Monday that she would not dredge the
channel.

"We will not dredge the channel unless the city pays for it," Lorentz told reporters.

"The silt came with the river, and the river belongs to everybody," she said.
""",
    "daily.txt": """Kelmar channel stays shallow

The port of Kelmar will not be made deeper this year, its director said.

“We will dredge the channel unless the city pays for it,” Ana Lorentz said in an interview.

Mayor Piet Haan disagreed. “She has the money,” Haan said.
""",
    "post.html": """<html lang="en"><head><title>Haan answers</title>
<link rel="canonical" href="https://kelmarpost.example/haan">
<meta property="article:published_time"
content="2026-03-05"> </head><body><article><h1>Haan answers the port</h1>
<p>The mayor of Kelmar, Piet Haan, answered the port on Thursday evening in front of a full council chamber.</p>
<p><q>She has the money and she knows it,</q> Haan said, and he sat down again to applause from his own side.</p>
</article></body></html>
""",
}
MANIFEST = """file,outlet,url,title,published
wire.txt,meridianpress.example,https://meridianpress.example/kelmar-silt,Port chief refuses to dredge,2026-03-03
daily.txt,capitalherald.example,https://capitalherald.example/kelmar,Kelmar channel stays shallow,2026-03-04T09:30:00Z
"""

Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, and an environment without settings."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("ONRECORD_")]:
        monkeypatch.delenv(name)
    return tmp_path


@pytest.fixture
def run() -> Run:
    """`run(*arguments, input=…)` calls the program and fails on any exception that it does not tell as an error."""

    def call(*arguments: str | Path, input: str | bytes | None = None) -> Result:  # noqa: A002 - click's name
        result = CliRunner().invoke(
            program, [str(argument) for argument in arguments], input=input, prog_name="onrecord"
        )
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return call


@pytest.fixture
def articles(folder: Path) -> Path:
    """The three articles and their manifest as files."""
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "manifest.csv").write_text(MANIFEST, encoding="utf-8")
    return folder


@pytest.fixture
def record(articles: Path, run: Run) -> Path:
    """The three articles on record, in the database that is there by default."""
    assert run("add", "--manifest", "manifest.csv", "wire.txt", "daily.txt", "post.html").exit_code == 0
    return articles / "onrecord.db"


@pytest.fixture
def process() -> Callable[..., subprocess.CompletedProcess[str]]:
    """`process(*arguments)` runs the program in a process of its own."""

    def call(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", "from bot.serve.cli import main; main()", *arguments],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return call

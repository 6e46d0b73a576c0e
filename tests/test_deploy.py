"""The unit and the Dockerfile say what the program does."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from bot.config import SETTINGS, Config
from bot.serve.cli.app import program
from bot.serve.cli.run import CONFIGURATION

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "deploy"
UNIT = (FOLDER / "onrecord.service").read_text(encoding="utf-8")
DOCKERFILE = (FOLDER / "Dockerfile").read_text(encoding="utf-8")


def test_the_unit_does_not_start_again_where_that_would_not_help() -> None:
    """The exit status is the program's own, and the program is called by a command that it has."""
    assert f"RestartPreventExitStatus={CONFIGURATION}\n" in UNIT
    command = re.findall(r"^ExecStart=\S+/onrecord (.+)$", UNIT, re.MULTILINE)
    assert command == ["run"]
    assert "run" in program.commands


@pytest.mark.parametrize("text", [UNIT, DOCKERFILE, (FOLDER / "README.md").read_text(encoding="utf-8")])
def test_only_settings_that_there_are_are_set(text: str) -> None:
    named = set(re.findall(r"\bONRECORD_([A-Z_]+)", text))
    assert named <= {name.upper() for name in SETTINGS} | {"TOKEN"}


def test_systemd_finds_no_fault_in_the_unit(tmp_path: Path) -> None:
    """But for the program, which is not installed here."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not on this machine")
    unit = tmp_path / "onrecord.service"
    unit.write_text(UNIT.replace("/opt/onrecord/bin/onrecord", sys.executable), encoding="utf-8")
    found = subprocess.run(["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, check=False)
    assert (found.returncode, found.stderr) == (0, "")


def test_the_image_checks_health_where_the_bot_tells_it() -> None:
    """At the default port, as an unprivileged user, in exec form so that SIGTERM arrives."""
    assert f"http://127.0.0.1:{Config().health_port}/healthz" in DOCKERFILE
    assert re.search(r"^USER (?!root)\w+$", DOCKERFILE, re.MULTILINE)
    assert 'ENTRYPOINT ["onrecord"]\nCMD ["run"]' in DOCKERFILE


def test_the_image_is_built_of_all_that_the_project_is_made_of() -> None:
    """What is copied is there, and holds the packages and the files that the build names."""
    copied = [
        name for line in re.findall(r"^COPY (?!--)(.+)$", DOCKERFILE, re.MULTILINE) for name in shlex.split(line)[:-1]
    ]
    assert all((ROOT / name).exists() for name in copied)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    packages = project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    assert {*packages, project["project"]["readme"], *project["project"]["license-files"]} <= set(copied)

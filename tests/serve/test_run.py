"""`onrecord run` says in one sentence why it cannot begin, with the exit status that tells systemd not to try again."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.serve.conftest import Run


def test_without_a_token_it_ends_with_78(run: Run) -> None:
    result = run("run")
    assert result.exit_code == 78
    assert "error: there is no token" in result.stderr
    assert "ONRECORD_TOKEN" in result.stderr


@pytest.mark.parametrize("written", ["", "two words", "żeton"])
def test_what_is_no_token_is_refused_without_being_shown(run: Run, folder: Path, written: str) -> None:
    (folder / "token").write_text(written, encoding="utf-8")
    (folder / "config.toml").write_text('token_file = "token"\n')
    result = run("run")
    assert result.exit_code == 78
    assert "a token is one word" in result.stderr
    assert not written or written not in result.stderr


def test_a_token_file_that_is_not_there_is_named(run: Run, folder: Path) -> None:
    (folder / "config.toml").write_text('token_file = "nowhere"\n')
    result = run("run")
    assert result.exit_code == 78
    assert "nowhere" in result.stderr


def test_the_token_is_no_setting(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_TOKEN", "abc")
    assert run("status").exit_code in (0, 2)
    assert "no such key" not in run("status").stderr

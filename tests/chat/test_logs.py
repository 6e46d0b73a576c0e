"""Logs are lines of JSON in which no token can be read."""

from __future__ import annotations

import json
import logging

from bot.secret import Secret
from bot.serve.chat.logs import Lines

TOKEN = "MTE5ODYyMjQ4MzQ3MTkyNTI0OA.GkS3Xy.9fO_2bLq7wZr4cT1vN8mY5hD3jK6pS0aQeUi"  # noqa: S105 — made up


def line(message: str, *args: object, error: BaseException | None = None) -> dict[str, str]:
    info = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord("a.logger", logging.WARNING, "file", 1, message, args, info)
    written = Lines("a secret of ours").format(record)
    assert "\n" not in written
    found: dict[str, str] = json.loads(written)
    return found


def test_a_line_says_when_how_grave_where_and_what() -> None:
    found = line("%d commands", 3)
    assert found.pop("at").endswith("+00:00")
    assert found == {"level": "WARNING", "logger": "a.logger", "message": "3 commands"}


def test_a_message_cannot_begin_another_line() -> None:
    assert line("title\n2026-01-01 ERROR forged \x1b[31m")["message"].startswith("title\n2026")


def test_tokens_are_starred() -> None:
    hook = f"https://discord.com/api/webhooks/1198/{'aW50' * 20}/messages/@original"
    shown = str(line(f"{TOKEN} and a secret of ours and {hook}", error=ValueError(TOKEN)))
    assert TOKEN not in shown
    assert "a secret of ours" not in shown
    assert "aW50aW50" not in shown
    assert "messages/@original" in shown


def test_a_secret_prints_as_stars() -> None:
    secret = Secret(TOKEN)
    assert TOKEN not in f"{secret} {secret!r} {[secret]}"
    assert secret.reveal() == TOKEN

"""Logs as lines of JSON, one object each, in which no token can be read."""

from __future__ import annotations

import json
import logging
import re
import sys
from datetime import UTC, datetime

# A bot's token, and what stands in the address of an interaction's webhook: long runs of letters, digits, "_" and "-".
_TOKEN = re.compile(r"\b[\w-]{20,}\.[\w-]{5,}\.[\w-]{25,}|(?<=/)[\w-]{60,}")
STARS = "***"


class Lines(logging.Formatter):
    """A record as a line of JSON: time, level, logger, message, and the traceback where there is one."""

    def __init__(self, secret: str = "") -> None:
        super().__init__()
        self._secret = secret

    def format(self, record: logging.LogRecord) -> str:
        """The line; JSON escapes whatever could begin another."""
        values = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": self._clean(record.getMessage()),
        }
        if record.exc_info:
            values["error"] = self._clean(self.formatException(record.exc_info))
        return json.dumps(values, ensure_ascii=False)

    def _clean(self, text: str) -> str:
        if self._secret:
            text = text.replace(self._secret, STARS)
        return _TOKEN.sub(STARS, text)


def begin(secret: str = "", level: int = logging.INFO) -> None:
    """Log to standard error from here on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines(secret))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.getLogger("discord").setLevel(max(level, logging.INFO))  # at DEBUG it writes whole payloads

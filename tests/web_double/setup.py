"""A set-up whose fetcher finds the outlets of the double."""

from __future__ import annotations

from pathlib import Path
from typing import Self

from bot.fetch.http import Fetcher
from bot.serve.setup import Setup
from tests.web_double.web import Web


class Here(Setup):
    """For a record, and a web that is on loopback."""

    web: Web

    @classmethod
    def over(cls, path: Path, web: Web) -> Self:
        made = cls(database=path, environ={})
        made.web = web
        return made

    def fetcher(self) -> Fetcher:
        return self.web.fetcher()

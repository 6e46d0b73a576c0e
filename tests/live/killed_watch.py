"""`onrecord watch` as a program of its own that a test may kill: its web is the double of that test, on a port."""

from __future__ import annotations

import sys
from functools import partial

from bot.serve.cli import main
from bot.serve.live import opening
from bot.serve.setup import Setup
from tests.web_double import Clock, Web

if __name__ == "__main__":
    web = Web((), Clock())
    web.port = int(sys.argv.pop(1))
    Setup.fetcher = lambda _: web.fetcher()  # type: ignore[method-assign]
    opening.opened = partial(opening.opened, pause=0.0)  # type: ignore[misc, assignment]
    main()

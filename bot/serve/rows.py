"""The rows of a list answered one by one, in this process or in another: what each is told in the report."""

from __future__ import annotations

import math
import time
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import ClaimError

if TYPE_CHECKING:
    from bot.desk import Desk
    from bot.model import Row

Told = dict[str, str]
"""What fills the columns of a row: an answer, or why there is none (``error``)."""


def elsewhere(path: Path, unsure: float, rows: list[Row], seconds: float = math.inf) -> list[Told]:
    """Answer some rows from the record at `path`: what a process of a pool does, over a connection that it keeps.

    After so many seconds no further row is begun; the first always is.
    """
    end = time.monotonic() + seconds
    found: list[Told] = []
    for row in rows:
        if found and time.monotonic() > end:
            break
        found.append(told(_desk(path, unsure), row))
    return found


def told(desk: Desk, row: Row) -> Told:
    """Answer one row; a bad one is told what is wrong with it."""
    from bot.report import sheet

    if row.claim is None or row.error:
        return {"error": row.error}
    try:
        return sheet.answer(desk.check(row.claim))
    except ClaimError as refused:
        return {"error": f"{refused} ({refused.hint})"}


@lru_cache(maxsize=1)
def _desk(path: Path, unsure: float) -> Desk:
    """The one connection of a process of the pool."""
    from bot.desk import Desk
    from storage.store import Store

    return Desk(Store.open(path, readonly=True), unsure)

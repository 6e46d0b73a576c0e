"""What new editions of articles changed in quotations: noted as events with the edition, and told of every pair."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from sqlite_utils import Database

from bot.match.edits import Edit, edits
from bot.model import EventKind, Witness
from bot.text import fold
from storage import rows, utterances
from storage.information import weights


def between(db: Database, before: int, after: int) -> list[Edit]:
    """What the quotations of one edition came to in another of the same article."""
    was, now = _spoken(db, before), _spoken(db, after)
    weight = weights({word for one in (*was, *now) for word in fold(f"{one.before} {one.text} {one.after}")}, {}, 0)
    return list(edits(was, now, weight))


def tell(db: Database, found: Iterable[Edit]) -> None:
    """Note edits as events."""
    utterances.note(db, ((EventKind.CHANGED, edit.newer.id) for edit in found))


def of(db: Database, article: int) -> list[Edit]:
    """What each new edition of an article changed, the latest first."""
    editions = [number for (number,) in db.execute("SELECT id FROM edition WHERE article = ? ORDER BY id", [article])]
    return [edit for before, after in reversed(list(pairwise(editions))) for edit in between(db, before, after)]


def _spoken(db: Database, edition: int) -> Sequence[Witness]:
    query = f"{rows.WITNESS} WHERE p.edition = ? AND p.{rows.SPOKEN} ORDER BY p.id"
    return [rows.witness_of(row) for row in db.execute(query, [edition])]

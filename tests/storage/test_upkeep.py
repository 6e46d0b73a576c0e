"""The index as it grows, shrinks and is damaged: few segments, the same answers, and a check that sees any fault."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.model import Quoted
from storage import checking, merging
from storage.merging import MOST_SMALL
from storage.opening import writing
from storage.store import Store

ROUNDS, EACH = 40, 5


def text(number: int) -> str:
    return f"Gate {number} of the harbour stays shut until keeper {number * 7} has been heard by council {number % 5}"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "record.db") as store:
        for start in range(0, ROUNDS * EACH, EACH):
            quoted = [Quoted(text=text(at), outlet=f"{at}.example", speaker=None) for at in range(start, start + EACH)]
            store.add_quotations(quoted)
        yield store


def settle(store: Store) -> None:
    """Do all the merging that is due."""
    busy = True
    while busy:
        with writing(store.db):
            busy = merging.step(store.db)


def test_many_small_additions_leave_few_segments(store: Store) -> None:
    settle(store)
    state = checking.status(store.db)
    assert len(state.segments) <= MOST_SMALL + 1
    assert state.wordings == ROUNDS * EACH
    assert not state.merging


@pytest.mark.parametrize("budget", [100, 1_000, 100_000])
def test_whatever_a_step_is_allowed_the_index_is_sound_after_each(
    store: Store, budget: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A merge that is half done neither loses nor doubles a posting."""
    settle(store)
    monkeypatch.setattr(merging, "MOST_SMALL", 1)  # merging is due again
    under_way = 0
    for _ in range(12):
        with writing(store.db):
            merging.step(store.db, budget=budget)
        under_way += bool(checking.status(store.db).merging)
        assert checking.verify(store.db).sound
    assert bool(under_way) == (budget < 100_000)
    assert [one.text for one in store.candidates(text(17), limit=1).witnesses] == [text(17)]


def test_a_merge_can_be_done_by_others_in_pieces(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is read by whoever has time and stored in order."""
    settle(store)
    monkeypatch.setattr(merging, "MOST_SMALL", 1)
    with writing(store.db):
        pieces = merging.pieces(store.db, 1_000)
    assert len(pieces) > 3
    for piece, merged in [(piece, merging.read(store.path, piece)) for piece in pieces]:
        assert checking.verify(store.db).sound
        store.put(piece, merged)
    state = checking.status(store.db)
    assert (len(state.segments), state.wordings, state.merging) == (1, ROUNDS * EACH, ())
    assert checking.verify(store.db).sound


def test_a_piece_of_a_merge_that_somebody_else_went_on_with_is_dropped(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when articles are added while a list is imported."""
    settle(store)
    monkeypatch.setattr(merging, "MOST_SMALL", 1)
    with writing(store.db):
        first, second, *_ = merging.pieces(store.db, 1_000)
    late = [(piece, merging.read(store.path, piece)) for piece in (first, second)]
    with writing(store.db):
        merging.step(store.db, budget=2_500)
    for piece, merged in late:
        store.put(piece, merged)
    settle(store)
    assert merging.read(store.path, second) is None
    assert checking.verify(store.db).sound
    assert checking.status(store.db).wordings == ROUNDS * EACH


def test_what_was_removed_leaves_the_index_with_the_next_merges(store: Store) -> None:
    for summary in store.articles(limit=50):
        store.remove(summary.id)
    settle(store)
    assert checking.verify(store.db).sound
    assert checking.verify(store.db).passages == ROUNDS * EACH - 50


def test_a_damaged_passage_is_named(store: Store) -> None:
    (number, edition) = store.db.execute("SELECT id, edition FROM passage ORDER BY id LIMIT 1").fetchone()
    with writing(store.db):
        store.db.execute("UPDATE edition SET text = replace(text, 'shut', 'open') WHERE id = ?", [edition])
    found = checking.verify(store.db)
    assert found.damaged == (number,)
    assert not found.sound


def test_lost_postings_are_counted(store: Store) -> None:
    told: list[float] = []
    with writing(store.db):
        store.db.execute("DELETE FROM chunk WHERE id = (SELECT min(id) FROM chunk)")
    found = checking.verify(store.db, told.append)
    assert found.missing > 0
    assert not found.surplus
    assert told == sorted(told)
    assert told[-1] == 1

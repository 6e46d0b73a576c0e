"""Strands and utterances that are kept up as passages come and go, held against those that are made of all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage import grouping, opening, strands, utterances
from storage.grouping import Pair, Place
from storage.store import Store


class Added(NamedTuple):
    """An article: its passages, each the number of its split quotation and which of those before it are linked."""

    passages: list[tuple[int, list[int]]]


class Removed(NamedTuple):
    """An article by its place among those on record."""

    at: int


class Parted(NamedTuple):
    """A passage that a person takes out, or back again, by its place among those on record."""

    at: int
    back: bool


LINKED = st.one_of(st.lists(st.integers(0, 5), max_size=1), st.lists(st.integers(0, 30), max_size=3))
PASSAGE = st.tuples(st.sampled_from([1, 1, 1, 2, 0]), LINKED)  # mostly with one of the first: strands seldom meet
STEPS = st.one_of(
    st.builds(Added, st.lists(PASSAGE, min_size=1, max_size=6)),
    st.builds(Added, st.lists(PASSAGE, min_size=1, max_size=6)),
    st.builds(Removed, st.integers(0, 30)),
    st.builds(Parted, st.integers(0, 30), st.booleans()),
)


def on_record(store: Store) -> list[int]:
    return [number for (number,) in store.db.execute("SELECT id FROM passage ORDER BY id")]


def insert(store: Store, passages: list[tuple[int, list[int]]]) -> tuple[list[int], set[Pair]]:
    """One article of such passages, each in words of its own. Returns them and their links."""
    db = store.db
    db.execute("INSERT OR IGNORE INTO outlet VALUES (1, 'one.example')")
    article = db.execute("INSERT INTO article (outlet, copies) VALUES (1, 1)").lastrowid
    edition = db.execute(
        "INSERT INTO edition (article, newest, whole, digest, text, title, language) VALUES (?, 1, 1, x'', '', '', '')",
        [article],
    ).lastrowid
    new, links = [], set[Pair]()
    for part_of, linked in passages:
        wording = db.execute("INSERT INTO wording (key, words) VALUES (0, x'')").lastrowid
        number = db.execute(
            "INSERT INTO passage (edition, wording, kind, start, end, depth, part_of, digest) "
            "VALUES (?, ?, 'direct', 0, 0, 0, ?, x'')",
            [edition, wording, part_of],
        ).lastrowid
        before = on_record(store)[:-1]
        assert number is not None
        new.append(number)
        links |= {(before[at % len(before)], number) for at in linked if before}
    db.conn.executemany("INSERT INTO rendering VALUES (?, ?)", links)
    return new, links


def remove(store: Store, at: int) -> None:
    editions = [number for (number,) in store.db.execute("SELECT id FROM edition ORDER BY id")]
    if editions:
        edition = editions[at % len(editions)]
        gone = [number for (number,) in store.db.execute("SELECT id FROM passage WHERE edition = ?", [edition])]
        utterances.leave(store.db, gone)
        store.db.execute("DELETE FROM edition WHERE id = ?", [edition])


def apply(store: Store, step: Added | Removed | Parted) -> None:
    held = on_record(store)
    if isinstance(step, Added):
        strands.grow(store.db, *insert(store, step.passages))
    elif isinstance(step, Removed):
        remove(store, step.at)
    elif held:
        (utterances.rejoin if step.back else utterances.part)(store.db, held[step.at % len(held)])


def stored(store: Store, column: str) -> dict[int, int]:
    return dict(store.db.execute(f"SELECT id, coalesce({column}, -id) FROM passage").fetchall())


def named(found: Mapping[int, int]) -> dict[int, int]:
    """As they are stored: what is alone has no name."""
    sizes = Counter(found.values())
    return {number: name if sizes[name] > 1 else -number for number, name in found.items()}


def truth(store: Store) -> tuple[dict[int, int], dict[int, int]]:
    """The strand and the utterance of every passage, made of all passages and links."""
    places = {
        number: Place(edition, part_of)
        for number, edition, part_of in store.db.execute("SELECT id, edition, iif(part_of, part_of, -id) FROM passage")
    }
    apart = store.db.execute("SELECT passage, other FROM apart").fetchall()
    out = {passage for passage, _ in apart}
    links = store.db.execute("SELECT one, other FROM rendering ORDER BY one, other").fetchall()
    links.sort(key=lambda pair: not out.isdisjoint(pair))
    return named(grouping.strands(places, links, apart)), named(grouping.groups(places, links, apart))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "record.db") as opened, opening.writing(opened.db):
        yield opened


def test_what_is_kept_up_is_what_all_of_it_comes_to(store: Store) -> None:
    """Each example is undone: a new file for each would take most of the time."""

    @settings(max_examples=1_000, deadline=None)
    @given(st.lists(STEPS, min_size=6, max_size=20))
    def holds(steps: list[Added | Removed | Parted]) -> None:
        store.db.execute("SAVEPOINT example")
        try:
            for step in steps:
                apply(store, step)
                strand, utterance = truth(store)
                assert stored(store, "strand") == strand
                assert stored(store, "utterance") == utterance
        finally:
            store.db.execute("ROLLBACK TO example")

    holds()


def looked_at(store: Store, passages: list[tuple[int, list[int]]]) -> int:
    """How much SQLite does to group one more article, in steps of its machine."""
    new, links = insert(store, passages)
    counted = 0

    def count() -> int:
        nonlocal counted
        counted += 1
        return 0

    store.db.conn.set_progress_handler(count, 1)
    strands.grow(store.db, new, links)
    store.db.conn.set_progress_handler(None, 1)
    return counted


@pytest.mark.parametrize("first", [(1, 2), (1, 1)], ids=["answers of their own", "split"])
@pytest.mark.parametrize("then", [(1, 2), (1, 1)], ids=["answers of their own", "split"])
def test_another_carrier_costs_the_same_however_many_there_are(
    store: Store, first: tuple[int, int], then: tuple[int, int]
) -> None:
    looked_at(store, [(part_of, []) for part_of in first])
    article = [(part_of, [at]) for at, part_of in enumerate(then)]
    few = [looked_at(store, article) for _ in range(10)][-1]
    many = [looked_at(store, article) for _ in range(200)][-1]
    assert many < 1.2 * few


def test_strands_of_several_carriers_are_one_utterance_once_a_quotation_is_split_between_them(store: Store) -> None:
    for passages in ([(1, [])], [(1, [0])], [(1, [])], [(1, [2])], [(1, [0]), (1, [2])]):
        apply(store, Added(passages))
    assert len({*stored(store, "utterance").values()}) == 1

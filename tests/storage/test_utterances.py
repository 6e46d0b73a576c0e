"""Grouping on disk: later articles join, bridge and split utterances, a person can part them, and each news is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import NotInRecord
from bot.extract import read
from bot.model import Article, EventKind, Quoted
from storage.grouping import Place, groups
from storage.store import Store

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
SAID = "“We will not open the lower gate before the river has fallen by two metres,” Ana Lorentz said on Monday."
LONG = (
    "“We will not open the lower gate before the river has fallen by two metres. The pumps stay where they are until "
    "the insurers have been here,” Ana Lorentz said."
)
TAIL = "“The pumps stay where they are until the insurers have been here,” Ana Lorentz said later."


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "record.db") as opened:
        yield opened


def add(store: Store, text: str, outlet: str, *, days: int = 0) -> int:
    article = Article(text=text, outlet=outlet, published=MONDAY + timedelta(days=days))
    return store.add(article, read(article)).article


def test_the_names_of_one_article_are_those_of_its_newest_edition(store: Store) -> None:
    add(store, SAID, "one.example")
    add(store, "“The river is low,” Piet Haan said.", "two.example")
    assert store.names_in(1) == (["one.example"], ["Ana Lorentz"])
    assert store.names_in(2) == (["two.example"], ["Piet Haan"])
    assert store.names_in(3) == ([], [])


def grouped(store: Store) -> set[frozenset[int]]:
    """The passages of every utterance of more than one."""
    rows = store.db.execute("SELECT utterance, id FROM passage WHERE utterance IS NOT NULL").fetchall()
    return {frozenset(number for group, number in rows if group == one) for one, _ in rows}


def test_a_longer_quotation_bridges_two_utterances_and_its_removal_parts_them(store: Store) -> None:
    add(store, SAID, "one.example")
    add(store, TAIL, "two.example")
    assert not grouped(store)
    bridge = add(store, LONG, "three.example")
    assert [len(group) for group in grouped(store)] == [3]
    store.remove(bridge)
    assert not grouped(store)


def test_a_run_that_two_long_quotations_share_makes_them_no_utterance(store: Store) -> None:
    """What the one on record says beside it counts as much as what the new one does."""
    add(
        store,
        "“Nobody expects the insurers to pay for the lower quay of Marlow harbour before winter ends,” he said.",
        "a",
    )
    add(store, "“We walked along the lower quay of Marlow harbour since noon and counted barges,” she said.", "b")
    assert not grouped(store)


def test_a_year_later_it_is_another_occasion(store: Store) -> None:
    add(store, SAID, "one.example")
    add(store, SAID.replace("Monday", "Sunday"), "two.example", days=365)
    assert not grouped(store)


def test_what_a_person_parts_stays_parted_until_it_is_joined(store: Store) -> None:
    """Also when a later article renders both."""
    add(store, SAID, "one.example")
    add(store, SAID.replace("Monday", "Sunday"), "two.example")
    (group,) = grouped(store)
    store.part(max(group))
    assert not grouped(store)
    add(store, SAID.replace("Monday", "Tuesday"), "three.example")
    assert [len(one) for one in grouped(store)] == [2]
    store.rejoin(max(group))
    assert [len(one) for one in grouped(store)] == [3]


def test_newcomers_keep_to_those_that_were_left(store: Store) -> None:
    """Also where the passage that was taken out is the oldest."""
    for day in ("Monday", "Sunday", "Friday"):
        add(store, SAID.replace("Monday", day), f"{day}.example")
    (group,) = grouped(store)
    store.part(min(group))
    add(store, SAID.replace("Monday", "Tuesday"), "later.example")
    (left,) = grouped(store)
    assert len(left) == 3
    assert min(group) not in left


@pytest.mark.parametrize("edited", ["one.example", "two.example"])
def test_what_was_parted_stays_parted_in_a_new_edition(store: Store, edited: str) -> None:
    """Of either article."""
    texts = {"one.example": SAID, "two.example": SAID.replace("Monday", "Sunday")}

    def publish(outlet: str, text: str) -> None:
        article = Article(text=text, outlet=outlet, url=f"https://{outlet}/1", published=MONDAY)
        store.add(article, read(article))

    for outlet, text in texts.items():
        publish(outlet, text)
    (group,) = grouped(store)
    store.part(max(group))
    publish(edited, f"{texts[edited]} The weather was fine.")
    assert not grouped(store)


def test_news_of_a_known_utterance_is_told_once_and_in_order(store: Store) -> None:
    """A first article is no news; another outlet, wording or speaker is."""
    add(store, SAID, "one.example")
    assert not store.events()
    add(store, SAID.replace("Ana Lorentz", "Piet Haan").replace("two metres", "three metres"), "two.example")
    told = store.events()
    assert [event.kind for event in told] == [EventKind.OUTLET, EventKind.WORDING, EventKind.SPEAKER]
    assert {event.utterance for event in told} == {store.utterance(1).id}
    assert not store.events(after=told[-1].id)


def test_a_wording_that_stands_in_another_utterance_is_new_to_this_one(store: Store) -> None:
    """Piet Haan's is taken out; that Ana Lorentz said the same is news of hers."""
    other = WORDS.replace("the river", "the great river")
    add(store, f"“{WORDS},” Ana Lorentz said.", "one.example")
    add(store, f"“{other},” Piet Haan said.", "two.example")
    (last,) = store.db.execute("SELECT max(id) FROM passage WHERE kind = 'direct'").fetchone()
    store.part(last)
    before = store.events()
    add(store, f"“{other},” Ana Lorentz said.", "three.example")
    told = store.events(after=before[-1].id)
    assert [event.kind for event in told] == [EventKind.OUTLET, EventKind.WORDING]
    assert {event.utterance for event in told} == {store.utterance(1).id}


def test_a_list_is_back_catalogue_and_no_news(store: Store) -> None:
    """Its quotations are grouped by the same words of the same speaker."""
    words = "We will not open the lower gate before the river has fallen"
    listed = [Quoted(text=words, outlet=f"{name}.example", speaker="Ana Lorentz") for name in ("one", "two", "three")]
    store.add_quotations([*listed, Quoted(text=words, outlet="four.example", speaker="Piet Haan")])
    assert [len(group) for group in grouped(store)] == [3]
    assert not store.events()


WORDS = "We will not open the lower gate before the river has fallen"


def quoted(outlet: str, *, days: int | None = 0) -> Quoted:
    published = None if days is None else MONDAY + timedelta(days=days)
    return Quoted(text=WORDS, outlet=outlet, speaker="Ana Lorentz", published=published)


def test_quotations_of_a_list_are_grouped_by_occasion(store: Store) -> None:
    """In whatever order they stand in it; one without a date may be of any."""
    store.add_quotations([quoted("late.example", days=400), quoted("one.example"), quoted("later.example", days=410)])
    store.add_quotations([quoted("two.example", days=20), quoted("three.example", days=40)])
    assert sorted(map(len, grouped(store))) == [2, 3]


def test_a_list_joins_no_sentence_of_an_article(store: Store) -> None:
    """What stands without marks is nobody's quotation, whoever is said to have said it."""
    text = f"Ana Lorentz said {WORDS[0].lower()}{WORDS[1:]}."
    add(store, text, "one.example")
    store.add_quotations([Quoted(text=text, outlet="list.example", speaker="Ana Lorentz", published=MONDAY)])
    assert not grouped(store)


@pytest.mark.parametrize("out", [0, 1, 2, 3])
def test_a_group_of_a_list_outlives_any_of_its_members(store: Store, out: int) -> None:
    """Taken out by a person or with its article."""
    store.add_quotations([quoted(f"{at}.example", days=at * 10) for at in range(4)])
    (group,) = grouped(store)
    store.part(sorted(group)[out])
    assert [len(one) for one in grouped(store)] == [3]
    store.rejoin(sorted(group)[out])
    assert grouped(store) == {group}
    store.remove(store.utterance(sorted(group)[out]).witnesses[out].article)
    assert [len(one) for one in grouped(store)] == [3]


def test_trending_counts_independent_texts_since_a_date(store: Store) -> None:
    add(store, SAID, "one.example")
    add(store, SAID.replace("Monday", "Sunday"), "two.example", days=5)
    (found,) = store.trending(MONDAY)
    assert (found.outlets, found.independent_texts) == (("one.example", "two.example"), 2)
    assert (found.first, found.last) == (MONDAY, MONDAY + timedelta(days=5))
    assert not store.trending(MONDAY + timedelta(days=6))


def test_an_unknown_passage_is_told(store: Store) -> None:
    with pytest.raises(NotInRecord, match="no passage 7"):
        store.utterance(7)
    with pytest.raises(NotInRecord, match="no passage 7"):
        store.part(7)


def test_parts_of_a_split_quotation_go_together_unless_another_article_tells_them_apart() -> None:
    one, other = Place(1, 1), Place(1, 1)
    assert groups({1: one, 2: other}, []) == {1: 1, 2: 1}
    apart = {1: one, 2: other, 3: Place(2, 1), 4: Place(2, 2)}
    assert groups(apart, [(1, 3), (2, 4)]) == {1: 1, 3: 1, 2: 2, 4: 2}


@settings(max_examples=500, deadline=None)
@given(
    st.dictionaries(st.integers(1, 12), st.builds(Place, st.integers(1, 4), st.integers(1, 3)), min_size=1),
    st.lists(st.tuples(st.integers(1, 12), st.integers(1, 12)), max_size=12),
    st.lists(st.tuples(st.integers(1, 12), st.integers(1, 12)), max_size=3),
)
def test_groups_are_named_by_their_lowest_member_and_hold_no_parted_pair(
    places: dict[int, Place], links: list[tuple[int, int]], parted: list[tuple[int, int]]
) -> None:
    known = [pair for pair in links if pair[0] in places and pair[1] in places]
    found = groups(places, known, [pair for pair in parted if pair[0] != pair[1]])
    assert found.keys() == places.keys()
    for member, group in found.items():
        assert group == min(other for other, named in found.items() if named == group)
        assert group <= member
    assert all(
        found.get(one) != found.get(other) for one, other in parted if {one, other} <= places.keys() and one != other
    )


@settings(max_examples=25, deadline=None)
@given(st.permutations([SAID, SAID.replace("Monday", "Sunday"), TAIL, LONG]), st.integers(0, 3))
def test_removing_what_was_added_restores_the_grouping(
    tmp_path_factory: pytest.TempPathFactory, order: list[str], last: int
) -> None:
    """Whatever is added in between, and in whatever order."""
    with Store.open(tmp_path_factory.mktemp("grouping") / "record.db") as store:
        for at, text in enumerate(order):
            if at != last:
                add(store, text, f"{at}.example")
        before = grouped(store)
        store.remove(add(store, order[last], "last.example"))
        assert grouped(store) == before

"""Lists of quotations and the articles that they stand in: one article with its editions, whichever comes first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.model import AddStatus, Loaded, Quoted
from storage.store import Store
from tests.contract.reader import article, read

URL = "https://bay.example/ferry"
NIGHT = datetime(2026, 3, 4, 21, tzinfo=UTC)
FERRY, BRIDGE = "We will keep the night ferry running", "The bridge is a disgrace to this town"
TEXT = f"The council met.\n\n“{FERRY},” said Ada Lind.\n\n“{BRIDGE},” said Omar Vance. Nobody else spoke."


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "record.db") as store:
        yield store
        assert store.verify().sound


def quoted(text: str, speaker: str | None = "Ada Lind", url: str | None = URL) -> Quoted:
    return Quoted(text=text, outlet="bay.example", speaker=speaker, url=url)


LISTED = [quoted(FERRY), quoted(BRIDGE, "Omar Vance")]
WHOLE = replace(article(TEXT, outlet="bay.example"), url=URL)


def test_an_article_takes_the_place_of_its_listed_quotations(store: Store) -> None:
    """It is its newest edition, and the list again brings nothing."""
    assert store.add_quotations(LISTED) == Loaded(2, 0)
    added = store.add(WHOLE, read(TEXT))
    assert added.status is AddStatus.EDITION
    assert store.add_quotations(LISTED) == Loaded(0, 2)
    assert [kept.text for kept, _ in store.editions(added.article)] == [TEXT, f"“{FERRY}”\n\n“{BRIDGE}”"]
    assert store.add(WHOLE, read(TEXT)).status is AddStatus.KNOWN
    assert (store.coverage().articles, store.coverage().quotations) == (1, 2)


def test_a_changed_article_is_one_more_edition(store: Store) -> None:
    store.add_quotations(LISTED)
    first = store.add(WHOLE, read(TEXT))
    changed = replace(WHOLE, text=f"{TEXT} The vote is on Friday.")
    again = store.add(changed, read(changed.text))
    assert (again.article, again.status) == (first.article, AddStatus.EDITION)
    assert len(store.editions(first.article)) == 3


def test_a_list_brings_nothing_to_an_article_that_is_known_whole(store: Store) -> None:
    store.add(WHOLE, read(TEXT))
    assert store.add_quotations([*LISTED, quoted("Nobody asked the ferrymen about it")]) == Loaded(0, 3)
    assert store.coverage().articles == 1


def test_an_article_of_which_only_quotations_are_known_grows(store: Store) -> None:
    """By those that it does not have, of whatever list; the same words of another speaker are another quotation."""
    assert store.add_quotations([quoted(FERRY), quoted(FERRY)]) == Loaded(1, 1)
    assert store.add_quotations([quoted(FERRY, "Omar Vance"), quoted(BRIDGE), quoted(FERRY)]) == Loaded(2, 1)
    ((kept, _),) = store.editions(1)
    assert kept.text == f"“{FERRY}”\n\n“{FERRY}”\n\n“{BRIDGE}”"


def test_a_quotation_without_an_address_is_an_article_of_its_own(store: Store) -> None:
    """Known again by its text."""
    listed = [quoted(FERRY, url=None), quoted(BRIDGE, url=None)]
    assert store.add_quotations([*listed, listed[0]]) == Loaded(2, 1)
    assert store.add_quotations(listed) == Loaded(0, 2)
    assert store.coverage().articles == 2


@pytest.mark.parametrize(("url", "status"), [(URL, AddStatus.EDITION), (None, AddStatus.KNOWN)])
def test_a_text_that_is_its_one_listed_quotation_is_the_same_article(
    store: Store, url: str | None, status: AddStatus
) -> None:
    """It takes the place of what the list told under its address; without one it is known by its text."""
    store.add_quotations([quoted(FERRY, url=url)])
    text = f"“{FERRY}”"
    assert store.add(replace(WHOLE, text=text), read(text)).status is status
    assert (store.coverage().articles, store.coverage().quotations) == (1, 1)


@pytest.mark.parametrize("at_once", [True, False])
@pytest.mark.parametrize("turned", [True, False])
def test_a_title_and_a_date_are_those_of_the_first_line_that_gives_one(
    store: Store, at_once: bool, turned: bool
) -> None:
    told = replace(quoted(BRIDGE, "Omar Vance"), published=NIGHT, title="The night ferry stays")
    lines = [told, quoted(FERRY)] if turned else [quoted(FERRY), told]
    lines.append(replace(quoted("It is late for that"), published=NIGHT + timedelta(days=9), title="Another"))
    for some in [lines] if at_once else [[line] for line in lines]:
        store.add_quotations(some)
    (kept,) = store.articles()
    assert (kept.title, kept.published) == ("The night ferry stays", NIGHT)
    assert store.coverage().quotations == 3


def test_without_an_address_the_same_words_on_another_day_are_another_article(store: Store) -> None:
    days = [replace(quoted(FERRY, url=None), published=day) for day in (NIGHT, NIGHT + timedelta(days=90), None)]
    assert store.add_quotations(days) == Loaded(3, 0)
    assert store.add_quotations(days) == Loaded(0, 3)
    found = store.candidates(FERRY).witnesses
    assert {witness.published for witness in found} == {NIGHT, NIGHT + timedelta(days=90), None}

"""Marks that hold what nobody said: stage directions and the names of works."""

from __future__ import annotations

import pytest

from bot import extract
from bot.model import Article, Kind


def spoken(text: str) -> list[str]:
    """The inside of every passage that is taken for speech."""
    found = extract.quotations(Article(text=text, outlet="post.example", language="en"))
    return [text[each.inner.start : each.inner.end] for each in found if each.kind is not Kind.SCARE]


@pytest.mark.parametrize("direction", ["(CROSSTALK)", "(CROSSTALK).", "(CROSSTALK.)", "[LONG APPLAUSE.]"])
def test_a_stage_direction_is_nobodys_words(direction: str) -> None:
    """Wherever its full stop stands, in marks or behind an opening one."""
    text = f'"LORENTZ: The quay stays open, and I will see to it.\n\n"{direction}\n\n"HAAN: We doubt it very much."'
    assert not any(direction in words for words in spoken(text))
    assert any("We doubt it" in words for words in spoken(text))


@pytest.mark.parametrize("before", ["on Radio Nord’s", "in an episode of", "about the film"])
def test_capitals_behind_an_owner_or_a_kind_of_work_are_its_name(before: str) -> None:
    assert not spoken(f"Ana Lorentz spoke {before} “Talk of the Town” on Monday.")


def test_lower_case_behind_an_owner_may_be_what_was_said() -> None:
    assert spoken("Ana Lorentz condemned the port’s “reckless and cruel plan to sell the quay,” she said.")

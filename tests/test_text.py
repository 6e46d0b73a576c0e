"""Folding: what is one word to us, and where it stands in the original."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.text import Mark, fold, words

SAME = [
    ("far-reaching", "far reaching"),
    ("Núñez’s", "Nunez's"),
    ("50 %", "fifty per cent"),
    ("$5m", "five million dollars"),
    ("£3bn", "3 billion pounds"),
    ("1,200", "1200"),
    ("twenty-five", "25"),
    ("U.S.", "US"),
    ("centre", "center"),
    ("organised", "organized"),
    ("harbour", "harbor"),
    ("travelled", "traveled"),
    ("don’t", "do not"),
    ("we'll", "we will"),
    ("pea\u200bce", "peace"),
    ("\u202epeace\u202c", "peace"),
    ("ﬁne", "fine"),
    ("the 1st", "the first"),
    ("Smith & Sons", "Smith and Sons"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_word_for(one: str, other: str) -> None:
    assert fold(one) == fold(other)


DIFFERENT = [
    ("four", "for"),
    ("your", "yor"),
    ("five", "six"),
    ("5 percent", "5 percentage points"),
    ("$5", "€5"),
    ("two, three", "5"),
    ("peace", "pe\u0430ce"),  # a Cyrillic letter only looks alike
]


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_two_words_for(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_gaps_and_brackets_are_marked() -> None:
    found = words("We meet ... with [US] command […] today")
    assert [word.text for word in found if word.mark is Mark.GAP] == ["…", "…"]
    assert [word.text for word in found if word.mark is Mark.BRACKET] == ["us"]


def test_an_unclosed_bracket_marks_nothing() -> None:
    assert all(word.mark is Mark.WORD for word in words("We meet [with the command"))


@settings(max_examples=2000, deadline=None)
@given(st.text(max_size=200))
def test_spans_point_back_in_order(text: str) -> None:
    """Every word has a span within the text, and no word begins before the one in front of it."""
    at = 0
    for word in words(text):
        assert 0 <= word.start < word.end <= len(text)
        assert word.start >= at
        at = word.start


PIECES = [
    "one",
    "five",
    "hundred",
    "and",
    "don't",
    "…",
    "...",
    "[",
    "]",
    "(",
    "50",
    "%",
    "per",
    "cent",
    "$",
    "U.S.",
    "“",
]


@settings(max_examples=2000, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=20))
def test_the_fast_way_and_the_exact_way_agree(pieces: list[str]) -> None:
    text = " ".join(pieces)
    assert fold(text) == [word.text for word in words(text) if word.mark is not Mark.GAP]


@given(st.text(max_size=60))
def test_case_and_curly_marks_fold_away(text: str) -> None:
    assert fold(text.replace("'", "’")) == fold(text)

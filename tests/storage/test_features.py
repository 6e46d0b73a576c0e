"""Words as numbers: however they are reckoned, they are those of the folded words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.text import fold
from storage.features import numbers, numbers_of
from tests.property.texts import text

PIECES = (
    *(
        "five",
        "per",
        "cent",
        "5",
        "1998",
        "percent",
        "hundred",
        "and",
        "half",
        "twenty-five",
        "points",
        "million",
        "one",
    ),
    *(
        "$5",
        "£3bn",
        "1,000",
        "2.5",
        "5th",
        "'90s",
        "k",
        "20bn",
        "U.S.",
        "a.b",
        "a.5",
        "1.a",
        "…",
        "...",
        ". . .",
        "..",
        "’",
    ),
    *("don’t", "can't", "cannot", "(", ")", "[", "]", "_", "-", ", ", ". ", "%", "&", "é", "\x00", "“", "`", "'"),
)
figures = st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(["", " ", "-"])), max_size=12).map(
    lambda parts: "".join(piece + apart for piece, apart in parts)
)


@settings(max_examples=3000, deadline=None)
@given(st.one_of(text, figures))
def test_a_text_has_the_numbers_of_its_folded_words(written: str) -> None:
    """Whether it is cut into runs or folded whole."""
    assert numbers_of(written) == numbers(fold(written))


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("In 1998 (or 1999) one of us...and nobody else", "in 1998 or 1999 1 of us and nobody else"),
        ("Five per cent of 5 percent", "5% of 5%"),
        ("twenty five gates, 5 dollars", "25 gates 5$"),
    ],
)
def test_figures_are_folded_alone_or_with_their_neighbours(written: str, words: str) -> None:
    assert numbers_of(written) == numbers(words.split())

"""A nominal that nobody introduced stands for nobody named; one that the article introduced stands for that one."""

from __future__ import annotations

import pytest

from bot import extract
from bot.model import Article, SpeakerKind

ARTICLE = (
    "LISK — Buses stayed in their sheds on Monday after pay talks at Tarn Motors broke down.\n\n"
    "“Our door is open,” said Petra Lind, who runs Tarn Motors.\n\n{}"
)


def who(paragraph: str) -> tuple[str | None, SpeakerKind]:
    """Name and kind of the speaker of the last quotation of the article with one more paragraph."""
    text = ARTICLE.format(paragraph)
    said = extract.quotations(Article(text=text, outlet="-", language="en"))[-1].attribution
    assert said is not None
    return said.speaker, said.kind


@pytest.mark.parametrize(
    ("paragraph", "role"),
    [
        ("The union said its members would return when “the rota is torn up.”", "union"),
        ("“We are watching this closely,” the regulator said.", "regulator"),
        ("The captain of the smaller bus said he had “seen worse.”", "captain of the smaller bus"),
    ],
)
def test_whom_nobody_introduced_stays_a_role(paragraph: str, role: str) -> None:
    assert who(paragraph) == (role, SpeakerKind.ROLE)


def test_what_was_introduced_is_named() -> None:
    assert who("Tarn Motors blamed the snow. “The door is still open,” the company said.")[0] == "Tarn Motors"


@pytest.mark.parametrize(
    ("paragraph", "name"),
    [
        ("Beekeeper Ana Holt came by. Karel Rees did, too. “It rained on us,” the beekeeper said.", "Ana Holt"),
        ("Ana Holt, a retired glazier, came by with Karel Rees. “It rained on us,” the glazier said.", "Ana Holt"),
        ("Ana Holt, 61, came by with Karel Rees. “It rained on us,” the 61-year-old said.", "Ana Holt"),
    ],
)
def test_a_noun_that_the_article_gave_somebody_is_theirs(paragraph: str, name: str) -> None:
    assert who(paragraph)[0] == name


def test_she_is_whom_the_paragraph_described() -> None:
    assert who("“My lad walked,” said one mother. “He loved it,” she added.")[0] == "one mother"


def test_explaining_says_that_nobody_is_named() -> None:
    text = ARTICLE.format("“We are watching this closely,” the regulator said.")
    found = extract.explain(Article(text=text, outlet="-", language="en"))[-1]
    assert found.referents[0][0] == "nobody named"

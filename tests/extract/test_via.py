"""The agencies and outlets that stand between a speaker and an article."""

from __future__ import annotations

import pytest

from bot import extract
from bot.model import Article


def read(text: str, outlet: str = "a.example") -> list[tuple[str | None, tuple[str, ...]]]:
    """Speaker and chain of each attributed quotation."""
    found = extract.quotations(Article(text=text, outlet=outlet))
    return [(q.attribution.speaker, q.attribution.via) for q in found if q.attribution is not None]


@pytest.mark.parametrize(
    ("text", "via"),
    [
        ("Ana Lorentz told the weekly Prisma that she would “never leave the harbour to them”.", "Prisma"),
        ("Ana Lorentz told Reuters that she would “never leave the harbour to them”.", "Reuters"),
        ("Ana Lorentz told Prisma magazine on Friday: “We will never leave the harbour to them.”", "Prisma"),
        ("“We will never leave,” Ana Lorentz told the dockers’ newsletter, The Blue Tide.", "The Blue Tide"),
        ("“We will never leave,” Ana Lorentz said in an interview with the Lisk Herald.", "Lisk Herald"),
        ("“We will never leave,” Ana Lorentz said in a Fox Business interview on Monday.", "Fox Business"),
    ],
)
def test_the_outlet_that_was_told(text: str, via: str) -> None:
    """A known name, a name that says so, or a noun beside it."""
    assert read(text) == [("Ana Lorentz", (via,))]


@pytest.mark.parametrize(
    ("text", "via"),
    [
        ("Ana Lorentz said she would “never leave the harbour”, state-backed Lisk TV reported on Saturday.", "Lisk TV"),
        (
            "According to the Associated Press, Ana Lorentz said that she would “never leave the harbour”.",
            "Associated Press",
        ),
        ("AP reported that Ana Lorentz said she would “never leave the harbour”.", "AP"),
    ],
)
def test_the_outlet_that_reports(text: str, via: str) -> None:
    """It is not the speaker of a person's words."""
    assert read(text) == [("Ana Lorentz", (via,))]


def test_the_words_of_an_agency_are_its_own() -> None:
    """An agency's prose, quoted, has the agency as its speaker and nobody between."""
    assert read("“The remarks mark a turn in the talks over the harbour,” Reuters reported.") == [("Reuters", ())]


def test_an_agency_stands_around_what_it_quotes() -> None:
    """Nested: told to one outlet, quoted by another, nearest to the speaker first."""
    text = "“Ana Lorentz told the weekly Prisma that she would ‘never leave the harbour’ to them,” Reuters reported."
    assert read(text) == [("Reuters", ()), ("Ana Lorentz", ("Prisma", "Reuters"))]


def test_further_words_in_the_paragraph_came_the_same_way() -> None:
    text = "Ana Lorentz told the weekly Prisma: “We will never leave.” She added: “We have nowhere else to go.”"
    assert read(text) == [("Ana Lorentz", ("Prisma",))] * 2


@pytest.mark.parametrize(
    "text",
    [
        "Ana Lorentz told an Italian newspaper that she would “never leave the harbour to them”.",
        "Ana Lorentz told reporters that she would “never leave the harbour to them”.",
        "Ana Lorentz told the Coast Post that she would “never leave the harbour to them”.",
    ],
)
def test_nobody_named_and_the_outlet_itself_are_nobody_between(text: str) -> None:
    assert read(text, "coastpost.example") == [("Ana Lorentz", ())]


def test_only_what_was_told_to_it_comes_through_an_outlet() -> None:
    text = "“Nothing reopens before the spring,” vowed Bo Ek, who told the weekly Prisma he was “sick of it all”."
    assert [via for _, via in read(text)] == [(), ("Prisma",)]

"""The words of an answer, one by one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.model import Agreement, Coverage, Finding, FindingClass, Report, Span, Wording
from bot.report import phrases


def finding(cls: FindingClass, claim: str, witness: str, severity: int = 3) -> Finding:
    return Finding(
        cls=cls, severity=severity, claim_span=Span(0, 1), witness_span=Span(0, 1), claim=claim, witness=witness
    )


def test_every_wording_has_an_icon_and_a_sentence() -> None:
    for wording in Wording:
        assert phrases.ICONS[wording]
        assert phrases.sentence(wording).endswith(".")


@pytest.mark.parametrize("cls", FindingClass)
def test_every_class_of_finding_has_a_name_of_its_own(cls: FindingClass) -> None:
    """What a reader sees is not the name that the program uses."""
    said = phrases.difference(finding(cls, "", ""))
    assert said
    assert sum(phrases.difference(finding(other, "", "")) == said for other in FindingClass) == 1


def test_a_difference_shows_the_words_of_both_sides_or_of_the_one_that_has_any() -> None:
    assert phrases.difference(finding(FindingClass.NUMBER, "five", "fifty ")) == "another number: “five” for “fifty”"
    assert phrases.difference(finding(FindingClass.INSERTION, "", "and wide")) == "more words in the outlet: “and wide”"
    assert phrases.difference(finding(FindingClass.TRIM, "", "all that was cut off")) == "part of a longer quote"


def test_findings_are_told_worst_first_and_trifles_only_alone(report: Report) -> None:
    trifle, grave, middling = (
        finding(FindingClass.TYPOGRAPHY, "", "", 0),
        finding(FindingClass.POLARITY, "will", "will not", 5),
        finding(FindingClass.INSERTION, "", "wide", 3),
    )
    several = replace(report.variants[0], findings=(trifle, middling, grave))
    assert phrases.telling(several) == [grave, middling]
    assert phrases.telling(replace(several, findings=(trifle,))) == [trifle]


@pytest.mark.parametrize(
    ("agreement", "said"),
    [
        (Agreement.AGREES, "The record, too, names Ana Lorentz."),
        (Agreement.DIFFERS, "You name Lorentz; the record names Ana Lorentz."),
        (Agreement.ROLE_ONLY, "The outlets name nobody, only Ana Lorentz."),
    ],
)
def test_the_speaker_is_told_in_a_sentence(report: Report, agreement: Agreement, said: str) -> None:
    assert said in phrases.details(replace(report, attribution=agreement))


def test_a_claim_without_a_speaker_is_told_nothing_of_one(report: Report) -> None:
    unclaimed = replace(report, claim=replace(report.claim, speaker=None), attribution=Agreement.NOT_CLAIMED)
    assert not phrases.details(unclaimed)


def test_the_tally_counts_outlets_and_independent_texts_and_names_the_first(report: Report) -> None:
    assert phrases.tally(report) == "3 outlets · 3 independent texts · first seen 1 Mar 2026 (cape.example)"


def test_what_was_searched_is_told_with_its_dates() -> None:
    first, last = datetime(2026, 3, 1, 9, tzinfo=UTC), datetime(2026, 3, 9, tzinfo=UTC)
    assert phrases.looked_in(Coverage(0, 0, 0)) == "The record is empty: add articles first."
    assert phrases.looked_in(Coverage(1, 1, 5)) == "Looked in 1 article of 1 outlet."
    assert phrases.looked_in(Coverage(2, 1, 5, first, first)) == "Looked in 2 articles of 1 outlet, 1 Mar 2026."
    assert phrases.looked_in(Coverage(2, 2, 5, first, last)).endswith("2 outlets, 1 Mar 2026 to 9 Mar 2026.")


def test_names_are_listed_as_english_lists_them() -> None:
    assert [phrases.listed(names) for names in ((), ("a",), ("a", "b"), ("a", "b", "c"))] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]


def test_a_long_passage_is_cut_at_the_end_of_a_word() -> None:
    assert phrases.shorten("one\n two") == "one two"
    cut = phrases.shorten("harbour " * 20)
    assert len(cut) <= 60
    assert cut.endswith("harbour…")

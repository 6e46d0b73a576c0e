"""The segments of a difference."""

from __future__ import annotations

from bot.model import Report
from bot.report.diff import Part, Segment, marked_up, segments, shortened


def test_words_only_in_the_outlet_are_theirs_and_the_rest_of_its_quote_is_context(report: Report) -> None:
    parts = segments(report.claim, report.variants[0])
    assert [part.part for part in parts] == [Part.CONTEXT, Part.SAME, Part.THEIRS, Part.SAME]
    assert parts[2].text.strip() == "firm and"


def test_marks_need_no_colour(report: Report) -> None:
    assert marked_up(segments(report.claim, report.variants[0])) == (
        "We want nothing more and nothing less than a {+firm and+} lasting peace."
    )


def test_context_is_cut_to_six_words(report: Report) -> None:
    assert marked_up(shortened(segments(report.claim, report.variants[0]))).startswith(
        "… nothing more and nothing less than a {+firm and+}"
    )


def test_an_unchanged_wording_is_never_cut() -> None:
    long = [Segment(Part.SAME, "word " * 100)]
    assert shortened(long) == long

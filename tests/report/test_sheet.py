"""Sheets open right and run nothing."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import Claim, Report, Wording
from bot.report import sheet


def _cells(row: list[str]) -> dict[str, str]:
    return dict(zip(sheet.HEADER, row, strict=True))


def test_a_row_tells_the_answer(report: Report) -> None:
    cells = _cells(sheet.cells(4, report.claim, sheet.answer(report), "q-9"))
    assert (cells["line"], cells["id"], cells["verdict"], cells["attribution"]) == ("4", "q-9", "verbatim", "agrees")
    assert cells["outlets"] == "cape.example; dune.example; bay.example"
    assert (cells["first_seen"], cells["first_url"]) == ("2026-03-01", "https://cape.example/peace")
    assert cells["via"] == "Meridian"


def test_the_best_text_is_of_the_wording_that_the_verdict_names(report: Report) -> None:
    """A milder wording of another passage is not what the verdict speaks of."""
    first, second = sorted(report.variants, key=lambda one: one.severity)
    difference = second.findings[0]
    severe = replace(second, wording=Wording.ALTERED, findings=(replace(difference, severity=5),))
    mild = replace(first, wording=Wording.CROPPED, findings=(replace(difference, severity=4),))
    altered = replace(report, wording=Wording.ALTERED, severity=5, variants=(mild, severe))
    cells = _cells(sheet.cells(1, altered.claim, sheet.answer(altered)))
    assert cells["best_text"] == severe.text


def test_a_bad_line_keeps_its_number_and_says_why() -> None:
    cells = _cells(sheet.cells(7, None, {"error": "the quote is empty"}))
    assert (cells["line"], cells["verdict"], cells["error"]) == ("7", "", "the quote is empty")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠", "  ="])
def test_no_cell_is_a_formula(start: str) -> None:
    assert sheet.safe(f"{start}HYPERLINK(1)").startswith("'")


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")), min_size=1, max_size=4))
def test_what_is_written_reads_back(texts: list[str]) -> None:
    """Quotes, commas and line ends in a cell move no other cell."""
    rows = [sheet.cells(number, Claim(text), {}) for number, text in enumerate(texts, 1)]
    stream = io.StringIO(newline="")
    sheet.write(stream, rows)
    stream.seek(1)
    header, *read = csv.reader(stream)
    assert tuple(header) == sheet.HEADER
    assert read == rows


def test_the_file_begins_with_a_byte_order_mark() -> None:
    stream = io.StringIO()
    sheet.write(stream, [])
    assert stream.getvalue().startswith("\ufeff")

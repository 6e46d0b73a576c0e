"""The picture of a report: what stands beside what, its words for those who do not see it, and its size."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from PIL import Image

from bot.model import Claim, Report
from bot.report.columns import rows
from bot.report.diff import Part
from bot.report.picture import ALT, TALLEST, WIDTH, Picture, picture
from bot.report.safe import units
from tests.report.reports import aligned, reports


def image(made: Picture) -> Image.Image:
    return Image.open(BytesIO(made.png)).convert("RGB")


def colours(made: Picture) -> set[tuple[int, int, int]]:
    return {colour for _, colour in image(made).getcolors(1 << 20)}  # type: ignore[union-attr,misc]


def near(colour: tuple[int, int, int], found: set[tuple[int, int, int]]) -> bool:
    return any(max(abs(a - b) for a, b in zip(colour, other, strict=True)) < 12 for other in found)


def test_the_same_words_stand_in_the_same_row(report: Report) -> None:
    table = rows(report.claim, report.variants)
    said = [(row.claim, *(" ".join(one.text for one in cell) for cell in row.variants)) for row in table]
    assert said == [
        ("", "… nothing more and nothing less than", ""),
        ("a", "a", "a"),
        ("", "firm and", ""),
        ("lasting peace", "lasting peace.", "lasting peace"),
    ]
    assert [row.changed for row in table] == [False, False, True, False]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(reports())
def test_every_word_of_the_claim_has_one_row_and_every_variant_a_cell_in_each(report: Report) -> None:
    table = rows(report.claim, report.variants)
    kept = "".join(row.claim for row in table)
    assert sorted(char for char in kept if char.isalnum()) == sorted(
        char for char in report.claim.text if char.isalnum()
    ) or not rows(report.claim, ())
    assert all(len(row.variants) == len(report.variants) for row in table)


def test_what_differs_is_coloured_and_what_is_the_same_is_not(report: Report) -> None:
    green, red = (10, 107, 53), (179, 38, 30)
    assert near(green, colours(picture(report)))
    assert not near(red, colours(picture(report)))
    same = replace(report, variants=report.variants[1:])
    assert not near(green, colours(picture(same)))


def test_the_words_for_those_who_do_not_see_it_tell_the_differences(report: Report) -> None:
    made = picture(report)
    assert "Your quote: “a lasting peace”." in made.alt
    assert "cape.example +1: “… nothing more and nothing less than a {+firm and+} lasting peace.”." in made.alt
    assert "Su cita" in picture(report, "es-ES").alt


def test_a_character_that_the_font_lacks_is_a_dot_and_the_dot_is_explained(nothing: Report) -> None:
    """The picture has one line more than that of a word in Latin letters."""
    plain, strange = (replace(nothing, claim=Claim(text)) for text in ("peace", "和"))
    assert image(picture(strange)).height > image(picture(plain)).height


@pytest.mark.parametrize(
    "text", ["x" * 5000, "word " * 1000, "\u0301" * 400, "שלום " * 500, "👍🏽" * 900, "a" + "W" * 999]
)
def test_a_long_text_wraps_and_ends_at_the_edge(report: Report, text: str) -> None:
    other = replace(report.variants[0], alignment=aligned(text, report.variants[0].text))
    made = picture(replace(report, claim=Claim(text), variants=(other,)))
    assert image(made).width == WIDTH
    assert image(made).height <= TALLEST
    assert units(made.alt) <= ALT


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(reports())
def test_any_report_gives_a_picture_of_bounded_size(report: Report) -> None:
    made = picture(report)
    assert image(made).size <= (WIDTH, TALLEST)
    assert len(made.png) < 2_000_000
    assert 0 < units(made.alt) <= ALT


def test_every_part_that_is_marked_is_in_the_legend(report: Report) -> None:
    """A row of the table for the words, one more line for what they are."""
    changed = image(picture(report)).height
    same = image(picture(replace(report, variants=report.variants[1:]))).height
    assert changed > same
    assert Part.THEIRS in {one.part for row in rows(report.claim, report.variants) for c in row.variants for one in c}


def test_pillow_is_not_loaded_before_there_is_something_to_draw() -> None:
    code = "import sys, bot.report.picture; sys.exit('PIL' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

"""What the terminal shows, with and without colour, wide and narrow; golden files rewrite with --update."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from rich.console import Console

from bot.model import Claim, Report
from bot.report import plain


def shown(report: Report, *, width: int = 80, colour: bool = False) -> str:
    stream = io.StringIO()
    console = Console(file=stream, width=width, force_terminal=colour, color_system="truecolor" if colour else None)
    console.print(plain.render(report))
    return stream.getvalue()


@pytest.mark.parametrize("width", [80, 40])
def test_the_answer_reads_as_agreed(report: Report, width: int, golden: object) -> None:
    golden(f"plain-{width}.txt", shown(report, width=width))  # type: ignore[operator]


def test_nothing_found_says_what_was_searched(nothing: Report, golden: object) -> None:
    golden("plain-nothing.txt", shown(nothing))  # type: ignore[operator]


def test_with_colour_the_changed_words_are_styled_and_not_bracketed(report: Report) -> None:
    text = shown(report, colour=True)
    assert "\x1b[1;4;32mfirm and" in text
    assert "{+" not in text


def test_no_line_is_wider_than_the_terminal(report: Report) -> None:
    assert max(map(len, shown(report, width=40).splitlines())) <= 40


def test_hostile_text_is_shown_not_obeyed(report: Report) -> None:
    """Escape sequences, bidirectional controls and console markup in a quote are plain characters."""
    hostile = replace(report, claim=Claim("[red]x[/red] \x1b[2J\u202e\x07 [/]", speaker="\x1b]0;title\x07"))
    text = shown(hostile)
    assert "[red]x[/red]" in text
    assert not {"\x1b", "\x07", "\u202e"} & set(text)

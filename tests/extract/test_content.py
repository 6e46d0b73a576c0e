"""What of a marked passage is its content: the closing comma or full stop of a fragment."""

from __future__ import annotations

import pytest

from bot import extract
from bot.model import Article


def contents(text: str) -> list[str]:
    """The content of every quotation of a text."""
    return [quotation.inner.of(text) for quotation in extract.quotations(Article(text=text, outlet="a.example"))]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ('The mayor promised to "open every gate," when asked.', "open every gate"),
        ("The mayor promised to 'open every gate,' when asked.", "open every gate"),
        ('Ana Lorentz said the plan was "a leaking boat."', "a leaking boat"),
        ('Ana Lorentz said the plan was "a leaking boat.”', "a leaking boat"),
        ('Ana Lorentz said the share had grown "by 84%."', "by 84%"),
    ],
)
def test_a_stop_is_not_part_of_a_fragment_in_straight_marks(text: str, content: str) -> None:
    """The opening mark decides, whatever closes."""
    assert contents(text) == [content]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("The mayor promised to “open every gate,” when asked.", "open every gate,"),
        ('Ana Lorentz said the plan was “a leaking boat."', "a leaking boat."),
    ],
)
def test_a_stop_is_part_of_a_fragment_in_curly_marks(text: str, content: str) -> None:
    assert contents(text) == [content]


def test_a_stop_is_part_of_a_whole_sentence() -> None:
    """Marks around whole sentences hold them as printed, straight or curly."""
    text = '"We will open every gate tonight," Ana Lorentz said. "Nobody will be left outside."'
    assert contents(text) == ["We will open every gate tonight,", "Nobody will be left outside."]


@pytest.mark.parametrize("content", ["the ports of the U.S.", "to wait ...", "to wait…", "why not?"])
def test_a_stop_with_a_meaning_of_its_own_stays(content: str) -> None:
    """That of an initialism, of a gap, of a question."""
    assert contents(f'Ana Lorentz spoke of "{content}" when asked.') == [content]

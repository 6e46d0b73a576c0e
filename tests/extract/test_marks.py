"""Where quotation marks open and close, whatever they look like."""

from __future__ import annotations

import pytest

from bot.extract.marks import Marked, marked, paragraphs


def outer(text: str) -> list[str]:
    """Every passage with its marks."""
    return [text[passage.start : passage.end] for passage in marked(text)]


def inner(text: str) -> list[str]:
    """Every passage without them."""
    return [text[passage.inner_start : passage.inner_end] for passage in marked(text)]


@pytest.mark.parametrize(
    "quoted",
    [
        '"we will go"',
        "“we will go”",
        '"we will go”',
        '“we will go"',
        "'we will go'",
        "‘we will go’",
        "„we will go“",
        "„we will go”",
        "»we will go«",
        "«we will go»",
        "« we will go »",
        "‹we will go›",
        "「we will go」",
        "『we will go』",
        "``we will go''",
        "＂we will go＂",
    ],
)
def test_marks_of_every_kind_enclose_their_content(quoted: str) -> None:
    """Pairs that do not match are pairs, too; white space inside the marks is not content."""
    text = f"The mayor said {quoted} and left."
    (found,) = marked(text)
    assert text[found.start : found.end] == quoted
    assert text[found.inner_start : found.inner_end] == "we will go"
    assert found.closed
    assert not found.block


@pytest.mark.parametrize(
    "text",
    [
        "It's the workers' and the nurses' strike; they don't and won't go.",
        "It’s the workers’ and the nurses’ strike; they don’t and won’t go.",
        "It was '90s music and rock 'n' roll, and get 'em while they last.",
        'A board of 5\'10" by 6" stood there.',
        '<img width="40" alt="harbour">',
        "“” and “!” and \"\" and '…'",
        "",
        "\n \n",
    ],
)
def test_apostrophes_measures_markup_and_empty_marks_are_no_quotations(text: str) -> None:
    assert not marked(text)


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("He said 'we won't go' and left.", "we won't go"),
        ("‘The workers’ plan is ours,’ she said.", "The workers’ plan is ours,"),
        ("He wrote: 'It's the workers' turn.' She left.", "It's the workers' turn."),
        ("The workers’ ‘plan’ failed.", "plan"),
    ],
)
def test_single_marks_are_told_from_apostrophes(text: str, content: str) -> None:
    """A better closing mark further on makes the earlier one an apostrophe."""
    assert inner(text) == [content]


@pytest.mark.parametrize(
    "text",
    [
        "“She said ‘never’ to me,” he said.",
        "\"She said 'never' to me,\" he said.",
        "‘She said “never” to me,’ he said.",
        "«She said “never” to me,» he said.",
    ],
)
def test_a_nested_passage_is_one_deeper_and_follows_what_encloses_it(text: str) -> None:
    assert [passage.depth for passage in marked(text)] == [0, 1]
    assert inner(text)[1] == "never"


def test_a_quotation_over_paragraphs_ends_with_each_until_it_is_closed() -> None:
    """Every paragraph opens anew, and only the last is closed."""
    text = "“We went.\n\n“We saw it.\n\n“We left,” Ana Lorentz said."
    assert inner(text) == ["We went.", "We saw it.", "We left,"]
    assert [passage.closed for passage in marked(text)] == [False, False, True]


def test_a_double_mark_that_is_never_closed_runs_to_the_end_of_its_paragraph() -> None:
    """The next paragraph is not swallowed."""
    assert outer("Haan said “we will go and\n\nNobody went.") == ["“we will go and"]


def test_a_double_mark_that_is_never_closed_ends_where_the_next_opens() -> None:
    assert inner("“We will go, Haan said. “We will stay,” Lorentz said.") == [
        "We will go, Haan said.",
        "We will stay,",
    ]


def test_a_curly_mark_inside_its_own_kind_is_nested_where_every_mark_is_closed() -> None:
    """Without the last mark, the first is one that was never closed."""
    text = "“I would rather live in what he calls “ruins” than leave the quay,” Haan said."
    assert inner(text) == ["I would rather live in what he calls “ruins” than leave the quay,", "ruins"]
    assert [passage.depth for passage in marked(text)] == [0, 1]
    assert inner(text.replace(",”", ",")) == ["I would rather live in what he calls", "ruins"]


def test_a_closing_mark_that_stands_before_a_paragraph_s_first_word_opens() -> None:
    """It can close nothing there: it is a typing slip."""
    assert inner("”We will go,” Haan said.") == ["We will go,"]


def test_a_single_mark_that_is_never_closed_counts_only_where_a_paragraph_begins() -> None:
    assert outer("‘We will go.\n\nThey came from ‘ere.") == ["‘We will go."]


def test_the_parts_of_a_split_quotation_are_passages_of_their_own() -> None:
    assert inner("“We will go,” Haan said, “and soon.”") == ["We will go,", "and soon."]


def test_a_line_behind_a_greater_than_sign_is_a_block_quotation() -> None:
    """The line that names its speaker is none, and marks around the whole line count once."""
    assert marked("> We will go.\n> — Ana Lorentz") == [Marked(2, 13, 2, 13, 0, ">", closed=True, block=True)]
    assert [passage.block for passage in marked("> “We will go.”")] == [False]


def test_a_paragraph_is_a_line_that_is_not_blank() -> None:
    text = "  One.\n\n \tTwo. \nThree."
    assert [text[start:end] for start, end in paragraphs(text)] == ["One.", "Two.", "Three."]

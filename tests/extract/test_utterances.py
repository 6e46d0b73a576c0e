"""Parts of one split quotation have one utterance number; everything else has its own."""

from __future__ import annotations

import pytest

from bot import extract
from bot.model import Article, Kind


def numbers(text: str) -> list[int]:
    """The utterance of each quotation that is speech."""
    found = extract.quotations(Article(text=text, outlet="a.example"))
    return [quotation.utterance for quotation in found if quotation.kind is not Kind.SCARE]


@pytest.mark.parametrize(
    "text",
    [
        '"We will wait," Ana Lorentz said, "but we will not wait for long."',
        "“We will wait —” said Ana Lorentz, “but we will not wait for long.”",
        '"We will wait until the spring," Ana Lorentz told reporters. "Nobody is in a hurry here."',
    ],
)
def test_words_that_say_who_speaks_part_one_utterance(text: str) -> None:
    """Mid-sentence, or between two whole sentences of one paragraph."""
    assert numbers(text) == [1, 1]


def test_an_unclosed_paragraph_runs_on() -> None:
    """Each paragraph opens with the mark, only the last closes it."""
    text = 'Ana Lorentz said: "We opened the gates.\n\n"We counted the boats.\n\n"Then we went home."'
    assert numbers(text + '\n\n"So did I," said Bo Ek.') == [1, 1, 1, 2]


def test_lines_of_a_block_quotation_are_one() -> None:
    assert numbers("Ana Lorentz wrote:\n\n> We opened the gates at noon.\n> We counted every boat.\n") == [1, 1]


@pytest.mark.parametrize(
    "text",
    [
        '"We will wait," Ana Lorentz said. Nobody was surprised. "It is getting late," she added.',
        '"We will wait for you," Ana Lorentz said.\n\n"It is getting late," she added.',
        '"We will wait for you," Ana Lorentz said. "You will wait for ever," Bo Ek replied.',
        'Ana Lorentz called the plan "bold and new" and promised "to read it twice" before Monday.',
    ],
)
def test_others_are_utterances_of_their_own(text: str) -> None:
    """Prose between, another paragraph, another speaker, two fragments."""
    assert numbers(text) == [1, 2]


def test_a_nested_quotation_is_not_a_part_of_the_one_around_it() -> None:
    assert numbers('"He told me, \'Go home tonight,\' and I went," said Ana Lorentz. "I never came back here."') == [
        1,
        2,
        1,
    ]

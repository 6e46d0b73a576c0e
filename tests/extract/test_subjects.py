"""Who speaks through a cue that stands away from its subject, and whom a paragraph calls "he"."""

from __future__ import annotations

import pytest

from bot import extract
from bot.model import Article, Quotation


def last(text: str) -> Quotation:
    """The last quotation of a text."""
    return extract.quotations(Article(text=text, outlet="-", language="en"))[-1]


def mentioned(text: str) -> str:
    """The words that are taken for the speaker of the last quotation."""
    said = last(text).attribution
    return said.mention.text if said is not None and said.mention is not None else ""


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Ortega praised the port but attacked Lorentz, saying he “sleeps through every storm we have.”", "Ortega"),
        ("Her predecessor, who left in 2024, called the tariff “a tax on the patient.”", "Her predecessor"),
        ("Some of the men were silent, and others said that the wall would “fall within a year.”", "others"),
        ("The residents' groups accused the ministry of “hiding the sums.”", "The residents' groups"),
        ("The line had been “a rolling antique,” as a Transport Ministry memo put it. Ana Ortega was there.",
         "Transport Ministry"),
        ("Ana Ortega called Lorentz's remarks on the port “a story told backwards.”", "Ana Ortega"),
        ("Ortega has never used the phrase “a harbour of fools” in the house.", "Ortega"),
    ],
)  # fmt: skip
def test_a_fragment_is_spoken_by_the_subject_of_its_clause(text: str, speaker: str) -> None:
    assert mentioned(text) == speaker


def test_a_paragraph_calls_he_whom_it_brought_in_without_a_name() -> None:
    text = "“We mend it,” said Karel Marek.\n\nA lorry driver put it more plainly. “The road just tilted,” he said."
    said = last(text).attribution
    assert said is not None
    assert said.speaker == "lorry driver"


def test_a_name_between_takes_the_pronoun_back() -> None:
    text = "A lorry driver waved. Karel Marek looked up at the bridge. “The road just tilted,” he said."
    said = last(text).attribution
    assert said is not None
    assert said.speaker == "Karel Marek"


def test_a_bare_body_is_the_only_one_whose_name_holds_its_noun() -> None:
    text = "Calder's National Health Agency met on Tuesday. The shot lowered the risk “by a third,” the agency said."
    said = last(text).attribution
    assert said is not None
    assert said.speaker == "National Health Agency"


def test_her_owns_the_remark_that_the_marks_stand_in() -> None:
    assert mentioned("Una Pryce spoke first. The port has not forgotten her “personal failure” remark.") == "her"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“We want it kept,” said 52 percent of voters.", "52 percent of voters"),
        ("“Nobody asked us,” several of the residents said.", "several of the residents"),
    ],
)
def test_a_part_of_a_group_is_named_with_the_group(text: str, speaker: str) -> None:
    said = last(text).attribution
    assert said is not None
    assert said.speaker == speaker

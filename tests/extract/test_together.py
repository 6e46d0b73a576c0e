"""Several who say one thing: who is of them, who is not, and who "they" are afterwards."""

from __future__ import annotations

import pytest

from bot import extract
from bot.model import Article, Attribution
from bot.samples import samples

QUOTED = "“We cannot stand by,”"
SAID = "said: “We cannot stand by.”"


def said(text: str) -> Attribution:
    """The attribution of the last quotation of a text."""
    found = extract.quotations(Article(text=text, outlet="-", language="en"))[-1].attribution
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (f"{QUOTED} said Ana Holt and Ben Marsh.", "Ana Holt and Ben Marsh"),
        ("Holt and Marsh said in a joint statement that “the port must stay open”.", "Holt and Marsh"),
        (f"Ana Holt, Ben Marsh and Karel Rees {SAID}", "Ana Holt, Ben Marsh and Karel Rees"),
        (f"Ana Holt, 45, and Ben Marsh, 50, both of Lisk, {SAID}", "Ana Holt and Ben Marsh"),
        (f"{QUOTED} said Ana Holt, the mayor, and Ben Marsh, her deputy.", "Ana Holt and Ben Marsh"),
        (f"Holt and her deputy {SAID}", "Holt and her deputy"),
        (f"Ana Holt and two colleagues {SAID}", "Ana Holt and two colleagues"),
        (f"Doctors and nurses {SAID}", "Doctors and nurses"),
        (f"Trade chief Pavel Hora and his Spanish counterpart, Luisa Campos, {SAID}", "Pavel Hora and Luisa Campos"),
        ("A joint statement from Ana Holt and Ben Marsh read: “We cannot stand by.”", "Ana Holt and Ben Marsh"),
        ("“We cannot stand by.”\n— Ana Holt and Ben Marsh", "Ana Holt and Ben Marsh"),
        ("According to Holt and Marsh, the plan is “a gift to the rich and nobody else”.", "Holt and Marsh"),
        (f"{QUOTED} Holt and Marsh say.", "Holt and Marsh"),
    ],
)  # fmt: skip
def test_all_of_a_list_speak(text: str, who: str) -> None:
    assert said(text).who == who


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (f"Marsh, who met Holt and Rees, {SAID}", "Marsh"),
        (f"Marsh, with Holt and Rees beside her, {SAID}", "Marsh"),
        (f"Marsh, the deputy of Holt and Rees, {SAID}", "Marsh"),
        (f"{QUOTED} said Holt, Marsh's deputy.", "Holt"),
        (f"Holt, Marsh's deputy and a friend of Rees, {SAID}", "Holt"),
        (f"{QUOTED} said Ana Holt, the mayor and a former teacher.", "Ana Holt"),
        (f"Karel Rees, founder and CEO of Iron Sea, {SAID}", "Karel Rees"),
        (f"Author and activist Ana Holt {SAID}", "Ana Holt"),
        (f"{QUOTED} said Holt and Marsh nodded.", "Holt"),
    ],
)
def test_who_only_stands_near_does_not_speak(text: str, who: str) -> None:
    assert said(text).who == who


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Marks and Spencer said: “We are sorry.” Marks and Spencer has 30 shops. “It is late,” it added.",
         "Marks and Spencer"),
        ("The Department of Health and Human Services said: “We are sorry.”",
         "Department of Health and Human Services"),
        ("Johnson & Johnson said: “We are sorry.”", "Johnson & Johnson"),
        ("Trade and Industry Secretary Ana Holt said: “We are sorry.”", "Ana Holt"),
    ],
)  # fmt: skip
def test_a_name_that_holds_an_and_is_one(text: str, name: str) -> None:
    found = said(text)
    assert found.speaker == name
    assert not found.others


@pytest.mark.parametrize(
    "text",
    [
        f"{QUOTED} said Ana Holt and Ben Marsh. “It is late,” they added.",
        "Ana Holt and Ben Marsh put out a statement. “We cannot stand by,” they write.",
    ],
)
def test_they_are_those_who_were_named_together(text: str) -> None:
    assert said(text).who == "Ana Holt and Ben Marsh"


def test_one_of_several_speaks_alone_afterwards() -> None:
    assert said(f"{QUOTED} Holt and Marsh said. “It is late,” Marsh said.").who == "Marsh"


def test_the_samples_name_all_who_speak_together() -> None:
    """Of the annotated passages with several speakers four fifths are read with exactly these."""
    right = total = 0
    for sample in samples():
        gold = {quotation.start: quotation for quotation in sample.quotations if quotation.others}
        for quotation in extract.quotations(sample.article) if gold else ():
            if (owed := gold.get(quotation.inner.start)) is not None and quotation.attribution is not None:
                total += 1
                right += len(quotation.attribution.others) == len(owed.others)
    assert total >= 15
    assert right >= 0.8 * total

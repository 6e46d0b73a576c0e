"""What was said in another language: differences of wording may be the translators', and are told as such."""

from __future__ import annotations

import pytest

from bot.match import translation
from bot.match.answer import answer
from bot.model import Candidates, Claim, Coverage, FindingClass, Kind, Report, Witness
from bot.text import fold

HERE = "We want a direct and far-reaching relationship with the port of Kelmar"
POSTED = "We want a direct relationship with the port of Kelmar"


def witness(number: int = 1, text: str = HERE, **more: object) -> Witness:
    values = {"kind": Kind.DIRECT, "outlet": f"o{number}.example", "article": number, "utterance": 7} | more
    return Witness(id=number, text=text, **values)  # type: ignore[arg-type]


def ask(*witnesses: Witness, claim: str = POSTED) -> Report:
    def find(text: str, limit: int = 24) -> Candidates:
        return Candidates(witnesses, dict.fromkeys(fold(text), 6.0))

    return answer(Claim(claim), find, Coverage(1, 1, 1))


@pytest.mark.parametrize(
    "beside",
    [
        " he told a rally in Spanish.",
        " she said, speaking in her native Arabic.",
        " he said through an interpreter.",
        " said the minister, according to a translation by the ministry.",
        " he wrote in German on Tuesday.",
        " he said, in remarks translated from Portuguese.",
    ],
)
def test_an_article_that_says_so_is_believed(beside: str) -> None:
    assert translation.translated(witness(after=beside))
    assert ask(witness(after=beside)).verdict == "translated"


@pytest.mark.parametrize(
    "beside",
    [
        " he told a rally in Spanish waters.",
        " she said in English.",
        " he told the house in French Guiana.",
        " he said in a speech.\n\nThe next day he spoke in Spanish.",
        " he said, winning in German football at last.",
        " the minister interpreted the law.",
    ],
)
def test_other_words_say_nothing_of_a_translation(beside: str) -> None:
    assert not translation.translated(witness(after=beside))
    assert ask(witness(after=beside)).verdict == "reworded"


def test_an_article_in_the_language_of_the_speech_translates_nothing() -> None:
    assert not translation.translated(witness(after=" he said in Spanish.", language="es"))


def test_one_article_that_says_so_is_enough_for_the_utterance() -> None:
    """The claim stands word for word in another outlet's translation; the first outlet's is then no rewording."""
    report = ask(witness(1, after=" he said in Spanish."), witness(2, POSTED))
    assert report.wording == "verbatim"
    (other,) = (variant for variant in report.variants if variant.text == HERE)
    assert other.severity == 1
    assert FindingClass.TRANSLATION in {found.cls for found in other.findings}


def test_articles_in_two_languages_go_back_to_one_speech() -> None:
    assert ask(witness(1), witness(2, HERE + " and its people", language="nl")).verdict == "translated"


def test_another_utterance_is_not_concerned() -> None:
    other = witness(2, HERE.replace("far-reaching", "durable"), utterance=9)
    report = ask(witness(1, after=" he said in Spanish.", utterance=8), other)
    assert {variant.witnesses[0].id: variant.severity for variant in report.variants} == {1: 1, 2: 3}


def test_a_turned_sense_is_no_matter_of_translation() -> None:
    report = ask(witness(after=" he said in Spanish."), claim=POSTED.replace("want", "do not want"))
    assert report.wording == "altered"
    assert report.severity == 5

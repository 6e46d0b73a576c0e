"""The answer as a whole: which witnesses carry a claim, what the report says of them, what it does not assert."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import ClaimError
from bot.match import answer
from bot.match.gather import MOST_WORDS, Find
from bot.match.lexicon import FUNCTION_WORDS
from bot.model import (
    UNLISTED,
    Agreement,
    Attribution,
    Candidates,
    Claim,
    Coverage,
    FindingClass,
    Kind,
    Report,
    Speaker,
    SpeakerKind,
    Witness,
    Wording,
)
from bot.text import fold
from tests.match.conftest import witness

NOTHING = Coverage(0, 0, 0)
RARE, FREQUENT = 9.2, 1.5


def over(held: Sequence[Witness]) -> Find:
    """Retrieval over a list: every passage that shares a word, those that share most first."""

    def find(text: str, limit: int) -> Candidates:
        asked = fold(text)
        weight = {word: FREQUENT if word in FUNCTION_WORDS else RARE for word in asked}
        shared = [(sum((Counter(asked) & Counter(fold(each.text))).values()), each) for each in held]
        ranked = sorted((pair for pair in shared if pair[0]), key=lambda pair: -pair[0])
        whole = sum(" ".join(asked) in " ".join(fold(each.text)) for each in held)
        return Candidates(tuple(each for _, each in ranked[:limit]), weight, whole)

    return find


def ask(quote: str, *held: Witness, speaker: str | None = None, outlet: str | None = None) -> Report:
    """The answer over some witnesses."""
    return answer(Claim(quote, speaker, outlet), over(held), NOTHING)


PIER = "We tested every beam of the pier and found no rot at all"
LAMPS = "The keeper counted eleven broken lamps along the northern wall"


def test_not_found_is_said_and_nothing_is_shown() -> None:
    """Words of which nothing but grammar is on record."""
    report = ask("Nobody invited the orchestra", witness(PIER))
    assert (report.wording, report.variants, report.severity) == (Wording.NOT_FOUND, (), 0)


def test_one_wording_of_many_outlets_is_one_variant() -> None:
    """Carriers are listed under their wording; copies of one text count once."""
    copies = [witness(PIER, number=number, copies=1 + number // 2) for number in (1, 2, 3)]
    report = ask(PIER, *copies)
    assert [len(variant.witnesses) for variant in report.variants] == [3]
    assert report.independent_texts == 2


@pytest.mark.parametrize(("listed", "stated", "texts"), [(2, 3, 2), (1, 3, 1), (0, 3, 1), (0, 1, 1)])
def test_a_stated_outlet_corroborates_nothing(listed: int, stated: int, texts: int) -> None:
    """However many somebody states, beside others they are none, and alone they are one text."""
    held = [witness(PIER, number=number) for number in range(1, listed + 1)]
    held += [witness(PIER, number=9 + number, outlet=f"agency {number}{UNLISTED}") for number in range(stated)]
    assert ask(PIER, *held).independent_texts == texts


def test_the_best_witness_decides_and_the_others_stand_below() -> None:
    """A verbatim witness makes the answer verbatim, whatever another outlet printed."""
    report = ask(PIER, witness(PIER), witness(PIER.replace("no rot", "some rot"), number=2))
    assert report.wording is Wording.VERBATIM
    assert {variant.wording for variant in report.variants} == {Wording.VERBATIM, Wording.ALTERED}


def test_a_witness_that_explains_more_outweighs_a_gentler_one_that_explains_less() -> None:
    """A flipped negation is not hidden behind another passage that shares half of the words."""
    half = witness("every beam of the pier", kind=Kind.MIXED, number=2)
    report = ask(PIER.replace("no rot", "rot"), witness(PIER), half)
    assert (report.wording, report.severity) == (Wording.ALTERED, 5)


def test_words_of_two_passages_are_a_splice() -> None:
    """Each half has its witness, and no mark stands between them."""
    report = ask(f"{PIER}, {LAMPS}", witness(PIER), witness(LAMPS, number=2))
    assert report.wording is Wording.ALTERED
    assert {variant.text for variant in report.variants} == {PIER, LAMPS}
    assert all(FindingClass.SPLICE in {finding.cls for finding in each.findings} for each in report.variants)


def test_what_is_found_for_the_other_half_is_told_of_the_splice_too() -> None:
    """It may be the gentler reading, and is no rewording of the whole; the nearest of several is taken."""
    loose, close = witness(LAMPS.replace("lamps", "and rusty lamps"), number=2), witness(LAMPS, number=3)

    def find(text: str, limit: int) -> Candidates:
        return over([witness(PIER)] if PIER in text else [loose, close])(text, limit)

    report = answer(Claim(f"{PIER}, {LAMPS}"), find, NOTHING)
    assert report.wording is Wording.ALTERED
    assert {variant.text for variant in report.variants} == {PIER, LAMPS}
    assert all(FindingClass.SPLICE in {finding.cls for finding in each.findings} for each in report.variants)


def test_a_claim_that_one_witness_holds_is_no_splice() -> None:
    """Other passages that hold half of it do not make it one."""
    report = ask(f"{PIER}, {LAMPS}", witness(f"{PIER}, {LAMPS}."), witness(LAMPS, number=2))
    assert report.wording is Wording.VERBATIM


@pytest.mark.parametrize("quote", ["we will", "of the", "that it is"])
def test_words_that_anybody_says_are_too_common(quote: str) -> None:
    """Told with the number of carriers, attributed to nobody."""
    report = ask(quote, witness(f"I think {quote} so", speaker="Ana Lorentz"))
    assert (report.wording, report.variants, report.carriers) == (Wording.TOO_COMMON, (), 1)


def test_a_short_fragment_in_marks_of_its_own_is_found() -> None:
    """Two words that an outlet set in marks are its witness."""
    assert ask("ghost pier", witness("ghost pier", kind=Kind.MIXED)).wording is Wording.VERBATIM


def test_a_short_claim_shows_other_readings_of_the_speaker_alone() -> None:
    """ "Direct relationship" shows what the same speaker is said to have said elsewhere, and no chance hits."""
    report = ask(
        "direct relationship",
        witness("direct relationship", kind=Kind.MIXED, speaker="Ana Lorentz"),
        witness("a direct and far-reaching relationship", kind=Kind.MIXED, number=2, speaker="Lorentz"),
        witness("a direct insult to our relationship", kind=Kind.MIXED, number=3, speaker="Ole Brandt"),
    )
    assert {each.outlet for variant in report.variants for each in variant.witnesses} == {
        "outlet1.example",
        "outlet2.example",
    }


def test_another_mouth_weighs_most() -> None:
    """Word for word, but attributed to somebody else: severity 5, and the words are still told to be verbatim."""
    report = ask(PIER, witness(PIER, speaker="Ana Lorentz"), speaker="Ole Brandt")
    assert (report.wording, report.attribution, report.severity) == (Wording.VERBATIM, Agreement.DIFFERS, 5)
    assert report.verdict == "misattributed"


def test_the_tightest_passage_of_an_article_stands_for_it() -> None:
    """The words stand once in an article, though its sentence and its quotation both hold them."""
    sentence = witness(f"He said: “{PIER}.”", kind=Kind.PROSE, number=2, article=1, outlet="outlet1.example")
    report = ask(PIER, witness(PIER), sentence)
    assert [variant.text for variant in report.variants] == [PIER]


def test_the_claimed_outlet_decides() -> None:
    """What that outlet printed is what the claim is held against; the others stand below."""
    held = [witness(PIER, outlet="bay.example"), witness(PIER.replace("no rot", "some rot"), number=2)]
    assert ask(PIER, *held, outlet="outlet2").wording is Wording.ALTERED
    assert ask(PIER, *held, outlet="elsewhere.example").wording is Wording.VERBATIM


def test_a_long_claim_is_looked_up_in_windows() -> None:
    """A passage near the end of a long text is found."""
    filler = " ".join(f"filler{at}" for at in range(400))
    report = ask(f"{filler} {PIER}", witness(PIER), *(witness(f"chance filler{at}", number=at + 9) for at in range(60)))
    assert report.wording in (Wording.NOT_FOUND, Wording.OVERLAP)
    whole = ask(f"{PIER} {LAMPS} {PIER}", witness(f"{PIER} {LAMPS} {PIER}"))
    assert whole.wording is Wording.VERBATIM


@pytest.mark.parametrize("quote", ["", " \n", "…", "?!", "“”", "word " * (MOST_WORDS + 1)])
def test_nothing_to_check_is_an_error_with_a_hint(quote: str) -> None:
    """Neither no words nor a whole book."""
    with pytest.raises(ClaimError) as error:
        ask(quote, witness(PIER))
    assert error.value.hint


@settings(max_examples=2000, deadline=None)
@given(st.text(max_size=80), st.text(min_size=1, max_size=80))
def test_any_text_is_answered_or_refused(quote: str, held: str) -> None:
    """No text from outside makes the matcher stumble."""
    try:
        report = ask(quote, witness(held))
    except ClaimError:
        assert not fold(quote)
    else:
        assert 0 <= report.severity <= 5


@settings(max_examples=2000, deadline=None)
@given(st.sampled_from((PIER, LAMPS)), st.data())
def test_no_verdict_is_moved_by_marks_case_and_accents(quote: str, data: st.DataObject) -> None:
    """Typographic quotes, capitals and accents that are typed otherwise change no verdict."""
    drawn = data.draw(st.lists(st.sampled_from(["upper", "accent", "plain"]), min_size=len(quote), max_size=len(quote)))
    typed = "".join(_typed(char, how) for char, how in zip(quote, drawn, strict=True))
    plain, again = ask(quote, witness(quote)), ask(f"“{typed}”", witness(quote))
    assert again.wording is plain.wording
    assert math.isclose(again.severity, plain.severity, abs_tol=1)


def _typed(char: str, how: str) -> str:
    return char.upper() if how == "upper" else char + "\u0301" if how == "accent" and char in "aeou" else char


@pytest.mark.parametrize(
    ("claimed", "how"),
    [("Ana Holt", Agreement.AGREES), ("Marsh", Agreement.AGREES), ("Karel Rees", Agreement.DIFFERS),
     (None, Agreement.NOT_CLAIMED)],
)  # fmt: skip
def test_any_of_several_speakers_may_be_claimed(claimed: str | None, how: Agreement) -> None:
    """Who names one of those who said it together contradicts nobody either."""
    person = SpeakerKind.PERSON
    both = Attribution(
        speaker="Ana Holt", kind=person, rule="test", confidence=1.0, others=(Speaker("Ben Marsh", person),)
    )
    one = Attribution(speaker="Ben Marsh", kind=person, rule="test", confidence=1.0)
    held = [replace(witness(PIER, number=number), attribution=said) for number, said in ((1, both), (2, one))]
    report = ask(PIER, *held, speaker=claimed)
    assert (report.attribution, report.speakers) == (how, ("Ana Holt", "Ben Marsh"))

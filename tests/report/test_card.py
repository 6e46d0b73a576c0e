"""A report as a card: what it says in both languages, and that it keeps Discord's limits whatever it is given."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import samples
from bot.desk import Desk
from bot.model import Agreement, Claim, Kind, Report, Wording
from bot.report.card import AMBER, GREEN, GREY, MOST, PER_PAGE, RED, Card, card
from bot.report.safe import web_address
from storage.memory import Memory
from tests.report.markdown import RAW, live
from tests.report.reports import aligned, reports

Golden = Callable[[str, str], None]
OURS = {"heading", "quote", "subtext", "strong", "underline", "struck", "link"}
CASES = {
    "trimmed": Claim("we want a treaty with the islands before a single gate opens again"),
    "disputed": Claim("how ships already at anchor can be unloaded safely"),
    "altered": Claim("We will pause the programme over a rumour", speaker="Dr Maren Oduya"),
    "cropped": Claim("I would welcome a recount if the commission asks for one", speaker="Mayor Kett"),
    "misattributed": Claim("a stupid mistake, not a crime", speaker="Joan Abara"),
    "not-found": Claim("I never saw that box and I would not know how to open it"),
    "too-common": Claim("We will"),
    "similar": Claim("I never meant to hide it, it was a stupid mistake"),
    "elided": Claim("no tanker will pass our breakwater … a single gate opens again"),
}


@pytest.fixture(scope="module")
def desk() -> Desk:
    """A desk over the sample articles."""
    made = Desk(Memory())
    for sample in samples.samples():
        made.add(sample.article)
    return made


def text_of(made: Card) -> str:
    """The card as one text, its parts apart."""
    return "\n----\n".join((f"{made.accent:#08x} {made.pages}", made.head, *made.blocks, made.foot)) + "\n"


@pytest.mark.parametrize("name", CASES)
def test_a_card_reads_as_agreed(name: str, desk: Desk, golden: Golden) -> None:
    golden(f"card-{name}.txt", text_of(card(desk.check(CASES[name]))))


def test_a_card_reads_as_agreed_in_spanish(desk: Desk, golden: Golden) -> None:
    golden("card-altered-es.txt", text_of(card(desk.check(CASES["altered"]), locale="es-419")))


def test_the_words_of_each_side_are_marked_apart(report: Report) -> None:
    made = card(report)
    assert (
        "> “… nothing more and nothing less than a **__firm and__** lasting peace\\.”\n\n— Ana Lorentz"
        in made.blocks[0]
    )
    assert "· 2 outlets · +2 words" in made.blocks[0]
    assert "via Meridian" in made.blocks[0]
    assert "**__only in the outlet__**" in made.foot
    assert "~~" not in made.foot


def test_a_passage_that_its_article_no_longer_has_is_said_to_have_changed(report: Report) -> None:
    first = report.variants[0]
    earlier = replace(first, witnesses=tuple(replace(one, current=False) for one in first.witnesses))
    assert "changed since" in card(replace(report, variants=(earlier,))).blocks[0]


def test_an_outlets_own_prose_is_never_shown_in_quotation_marks(report: Report) -> None:
    first = report.variants[0]
    prose = replace(first, witnesses=tuple(replace(one, kind=Kind.INDIRECT) for one in first.witnesses))
    block = card(replace(report, variants=(prose,))).blocks[0]
    assert "“…" not in block
    assert "in the outlet's own words, about what Ana Lorentz said" in block


def test_nothing_found_says_that_this_is_no_proof_and_what_was_searched(desk: Desk) -> None:
    made = card(desk.check(CASES["not-found"]))
    assert "no proof that it was not said" in made.head
    assert re.search(r"Looked in 77 articles of 60 outlets", made.foot)
    assert made.accent == GREY


def test_a_gap_in_a_text_cannot_be_taken_for_a_cut_of_ours(report: Report) -> None:
    assert "“a \\[…\\] peace”" in card(replace(report, claim=Claim("a . . . peace"))).head


@pytest.mark.parametrize(
    ("severity", "wording", "attribution", "colour"),
    [
        (0, Wording.VERBATIM, Agreement.AGREES, GREEN),
        (3, Wording.REWORDED, Agreement.AGREES, AMBER),
        (5, Wording.ALTERED, Agreement.AGREES, RED),
        (0, Wording.VERBATIM, Agreement.OUTLETS_DISAGREE, AMBER),
        (5, Wording.SIMILAR, Agreement.NOT_CLAIMED, GREY),
    ],
)
def test_the_colour_goes_with_the_verdict(
    report: Report, severity: int, wording: Wording, attribution: Agreement, colour: int
) -> None:
    judged = replace(report, severity=severity, wording=wording, attribution=attribution)
    assert card(judged).accent == colour


def test_wordings_are_paged_and_numbered_through(report: Report) -> None:
    many = replace(report, variants=report.variants[:1] * (2 * PER_PAGE + 1))
    pages = [card(many, page) for page in range(3)]
    assert [len(made.blocks) for made in pages] == [PER_PAGE, PER_PAGE, 1]
    assert pages[2].blocks[0].startswith("**11 · ")
    assert "Page 3 of 3" in pages[2].foot
    assert (card(many, 9), card(many, -1)) == (pages[2], pages[0])


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(reports(), st.integers(0, 2), st.sampled_from(("en", "es")))
def test_any_report_keeps_within_the_limits_and_nothing_foreign_is_live(report: Report, page: int, locale: str) -> None:
    made = card(report, page, locale)
    assert made.length <= MOST
    assert len(made.blocks) <= PER_PAGE
    stored = {web_address(one.url) for variant in report.variants for one in variant.witnesses}
    for text in (made.head, *made.blocks, made.foot):
        assert text.strip()
        found = live(text)
        assert {one.rule for one in found} <= OURS
        links = [one.text for one in found if one.rule == "link"]
        assert all(re.search(r"\(<(\S+)>\)$", one)[1] in stored for one in links)  # type: ignore[index]
        assert not RAW.search(re.sub(r"\(<https?://\S+>\)", "", text))
        assert sum(one.rule == "quote" for one in found) <= 1


@pytest.mark.parametrize("locale", ["en", "es"])
@pytest.mark.parametrize("sign", ["*", "~", "@", "ש", "👍", "x", "\u0301", "[…]"])
def test_a_card_that_is_full_in_every_place_is_told_in_less_detail(report: Report, sign: str, locale: str) -> None:
    """Every text of every kind 3,000 signs long, five wordings by sixty outlets."""
    text = f"a{sign * 3000} {'b ' * 500}"
    first = report.variants[0]
    said = replace(first.witnesses[1].attribution, speaker=text, via=(text, text))  # type: ignore[type-var]
    carrier = replace(first.witnesses[0], outlet=text, current=False, attribution=said, text=text)
    found = [replace(one, claim=text, witness=text, severity=5) for one in first.findings] * 9
    full = replace(
        first,
        text=text,
        witnesses=(carrier,) * 60,
        findings=tuple(found),
        alignment=aligned(f"c {text} d", text),
        wording=Wording.ELIDED,
    )
    made = card(
        replace(
            report,
            claim=Claim(f"c {text} d", speaker=text),
            variants=(full,) * 9,
            attribution=Agreement.DIFFERS,
            speakers=(text, text),
            carriers=99,
        ),
        locale=locale,
    )
    assert made.length <= MOST
    assert len(made.blocks) == PER_PAGE


@pytest.mark.parametrize(
    ("claim", "witness", "shown"),
    [
        ("我们停止计划", "我们不停止计划", "我们\u200a**__不__**\u200a停止计划"),
        ("we stop it", "we do not stop it", "we **__do not__** stop it"),
        ("a far-reaching plan", "a far-fetched plan", "a far-~~reaching~~ **__fetched__** plan"),
    ],
)
def test_marks_never_stand_next_to_a_letter(report: Report, claim: str, witness: str, shown: str) -> None:
    variant = replace(report.variants[0], text=witness, alignment=aligned(claim, witness))
    assert shown in card(replace(report, claim=Claim(claim), variants=(variant,))).blocks[0].replace("\\-", "-")

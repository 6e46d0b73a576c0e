"""Rows of lists: what they say, and that they are short and do nothing whatever is in them."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.model import ArticleSummary, Attribution, Kind, Mention, Quotation, Span, SpeakerKind, Utterance, Witness
from bot.report import rows
from bot.report.safe import units
from bot.serve.chat.pages import PER_PAGE
from tests.report.markdown import RAW, live
from tests.report.reports import SCRIPTS, texts, witness, witnesses

OURS = {"quote", "strong", "emphasis", "subtext", "link"}
anything = st.one_of(st.text(min_size=1, max_size=2000), st.sampled_from(SCRIPTS).map(lambda text: text * 40))
named = anything.filter(str.strip)


def check(row: str) -> None:
    """Within the limits, and nothing foreign is live."""
    assert units(row) <= rows.LONGEST
    assert {part.rule for part in live(row)} <= OURS
    for link in (part.text for part in live(row) if part.rule == "link"):
        row = row.replace(link.partition("](")[2], "")
    assert not RAW.search(row)


def said(name: str, via: tuple[str, ...] = (), cue: str | None = None) -> Attribution:
    spoken = Mention(cue) if cue else None
    return Attribution(speaker=name, kind=SpeakerKind.PERSON, rule="cue verb", confidence=0.91, via=via, cue=spoken)


def test_five_rows_with_what_stands_around_them_are_within_a_message() -> None:
    """Discord takes 4,000 characters of text in all parts together; 400 are left for heading and foot."""
    assert PER_PAGE * rows.LONGEST <= 4000 - 400


@given(st.lists(texts.filter(str.strip).flatmap(witnesses), min_size=1, max_size=3), st.sampled_from(("en", "es")))
def test_any_passage_is_a_short_row_that_does_nothing(found: list[Witness], locale: str) -> None:
    check(rows.passage(found[0], locale, Utterance(1, tuple(found))))


@given(anything, named, named, named)
def test_any_quotation_is_a_short_row_that_does_nothing(text: str, name: str, via: str, cue: str) -> None:
    whole = Span(0, len(text))
    found = Quotation(outer=whole, inner=whole, kind=Kind.DIRECT, attribution=said(name, (via, name), cue))
    check(rows.quotation(found, text, "en"))


@given(anything, named, st.one_of(st.none(), named.map(lambda path: f"https://a.example/{path}")))
def test_any_article_is_a_short_row_that_does_nothing(title: str, outlet: str, url: str | None) -> None:
    at = datetime(2026, 3, 3, tzinfo=UTC)
    check(
        rows.article(
            ArticleSummary(
                id=2**53, outlet=outlet, title=title, url=url, published=at, editions=1, quotations=9, copies=0
            ),
            "es",
        )
    )


def test_a_passage_says_who_said_it_by_whose_report_where_and_when() -> None:
    row = rows.passage(witness("We want peace.", "bay.example", 7, via=("Meridian",)), "en")
    assert row == (
        "> “We want peace\\.”\n\n"
        "**Ana Lorentz** · via Meridian · [bay\\.example](<https://bay.example/peace>) · 2 Mar 2026 · article 7"
    )


def test_what_outlets_differ_on_is_said_beside_the_passage() -> None:
    """Both the wordings and the speakers, where there are several."""
    one, other = witness("We want peace.", "bay.example", 7), witness("We wanted peace.", "cape.example", 8)
    row = rows.passage(one, "en", Utterance(7, (one, other)))
    assert row.endswith("\n-# ⚖ 2 wordings")
    assert not rows.contested(Utterance(7, (one,)))


def test_a_quotation_shows_its_cue_and_how_sure_its_speaker_is() -> None:
    """Where nobody is named that is said."""
    text = "“Peace,” she insisted."
    found = Quotation(outer=Span(0, 8), inner=Span(1, 7), kind=Kind.DIRECT, attribution=said("Ana", cue="insisted"))
    assert rows.quotation(found, text, "en") == (
        "> “Peace,”\n\n**Ana** · *insisted*\n-# direct · rule cue verb, 91 % sure"
    )
    nobody = Quotation(outer=Span(0, 8), inner=Span(1, 7), kind=Kind.DIRECT)
    assert rows.quotation(nobody, text, "en").endswith("\n\nno speaker named")

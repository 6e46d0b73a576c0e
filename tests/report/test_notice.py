"""Alerts as cards: what they say, and that they keep Discord's limits whatever is in the record."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.model import Report, Utterance, Witness
from bot.orders import SERVER_KINDS, Alert, AlertKind
from bot.report import notice
from bot.report.card import AMBER, GREEN, MOST, PER_PAGE, RED
from bot.report.notice import Standing, Told
from bot.report.safe import web_address
from bot.text import words
from tests.report.markdown import RAW, live
from tests.report.reports import reports, texts, witness, witnesses

FIRST = "We will not dredge the channel unless the city pays for it"
OTHER = "We will dredge the channel unless the city pays for it"
AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
OURS = {"heading", "quote", "subtext", "strong", "underline", "struck", "link", "mention", "timestamp", "url"}
LINK = "https://discord.com/channels/1/2/3"
DISCORD = 4000


def alert(kind: AlertKind = AlertKind.WORDING, passage: int | None = 2, severity: int = 5, **facts: object) -> Alert:
    return Alert(key=f"{kind} {passage}", kind=kind, severity=severity, user=1, passage=passage, facts=facts)


@pytest.fixture
def found() -> Utterance:
    return Utterance(1, (witness(FIRST, "bay.example", 1), witness(OTHER, "cape.example", 2, day=3)))


@pytest.fixture
def told(found: Utterance) -> list[Told]:
    return [Told(alert(AlertKind.OUTLET, severity=0), found.witnesses[1]), Told(alert(), found.witnesses[1])]


def test_a_card_tells_what_happened_and_marks_the_change(found: Utterance, told: list[Told]) -> None:
    made = notice.notice(found, told)
    assert made.accent == RED
    assert (
        "**new wording, one more outlet** · Ana Lorentz · [cape\\.example](<https://cape.example/peace>)" in made.head
    )
    assert "first wording on record: [bay\\.example]" in made.head
    assert "~~not~~" in made.blocks[1]
    assert "2 outlets · 2 independent texts · first seen 2 Mar 2026" in made.foot


def test_what_was_done_about_it_is_told_and_calms_it_down(found: Utterance, told: list[Told]) -> None:
    made = notice.notice(found, told, Standing((7, AT), suppressed=True))
    assert made.accent == GREEN
    assert f"acknowledged by <@7> <t:{int(AT.timestamp())}:R>" in made.foot
    assert "marked as not a divergence" in made.foot


def test_a_new_wording_stands_next_to_the_first(found: Utterance) -> None:
    wide = [witness(f"{FIRST} {number}", f"outlet{number}.example", 10 + number) for number in range(9)]
    many = replace(found, witnesses=(found.witnesses[0], *wide, *wide, found.witnesses[1]))
    made = notice.notice(many, [Told(alert(), found.witnesses[1])])
    assert "~~not~~" in made.blocks[1]
    assert len(made.blocks) == PER_PAGE
    assert "6 more wordings" in made.foot


def test_a_misquote_is_linked_and_its_words_are_marked_where_they_are_known(found: Utterance, report: Report) -> None:
    posted = Told(alert(AlertKind.MISQUOTE, 1, 4, link=LINK, verdict="altered"), found.witnesses[0])
    bare, full = notice.notice(found, [posted]), notice.notice(found, [posted], posted=report)
    assert f"**misquote posted** · altered · {LINK}" in bare.head
    assert "Posted:" not in bare.head
    assert "Posted:\n> “a lasting peace”" in full.head
    assert "only in the posted quote" in full.foot


def test_earlier_happenings_are_counted(found: Utterance) -> None:
    many = [Told(alert(AlertKind.OUTLET, number, 0), witness(FIRST, "a.example", number)) for number in range(7)]
    head = notice.notice(found, many).head
    assert "2 earlier events" in head
    assert head.count("one more outlet") == 5


def test_a_digest_shows_the_gravest_first_and_counts_the_rest(found: Utterance) -> None:
    quotes = [
        (replace(found, id=number), [Told(alert(severity=number % 6), found.witnesses[1])]) for number in range(14)
    ]
    made = notice.digest(quotes, dropped=3)
    assert "14 quotes since" in made.head
    assert made.blocks[0].count("new wording") == 12
    assert "and 2 more quotes" in made.foot
    assert "3 more alerts were not kept" in made.foot
    assert made.accent == RED
    assert notice.digest(quotes[3:4]).accent == AMBER


def test_a_sample_says_that_it_is_one() -> None:
    assert "nobody said it" in notice.sample().foot
    assert "nadie lo ha dicho" in notice.sample("es-419").foot


def test_the_name_of_a_thread_is_plain_and_short(found: Utterance) -> None:
    assert notice.title(found) == "Ana Lorentz: “We will not dredge the channel unless the city pays for it”"
    long = replace(found, witnesses=(replace(found.witnesses[0], text="@everyone\n\u202e" * 90),))
    assert len(notice.title(long)) <= 100
    assert "\n" not in notice.title(long)


@st.composite
def utterances(draw: st.DrawFn) -> Utterance:
    wordings = draw(st.lists(texts.filter(words), min_size=1, max_size=7))
    carriers = [replace(draw(witnesses(text)), id=number) for number, text in enumerate(wordings, 1)]
    return Utterance(1, tuple(carriers) * draw(st.sampled_from((1, 1, 20))))


@st.composite
def tellings(draw: st.DrawFn, found: Utterance) -> list[Told]:
    kinds = draw(st.lists(st.sampled_from(sorted(SERVER_KINDS)), min_size=1, max_size=9))
    about = [draw(st.sampled_from((None, *found.witnesses[:7]))) for _ in kinds]
    facts = {"link": LINK, "verdict": "misattributed"}
    return [
        Told(replace(alert(kind, one and one.id, draw(st.integers(0, 5))), key=str(number), facts=facts), one)
        for number, (kind, one) in enumerate(zip(kinds, about, strict=True))
    ]


def harmless(text: str, carriers: tuple[Witness, ...]) -> None:
    """Nothing of a text from outside does anything."""
    stored = {web_address(one.url) for one in carriers}
    found = live(text)
    assert {one.rule for one in found} <= OURS
    links = [one.text for one in found if one.rule == "link"]
    assert all(re.search(r"\(<(\S+)>\)$", one)[1] in stored for one in links)  # type: ignore[index]
    assert {one.text for one in found if one.rule == "url"} <= {LINK}
    assert {one.text for one in found if one.rule == "mention"} <= {"<@7>"}
    ours = re.sub(r"\(<https?://\S+>\)", "", text).replace("<@7>", "").replace(LINK, "")
    assert not RAW.search(ours)


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data(), utterances(), st.one_of(st.none(), reports()), st.sampled_from(("en", "es")))
def test_any_alert_keeps_within_the_limits_and_nothing_foreign_is_live(
    data: st.DataObject, found: Utterance, posted: Report | None, locale: str
) -> None:
    told = data.draw(tellings(found))
    posted = posted if posted and posted.variants else None
    made = notice.notice(found, told, Standing((7, AT), suppressed=True), posted, locale)
    assert made.length <= MOST
    carriers = (*found.witnesses, *(one for each in (posted.variants if posted else ()) for one in each.witnesses))
    watched = notice.watched([(one.text, one) for one in found.witnesses[:9]], locale)
    for card in (made, notice.digest([(found, told)] * 20, 5, locale), watched):
        assert card.length <= DISCORD
        for text in (card.head, *card.blocks, card.foot):
            assert text.strip()
            harmless(text, carriers)
    reply = notice.happening(told[-1:], locale, words=True)
    harmless(reply, carriers)
    assert len(reply) <= 2000
    page = "\n".join(notice.source(one, locale) for one in found.witnesses[:8])
    harmless(page, carriers)
    assert len(page) <= DISCORD - 200
    assert 1 <= len(notice.title(found)) <= 100

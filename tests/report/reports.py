"""Reports for tests: one made by hand, so that what is tested is the rendering alone, and any others at all."""

from __future__ import annotations

import difflib
from datetime import UTC, datetime

from hypothesis import strategies as st

from bot.model import (
    Agreement,
    Alignment,
    Attribution,
    Claim,
    Coverage,
    Edit,
    Finding,
    FindingClass,
    Kind,
    Op,
    Report,
    Span,
    SpeakerKind,
    Variant,
    Witness,
    Wording,
)
from bot.text import words

OPS = {"equal": Op.EQUAL, "insert": Op.INSERT, "delete": Op.DELETE, "replace": Op.REPLACE}
SCRIPTS = (
    "We will **not** pause the programme … over a rumour, ~~she said~~ [sea] @everyone",
    "нет, мы не остановим программу из-за слухов",
    "לא נעצור את התוכנית בגלל שמועה",
    "私たちは噂で計画を止めません",
    "لن نوقف البرنامج بسبب شائعة",
    "👍🏽👨‍👩‍👧‍👦🇪🇸 <@1> ||x|| `code` # h \n> q\n- [b](http://evil.example) discord.gg/x",
    "a\u202eb\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301 \\ \\\\ https://evil.example/x <t:1:R>",
)

CLAIM = "a lasting peace"
LONGER = "We want nothing more and nothing less than a firm and lasting peace."


def witness(text: str, outlet: str, identifier: int, *, day: int = 2, via: tuple[str, ...] = ()) -> Witness:
    return Witness(
        id=identifier,
        text=text,
        kind=Kind.DIRECT,
        outlet=outlet,
        article=identifier,
        url=f"https://{outlet}/peace",
        title="Talks open",
        published=datetime(2026, 3, day, tzinfo=UTC),
        attribution=Attribution(
            speaker="Ana Lorentz", kind=SpeakerKind.PERSON, rule="cue verb after", confidence=0.9, via=via
        ),
        copies=identifier,
    )


def peace() -> Report:
    """One verbatim variant in one outlet, one with inserted words in two."""
    exact = Variant(
        text=CLAIM,
        witnesses=(witness(CLAIM, "bay.example", 1),),
        alignment=Alignment((Edit(Op.EQUAL, (0, 3), (0, 3)),)),
        wording=Wording.VERBATIM,
    )
    start = LONGER.index("firm and")
    wider = Variant(
        text=LONGER,
        witnesses=(witness(LONGER, "cape.example", 2, day=1), witness(LONGER, "dune.example", 3, via=("Meridian",))),
        alignment=Alignment(
            (
                Edit(Op.INSERT, (0, 0), (0, 8), outside=True),
                Edit(Op.EQUAL, (0, 1), (8, 9)),
                Edit(Op.INSERT, (1, 1), (9, 11)),
                Edit(Op.EQUAL, (1, 3), (11, 13)),
            )
        ),
        wording=Wording.REWORDED,
        findings=(
            Finding(
                cls=FindingClass.INSERTION,
                severity=3,
                claim_span=Span(2, 2),
                witness_span=Span(start, start + 8),
                claim="",
                witness="firm and",
            ),
        ),
    )
    return Report(
        claim=Claim(CLAIM, speaker="Lorentz"),
        wording=Wording.VERBATIM,
        attribution=Agreement.AGREES,
        severity=0,
        variants=(wider, exact),
        independent_texts=3,
        coverage=Coverage(12, 5, 140, datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 9, tzinfo=UTC)),
        policy="test",
        speakers=("Ana Lorentz",),
    )


texts = st.one_of(
    st.text(min_size=1, max_size=80),
    st.sampled_from(SCRIPTS),
    st.builds(lambda text, times: (text + " ") * times, st.sampled_from(SCRIPTS), st.integers(1, 25)),
)
urls = st.one_of(
    st.none(),
    st.just("https://bay.example/peace"),
    st.builds("https://bay.example/{}".format, st.text(max_size=300)),
    st.text(max_size=30),
)
_dates = st.one_of(st.none(), st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001


def aligned(claim: str, witness: str) -> Alignment:
    """A plain alignment of two texts, by the standard library."""
    ours, theirs = ([word.text for word in words(text)] for text in (claim, witness))
    blocks = difflib.SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
    return Alignment(tuple(Edit(OPS[op], (a, b), (c, d)) for op, a, b, c, d in blocks))


@st.composite
def witnesses(draw: st.DrawFn, text: str) -> Witness:
    speaker = draw(st.one_of(st.none(), texts))
    kind = SpeakerKind.PERSON if speaker else SpeakerKind.UNCLEAR
    via = tuple(draw(st.lists(texts, max_size=2)))
    said = Attribution(speaker=speaker, kind=kind, rule="any", confidence=0.5, via=via)
    return Witness(
        id=1,
        text=text,
        kind=draw(st.sampled_from(Kind)),
        outlet=draw(texts),
        article=1,
        url=draw(urls),
        published=draw(_dates),
        attribution=draw(st.sampled_from((None, said))),
        current=draw(st.booleans()),
    )


@st.composite
def variants(draw: st.DrawFn, claim: str) -> Variant:
    text = draw(st.one_of(texts, st.just(claim)))
    if not text.strip():
        text = "words"
    found = [
        Finding(
            cls=draw(st.sampled_from(FindingClass)),
            severity=draw(st.integers(0, 5)),
            claim_span=Span(0, 1),
            witness_span=None,
            claim=draw(texts),
            witness=draw(texts),
        )
        for _ in range(draw(st.integers(0, 5)))
    ]
    carriers = draw(st.lists(witnesses(text), min_size=1, max_size=3)) * draw(st.sampled_from((1, 1, 20)))
    return Variant(
        text=text,
        witnesses=tuple(carriers),
        alignment=aligned(claim, text),
        wording=draw(st.sampled_from(Wording)),
        findings=tuple(found),
    )


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """Any report: every script, every length, and more wordings than a page holds."""
    claim = draw(texts)
    found = draw(st.lists(variants(claim), max_size=7))
    wording = draw(st.sampled_from([one for one in Wording if one is not Wording.NOT_FOUND]))
    return Report(
        claim=Claim(claim, speaker=draw(st.one_of(st.none(), texts))),
        wording=wording if found else Wording.NOT_FOUND,
        attribution=draw(st.sampled_from(Agreement)),
        severity=draw(st.integers(0, 5)),
        variants=tuple(found),
        independent_texts=draw(st.integers(0, 10_000)),
        coverage=Coverage(*(draw(st.integers(0, 10**7)) for _ in range(3)), draw(_dates), draw(_dates)),
        policy="any",
        carriers=draw(st.integers(0, 5)),
        speakers=tuple(draw(st.lists(texts, max_size=4))),
    )

"""Reports made by hand, so that what is tested is the rendering alone."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

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


@pytest.fixture
def report() -> Report:
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


@pytest.fixture
def nothing() -> Report:
    """Nothing found."""
    return Report(
        claim=Claim("nobody said this"),
        wording=Wording.NOT_FOUND,
        attribution=Agreement.NOT_CLAIMED,
        severity=0,
        variants=(),
        independent_texts=0,
        coverage=Coverage(0, 0, 0),
        policy="test",
    )

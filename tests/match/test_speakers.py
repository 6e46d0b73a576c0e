"""When two names can be one speaker."""

from __future__ import annotations

import pytest

from bot.match.agreement import agreement
from bot.match.speakers import same_speaker
from bot.model import Agreement, SpeakerKind
from tests.match.conftest import witness

PERSON, ORGANISATION = SpeakerKind.PERSON, SpeakerKind.ORGANISATION


@pytest.mark.parametrize(
    ("claimed", "held", "kind"),
    [
        ("Lorentz", "Ana Lorentz", PERSON),
        ("President Ana Lorentz", "Lorentz", PERSON),
        ("ána lórentz", "Ana Lorentz", PERSON),
        ("A. Lorentz", "Ana Lorentz", PERSON),
        ("Ana Maria Lorentz", "Ana Lorentz", PERSON),
        ("Zelenskyy", "Volodymyr Zelensky", PERSON),
        ("Lopez Obrador", "Andrés Manuel López Obrador", PERSON),
        ("Ana Lorentz's", "Ana Lorentz", PERSON),
        ("the Supreme Court", "Venezuelan Supreme Court", ORGANISATION),
        ("US Southern Command", "Southern Command", ORGANISATION),
        ("EU", "European Union", ORGANISATION),
        ("Carrow", "Carrow Crossings", ORGANISATION),
        ("officials", "Officials", SpeakerKind.ROLE),
    ],
)
def test_one_speaker(claimed: str, held: str, kind: SpeakerKind) -> None:
    """Titles, accents, initials, missing first names, acronyms."""
    assert same_speaker(claimed, held, kind)


@pytest.mark.parametrize(
    ("claimed", "held", "kind"),
    [
        ("Maria Lorentz", "Ana Lorentz", PERSON),
        ("Lorentz", "Lorenz Brandt", PERSON),
        ("Ana", "Maria Brandt", PERSON),
        ("Trump", "Trump administration", ORGANISATION),
        ("Harbour Union", "Harbour Authority", ORGANISATION),
        ("", "Ana Lorentz", PERSON),
        ("!!", "Ana Lorentz", PERSON),
    ],
)
def test_two_speakers(claimed: str, held: str, kind: SpeakerKind) -> None:
    """Other first names, other offices, names that are only part of another's."""
    assert not same_speaker(claimed, held, kind)


def test_agreement_over_witnesses() -> None:
    """The axis in all its values."""
    ana, short = witness("x", speaker="Ana Lorentz"), witness("x", number=2, speaker="Lorentz")
    brandt = witness("x", number=3, speaker="Ole Brandt")
    officials = witness("x", number=4, speaker="officials", speaker_kind=SpeakerKind.ROLE)
    silent = witness("x", number=5)
    assert agreement("Lorentz", [ana, short, silent]) == (Agreement.AGREES, ("Ana Lorentz",))
    assert agreement("Brandt", [ana, short])[0] is Agreement.DIFFERS
    assert agreement(None, [ana, short, officials])[0] is Agreement.NOT_CLAIMED
    assert agreement(None, [ana, brandt])[0] is Agreement.OUTLETS_DISAGREE
    assert agreement("Ana Lorentz", [ana, brandt])[0] is Agreement.OUTLETS_DISAGREE
    assert agreement("Ana Lorentz", [officials])[0] is Agreement.ROLE_ONLY
    assert agreement("Ana Lorentz", [silent])[0] is Agreement.ROLE_ONLY

"""Rules: which happenings a server hears of."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.match.rules import Happening, fires
from bot.orders import SERVER_KINDS, AlertKind, Rule
from tests.match.conftest import witness

HAPPENING = Happening(
    AlertKind.WORDING,
    4,
    witness("We will open the Café gate tonight", number=2, outlet="two.example"),
    (witness("We will not open the café gate tonight", outlet="one.example", speaker="President Ana Lorentz"),),
)


def test_a_rule_without_filters_asks_for_everything() -> None:
    for kind in SERVER_KINDS:
        assert fires(Rule(least=4), replace(HAPPENING, kind=kind))


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (Rule(least=5), False),
        (Rule(kinds=frozenset({AlertKind.OUTLET})), False),
        (Rule(kinds=frozenset({AlertKind.OUTLET, AlertKind.WORDING})), True),
        (Rule(speakers=("Piet Haan", "lorentz")), True),
        (Rule(speakers=("Piet Haan",)), False),
        (Rule(outlets=("TWO.example ",)), True),
        (Rule(outlets=("one.example",)), False),
        (Rule(words=("cafe GATE",)), True),
        (Rule(words=("not open",)), True),
        (Rule(words=("open gate", "bridge")), False),
        (Rule(words=("…",)), False),
        (Rule(speakers=("Lorentz",), words=("bridge",)), False),
    ],
)
def test_each_filter_must_hold(rule: Rule, expected: bool) -> None:
    """Names as a user types them, words without case and accents, one of several; the outlet is that of the news."""
    assert fires(rule, HAPPENING) is expected


def test_either_side_of_a_disagreement_is_an_outlets_own() -> None:
    assert fires(Rule(outlets=("one.example",)), replace(HAPPENING, kind=AlertKind.DISAGREE))

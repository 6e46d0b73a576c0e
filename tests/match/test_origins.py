"""The agency whose text several outlets copy."""

from __future__ import annotations

import pytest

from bot.match.origins import origins
from bot.model import Kind, Witness


def witness(number: int, *credited: str, copies: int = 1, outlet: str | None = None) -> Witness:
    where = outlet or f"o{number}.example"
    return Witness(
        id=number, text="No", kind=Kind.DIRECT, outlet=where, article=number, copies=copies, credits=credited
    )


@pytest.mark.parametrize(
    ("witnesses", "named"),
    [
        ([witness(1, "AP"), witness(2)], ("AP",)),
        ([witness(1, "AP"), witness(2, "AP")], ("AP",)),
        ([witness(1, "AP"), witness(2, "AFP")], ()),  # each has its own
        ([witness(1, "AP", "AFP"), witness(2)], ()),  # put together of two reports
        ([witness(1), witness(2)], ()),
        ([witness(1, "AP"), witness(2, copies=2)], ()),  # two texts
        ([witness(1, "AP", outlet="bay.example"), witness(2, outlet="bay.example")], ()),  # one outlet twice
        ([witness(1, "AP"), witness(2), witness(3, "TT", copies=3), witness(4, copies=3)], ("AP", "TT")),
    ],
)
def test_an_origin_is_named_where_the_copies_credit_one_agency(witnesses: list[Witness], named: tuple[str]) -> None:
    assert origins(witnesses) == named

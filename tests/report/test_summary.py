"""The short of a list: what is counted, what is shown, and that it fits into a message whatever is in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hypothesis import given
from hypothesis import strategies as st

from bot.model import Claim, Report
from bot.report import sheet
from bot.report.card import MOST
from bot.report.phrases import ICONS
from bot.report.summary import WORST, card, summary

Row = tuple[int, Claim | None, Mapping[str, str]]


def told(severity: int, **more: str) -> dict[str, str]:
    return {"verdict": "altered" if severity else "verbatim", "severity": str(severity), **more}


def test_verdicts_are_counted_and_the_gravest_stand_first() -> None:
    severities = [0, 3, 5, 1, 0, 4, 5, 2, 3]
    rows: list[Row] = [(line, Claim("no"), told(severity)) for line, severity in enumerate(severities, 1)]
    found = summary([*rows, (10, None, {"error": "no words"})])
    assert (found.rows, found.verdicts, found.unusable) == (10, {"altered": 7, "verbatim": 2}, 1)
    assert [(grave.severity, grave.line) for grave in found.worst] == [(5, 3), (5, 7), (4, 6), (3, 2), (3, 9)]


def test_a_card_says_what_is_on_record(report: Report) -> None:
    answer = sheet.answer(report) | {"severity": "4"}
    made = card(summary([(2, report.claim, answer)]), "list_1.csv")
    assert made.head.startswith("### list\\_1\\.csv: 1 quote")
    assert "line 2" in made.blocks[0]
    assert "On record: “" in made.blocks[0]


def test_where_nothing_differs_nothing_is_shown() -> None:
    made = card(summary([(1, Claim("no"), told(0))]), "list.txt", "es")
    assert made.blocks == ()
    assert "literal" in made.head


@given(st.data())
def test_any_list_fits_into_a_message(data: st.DataObject) -> None:
    text = st.text(min_size=1, max_size=400)

    def rows() -> Iterator[Row]:
        for line in range(1, WORST + 3):
            claim = Claim(data.draw(text), data.draw(text))
            best, who, outlets = (data.draw(text) for _ in range(3))
            verdict = data.draw(st.sampled_from(list(ICONS)))
            values = {"best_text": best, "speakers_found": who, "outlets": outlets, "verdict": verdict}
            yield line, claim, told(data.draw(st.integers(0, 5))) | values

    for locale in ("en", "es"):
        made = card(summary(rows()), data.draw(text), locale)
        assert made.length <= MOST

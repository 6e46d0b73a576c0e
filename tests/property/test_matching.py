"""Comparison on any two texts: edits tile both, and typography moves no verdict."""

from __future__ import annotations

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.errors import ClaimError
from bot.match import align, answer
from bot.model import Candidates, Claim, Coverage, Kind, Report, Witness
from bot.text import fold, words
from storage.information import weights
from tests.property.texts import prose, text

NOWHERE = Coverage(1, 1, 1)
_TYPOGRAPHIC = str.maketrans({"'": "’", "-": "‐", "e": "é", "o": "ö"})


@settings(max_examples=2000, deadline=None)
@given(text, text)
def test_edits_tile_both_texts(claim: str, witness: str) -> None:
    """The edits cover both word lists from end to end, and equal stretches are equal."""
    ours, theirs = words(claim), words(witness)
    made = align(ours, theirs)
    last = made.edits[-1] if made.edits else None
    assert (last.claim[1], last.witness[1]) == (len(ours), len(theirs)) if last else not (ours or theirs)
    for edit in made.edits:
        if edit.op == "equal":
            same = [word.text for word in ours[slice(*edit.claim)]]
            assert same == [word.text for word in theirs[slice(*edit.witness)]]


@st.composite
def posted(draw: st.DrawFn) -> tuple[str, str]:
    """A passage and a claim made of it: words cut off, left out, put in."""
    held = draw(prose).split()
    claim = held[draw(st.integers(0, len(held) // 2)) :]
    for _ in range(draw(st.integers(0, 2))):
        at = draw(st.integers(0, len(claim) - 1))
        claim[at : at + 1] = (
            draw(st.sampled_from([[], [claim[at], "surely"], ["perhaps"]])) if len(claim) > 1 else claim
        )
    return " ".join(held), " ".join(claim)


def answered(claim: str, witness: str) -> Report | None:
    def find(wanted: str, limit: int) -> Candidates:
        counts = dict.fromkeys(fold(witness), 1)
        passage = Witness(id=1, text=witness, kind=Kind.DIRECT, outlet="a.example", article=1)
        return Candidates((passage,)[:limit], weights(fold(wanted), counts, 1))

    try:
        return answer(Claim(claim), find, NOWHERE)
    except ClaimError:
        return None


@settings(max_examples=2000, deadline=None)
@given(posted())
def test_a_verdict_is_unmoved_by_typography_case_and_accents(pair: tuple[str, str]) -> None:
    witness, claim = pair
    plain = answered(claim, witness)
    assume(plain is not None)
    dressed = answered(f"“{claim.upper().lower().translate(_TYPOGRAPHIC)}”", witness)
    assert plain is not None
    assert dressed is not None
    assert (dressed.wording, dressed.attribution) == (plain.wording, plain.attribution)
    shouted = answered(claim.upper(), witness)
    assert shouted is not None
    assert shouted.wording == plain.wording

"""Alignments: they tile, they are local on both sides, they know gaps, brackets and moved blocks."""

from __future__ import annotations

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.match import align
from bot.match.align import shared
from bot.model import Edit, Op
from bot.text import words

TOKENS = ("the", "pier", "will", "not", "open", "on", "we", "said", "[we]", "…", "[...]", "(it)", "5", "five", "and")
SOME_WORDS = st.lists(st.sampled_from(TOKENS), max_size=30).map(" ".join)


def aligned(claim: str, held: str) -> list[tuple[str, str, str, bool, bool]]:
    """The edits as words: (op, of the claim, of the witness, marked, outside)."""
    ours, theirs = words(claim), words(held)

    def texts(edit: Edit) -> tuple[str, str]:
        mine = " ".join(word.text for word in ours[slice(*edit.claim)])
        return mine, " ".join(word.text for word in theirs[slice(*edit.witness)])

    return [(str(edit.op), *texts(edit), edit.marked, edit.outside) for edit in align(ours, theirs).edits]


@settings(max_examples=2000, deadline=None)
@given(SOME_WORDS, SOME_WORDS)
def test_edits_tile_both_texts(claim: str, held: str) -> None:
    """Every word of both sides stands in one edit, equal words are equal, and no more are found than can be."""
    ours, theirs = words(claim), words(held)
    edits = align(ours, theirs).edits
    assert sum(edit.claim[1] - edit.claim[0] for edit in edits) == len(ours)
    assert sum(edit.witness[1] - edit.witness[0] for edit in edits) == len(theirs)
    for edit in edits:
        if edit.op is Op.EQUAL:
            mine, held_words = ours[slice(*edit.claim)], theirs[slice(*edit.witness)]
            assert [word.text for word in mine] == [word.text for word in held_words]
    assert align(ours, theirs).equal <= shared(ours, theirs)


@settings(max_examples=2000, deadline=None)
@given(SOME_WORDS)
def test_a_text_aligns_with_itself(text: str) -> None:
    """Nothing but equal words."""
    assert {edit.op for edit in align(words(text), words(text)).edits} <= {Op.EQUAL}


def test_words_put_in() -> None:
    """One insertion between two equal runs."""
    assert aligned("direct relationship", "direct and far-reaching relationship") == [
        ("equal", "direct", "direct", False, False),
        ("insert", "", "and far reaching", False, False),
        ("equal", "relationship", "relationship", False, False),
    ]


def test_local_on_both_sides() -> None:
    """A stretch in the middle of both texts is found, and what lies around it is outside."""
    found = aligned(
        "last night they agreed to build a new pier behind the old church",
        "we hope to build a new pier for every child",
    )
    assert ("equal", "to build a new pier", "to build a new pier", False, False) in found
    assert {outside for op, *_, outside in found if op != "equal"} == {True}


def test_gaps_and_brackets_are_marked() -> None:
    """What the quoter marks is told apart from what he does not."""
    found = aligned("The ferry … returns [home] at dusk", "The ferry sails out and returns at dusk")
    assert ("replace", "…", "sails out and", True, False) in found
    assert ("delete", "home", "", True, False) in found


def test_a_block_elsewhere_is_a_move() -> None:
    """Three and more words in another place are moved, not lost and found."""
    found = aligned(
        "if the tide turns tonight the ferry will sail to the island",
        "the ferry will sail to the island if the tide turns tonight",
    )
    assert [op for op, *_ in found].count("move") == 2


def test_time_grows_with_the_words() -> None:
    """Twice the words of ordinary text take at most five times the steps (the chain is quadratic in equal runs)."""

    def cost(size: int) -> float:
        ours, theirs = (words(" ".join(f"word{(at * step) % size}" for at in range(size))) for step in (3, 7))
        best = 1e9
        for _ in range(3):
            start = time.process_time()
            align(ours, theirs)
            best = min(best, time.process_time() - start)
        return best

    assert cost(2000) <= 5 * max(cost(1000), 0.01)

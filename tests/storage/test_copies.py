"""Which texts copy one another."""

from __future__ import annotations

import numpy as np

from storage.copies import FEWEST, SAMPLED, are_copies, sample, shingles

OWN = " ".join(f"own{number}" for number in range(60))
WIRE = " ".join(f"wire{number}" for number in range(60))


def copies(one: str, other: str) -> bool:
    return are_copies(shingles(one), shingles(other))


def test_a_text_copies_itself_in_other_typography() -> None:
    assert copies(WIRE, WIRE.upper().replace(" ", "  "))


def test_an_article_that_adds_its_own_half_still_copies_the_report() -> None:
    """Containment counts, not resemblance."""
    assert copies(WIRE, f"{OWN} {WIRE}")


def test_a_text_of_its_own_is_no_copy_for_a_sentence_in_common() -> None:
    shared = " ".join(WIRE.split()[:20])
    assert not copies(WIRE, f"{OWN} {shared}")


def test_a_text_too_short_to_tell_is_no_copy() -> None:
    short = " ".join(WIRE.split()[: FEWEST + 3])
    assert len(shingles(short)) == FEWEST - 1
    assert not copies(short, short)
    assert not len(shingles("four words are few"))


def test_texts_that_share_most_share_some_of_their_samples() -> None:
    one, other = shingles(WIRE), shingles(f"{OWN} {WIRE}")
    assert len(sample(one)) == len(sample(other)) == SAMPLED
    assert np.isin(sample(one), sample(other)).any()

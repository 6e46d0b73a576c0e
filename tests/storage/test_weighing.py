"""How much a word tells, and which passages carry a claim best by it."""

from __future__ import annotations

from bot.text import fold
from storage.features import numbered
from storage.information import rarity, weights
from storage.ranking import Ranker, best

CLAIM = fold("the harbour will not close")


def ranker() -> Ranker:
    return Ranker(numbered(CLAIM), [0.1, 0.9, 0.3, 0.3, 0.8])


def score(words: str) -> float:
    return ranker().score(numbered(fold(words)).tobytes())


def test_a_rare_word_tells_more_than_a_common_one_even_in_a_small_record() -> None:
    found = weights(["the", "harbour"], {"the": 3, "harbour": 3}, 3)
    assert found["harbour"] > 5 * found["the"] > 0


def test_a_word_tells_less_the_more_passages_hold_it() -> None:
    common, rare = (weights(["quay"], {"quay": count}, 1_000_000)["quay"] for count in (50_000, 5))
    assert 0 < common < rare
    assert 0 < rarity(900, 1000) < rarity(2, 1000) <= 1


def test_the_same_words_score_full_marks_and_others_none() -> None:
    assert abs(score("The harbour will not close") - 1) < 1e-9
    assert score("nobody else came") == 0


def test_rarer_words_order_and_unbroken_runs_count() -> None:
    assert score("harbour") > score("the")
    assert score("harbour will not close") > score("close not will harbour")
    assert score("harbour will not close") > score("harbour now will then not ever close")


def test_words_are_carried_in_one_piece_or_not_at_all() -> None:
    def carried(words: str) -> bool:
        return ranker().carried(numbered(fold(words)).tobytes())

    assert carried("she said the harbour will not close today")
    assert not carried("the harbour will surely not close")


def test_the_best_come_first_and_what_is_far_behind_is_left_out() -> None:
    assert best([(0.5, 3), (0.9, 2), (0.9, 1), (0.1, 4)], 3, 0.5) == [1, 2, 3]
    assert best([(0.9, 1), (0.8, 2)], 1, 0.5) == [1]
    assert best([], 5, 0.5) == []

"""What is remembered of words, and how much of it."""

from __future__ import annotations

from bot.memo import Memo


def test_what_was_made_is_not_made_again() -> None:
    made: list[str] = []
    memo = Memo[str, int](lambda word: made.append(word) or len(word))
    assert [memo[word] for word in ("ferry", "tide", "ferry")] == [5, 4, 5]
    assert made == ["ferry", "tide"]


def test_no_more_is_held_than_was_said() -> None:
    memo = Memo[str, int](len, 3)
    for word in ("a", "bb", "ccc", "dddd"):
        assert memo[word] == len(word)
    assert dict(memo) == {"dddd": 4}


def test_a_word_of_megabytes_is_not_held() -> None:
    memo = Memo[str, int](len)
    assert memo["a" * 5_000_000] == 5_000_000
    assert not memo

"""What speaks for a witness carrying a claim, and that the quick bound on it never spares too much."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.match import policy
from bot.match.align import align
from bot.match.evidence import Evidence, evidence
from bot.match.trial import Trial
from bot.text import words
from tests.match.conftest import witness

SAID = "the keeper counted eleven broken lamps along the northern wall"
WORDS = st.lists(st.sampled_from([*SAID.split(), "…", "[sic]", "harbour", "never"]), min_size=1, max_size=14)


def between(claim: str, held: str, each: float = 6.0, passages: int = 0) -> Evidence:
    ours = words(claim)
    return evidence(ours, align(ours, words(held)), {word.text: each for word in ours}, passages)


def test_the_same_words_share_everything_both_ways() -> None:
    assert (between(SAID, SAID).share, between(SAID, SAID).mutual, between(SAID, SAID).loose) == (1.0, 1.0, 0.0)


def test_a_word_counts_once() -> None:
    """Saying it again tells nothing new, and a text that repeats itself tells less."""
    once, again = between("broken lamps", "broken lamps"), between("broken lamps broken lamps", "broken lamps")
    assert (again.information, once.information) == (12.0, 12.0)
    assert again.variety == 0.5
    assert again.strength < once.strength


def test_what_a_mark_leaves_out_is_not_held_against_a_witness() -> None:
    """A gap that is marked is no looseness, one that is not is."""
    marked, bare = "the keeper counted … along the northern wall", "the keeper counted along the northern wall"
    assert between(marked, SAID).loose == 0.0
    assert between(bare, SAID).loose > 0.0


def test_chance_grows_with_the_record() -> None:
    """The same words in common say less where more was looked through; small records are all alike."""
    small, middle, large = (between(SAID, SAID, passages=size).strength for size in (10, policy.FEWEST, 1_000_000))
    assert small == middle > large


@given(WORDS, WORDS)
def test_the_quick_bound_is_never_below_the_truth(claim: list[str], held: list[str]) -> None:
    """What is not compared could neither have been asserted nor shown as possibly the same."""
    said = " ".join(claim)
    trial = Trial(said, words(said), {word.text: 5.0 for word in words(said)}, 1_000_000)
    one = witness(" ".join(held))
    most, true = trial.most(one), trial.compare(one).evidence
    assert most.information >= true.information - 1e-9
    assert most.strength >= true.strength - 1e-9

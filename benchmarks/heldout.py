"""How well speakers are named in articles that the weights have not seen: five fits, each measured on the rest.

    python -m benchmarks.heldout            print the figures, and how far confidence can be trusted

The same code as in use does the reading; only its weights are fitted anew, so nothing is measured on its own lesson.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from benchmarks.judge import Judged
from benchmarks.train import trust, unseen
from bot.extract.ranker import chance, total
from bot.samples import samples

BINS = 10


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of spans taken for speech, and every attribution of one that is."""

    right: int  # spans rightly taken for speech
    taken: int
    gold: int
    judged: tuple[Judged, ...]

    @property
    def spans(self) -> float:
        """F1 of what is taken for speech."""
        return 2 * self.right / (self.taken + self.gold)

    @property
    def names(self) -> float:
        """The share of attributions with the right name."""
        return sum(each.named for each in self.judged) / len(self.judged)

    @property
    def speakers(self) -> float:
        """The share of attributions with the right words or the right name."""
        return sum(each.named or each.mentioned for each in self.judged) / len(self.judged)


def heldout() -> Figures:
    """Every sample read with weights that were fitted without it."""
    folds = unseen(list(samples()))
    articles = [article for fold in folds for article in fold]
    trusted: list[Judged] = []
    for at, fold in enumerate(folds):
        others = [each for other in folds[:at] + folds[at + 1 :] for article in other for each in article.judged]
        weight = trust(others)
        trusted += (
            replace(each, confidence=chance(total(each.features, weight)))
            for article in fold
            for each in article.judged
        )
    right, taken, gold = (sum(getattr(each, name) for each in articles) for name in ("right", "taken", "gold"))
    return Figures(right, taken, gold, tuple(trusted))


def calibration_error(judged: Sequence[Judged], bins: int = BINS) -> float:
    """Expected calibration error: how far confidence and accuracy lie apart, over equally wide bins."""
    whole = 0.0
    for held in _binned(judged, bins):
        whole += abs(sum(each.confidence - each.named for each in held))
    return whole / len(judged)


def _binned(judged: Sequence[Judged], bins: int) -> list[list[Judged]]:
    held: list[list[Judged]] = [[] for _ in range(bins)]
    for each in judged:
        held[min(int(each.confidence * bins), bins - 1)].append(each)
    return [each for each in held if each]


def accuracy(judged: Sequence[Judged], coverage: float) -> tuple[float, float]:
    """Right names among the surest share of the answers, and the confidence of the least sure of them."""
    surest = sorted(judged, key=lambda each: -each.confidence)[: max(1, round(coverage * len(judged)))]
    return sum(each.named for each in surest) / len(surest), surest[-1].confidence


def main() -> None:
    figures = heldout()
    print(f"speech F1 {figures.spans:.3f} of {figures.gold} passages")
    print(f"speaker {figures.speakers:.3f} · name {figures.names:.3f} of {len(figures.judged)}")
    print(f"expected calibration error {calibration_error(figures.judged):.3f}")
    for coverage in (1.0, 0.9, 0.8):
        share, least = accuracy(figures.judged, coverage)
        print(f"coverage {coverage:.0%}: name right {share:.3f}, confidence from {least:.2f}")
    print("confidence   answers  right")
    for held in _binned(figures.judged, BINS):
        mean = sum(each.confidence for each in held) / len(held)
        print(f"{mean:10.2f} {len(held):9} {sum(each.named for each in held) / len(held):6.2f}")


if __name__ == "__main__":
    main()

"""Splices: what the best witness leaves of a claim stands in another passage, and no mark says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.match import policy
from bot.match.compare import Comparison
from bot.match.gather import Find
from bot.match.trial import Trial
from bot.model import Finding, FindingClass, Op, Span
from bot.text import Mark

SHORTEST = 3
"""Words: fewer left over are no second passage."""

LEAST = 12.0
"""Nats that the words left over must have in common with the other passage."""

WHOLE = 0.85
"""Share of the claim that one witness must hold for all to be said by it."""

MOSTLY = 0.8
"""Share of what is left over that the other passage must hold."""


LOOKED_UP, WITNESSES = 4, 6
"""So many stretches of a claim are looked up, and so many wordings compared for each."""


def spliced(trial: Trial, carrying: Sequence[Comparison], find: Find) -> list[Comparison]:
    """The comparisons and the other passages found, those with a splice told of it.

    Where one witness explains the whole claim there is no splice: the others merely hold less of it.
    """
    if any(one.evidence.share >= WHOLE for one in carrying):
        return list(carrying)
    search = _Search(trial, find, sorted(carrying, key=lambda one: -one.evidence.information))
    result = []
    for one in search.known:  # to which those that are found meanwhile are added: what they leave is the first's
        told = one
        for bounds in _left_over(one, trial):
            other = search.carrier(bounds, one)
            if other is not None:
                told = told.adding(_finding(trial, bounds, other))
        result.append(told)
    return result


def _left_over(comparison: Comparison, trial: Trial) -> Iterator[tuple[int, int]]:
    """The stretches of the claim outside the alignment that say enough to be looked up."""
    for edit in comparison.alignment.edits:
        start, end = edit.claim
        if not edit.outside or edit.op is not Op.DELETE or end - start < SHORTEST:
            continue
        marked = any(word.mark is Mark.GAP for word in (trial.ours[start], trial.ours[end - 1]))
        if not marked and _worth(trial, start, end) >= LEAST:
            yield start, end


class _Search:
    """Looks for passages that carry what another leaves over; each stretch is looked up once, and not too many."""

    def __init__(self, trial: Trial, find: Find, known: list[Comparison]) -> None:
        self._trial, self._find = trial, find
        self._looked: set[tuple[int, int]] = set()
        self.known = known

    def carrier(self, bounds: tuple[int, int], of: Comparison) -> Comparison | None:
        """Another passage than that of `of` that carries the words: among those known, else by looking them up."""
        other = self._among(bounds, of)
        if other is None and bounds not in self._looked and len(self._looked) < LOOKED_UP:
            self._looked.add(bounds)
            self._look_up(bounds, of)
            other = self._among(bounds, of)
        return other

    def _among(self, bounds: tuple[int, int], of: Comparison) -> Comparison | None:
        others = (one for one in self.known if one.witness.id != of.witness.id)
        return next((one for one in others if _covers(one, self._trial, bounds)), None)

    def _look_up(self, bounds: tuple[int, int], of: Comparison) -> None:
        ours = self._trial.ours
        part = self._trial.claim[ours[bounds[0]].start : ours[bounds[1] - 1].end]
        others = (one for one in self._find(part, WITNESSES).witnesses if one.id != of.witness.id)
        near = [self._trial.compare(one) for one in others if self._trial.most(one).information >= LEAST]
        covering = [one for one in near if _covers(one, self._trial, bounds)]
        if covering:
            self.known.append(min(covering, key=lambda one: one.rank))


def _covers(comparison: Comparison, trial: Trial, bounds: tuple[int, int]) -> bool:
    common = sum(
        _worth(trial, max(edit.claim[0], bounds[0]), min(edit.claim[1], bounds[1]))
        for edit in comparison.alignment.edits
        if edit.op is Op.EQUAL
    )
    return common >= max(LEAST, MOSTLY * _worth(trial, *bounds))


def _worth(trial: Trial, start: int, end: int) -> float:
    """The nats of the claim's words from one place to another."""
    return sum(trial.weight.get(word.text, 0.0) for word in trial.ours[start:end])


def _finding(trial: Trial, bounds: tuple[int, int], other: Comparison) -> Finding:
    span = Span(trial.ours[bounds[0]].start, trial.ours[bounds[1] - 1].end)
    return Finding(
        cls=FindingClass.SPLICE,
        severity=policy.severity(FindingClass.SPLICE),
        claim_span=span,
        witness_span=None,
        claim=span.of(trial.claim),
        witness=other.witness.text,
    )

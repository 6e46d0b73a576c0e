"""Splices: what the best witness leaves of a claim stands in another passage, and no mark says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bot.match import policy
from bot.match.compare import Comparison, compared
from bot.match.gather import CANDIDATES, Find
from bot.model import Finding, FindingClass, Op, Span
from bot.text import Mark, Word

SHORTEST = 3
"""Words: fewer left over are no second passage."""

LEAST = 12.0
"""Nats that the words left over must have in common with the other passage."""

WHOLE = 0.85
"""Share of the claim that one witness must hold for all to be said by it."""

MOSTLY = 0.8
"""Share of what is left over that the other passage must hold."""


def spliced(
    claim: str, ours: list[Word], carrying: Sequence[Comparison], find: Find, weight: Mapping[str, float]
) -> list[Comparison]:
    """The comparisons, those with a splice told of it, and the other passages found.

    Where one witness explains the whole claim there is no splice: the others merely hold less of it.
    """
    if any(one.evidence.share >= WHOLE for one in carrying):
        return list(carrying)
    result: list[Comparison] = []
    found: list[Comparison] = []
    for one in carrying:
        told = one
        for bounds in _left_over(one, ours, weight):
            other = _carrier(claim, ours, bounds, one, [*carrying, *found], find, weight)
            if other is None:
                continue
            told = told.adding(_finding(claim, ours, bounds, other))
            if other not in carrying and other not in found:
                found.append(other)
        result.append(told)
    return [*result, *found]


def _left_over(comparison: Comparison, ours: list[Word], weight: Mapping[str, float]) -> Iterator[tuple[int, int]]:
    """The stretches of the claim outside the alignment that say enough to be looked up."""
    for edit in comparison.alignment.edits:
        start, end = edit.claim
        if not edit.outside or edit.op is not Op.DELETE or end - start < SHORTEST:
            continue
        marked = any(word.mark is Mark.GAP for word in (ours[start], ours[end - 1]))
        if not marked and sum(weight.get(word.text, 0.0) for word in ours[start:end]) >= LEAST:
            yield start, end


def _carrier(
    claim: str,
    ours: list[Word],
    bounds: tuple[int, int],
    of: Comparison,
    known: Sequence[Comparison],
    find: Find,
    weight: Mapping[str, float],
) -> Comparison | None:
    """Another passage that carries the words left over: among those known, else by looking them up."""
    for comparison in known:
        if comparison.witness.id != of.witness.id and _covers(comparison, ours, bounds, weight):
            return comparison
    part = claim[ours[bounds[0]].start : ours[bounds[1] - 1].end]
    for witness in find(part, CANDIDATES).witnesses:
        comparison = compared(claim, ours, witness, weight)
        if witness.id != of.witness.id and _covers(comparison, ours, bounds, weight):
            return comparison
    return None


def _covers(comparison: Comparison, ours: list[Word], bounds: tuple[int, int], weight: Mapping[str, float]) -> bool:
    worth = [weight.get(word.text, 0.0) for word in ours]
    common = sum(
        sum(worth[max(edit.claim[0], bounds[0]) : min(edit.claim[1], bounds[1])])
        for edit in comparison.alignment.edits
        if edit.op is Op.EQUAL
    )
    return common >= max(LEAST, MOSTLY * sum(worth[bounds[0] : bounds[1]]))


def _finding(claim: str, ours: list[Word], bounds: tuple[int, int], other: Comparison) -> Finding:
    span = Span(ours[bounds[0]].start, ours[bounds[1] - 1].end)
    return Finding(
        cls=FindingClass.SPLICE,
        severity=policy.severity(FindingClass.SPLICE),
        claim_span=span,
        witness_span=None,
        claim=span.of(claim),
        witness=other.witness.text,
    )

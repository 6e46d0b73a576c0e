"""Fit when a witness carries a claim: `python -m benchmarks.calibration --corpus FILE`.

A twentieth of the corpus is held out: what it says, nobody on record said. The rest is expanded and stored, queries of
every kind are made of both by seeded changes, and the weights of `bot.match.policy.strength` are fitted by logistic
regression on the queries of one seed; the table and the plot show those of another seed. A held-out text whose words
stand on record in another edition is left out by `Query.same`, which is fixed before anything is asked.
"""

from __future__ import annotations

import argparse
import math
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.corpora import held, store_of
from benchmarks.expansion import expanded
from benchmarks.queries import Query, made
from bot.match import policy
from bot.match.evidence import Evidence
from bot.match.gather import gather
from bot.match.trial import Trial
from bot.text import words
from storage.store import Store

SHOWN = ("light", "part", "shortlight", "heavy", "fragment", "neg", "negfrag")
NEGATIVE = ("neg", "negfrag")
SIGNS = np.array([1, 1, -1])
"""What each weight may be at all: more in common never speaks against a witness, more left out never for it."""
RIDGE = 1.0

Floats = NDArray[np.float64]
Cases = dict[str, list[list[Evidence]]]


def cases(store: Store, queries: Iterable[Query]) -> Cases:
    """For each kind and query the evidence of its witnesses: the right ones, or for nobody's words the wrong ones."""
    found: Cases = defaultdict(list)
    for query in queries:
        ours = words(query.text)
        candidates = gather(query.text, ours, store.candidates)
        if query.kind == "chimera":
            continue
        negative = query.kind in NEGATIVE
        if negative and any(query.same(witness.text) for witness in candidates.witnesses):
            continue
        trial = Trial(query.text, ours, candidates.weight, candidates.passages)
        fit = [witness for witness in candidates.witnesses if negative or query.right(witness.text)]
        kind = query.kind if query.kind in SHOWN else "light"
        found[kind].append([one.evidence for one in trial.against(fit)])
    return found


def features(evidence: Evidence) -> tuple[float, ...]:
    """What is weighed, in the order of `policy.strength`."""
    beyond = evidence.information * evidence.variety**2 - math.log(max(evidence.passages, policy.FEWEST))
    return beyond, evidence.alike, evidence.loose


def fit(found: Cases) -> Floats:
    """The weights, the constant last; every kind counts alike, and a weight of the wrong sign is set to nothing."""
    rows, labels, weights = _rows(found)
    free = np.ones(rows.shape[1], bool)
    while True:
        fitted = np.zeros(rows.shape[1])
        fitted[free] = _newton(rows[:, free], labels, weights)
        wrong = np.append(fitted[:-1] * SIGNS < 0, False)
        if not wrong.any():
            return fitted
        free &= ~wrong


def _rows(found: Cases) -> tuple[Floats, Floats, Floats]:
    rows, labels, weights = [], [], []
    for kind, of_kind in found.items():
        if kind == "fragment":
            continue  # carried by `policy.WHOLE`, whatever the weights
        for evidences in of_kind:
            told = sorted(evidences, key=lambda one: -one.information)[: 5 if kind in NEGATIVE else 1]
            for one in told:
                rows.append((*features(one), 1.0))
                labels.append(float(kind not in NEGATIVE))
                weights.append(1000 / len(of_kind) / len(told))
    return np.array(rows), np.array(labels), np.array(weights)


def _newton(rows: Floats, labels: Floats, weights: Floats) -> Floats:
    fitted = np.zeros(rows.shape[1])
    scale = rows.std(axis=0) + (rows.std(axis=0) == 0)
    scaled = rows / scale
    for _ in range(60):
        odds = 1 / (1 + np.exp(-np.clip(scaled @ fitted, -30, 30)))
        slope = scaled.T @ (weights * (labels - odds)) - RIDGE * fitted
        curve = (scaled.T * (weights * odds * (1 - odds))) @ scaled + RIDGE * np.eye(len(fitted))
        fitted += np.linalg.solve(curve, slope)
    return fitted / scale


def passing(found: Cases, weights: Floats, odds: float) -> dict[str, float]:
    """Of each kind, the share of queries with a witness of at least these log-odds, or with the whole claim."""
    return {
        kind: sum(_passes(each, weights, odds) for each in found[kind]) / max(len(found[kind]), 1) for kind in SHOWN
    }


def _passes(evidences: Sequence[Evidence], weights: Floats, odds: float) -> bool:
    return any(one.share >= policy.WHOLE or float(np.dot((*features(one), 1.0), weights)) >= odds for one in evidences)


def table(found: Cases, weights: Floats, steps: Iterable[float]) -> Iterator[str]:
    """The curve as rows of a Markdown table."""
    yield "| log-odds from | " + " | ".join(SHOWN) + " |"
    yield "|---" * (len(SHOWN) + 1) + "|"
    for step in steps:
        row = passing(found, weights, step)
        yield f"| {step:+.1f} | " + " | ".join(f"{row[kind]:.3f}" for kind in SHOWN) + " |"


def plot(found: Cases, weights: Floats, path: Path) -> None:
    """Draw the curve: of each kind, what is asserted from which log-odds on."""
    from matplotlib.figure import Figure  # noqa: PLC0415 — of the bench extra, wanted here only

    steps = np.arange(-8, 8.01, 0.25)
    figure = Figure(figsize=(7, 4), layout="constrained")
    axes = figure.subplots()
    for kind in SHOWN:
        shares = [passing(found, weights, step)[kind] for step in steps]
        axes.plot(steps, shares, label=kind, linestyle="--" if kind in NEGATIVE else "-")
    for odds in (policy.POSSIBLE, policy.ASSERTED):
        axes.axvline(odds, color="0.7", linewidth=1)
    axes.set(xlabel="log-odds from which a witness is asserted", ylabel="share of queries asserted", ylim=(0, 1.02))
    axes.legend()
    figure.savefig(path, metadata={"Date": None})


def main() -> None:
    """Store, ask, fit, and print the weights with their curve."""
    arguments = _parser().parse_args()
    texts = held(arguments.corpus)
    chance = random.Random(arguments.seed)
    out = set(chance.sample(range(len(texts)), len(texts) // 20))
    seen = [text for at, text in enumerate(texts) if at not in out]
    unseen = [texts[at] for at in sorted(out)]
    size = max(arguments.size, len(seen))
    with store_of(expanded(seen, size, arguments.seed), arguments.keep, f"calibration-{size}") as store:
        first, second = (cases(store, made(seen, unseen, arguments.each, arguments.seed + one)) for one in (1, 2))
    weights = fit(first)
    names = ("INFORMATION", "ALIKE", "LOOSE", "CONSTANT")
    print(", ".join(f"{name} = {weight:.3f}" for name, weight in zip(names, weights, strict=True)))
    print("\nfitted on:", *table(first, weights, np.arange(-6, 6.5, 0.5)), sep="\n")
    print("\nanother seed:", *table(second, weights, np.arange(-6, 6.5, 0.5)), sep="\n")
    if arguments.plot:
        plot(second, weights, arguments.plot)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.calibration", description=__doc__)
    parser.add_argument("--corpus", type=Path, help="a text on each line, .gz or plain; our own samples by default")
    parser.add_argument("--size", type=int, default=1_000_000, help="quotations on record (default: 1,000,000)")
    parser.add_argument("--each", type=int, default=500, help="queries of each kind (default: 500)")
    parser.add_argument("--seed", type=int, default=71)
    parser.add_argument("--keep", type=Path, help="keep the database in this folder, and use it again")
    parser.add_argument("--plot", type=Path, help="draw the curve into this file")
    return parser


if __name__ == "__main__":
    main()

"""Fit the weights of attribution on the sample articles and write them beside the ranker.

    python -m benchmarks.train            fit on all samples and write bot/extract/weights.json
    python -m benchmarks.train --check    fit on four fifths of the articles, measure on the rest, five times

Conditional logistic regression: for each quotation the probability of a candidate is the softmax of its features'
weights, and the likelihood of the right ones is raised by gradient steps with a quadratic penalty. No random numbers,
no parallel sums: the same samples give the same file, byte for byte.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.judge import Article, Judged, core, judge
from bot.extract import coreference, roles, speech
from bot.extract.features import Previous, Setting, candidates, setting
from bot.extract.language import language
from bot.extract.layers import Reading, reading
from bot.extract.mentions import Mention
from bot.extract.ranker import FILE, Weights, digest, total
from bot.samples import GoldQuotation, Sample, samples

STEPS = 400
RARE = 3
"""A feature seen less often gets no weight."""
DECISIONS = ("speaker", "speech", "referent", "unnamed")
PENALTY = {"speaker": 0.02, "speech": 0.12, "referent": 0.04, "unnamed": 0.04, "trust": 0.04}
"""Of each decision. Speech has a large one: the samples hold more scare marks than the news does."""
FOLDS = 5

Group = tuple[list[list[str]], list[bool]]
"""One decision: the features of each choice, and which are right."""


@dataclass(frozen=True, slots=True)
class Decisions:
    """The decisions of one article, by what they decide."""

    speaker: list[Group]
    speech: list[Group]
    referent: list[Group]
    unnamed: list[Group]


def main(argv: list[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--check", action="store_true", help="measure on held-out articles instead of writing")
    arguments = parser.parse_args(argv)
    if arguments.check:
        check([decisions(sample) for sample in samples()])
        return
    FILE.write_text(trained(), encoding="ascii")
    print(f"wrote {FILE.name}")


def trained() -> str:
    """The contents of the weight file, fitted on all samples."""
    articles = list(samples())
    data = fitted([decisions(sample) for sample in articles])
    data["trust"] = trust([each for fold in unseen(articles) for article in fold for each in article.judged])
    return render(data)


# --- what the samples decide ----------------------------------------------------------------------------------------


def decisions(sample: Sample) -> Decisions:
    """Every decision of one article with its right answer."""
    read = reading(sample.text, language("en"))
    gold = {core(sample.text, quotation.start, quotation.end): quotation for quotation in sample.quotations}
    made = Decisions([], [], [], [])
    previous: dict[int, Previous] = {}
    for index, passage in enumerate(read.passages):
        parent = read.parent[index]
        here = setting(read, index, previous.get(parent))
        answer = gold.get(core(sample.text, passage.inner_start, passage.inner_end))
        if answer is None:
            continue
        spoken = answer.kind != "scare"
        made.speech.append(([speech.features(here), []], [spoken, not spoken]))
        if not spoken or not answer.speakers:
            continue
        found = candidates(here)
        right = correct(read, parent, found, answer)
        if any(right):
            made.speaker.append(([candidate.features for candidate in found], right))
            chosen = found[right.index(True)].mention
            entity = named(read, answer.speakers)
            previous[parent] = Previous(index, chosen, entity)
            if chosen.kind != "name":
                refer(made, here, chosen, answer)
    return made


def correct(read: Reading, parent: int, found: list, answer: GoldQuotation) -> list[bool]:  # type: ignore[type-arg]
    """Which candidates are the annotated mention; failing that, which bear the annotated name."""
    stream = read.layers[parent].stream
    right = [False] * len(found)
    if answer.mention is not None:
        start, end = answer.mention
        right = [
            stream.start[candidate.mention.first] < end and start < stream.end[candidate.mention.last - 1]
            for candidate in found
        ]
    if not any(right):
        entity = named(read, answer.speakers)
        right = [entity >= 0 and candidate.mention.entity == entity for candidate in found]
    return right


def named(read: Reading, names: Iterable[str]) -> int:
    """The entity that bears one of the accepted names, -1 for none."""
    return coreference.entity_named(read.known, names)


def refer(made: Decisions, here: Setting, chosen: Mention, answer: GoldQuotation) -> None:
    """Which entity a pronoun or nominal stands for, and whether a nominal stands for any."""
    entity = named(here.reading, answer.speakers)
    choices = coreference.choices(here, chosen)
    right = [choice.entity == entity for choice in choices]
    if any(right):
        made.referent.append(([choice.features for choice in choices], right))
    elif not any(chosen.head in name.lower().split() for name in answer.speakers):
        return  # the article names whom it means in a way that is not found
    asked = chosen.kind == "nominal" and chosen.entity < 0
    if asked and choices and roles.points(here.layer.stream, chosen, here.reading.tongue):
        made.unnamed.append(([coreference.unnamed(here, chosen, choices), []], [not any(right), any(right)]))


# --- the fit --------------------------------------------------------------------------------------------------------


def fitted(articles: list[Decisions]) -> dict[str, dict[str, float]]:
    """The weights of each decision."""
    return {
        name: fit([group for article in articles for group in getattr(article, name)], PENALTY[name])
        for name in DECISIONS
    }


def unseen(articles: list[Sample]) -> list[list[Article]]:
    """Every sample judged with weights that were fitted without it, fold by fold."""
    learnt = [decisions(sample) for sample in articles]
    return [
        [judge(sample, weights) for sample in articles[fold::FOLDS]]
        for fold in range(FOLDS)
        for weights in [_without(learnt, fold)]
    ]


def _without(learnt: list[Decisions], fold: int) -> Weights:
    data = fitted([each for at, each in enumerate(learnt) if at % FOLDS != fold])
    return Weights(**data, trust={}, version="held out")


def trust(judged: list[Judged]) -> dict[str, float]:
    """Weights that turn the features of a decision into the chance that its name is right."""
    return fit([([list(each.features), []], [each.named, not each.named]) for each in judged], PENALTY["trust"])


def fit(groups: list[Group], penalty: float) -> dict[str, float]:
    """Weights that make the right choices likely, rounded to hundredths, the smallest left out."""
    counts = Counter(name for choices, _ in groups for choice in choices for name in set(choice))
    names = sorted(name for name, count in counts.items() if count >= RARE)
    number = {name: index for index, name in enumerate(names)}
    rows: list[int] = []
    columns: list[int] = []
    owner: list[int] = []
    right: list[bool] = []
    for group, (choices, answers) in enumerate(groups):
        for choice, answer in zip(choices, answers, strict=True):
            for name in choice:
                if name in number:
                    rows.append(len(owner))
                    columns.append(number[name])
            owner.append(group)
            right.append(answer)
    weight = _ascend(
        np.array(rows),
        np.array(columns),
        np.array(owner),
        np.array(right, dtype=float),
        len(groups),
        len(names),
        penalty,
    )
    rounded = {name: round(float(value), 2) for name, value in zip(names, weight, strict=True)}
    return {name: value for name, value in rounded.items() if abs(value) >= 0.02}


def _ascend(
    rows: NDArray[np.int64],
    columns: NDArray[np.int64],
    owner: NDArray[np.int64],
    right: NDArray[np.float64],
    groups: int,
    size: int,
    penalty: float,
) -> NDArray[np.float64]:
    """Adam on the penalised log-likelihood; sums by bincount, whose order is fixed."""
    weight = np.zeros(size)
    mean, square = np.zeros(size), np.zeros(size)
    for step in range(1, STEPS + 1):
        score = np.bincount(rows, weight[columns], len(owner))
        score -= _by_group(score, owner, groups)[owner]
        power = np.exp(score)
        share = power / np.bincount(owner, power, groups)[owner]
        held = share * right
        target = held / np.maximum(np.bincount(owner, held, groups)[owner], 1e-12)
        gradient = np.bincount(columns, (target - share)[rows], size) / groups - penalty * weight / 10
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.999 * square + 0.001 * gradient**2
        rate = 0.05 * (1 - step / (STEPS + 1))
        weight += rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return weight


def _by_group(score: NDArray[np.float64], owner: NDArray[np.int64], groups: int) -> NDArray[np.float64]:
    top = np.full(groups, -np.inf)
    np.maximum.at(top, owner, score)
    return top


def render(data: dict[str, dict[str, float]]) -> str:
    """The weight file: one weight a line, sorted, and the hash of it all."""
    return json.dumps({**data, "hash": digest(data)}, sort_keys=True, indent=1) + "\n"


# --- the check ------------------------------------------------------------------------------------------------------


def check(articles: list[Decisions]) -> None:
    """How often each decision is right on articles that the fit has not seen."""
    for name in DECISIONS:
        hits = count = 0
        for fold in range(FOLDS):
            seen = [g for at, article in enumerate(articles) if at % FOLDS != fold for g in getattr(article, name)]
            unseen = [g for at, article in enumerate(articles) if at % FOLDS == fold for g in getattr(article, name)]
            weight = fit(seen, PENALTY[name])
            for choices, answers in unseen:
                scores = [total(choice, weight) for choice in choices]
                hits += answers[scores.index(max(scores))]
                count += 1
        print(f"{name:9} {hits / max(count, 1):.3f} of {count}")


if __name__ == "__main__":
    main(sys.argv[1:])

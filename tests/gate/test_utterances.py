"""The floor of grouping: which quotations are taken for renderings of one utterance, end to end as a user gets it.

All pairs of quotations are counted, of one article and of two; `docs/samples.md` says which of them are one utterance.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import pytest

from bot import extract, samples
from bot.model import Article
from bot.text import fold
from storage.store import Store

WORDED, ALL = 0.90, 0.88
"""F1 on the sample articles: of quotations of three words and more, and of all."""
SEEDS_WORDED, SEEDS_ALL = 0.95, 0.80
"""The same on the five real articles."""


class Gold(NamedTuple):
    """One annotated quotation: where its letters begin and end, and the utterance it renders."""

    start: int
    end: int
    utterance: str | None


class Told(NamedTuple):
    """One quotation with the utterance it was given and the one it is annotated with."""

    words: int
    found: int
    gold: str | None


def letters(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without the punctuation at its edges."""
    while start < end and not text[start].isalnum():
        start += 1
    while start < end and not text[end - 1].isalnum():
        end -= 1
    return start, end


def grouped(path: Path, articles: Iterable[tuple[Article, list[Gold]]]) -> list[Told]:
    """Store the articles and say of every annotated quotation which utterance the record has put it in."""
    told = []
    with Store.open(path) as store:
        kept = [(store.add(article, extract.read(article)).article, article, gold) for article, gold in articles]
        for number, article, gold in kept:
            found = {
                letters(article.text, start, end): utterance or passage
                for passage, start, end, utterance in store.db.execute(
                    "SELECT p.id, p.start, p.end, p.utterance FROM passage p JOIN edition e ON e.id = p.edition "
                    "WHERE e.article = ? AND p.kind NOT IN ('prose', 'indirect', 'joined')",
                    [number],
                )
            }
            for each in gold:
                place = letters(article.text, each.start, each.end)
                if place in found:
                    words = len(fold(article.text[each.start : each.end]))
                    told.append(Told(words, found[place], each.utterance))
    return told


def f1(told: list[Told], least: int) -> float:
    """Over all pairs of quotations that have at least so many words."""
    known = [each for each in told if each.gold and each.words >= least]
    pairs = list(combinations(known, 2))
    right = sum(one.gold == other.gold and one.found == other.found for one, other in pairs)
    wrong = sum((one.gold == other.gold) != (one.found == other.found) for one, other in pairs)
    return 2 * right / (2 * right + wrong)


def test_the_sample_articles(tmp_path: Path) -> None:
    articles = [
        (
            Article(text=each.text, outlet=each.outlet, title=each.title, published=each.published),
            [Gold(one.start, one.end, one.utterance) for one in each.quotations],
        )
        for each in samples.samples()
    ]
    told = grouped(tmp_path / "samples.db", articles)
    assert f1(told, 3) >= WORDED
    assert f1(told, 1) >= ALL


def test_the_real_articles(corpora: Path, tmp_path: Path) -> None:
    gold = json.loads((corpora / "seeds" / "gold.json").read_text(encoding="utf-8"))["articles"]
    articles = [
        (
            Article(
                text=(corpora / "seeds" / each["file"]).read_text(encoding="utf-8"),
                outlet=each["file"],
                published=datetime.fromisoformat(each["published"]).replace(tzinfo=UTC) if each["published"] else None,
            ),
            [Gold(one["start"], one["end"], one["cluster"]) for one in each["quotes"]],
        )
        for each in gold
    ]
    told = grouped(tmp_path / "seeds.db", articles)
    assert f1(told, 3) >= SEEDS_WORDED
    assert f1(told, 1) >= SEEDS_ALL


@pytest.mark.parametrize(("found", "expected"), [((1, 1, 2), 1.0), ((1, 2, 3), 0.0)])
def test_the_measure_tells_right_from_wrong(found: tuple[int, int, int], expected: float) -> None:
    told = [Told(5, group, gold) for group, gold in zip(found, "aab", strict=True)]
    assert f1(told, 3) == expected

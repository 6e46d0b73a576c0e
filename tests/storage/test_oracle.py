"""The index against the plain truth: every wording on record scored, with the same scores."""

from __future__ import annotations

import random
from collections.abc import Iterator

import numpy as np
import pytest

from benchmarks.corpora import held, quoted
from benchmarks.expansion import expanded
from benchmarks.queries import made
from bot.text import fold
from storage.features import numbered
from storage.information import rarity
from storage.ranking import Ranker
from storage.store import Store

SIZE, GONE = 1_500, 150


@pytest.fixture(scope="module")
def texts() -> list[str]:
    return list(expanded(held(None), SIZE, 3))


@pytest.fixture(scope="module")
def store(texts: list[str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A record written in many small batches, some articles removed: segments of all ages, wordings that are gone."""
    with Store.open(tmp_path_factory.mktemp("oracle") / "record.db") as store:
        for start in range(0, len(texts), 90):
            store.add_quotations([quoted(text, start + at) for at, text in enumerate(texts[start : start + 90])])
        for summary in random.Random(4).sample(store.articles(limit=SIZE), GONE):
            store.remove(summary.id)
        yield store


def oracle(words: list[str], wordings: dict[int, bytes]) -> dict[int, float]:
    """The score of every wording."""
    sets = {number: set(np.frombuffer(data, "<u4").tolist()) for number, data in wordings.items()}
    ids = numbered(words)
    counts = [sum(number in held for held in sets.values()) for number in ids.tolist()]
    ranker = Ranker(ids, [rarity(count, len(wordings)) for count in counts])
    return {number: ranker.score(data) for number, data in wordings.items()}


def test_the_index_finds_what_scoring_every_wording_finds_best(store: Store, texts: list[str]) -> None:
    """Recall of the oracle's best is 0.995 at least, whatever was done to the words."""
    wordings = dict(store.db.execute("SELECT id, words FROM wording").fetchall())
    queries = [query for query in made(texts, texts, 16, 5) if query.kind not in ("neg", "chimera")]
    found = 0
    for query in queries:
        scores = oracle(fold(query.text), wordings)
        best = max(scores.values())
        found += any(scores[number] >= best - 1e-6 for number in store._index.retrieve(fold(query.text), 24).wordings)
    assert found >= 0.995 * len(queries), f"{found} of {len(queries)}"


def test_what_was_removed_is_not_found(store: Store, texts: list[str]) -> None:
    """Every text that is still on record is found by its own words, and no other is shown."""
    kept = {
        store.db.execute("SELECT text FROM edition WHERE id = ?", [number]).fetchone()[0][1:-1]
        for (number,) in store.db.execute("SELECT id FROM edition").fetchall()
    }
    for text in random.Random(6).sample(texts, 200):
        shown = [witness.text for witness in store.candidates(text).witnesses]
        assert set(shown) <= kept
        assert (text in shown) == (text in kept)
    assert store.verify().sound

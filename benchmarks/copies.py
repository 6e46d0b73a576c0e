"""How surely and how fast copied texts are found: ours beside MinHash and LSH (rensa) and beside every pair.

    python -m benchmarks.copies [--corpus FILE] [--articles 4000] [--copies 500]

Articles are put together of the corpus's paragraphs, expanded. A copy keeps a part of an article and adds paragraphs of
its own; what must be found are the pairs that share six tenths of the smaller one's shingles, counted by comparing all.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from benchmarks import corpora
from benchmarks.expansion import expanded
from bot import extract
from bot.model import Article
from storage.copies import FEWEST, are_copies, shingles
from storage.features import Ids
from storage.store import Store

PARAGRAPHS = 12
BANDS, ROWS = 64, 2  # pairs that are alike by .3 are candidates in 998 of 1,000 cases, by .05 in 15 of 100


def texts(corpus: Path | None, articles: int, copies: int) -> list[str]:
    """Articles, then copies of them: a half to all of one, with up to as much again of another hand."""
    chance = random.Random(5)
    made = expanded(corpora.held(corpus), (articles + copies) * PARAGRAPHS)
    whole = [list(islice(made, PARAGRAPHS)) for _ in range(articles)]
    taken = []
    for _ in range(copies):
        of = chance.choice(whole)
        kept = of[: chance.randint(PARAGRAPHS // 2, PARAGRAPHS)]
        taken.append([*kept, *islice(made, chance.randint(0, PARAGRAPHS))])
    return ["\n\n".join(paragraphs) for paragraphs in (*whole, *taken)]


def every_pair(held: list[Ids], copies: int) -> set[tuple[int, int]]:
    """What there is to be found: each copy against all that stands before it."""
    return {
        (other, number)
        for number in range(len(held) - copies, len(held))
        for other in range(number)
        if are_copies(held[number], held[other])
    }


def ours(told: list[str], folder: Path) -> set[tuple[int, int]]:
    with Store.open(folder / "copies.db") as store:
        articles = [Article(text=text, outlet=f"o{at}.example") for at, text in enumerate(told)]
        found = [store.add(article, extract.read(article)) for article in articles]
    return {(other - 1, added.article - 1) for added in found for other in added.copies_of}


def minhash(held: list[Ids]) -> Iterator[tuple[int, int]]:
    """Candidates of rensa, each compared in full."""
    from rensa import RMinHash, RMinHashLSH  # noqa: PLC0415 - only what is measured needs it

    table = RMinHashLSH(threshold=0.3, num_perm=BANDS * ROWS, num_bands=BANDS)
    for number, ids in enumerate(held):
        sketch = RMinHash(num_perm=BANDS * ROWS, seed=42)
        sketch.update([str(each) for each in ids.tolist()])
        yield from ((other, number) for other in table.query(sketch) if are_copies(ids, held[other]))
        table.insert(number, sketch)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--articles", type=int, default=4_000)
    parser.add_argument("--copies", type=int, default=500)
    given = parser.parse_args()
    told = texts(given.corpus, given.articles, given.copies)
    held = [ids for ids in map(shingles, told) if len(ids) >= FEWEST]
    if len(held) < len(told):
        raise SystemExit("the corpus has paragraphs too short to make articles of")
    truth = every_pair(held, given.copies)
    print(f"{len(told):,} articles, {len(truth):,} pairs to be found\n\n{'':24}found   CPU ms each")
    with tempfile.TemporaryDirectory() as folder:
        for name, find in (
            ("ours, read and stored", lambda: ours(told, Path(folder))),
            ("MinHash, LSH", lambda: set(minhash(held))),
        ):
            began = time.process_time()
            found = find()
            each = 1000 * (time.process_time() - began) / len(told)
            print(f"{name:24}{len(found & truth) / len(truth):5.3f}  {each:8.2f}")


if __name__ == "__main__":
    main()

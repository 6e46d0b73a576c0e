"""What an article costs that is added to a large record: `python -m benchmarks.adding RECORD`.

The record is copied first. Two sorts of articles of 16 to 24 quotations are added to the copy: ours, a word in thirty
changed, each from another outlet; and made ones, every quotation of which stands on record. CPU time of one process
without reading the article: finding what renders the same, storing, a step of merging.
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import sqlite3
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import count, cycle, islice
from pathlib import Path

import numpy as np

from bot import extract, samples
from bot.model import Article
from storage.store import Store

FEWEST, MOST = 16, 24
_CHANGED = 30
_PEOPLE = ("Ana Berg", "Piet Haan", "Lena Costa", "Omar Silva", "Ruth Novak", "Karl Lind", "Ines Moreau", "Tomas Young")


def ours(chance: random.Random) -> Iterator[Article]:
    """Our articles of so many quotations, over and over, changed."""
    held = [each for each in samples.samples() if FEWEST <= len(each.quotations) <= MOST]
    words = [word for each in held for word in each.text.split(" ") if word.islower() and word.isalpha()]
    for number, each in enumerate(cycle(held)):
        kept = [word if chance.randrange(_CHANGED) else chance.choice(words) for word in each.text.split(" ")]
        outlet = f"copy{number}.example"
        yield Article(text=" ".join(kept), outlet=outlet, title=each.title, published=each.published)


def quoting(store: Store, chance: random.Random) -> Iterator[Article]:
    """Articles made of quotations on record."""
    (last,) = store.db.execute("SELECT max(id) FROM passage").fetchone()
    query = (
        "SELECT substr(e.text, p.start + 1, p.end - p.start) FROM passage p JOIN edition e ON e.id = p.edition "
        "WHERE p.id = ? AND p.kind = 'direct'"
    )
    for number in count():
        places = (chance.randint(1, last) for _ in range(chance.randint(FEWEST, MOST)))
        said = [text for place in places for (text,) in store.db.execute(query, [place])]
        text = "\n\n".join(f"“{each.rstrip(' .,')},” said {chance.choice(_PEOPLE)}." for each in said)
        published = datetime(2026, 5, 1, tzinfo=UTC) + timedelta(days=number % 60)
        yield Article(text=text, outlet=f"made{number}.example", title="Made", published=published)


def told(store: Store, articles: Iterable[Article]) -> str:
    """How many quotations they have, and what they cost."""
    spent, quotations = [], 0
    read = [(article, extract.read(article)) for article in articles]
    gc.collect()
    gc.freeze()  # what is prepared here is no work of the record's
    for article, extraction in read:
        began = time.process_time()
        store.add(article, extraction)
        spent.append(1000 * (time.process_time() - began))
        quotations += len(extraction.quotations)
    middle, worst = np.percentile(spent, [50, 99])
    return f"{quotations / len(read):12.1f} {middle:9.1f} {worst:7.1f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("record", type=Path)
    parser.add_argument("--articles", type=int, default=200, help="of each sort (default: 200)")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "record.db"
        with Store.open(given.record, readonly=True) as held, closing(sqlite3.connect(path)) as copy:
            held.db.conn.backup(copy)
        os.sync()  # so that no article waits for what the copy left to be written
        print(f"{'':26}quotations   CPU p50     p99, ms")
        with Store.open(path) as store:
            for name, articles in (
                ("copies of our samples", ours(random.Random(1))),
                ("quotations on record", quoting(store, random.Random(1))),
            ):
                print(f"{name:24}{told(store, islice(articles, given.articles))}", flush=True)


if __name__ == "__main__":
    main()

"""What the benchmarks run on: the texts of a file or of our own samples, and a record that holds them."""

from __future__ import annotations

import gzip
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from bot.model import Quoted
from bot.samples import samples
from storage.store import Store

AT_ONCE = 20_000
"""Quotations that are stored in one transaction."""
_OUTLETS, _SPEAKERS = 97, 911


def held(path: Path | None) -> list[str]:
    """The distinct lines of a file, plain or .gz; without one, the paragraphs of our samples."""
    if path is None:
        texts = (text for sample in samples() for text in sample.text.splitlines() if len(text.split()) >= 5)
        return list(dict.fromkeys(texts))
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        return list(dict.fromkeys(line.strip() for line in lines if line.strip()))


@contextmanager
def store_of(texts: Iterable[str], keep: Path | None, name: str) -> Iterator[Store]:
    """A record of the texts, in a folder that is kept, where it is used again, or in one that is not."""
    with tempfile.TemporaryDirectory() as folder:
        path = (keep or Path(folder)) / f"{name}.db"
        if not path.exists():
            fill(path, texts)
        with Store.open(path, readonly=True) as store:
            yield store


def fill(path: Path, texts: Iterable[str]) -> int:
    """Store texts as quotations, each of an article of its own, and merge all that is due. Returns how many."""
    part = path.with_suffix(".part")
    for stale in path.parent.glob(f"{part.name}*"):
        stale.unlink()
    with Store.open(part) as store:
        count = put(store, texts)
        while store.tidy():
            pass
    part.rename(path)
    return count


def put(store: Store, texts: Iterable[str], first: int = 0) -> int:
    """Store texts as quotations; `first` numbers their addresses."""
    source, count = iter(texts), first
    while batch := list(islice(source, AT_ONCE)):
        store.add_quotations([quoted(text, count + at) for at, text in enumerate(batch)])
        count += len(batch)
    return count - first


def quoted(text: str, number: int) -> Quoted:
    """A text as a quotation of a made-up article."""
    outlet = f"outlet{number % _OUTLETS}.example"
    return Quoted(text=text, outlet=outlet, speaker=f"Speaker {number % _SPEAKERS}", url=f"https://{outlet}/{number}")

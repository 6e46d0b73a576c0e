"""Both records, each empty for every test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from storage.memory import Memory
from storage.store import Store
from tests.contract.reader import Record, article, read


@pytest.fixture(params=["memory", "store"])
def record(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Record]:
    if request.param == "memory":
        yield Memory()
    else:
        with Store.open(tmp_path / "record.db") as store:
            yield store


@pytest.fixture
def add(record: Record) -> Callable[..., int]:
    """Add an article by its text and give back its number."""

    def added(text: str, **about: object) -> int:
        return record.add(article(text, **about), read(text)).article  # type: ignore[arg-type]

    return added

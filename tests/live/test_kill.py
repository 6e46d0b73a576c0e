"""`onrecord watch` is killed at any moment: what it said is on record stays there, nothing is doubled, nothing torn."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from storage.store import Store
from tests.web_double import Clock, in_thread, many

ROOT = Path(__file__).parents[2]
_SAID = re.compile(r"✔ (\S+): article (\d+), (\d+) quotations")


def watching(path: Path, port: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.live.killed_watch", str(port), "--db", str(path), "watch", "--once"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT)


def told(program: subprocess.Popen[str]) -> Iterator[tuple[str, int, int]]:
    """Each article that it says to have stored, with its number and quotations, as soon as it says so."""
    assert program.stdout
    for line in program.stdout:
        if found := _SAID.match(line):
            yield found[1], int(found[2]), int(found[3])


def kill(program: subprocess.Popen[str], after: int, chance: Random) -> dict[str, tuple[int, int]]:
    """End it without warning some moments after so many articles. Returns what it said to have stored."""
    said: dict[str, tuple[int, int]] = {}
    for url, number, quotations in told(program):
        said[url] = number, quotations
        if len(said) >= after:
            break
    time.sleep(chance.random() * 0.1)
    program.kill()
    said |= {url: (number, quotations) for url, number, quotations in told(program)}
    program.communicate()
    return said


def check(path: Path, said: dict[str, tuple[int, int]]) -> None:
    """All that was said is there, once, wholly."""
    with Store.open(path) as store:
        held = {article.url: article for article in store.articles(limit=10_000)}
        assert len(held) == len(store.articles(limit=10_000))
        for url, (number, quotations) in said.items():
            assert (held[url].id, held[url].quotations, held[url].editions) == (number, quotations, 1)
        for article in held.values():
            assert article.quotations == len(store.article(article.id)[1].quotations) == many.QUOTES
        rows = store.db.execute("SELECT count(*) FROM page WHERE article IS NOT NULL AND fetched IS NULL").fetchone()
        assert rows == (0,)
        assert store.db.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def killed(path: Path, kills: int, articles: int, most: int) -> None:
    """Kill it so often while it puts so many articles of each of four outlets on record, then let it end."""
    made = many.sites(4, articles, paragraphs=3)
    chance, said = Random(7), dict[str, tuple[int, int]]()
    with in_thread(made, Clock()) as web:
        with Store.open(path) as store:
            for url in many.feed_addresses(made):
                store.feeds.add(url, datetime.now(UTC))
        for _ in range(kills):
            said |= kill(watching(path, web.port), chance.randint(0, most), chance)
            check(path, said)
        program = watching(path, web.port)
        said |= {url: (number, quotations) for url, number, quotations in told(program)}
        _, errors = program.communicate()
        assert program.returncode == 0, errors
    check(path, said)
    with Store.open(path) as store:
        assert store.coverage().articles == 4 * articles
        assert store.pages.counts().waiting == 0


def test_three_kills_lose_double_and_tear_nothing(tmp_path: Path) -> None:
    killed(tmp_path / "record.db", kills=3, articles=10, most=6)


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_two_hundred_kills_lose_double_and_tear_nothing(tmp_path: Path) -> None:
    killed(tmp_path / "record.db", kills=200, articles=300, most=8)

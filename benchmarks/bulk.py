"""How fast bulk sources are put on record, and how much memory that takes.

    python -m benchmarks.bulk gqg --lines 100000        a dump like GDELT's: lines, a quotation each on average 5
    python -m benchmarks.bulk articles --lines 3000     our sample articles, changed so that none is a copy, as ninjs

A dump is made of the sample articles with words of our own mixed in, packed, and imported by the program itself into
an empty record. Printed: what is stored in a second of wall time and of processor time, and the most memory that all
its processes held together (the sum of their proportional shares).
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot import extract
from bot.fetch import packed
from bot.model import Article, Kind
from bot.samples import samples

_SNIPPET = 100  # characters on either side of a quotation, as GDELT gives them
_LETTERS = "bcdfgklmnprstvw"


@dataclass(frozen=True, slots=True)
class Measured:
    """What an import came to: seconds of wall and of processor time, and the most memory in MB."""

    wall: float
    cpu: float
    memory: float


def gqg(lines: int, chance: random.Random) -> Iterator[dict[str, object]]:
    """Articles as GDELT lists them, one to nine quotations each."""
    said = [snippet for sample in samples() for snippet in _snippets(sample.text)]
    for number in range(lines):
        quotes = [_changed(*chance.choice(said), chance) for _ in range(chance.randint(1, 9))]
        yield {
            "date": f"2026-{number % 12 + 1:02}-{number % 28 + 1:02}T{number % 24:02}:03:00Z",
            "url": f"https://www.outlet{number % 997}.example/news/{_word(chance)}-{number}.html",
            "title": " ".join(_word(chance) for _ in range(7)),
            "lang": "ENGLISH",
            "quotes": quotes,
        }


def _snippets(text: str) -> Iterator[tuple[str, str, str]]:
    """Every quotation of an article with what stands before and after its marks."""
    for found in extract.quotations(Article(text=text, outlet="-")):
        outer = found.outer
        if found.kind is not Kind.SCARE and not found.depth:
            before, after = text[max(0, outer.start - _SNIPPET) : outer.start], text[outer.end : outer.end + _SNIPPET]
            yield before, found.inner.of(text), after


def _changed(pre: str, quote: str, post: str, chance: random.Random) -> dict[str, str]:
    """A quotation with every fourth word replaced: no two are the same, as in a real dump most are not."""
    words = [word if chance.random() > 0.25 else _word(chance) for word in quote.split()]
    return {"pre": pre, "quote": " ".join([*words, _word(chance), _word(chance)]), "post": post}


def _word(chance: random.Random) -> str:
    return "".join(chance.choice(_LETTERS) + chance.choice("aeiou") for _ in range(chance.randint(2, 3)))


def ninjs(lines: int, chance: random.Random) -> Iterator[dict[str, object]]:
    """The sample articles over and over, most of their longer words replaced, so that none is a copy of another."""
    texts = [(sample.title, sample.text) for sample in samples()]
    for number in range(lines):
        title, text = texts[number % len(texts)]
        yield {
            "uri": f"https://www.outlet{number % 97}.example/news/{_word(chance)}-{number}.html",
            "type": "text",
            "versionCreated": "2026-03-04T10:20:00Z",
            "headlines": [{"role": "main", "value": title}],
            "bodies": [{"role": "main", "contentType": "text/plain", "value": _LONG.sub(_other(chance), text)}],
        }


_LONG = re.compile(r"\b[a-z]{5,}\b")


def _other(chance: random.Random) -> Callable[[re.Match[str]], str]:
    return lambda word: _word(chance) if chance.random() < 0.7 else word[0]


def measure(list_: Path, database: Path, jobs: int | None) -> Measured:
    """Have the program import a list in a process of its own, and watch its memory."""
    command = [
        sys.executable,
        "-c",
        "from bot.serve.cli import main; main()",
        "--db",
        str(database),
        "import",
        str(list_),
    ]
    started, before = time.perf_counter(), os.times()
    process = subprocess.Popen([*command, *(["--jobs", str(jobs)] if jobs else [])])
    most = 0.0
    while process.poll() is None:
        most = max(most, _memory(process.pid))
        time.sleep(0.25)
    after = os.times()
    cpu = after.children_user - before.children_user + after.children_system - before.children_system
    return Measured(time.perf_counter() - started, cpu, most)


def _memory(pid: int) -> float:
    """The memory of a process and its children in MB, what they share counted once."""
    total = 0.0
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1]) / 1000
        for task in Path(f"/proc/{pid}/task").iterdir():
            total += sum(_memory(int(child)) for child in (task / "children").read_text().split())
    except OSError:  # it has ended meanwhile
        return total
    return total


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("form", choices=("gqg", "articles"))
    parser.add_argument("--lines", type=int, default=20_000)
    parser.add_argument("--jobs", type=int)
    given = parser.parse_args()
    made = gqg if given.form == "gqg" else ninjs
    with tempfile.TemporaryDirectory() as folder:
        path, count = Path(folder) / "dump.jsonl.gz", 0
        with packed.writing(path) as stream:
            for value in made(given.lines, random.Random(11)):
                count += len(value["quotes"]) if given.form == "gqg" else 1  # type: ignore[arg-type]
                stream.write(json.dumps(value).encode() + b"\n")
        found = measure(path, Path(folder) / "record.db", given.jobs)
    what = "quotations" if given.form == "gqg" else "articles"
    print(
        f"{count:,} {what} in {found.wall:.1f} s ({count / found.wall:,.0f} a second), {found.cpu:.1f} s of processor "
        f"time ({count / found.cpu:,.0f} a second of it), {found.memory:.0f} MB at most"
    )


if __name__ == "__main__":
    main()

"""Ours beside what a user would pick instead, on the same texts and queries: `python -m benchmarks.matching`.

Each contestant has a process of its own, so that its memory can be told, stores the texts and is asked every query
(a slow one for a sample). The default corpus is our own sample articles, expanded; its queries are seeded changes of
its texts, with a twentieth of the texts held out as what nobody said. The rule of what is right is `Query.right`; a
text that nobody said and that is on record in another edition is left out by `Query.same`, whatever is answered.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from benchmarks.contestants import ALL, Missing, Ours
from benchmarks.corpora import held
from benchmarks.expansion import expanded
from benchmarks.queries import Query, made, read

GROUPS = ("light", "fragment", "heavy")


@dataclass(frozen=True, slots=True)
class Setting:
    """What one contestant is run on."""

    key: str
    texts: Path
    size: int
    queries: tuple[Query, ...]
    sample: int
    folder: Path
    server: str
    seed: int


@dataclass(slots=True)
class Result:
    """What was measured; times in seconds."""

    key: str
    size: int
    built: float = 0.0  # texts a second of CPU time; 0 where it was there already
    bytes_each: float = 0.0
    memory: int = 0  # bytes, of the process that answers
    index_each: float = 0.0
    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)
    check: list[float] = field(default_factory=list)
    cold: list[float] = field(default_factory=list)  # wall time of each query's first time
    ranks: dict[str, list[int]] = field(default_factory=dict)  # of each kind: 1 to 10, 0 for not among them
    asserted: dict[str, list[bool]] = field(default_factory=dict)
    spliced: list[bool] = field(default_factory=list)
    missing: str = ""


def build(setting: Setting) -> float:
    """Fill a contestant. Returns texts a second of this process's CPU time, 0 where it is filled already."""
    done = setting.folder / "filled"
    if done.exists():
        return 0.0
    contestant = ALL[setting.key](setting.folder, setting.server)
    start = time.process_time()
    with setting.texts.open(encoding="utf-8") as lines:
        contestant.fill(line.rstrip("\n") for line in islice(lines, setting.size))
    spent = time.process_time() - start
    done.touch()
    return setting.size / spent


def ask(setting: Setting) -> Result:
    """Ask a filled contestant every query, or a slow one a sample; the others twice, and the second time counts."""
    result = Result(setting.key, setting.size)
    contestant = ALL[setting.key](setting.folder, setting.server)
    contestant.open()
    queries = _sampled(setting, contestant.slow)
    for query in () if contestant.slow else queries:  # what is asked for the first time is read from the disk
        start = time.perf_counter()
        contestant.ask(query.text)
        result.cold.append(time.perf_counter() - start)
    for query in queries:
        start, began = time.process_time(), time.perf_counter()
        found = contestant.ask(query.text)
        result.cpu.append(time.process_time() - start)
        result.wall.append(time.perf_counter() - began)
        if query.answered:
            rank = next((at for at, text in enumerate(found, 1) if query.right(text)), 0)
            result.ranks.setdefault(query.kind, []).append(rank)
        _judge(result, contestant, query, found)
    result.bytes_each = contestant.size() / setting.size
    result.memory = _peak()
    if isinstance(contestant, Ours):
        result.index_each = contestant.store.index_status().size / setting.size
    return result


def _sampled(setting: Setting, slow: bool) -> Sequence[Query]:
    """All queries, or so many of them at random."""
    if not slow or len(setting.queries) <= setting.sample:
        return setting.queries
    return random.Random(setting.seed).sample(setting.queries, setting.sample)


def _peak() -> int:
    """The most memory that this process had at once; `ru_maxrss` would count that of the process it came from."""
    line = next((line for line in _lines(Path("/proc/self/status")) if line.startswith("VmHWM:")), "")
    return int(line.split()[1]) * 1024 if line else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _judge(result: Result, contestant: object, query: Query, found: list[str]) -> None:
    """Whether the contestant says that the quote is on record."""
    if isinstance(contestant, Ours):
        start = time.process_time()
        report = contestant.check(query.text)
        result.check.append(time.process_time() - start)
        if query.kind == "chimera":
            classes = {one.cls.value for variant in report.variants for one in variant.findings}
            result.spliced.append("splice" in classes)
    if query.answered or not any(query.same(text) for text in found):
        result.asserted.setdefault(query.kind, []).append(contestant.asserts(query.text, found))  # type: ignore[attr-defined]


# --- one run ---------------------------------------------------------------------------------------------------------


def run(setting: Setting) -> Result:
    """Fill and ask in processes of their own."""
    try:
        ALL[setting.key](setting.folder, setting.server)
    except Missing as reason:
        return Result(setting.key, setting.size, missing=str(reason))
    built = _apart(build, setting)
    result = _apart(ask, setting)
    result.built = built
    return result


def _apart(work, setting: Setting):  # type: ignore[no-untyped-def]
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, setting).result()


def runs(arguments: argparse.Namespace, folder: Path) -> Iterator[Result]:
    """Every contestant at every size."""
    texts = held(arguments.corpus)
    chance = random.Random(arguments.seed)
    out = set() if arguments.queries else set(chance.sample(range(len(texts)), len(texts) // 20))
    seen = [text for at, text in enumerate(texts) if at not in out]
    if arguments.queries:
        queries = read(arguments.queries)
    else:
        queries = made(seen, [texts[at] for at in sorted(out)], arguments.each, arguments.seed)
    sizes = [int(size) for size in arguments.sizes.split(",")]
    lines = folder / f"texts-{max(sizes)}"
    if not lines.exists():
        lines.write_text("".join(f"{text}\n" for text in expanded(seen, max(sizes), arguments.seed)), encoding="utf-8")
    for size in sizes:
        for key in arguments.only.split(",") if arguments.only else ALL:
            place = folder / f"{key}-{size}"
            place.mkdir(parents=True, exist_ok=True)
            yield run(
                Setting(key, lines, size, tuple(queries), arguments.sample, place, arguments.postgres, arguments.seed)
            )


# --- printing --------------------------------------------------------------------------------------------------------

HEAD = (
    "method | quotations | r@1 light | r@1 fragment | r@1 heavy | r@10 | false alarms whole / fragment "
    "| CPU p50 / p99 ms | wall p50 / p99 ms | × ours | built /s CPU | bytes each | memory MB"
)


def row(result: Result, ours: Result | None) -> str:
    """One line of the table."""
    name = ALL[result.key].name
    if result.missing:
        return f"| {name} | {result.size:,} | not run: {result.missing} |"
    light = [rank for kind, ranks in result.ranks.items() if kind not in GROUPS for rank in ranks]
    every = [rank for ranks in result.ranks.values() for rank in ranks]
    firsts = [
        _share([rank == 1 for rank in ranks]) for ranks in (light, *(result.ranks.get(k, []) for k in GROUPS[1:]))
    ]
    times = result.cpu if result.key != "pg_trgm" else result.wall
    ratio = f"{np.median(times) / np.median(ours.cpu):.1f}" if ours else "–"
    cells = [
        name,
        f"{result.size:,}",
        *firsts,
        _share([rank > 0 for rank in every]),
        " / ".join(_share(result.asserted.get(kind, [])) for kind in ("neg", "negfrag")),
        "server" if result.key == "pg_trgm" else _times(result.cpu),
        _times(result.wall),
        ratio,
        f"{result.built:,.0f}" if result.built and result.key != "pg_trgm" else "–",
        f"{result.bytes_each:.0f}",
        f"{result.memory / 2**20:.0f}" if result.key != "pg_trgm" else "server",
    ]
    return f"| {' | '.join(cells)} |"


def answers(result: Result) -> Iterator[str]:
    """What our whole answers came to: their time, and what of each kind was asserted."""
    yield (
        f"Whole answers at {result.size:,}: CPU p50 / p99 {_times(result.check)} ms, "
        f"{result.index_each:.0f} bytes of index each; asked for the first time, wall {_times(result.cold)} ms. "
        "Asserted of each kind:"
    )
    shares = [f"{kind} {_share(given)} ({len(given)})" for kind, given in sorted(result.asserted.items())]
    yield ", ".join([*shares, f"chimera recognised as a splice {_share(result.spliced)}"])


def _share(given: Sequence[bool]) -> str:
    return f"{sum(given) / len(given):.3f}" if given else "–"


def _times(seconds: Sequence[float]) -> str:
    middle, high = np.percentile(np.array(seconds) * 1000, [50, 99])
    return f"{middle:.2f} / {high:.2f}"


def machine() -> str:
    """The machine in a line."""
    cpu = next(
        (line.split(":")[1].strip() for line in _lines(Path("/proc/cpuinfo")) if line.startswith("model name")),
        platform.processor(),
    )
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    return f"{cpu}, {os.cpu_count()} cores, Python {platform.python_version()}, load {load}"


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def plot(results: Sequence[Result], path: Path) -> None:
    """Latency against size, both logarithmic."""
    from matplotlib.figure import Figure  # noqa: PLC0415 — of the bench extra, wanted here only

    figure = Figure(figsize=(7, 4.5), layout="constrained")
    axes = figure.subplots()
    for key in dict.fromkeys(result.key for result in results if not result.missing):
        mine = [result for result in results if result.key == key and not result.missing]
        times = [np.median(one.wall if key == "pg_trgm" else one.cpu) * 1000 for one in mine]
        axes.plot([one.size for one in mine], times, marker="o", label=ALL[key].name)
    axes.set(xscale="log", yscale="log", xlabel="quotations on record", ylabel="median ms of CPU time for a query")
    axes.grid(color="0.9")
    axes.legend(fontsize="small")
    figure.savefig(path, metadata={"Date": None})


def main() -> None:
    """Run and print."""
    arguments = _parser().parse_args()
    if arguments.keep:
        arguments.keep.mkdir(parents=True, exist_ok=True)
    print(machine(), f"| {HEAD} |", "|---" * 13 + "|", sep="\n", flush=True)
    results: list[Result] = []
    with tempfile.TemporaryDirectory() as scratch:
        for result in runs(arguments, arguments.keep or Path(scratch)):
            results.append(result)
            ours = next((one for one in results if one.key == "ours" and one.size == result.size), None)
            print(row(result, ours), flush=True)
    for result in results:
        if result.check:
            print("", *answers(result), sep="\n")
    if arguments.plot:
        plot(results, arguments.plot)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.matching", description=__doc__)
    parser.add_argument("--corpus", type=Path, help="a text on each line, .gz or plain; our own samples by default")
    parser.add_argument("--queries", type=Path, help="JSONL of queries; made of the corpus by default")
    parser.add_argument("--sizes", default="20000", help="quotations to expand to, parted by commas (default: 20000)")
    parser.add_argument("--each", type=int, default=50, help="made queries of each kind (default: 50)")
    parser.add_argument("--only", default="", help=f"contestants, parted by commas: {', '.join(ALL)}")
    parser.add_argument("--sample", type=int, default=60, help="queries that a slow contestant is asked (default: 60)")
    parser.add_argument("--keep", type=Path, help="keep what is built in this folder, and use it again")
    parser.add_argument("--postgres", default="", help="user:password@host:port/database of a server, for pg_trgm")
    parser.add_argument("--plot", type=Path, help="draw latency against size into this file")
    parser.add_argument("--seed", type=int, default=20240301)
    return parser


if __name__ == "__main__":
    sys.exit(main())

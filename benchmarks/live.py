"""How many pages a second go from their servers onto the record: `python -m benchmarks.live`.

A dozen outlets on loopback, in a process of their own, publish articles in eight sorts of markup, each with its own
words, four quotations, and as much else as pages have. The poller follows their feeds as `onrecord watch` does, but
without pauses: it fetches each page, reads it apart, finds the quotations and their speakers, and stores it. Wall
clock; the servers share the machine's cores. Memory is that of the poller with all processes that it begins.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import resource
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from bot.model import AddStatus
from bot.serve import pool
from bot.serve.chat import office
from bot.serve.cli import show
from bot.serve.live import opening
from bot.serve.live.poller import Outcome
from bot.serve.live.visits import Visited
from storage.store import Store
from tests.web_double import Clock, Here, Site, Story, Web, many, serving

_LINK = '<li class="nav-item"><a href="/section/{0}" data-track="nav-{0}">Section {0}</a></li>'
_SCRIPT = "<script>window.queue=window.queue||[];queue.push({{id:{0},slot:'top',sizes:[[300,250],[728,90]]}});</script>"


def padded(site: Site, kilobytes: int) -> Site:
    """The outlet, with its pages as full of links and scripts as pages are."""
    links = "".join(map(_LINK.format, range(120)))
    scripts = ""
    while len(links) + len(scripts) < 1000 * kilobytes:
        scripts += "".join(_SCRIPT.format(number) for number in range(50))

    def page(site_: Site, story: Story, hour: float) -> bytes:
        body = b"<body><nav><ul>" + links.encode() + b"</ul></nav>" + scripts.encode()
        return site.page(site_, story, hour).replace(b"<body>", body, 1)

    return replace(site, page=page)


def served(pipe: Connection, hosts: int, articles: int, kilobytes: int) -> None:
    """The outlets, until nobody listens any more."""

    async def serve() -> None:
        made = [padded(site, kilobytes) for site in many.sites(hosts, articles)]
        async with serving(made, Clock()) as web:
            pipe.send(web.port)
            await asyncio.to_thread(pipe.recv)

    asyncio.run(serve())


def family(parent: int) -> Iterator[int]:
    """A process and all that it has begun."""
    yield parent
    for task in Path(f"/proc/{parent}/task").glob("*/children"):
        for child in task.read_text().split():
            yield from family(int(child))


def resident(without: int) -> int:
    """Bytes in memory of this process and those it began, but one; what several share counts once."""
    total = 0
    for process in family(os.getpid()):
        if process != without:
            try:
                rolled = Path(f"/proc/{process}/smaps_rollup").read_text()
            except (FileNotFoundError, ProcessLookupError):
                continue
            total += sum(int(line.split()[1]) * 1024 for line in rolled.splitlines() if line.startswith("Pss:"))
    return total


def computed(who: int) -> float:
    """Seconds of computing of this process, or of those that it began and that have ended."""
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


async def measure(path: Path, web: Web, feeds: list[str], total: int, server: int) -> tuple[float, list[int], int]:
    """Seconds that the pages took, the memory at each tenth of them, and how many came on record."""
    memory: list[int] = []
    stored = 0
    began = time.perf_counter()
    with show.progress("pages", total) as told:

        def heard(outcome: Outcome) -> None:
            nonlocal stored
            if isinstance(outcome, Visited) and outcome.added and outcome.added.status is AddStatus.NEW:
                stored += 1
                told(stored)
                if stored % max(total // 10, 1) == 0:
                    memory.append(resident(server))

        async with (
            office.opened(path, parsers=pool.cores()) as desks,
            opening.opened(Here.over(path, web), desks, heard=heard, pause=0.0) as live,
        ):
            for url in feeds:
                await desks.write(lambda store, url=url: store.feeds.add(url, datetime.now(UTC)))
            await live.poller.once()
            spent = time.perf_counter() - began
    return spent, memory, stored


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hosts", type=int, default=12, help="outlets")
    parser.add_argument("--articles", type=int, default=150, help="of each outlet, at most 500")
    parser.add_argument("--kilobytes", type=int, default=60, help="of links and scripts around each article")
    arguments = parser.parse_args()
    total = arguments.hosts * arguments.articles
    here, there = get_context("spawn").Pipe()
    given = (there, arguments.hosts, arguments.articles, arguments.kilobytes)
    server = get_context("spawn").Process(target=served, args=given, daemon=True)
    server.start()
    web = Web((), Clock())
    web.port = here.recv()
    feeds = many.feed_addresses(many.sites(arguments.hosts, 0))
    with tempfile.TemporaryDirectory(prefix="onrecord-") as folder:
        path = Path(folder, "record.db")
        spent, memory, stored = asyncio.run(measure(path, web, feeds, total, server.pid or 0))
        with Store.open(path) as store:
            quotations = store.coverage().quotations
    here.send("end")
    server.join(5)
    ours, theirs = (1000 * computed(who) / stored for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(f"{stored:,} of {total:,} pages, {quotations:,} quotations, load {os.getloadavg()[0]:.1f}")
    print(f"{stored / spent:.1f} pages/s in {spent:.1f} s")
    print(f"CPU ms a page: the poller {ours:.1f}, the readers and the servers {theirs:.1f}")
    print("memory, MB, at each tenth: " + " ".join(f"{each / 1e6:.0f}" for each in memory))


if __name__ == "__main__":
    main()

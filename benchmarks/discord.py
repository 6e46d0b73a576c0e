"""How long `/verify` takes, from the command to the last that is done about its answer: `python -m benchmarks.discord`.

The bot runs in a process of its own, as `onrecord run` runs it, against the tests' loopback Discord; the record holds
our sample articles, those of --articles, and so many quotations of a corpus. First one asks at a time, then many at the
same moment, again when all have their answer. Times are wall clock, those of the loopback Discord
included: it has a process of its own, with those who ask, and shares the machine's cores with the bot. No copy of the
record is made meanwhile.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import signal
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from itertools import islice
from pathlib import Path

import numpy as np

from benchmarks.corpora import fill, held
from benchmarks.expansion import expanded
from bot import samples
from bot.desk import Desk
from bot.fetch.details import Details
from bot.serve.setup import Setup
from storage.store import Store
from tests.discord_double import World, serving
from tests.discord_double.people import Person

CHILD = """
import asyncio, sys
from pathlib import Path
from bot.secret import Secret
from bot.serve.chat import running
from bot.serve.setup import Setup
from tests.discord_double.wire import connector_to
port, authority, database, token = int(sys.argv[1]), Path(sys.argv[2]).read_bytes(), Path(sys.argv[3]), sys.argv[4]
setup = Setup(database=database, environ={"ONRECORD_HEALTH_PORT": "0", "ONRECORD_BACKUP": "false"})
asyncio.run(running.run(setup, Secret(token), lambda: {"connector": connector_to(port, authority)}))
"""
READY = 60
ASKED = 200
MINUTE = 61.0


def record(path: Path, arguments: argparse.Namespace) -> None:
    """Fill the record: quotations of a corpus, then whole articles."""
    texts = held(arguments.corpus)
    fill(path, islice(expanded(texts, arguments.size, 20240301), arguments.size))
    with Store.open(path) as store:
        desk = Desk(store)
        for sample in samples.samples():
            desk.add(sample.article)
        for article in Setup().articles(arguments.articles, Details(otherwise="outlet.example")):
            desk.add(article)


@contextlib.asynccontextmanager
async def served(world: World, database: Path) -> AsyncIterator[int]:
    """The bot in a process of its own, ready when the block begins. Yields the process's number."""
    authority = database.with_suffix(".pem")
    authority.write_bytes(world.wire.authority)
    given = (str(world.wire.port), str(authority), str(database), world.token)
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", CHILD, *given)
    try:
        begun = time.perf_counter()
        while not any(call.method == "PUT" for call in world.calls) or not world.gateway.sessions:
            if process.returncode is not None or time.perf_counter() - begun > READY:
                raise RuntimeError("the bot did not come up")
            await asyncio.sleep(0.02)
        await asyncio.sleep(0.5)
        print(f"ready after {time.perf_counter() - begun:.1f} s, with {len(world.commands[None])} commands")
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        begun = time.perf_counter()
        status = await process.wait()
        print(f"SIGTERM: ended with status {status} after {time.perf_counter() - begun:.2f} s")


async def ask(person: Person, quote: str) -> float:
    """Ask once. Returns the seconds from the command until its answer is there."""
    begun = time.perf_counter()
    exchange = await person.slash("verify", quote=quote)
    answer = await exchange.answer(timeout=30)
    took = time.perf_counter() - begun
    if "outlet" not in answer.text:
        raise RuntimeError(f"that is no answer: {answer.text}")
    return took


class Spent:
    """CPU seconds of the bot, a process of this number, and of the loopback Discord with those who ask, since then."""

    def __init__(self, bot: int) -> None:
        self._bot = bot
        self._begun = self._now()

    def told(self, answers: int) -> str:
        """Milliseconds of each for an answer."""
        bot, double = (1000 * (now - then) / answers for now, then in zip(self._now(), self._begun, strict=True))
        return f"CPU {bot:.1f} ms each in the bot, {double:.1f} ms in the loopback Discord"

    def _now(self) -> tuple[float, float]:
        """Of a process whose name has no space; fields 14 and 15 are its time in user and kernel mode."""
        fields = Path(f"/proc/{self._bot}/stat").read_text(encoding="ascii").split()
        ticks = sum(map(int, fields[13:15]))
        return ticks / os.sysconf("SC_CLK_TCK"), time.process_time()


def told(name: str, seconds: Sequence[float], spent: Spent) -> str:
    middle, high = np.percentile(np.array(seconds) * 1000, [50, 99])
    count = len(seconds)
    return f"{name}: {count} answers, p50 {middle:.1f} ms, p99 {high:.1f} ms; {spent.told(count)}"


async def measured(database: Path, arguments: argparse.Namespace) -> None:
    async with serving(World()) as world, served(world, database) as bot:
        people = [world.user(f"reader{number}") for number in range(arguments.people)]
        alone, spent = [], Spent(bot)
        for number in range(ASKED):
            world.clock.advance(MINUTE)  # nobody is refused for asking too often
            alone.append(await ask(people[number % len(people)], arguments.quote))
        print(told("one at a time", alone, spent))
        together: list[float] = []
        spent = Spent(bot)
        while len(together) < ASKED:
            world.clock.advance(MINUTE)
            together += await asyncio.gather(*(ask(person, arguments.quote) for person in people))
        print(told(f"{arguments.people} at once", together, spent))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.discord", description=__doc__)
    parser.add_argument("--corpus", type=Path, help="a text on each line, .gz or plain; our own samples by default")
    parser.add_argument("--size", type=int, default=100_000, help="quotations on record (default: 100,000)")
    parser.add_argument("--articles", type=Path, nargs="*", default=[], help="articles that are on record, too")
    parser.add_argument("--quote", default="direct relationship", help="what is asked (default: direct relationship)")
    parser.add_argument("--people", type=int, default=20, help="how many ask at once (default: 20)")
    parser.add_argument("--record", type=Path, help="a record to use instead of making one")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        database = arguments.record or Path(folder) / "record.db"
        if not arguments.record:
            record(database, arguments)
        print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
        asyncio.run(measured(database, arguments))


if __name__ == "__main__":
    main()

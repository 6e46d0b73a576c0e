"""Time on hostile text: it grows with the text, not with its square."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

import pytest

from bot import extract
from bot.model import Article
from bot.text import words

GENERATORS: dict[str, Callable[[int], str]] = {
    "opening marks": lambda n: "“" * n,
    "closing marks": lambda n: "”" * n,
    "straight marks": lambda n: '"' * n,
    "apostrophes": lambda n: "'" * n,
    "apostrophes in words": lambda n: "it's " * n,
    "opening marks with words": lambda n: "“we " * n,
    "marks that alternate": lambda n: "“a ‘b " * n,
    "marks of every kind": lambda n: "„a «b 「c “d " * n,
    "quotations": lambda n: "“We will go,” she said. " * n,
    "quotations without a cue": lambda n: "“We will go.” " * n,
    "one long paragraph of names": lambda n: "Ana Lorentz Piet Haan " * n,
    "capitals": lambda n: "A" * n,
    "cues": lambda n: "said told " * n,
    "names and cues": lambda n: "Lorentz said Haan told " * n,
    "blank lines": lambda n: "\n" * n,
    "line starts": lambda n: "> a\n" * n,
    "dashes": lambda n: "— Ana Lorentz\n" * n,
    "colons": lambda n: "LORENTZ: yes\n" * n,
    "brackets": lambda n: "[(" * n,
    "gaps": lambda n: "… " * n,
    "numbers": lambda n: "one hundred thousand million " * n,
    "abbreviations": lambda n: "U.S.A." * n,
    "combining marks": lambda n: "e" + "\u0301" * n,
    "invisible characters": lambda n: "a\u200b" * n,
    "links": lambda n: "Read more: x\n" * n,
    "possessives": lambda n: "Lorentz's " * n,
    "spaces": lambda n: "a" + " " * n + "b",
}
SIZE = 24_000  # characters of the smaller text
GROWTH = 2.5
"""The most that twice the text may cost, times."""


def cost(work: Callable[[str], object], text: str) -> float:
    """The least processor time of several runs, in seconds.

    The collector of cycles rests meanwhile: what it takes grows with all that other tests have left in memory.
    """
    times = []
    gc.collect()
    gc.disable()
    try:
        for _ in range(5):
            began = time.process_time()
            work(text)
            times.append(time.process_time() - began)
    finally:
        gc.enable()
    return min(times)


def read(text: str) -> object:
    return extract.read(Article(text=text + ".", outlet="a.example"))


@pytest.mark.parametrize("work", [read, words], ids=["extract", "words"])
@pytest.mark.parametrize("name", GENERATORS)
def test_twice_the_text_takes_at_most_two_and_a_half_times_as_long(name: str, work: Callable[[str], object]) -> None:
    """Of several tries one must hold: another process may disturb a measurement, quadratic work fails them all."""
    made = GENERATORS[name]
    count = max(SIZE // len(made(1)), 1)
    work(made(50))
    ratios = []
    for _ in range(6):
        once, twice = cost(work, made(count)), cost(work, made(2 * count))
        ratios.append(twice / max(once, 0.002))
        if ratios[-1] <= GROWTH:
            return
    pytest.fail(f"{name}: twice the text took {ratios} times as long")

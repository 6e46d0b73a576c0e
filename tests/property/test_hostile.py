"""Time on hostile text: it grows with the text, not with its square."""

from __future__ import annotations

import gc
import random
import time
from collections.abc import Callable

import pytest

from bot import extract
from bot.model import Article
from bot.text import words


def _letters(number: int) -> str:
    return "".join(chr(ord("a") + int(figure)) for figure in str(number))


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
    "one who speaks on and on": lambda n: "She said that we go, and he said that they go. " * n,
    "somebody nobody named": lambda n: "“We will go,” she told the driver. " * n,
    "outlets in a sentence without an end": lambda n: "according to “we go,” AP who according to AP " * n,
    "titles": lambda n: "Mr. Dr. Prof. " * n,
    "people of many names": lambda n: "".join(f"“Go,” said Mr L{_letters(at)}n.\n" for at in range(n)),
    "people of many roles": lambda n: "".join(
        f"The {_letters(at)} mayor, Ana L{_letters(at)}n, said “go”. The {_letters(at)}x mayor spoke. "
        for at in range(n)
    ),
}
VOCABULARY = """
“ ” ‘ ’ " ' « » „ — – - : ; , . … ( ) [ ] ! ? > * # @ana https://a.example/b 1 61 Ana Lorentz Mr. Dr. President mayor
driver the a company Hallmore Air Inc. BBC AP Reuters union he she they it I we who his her said says told asked added
wrote tweeted according to in statement that of and or but not ’s Norway Norwegian government police officials spokesman
former 61-year-old nobody By Photo: RT via (AP) would go word quoted as saying “go” “we go,” ‘go’ which whose
"""
SIZE = 12_000  # characters of the shorter text; more where that takes too little time to be measured
LEAST = 0.002  # seconds
TIMES = 8
"""The longer text, in lengths of the shorter."""
GROWTH = 15
"""The most that it may cost, in costs of the shorter: work in proportion comes to 8, quadratic work to 64.

Between is what a processor takes longer for once the words no longer fit its nearest cache: seen as a third more over
one doubling, which is why a single doubling tells too little.
"""


def cost(work: Callable[[str], object], text: str, runs: int = 1) -> float:
    """The least processor time of some runs, in seconds.

    The collector of cycles rests meanwhile: what it takes grows with all that other tests have left in memory.
    """
    times = []
    gc.collect()
    gc.disable()
    try:
        for _ in range(runs):
            began = time.process_time()
            work(text)
            times.append(time.process_time() - began)
    finally:
        gc.enable()
    return min(times)


def read(text: str) -> object:
    return extract.read(Article(text=text + ".", outlet="a.example"))


def growth(work: Callable[[str], object], made: Callable[[int], str]) -> list[float]:
    """What the longer text costs, in costs of the shorter: of several tries the first that is little enough, or all.

    Another process may disturb a measurement; quadratic work fails them all.
    """
    count = max(SIZE // len(made(1)), 1)
    while cost(work, made(count)) < LEAST:
        count *= 2
    ratios: list[float] = []
    while len(ratios) < 4 and (not ratios or ratios[-1] > GROWTH):
        ratios.append(cost(work, made(TIMES * count)) / cost(work, made(count), 3))
    return ratios


@pytest.mark.parametrize("work", [read, words], ids=["extract", "words"])
@pytest.mark.parametrize("name", GENERATORS)
def test_time_grows_with_the_text_and_not_with_its_square(name: str, work: Callable[[str], object]) -> None:
    ratios = growth(work, GENERATORS[name])
    assert ratios[-1] <= GROWTH, ratios


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(300))
def test_it_does_so_whatever_words_come_over_and_over(seed: int) -> None:
    chance = random.Random(seed)
    piece = " ".join(chance.choices(VOCABULARY.split(), k=chance.randrange(1, 14))) + chance.choice(" \n")
    ratios = growth(read, lambda n: piece * n)
    assert ratios[-1] <= GROWTH, (piece, ratios)

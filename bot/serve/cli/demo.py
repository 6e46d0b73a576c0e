"""`onrecord demo`: the sample articles indexed, and posted quotes answered and explained."""

from __future__ import annotations

import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.errors import ClaimError
from bot.serve.cli import show
from bot.serve.setup import Setup

if TYPE_CHECKING:
    from rich.console import Console

    from bot.desk import Desk
    from bot.model import Claim

POSTED = (
    (
        "we want a treaty with the islands before a single gate opens again",
        None,
        "A speech in another language: each outlet has a translator of its own, and one has three words more.",
    ),
    (
        "how ships already at anchor can be unloaded safely",
        None,
        "One tweet. Three outlets give it to the port authority, a fourth to its head; two of the texts are one text.",
    ),
    (
        "We will pause the programme over a rumour",
        "Dr Maren Oduya",
        "One word is missing from this post, and it is the word that matters.",
    ),
    (
        "I would welcome a recount if the commission asks for one",
        "Mayor Kett",
        "Word for word what she said, but the post stops just before her “but”.",
    ),
    (
        "a stupid mistake, not a crime",
        "Joan Abara",
        "The right words in the wrong mouth.",
    ),
    (
        "I never saw that box and I would not know how to open it",
        None,
        "Nobody on record says this. That is all the record can say: not that it was never said.",
    ),
)
"""Posted quotes: the words, the claimed speaker, and what there is to see in the answer."""


@click.command(short_help="See it work on sample articles.")
@click.pass_obj
def demo(setup: Setup) -> None:
    """Index the sample articles and answer six posted quotes, each with a line on what there is to see.

    The articles, outlets and people are invented. The record is a temporary file, or the one that --db names. On a
    terminal you can then type quotes of your own; an empty line ends it.

    \b
    Examples:
      onrecord demo
      onrecord --db demo.db demo
    """
    with tempfile.TemporaryDirectory(prefix="onrecord-") as folder:
        chosen = replace(setup, database=setup.database or Path(folder) / "demo.db")
        with chosen.desk() as desk:
            _index(desk)
            _answer_posted(desk)
            if sys.stdin.isatty() and sys.stdout.isatty():
                _answer_typed(desk)


def _index(desk: Desk) -> None:
    """Add every sample article, and say how many there are."""
    from bot import samples
    from bot.report import phrases

    held = list(samples.samples())
    with show.progress("indexing", len(held)) as told:
        for done, sample in enumerate(held, 1):
            desk.add(sample.article)
            told(done)
    record = desk.record.coverage()
    counts = (phrases.count(record.articles, "article"), phrases.count(record.outlets, "outlet"))
    quotations = phrases.count(record.quotations, "quotation")
    click.echo(f"On record: {counts[0]} of {counts[1]} with {quotations}, all of them invented.")


def _answer_posted(desk: Desk) -> None:
    from bot.model import Claim

    console = show.console()
    for number, (quote, speaker, see) in enumerate(POSTED, 1):
        console.print()
        console.rule(f"{number} of {len(POSTED)}", style="dim", align="left")
        console.print(see, style="italic")
        console.print()
        _answer(desk, Claim(quote, speaker=speaker), console)


def _answer_typed(desk: Desk) -> None:
    from bot.model import Claim

    console = show.console()
    while quote := click.prompt("\nA quote of your own (an empty line ends)", default="", show_default=False).strip():
        try:
            _answer(desk, Claim(show.readable(quote)), console)
        except ClaimError as error:
            click.echo(f"{error} {error.hint}")


def _answer(desk: Desk, claim: Claim, console: Console) -> None:
    from bot.report import plain

    console.print(plain.render(desk.check(claim)))

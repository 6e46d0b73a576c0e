"""What an import came to: what is new, what was known, and which lines were no use."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

import click

from bot.errors import InputError
from bot.serve.cli import show

MOST_TOLD = 20
"""Bad lines that are told on the terminal; `--faults` keeps them all."""


@dataclass
class Tally:
    """What a run came to; of the bad lines no more is kept than is told."""

    keep: TextIO | None
    several: bool
    """Whether there are several files, so that a bad line is told with the name of its own."""
    new: int = 0
    known: int = 0
    articles: Counter[str] = field(default_factory=Counter)
    """How many articles were new, another edition, or known already."""
    before: int = 0
    bad: int = 0
    told: list[str] = field(default_factory=list)
    damages: list[InputError] = field(default_factory=list)

    def stored(self) -> str:
        """What is stored by now, in words."""
        from bot.report import phrases

        said = [phrases.count(self.new, "new quotation")] if self.new or not self.articles else []
        fresh, again = self.articles["new"], self.articles["edition"]
        said += [phrases.count(fresh, "new article"), phrases.count(again, "new edition")] if self.articles else []
        return ", ".join(said)

    def fault(self, file: Path, number: int, what: str) -> None:
        """One more bad line."""
        self.bad += 1
        if self.keep is not None:
            self.keep.write(f"{f'{file}:' if self.several else ''}{number}\t{what}\n")
        if len(self.told) < MOST_TOLD:
            self.told.append(f"{f'{file}, ' if self.several else ''}line {number:,}: {what}")

    def conclude(self, faults: Path | None) -> None:
        """Sum up; end with status 1 where a line was no use, or a file could not be read to its end.

        Raises the `InputError` of a file where there was nothing to be read at all.
        """
        from bot.report import phrases

        nothing = self.damages and not (self.new or self.known or self.articles or self.before)
        last = self.damages.pop() if nothing else None
        for damage in self.damages:
            show.fault(f"{damage} ({damage.hint})")
        if last:
            raise last
        if self.before:
            click.echo(f"{self.before:,} lines were read before; --again reads them anew.", err=True)
        click.echo(f"{self.stored()}, {self.known + self.articles['known']:,} known already.")
        for line in self.told:
            show.fault(line)
        if self.bad > len(self.told):
            where = f"{faults} has them all" if faults else "--faults FILE keeps them all"
            click.echo(f"and {self.bad - len(self.told):,} more; {where}.", err=True)
        if self.bad:
            rest = "the others are on record" if self.new or self.known or self.articles else "nothing was added"
            click.echo(f"{phrases.count(self.bad, 'line')} could not be read; {rest}.", err=True)
        if self.bad or self.damages:
            raise SystemExit(1)

"""What several commands print: passages, articles, JSON, progress. Text from outside is made safe for a terminal."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from bot.errors import InputError

if TYPE_CHECKING:
    from rich.console import Console

    from bot.model import Attribution, Quotation, Witness

as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
NUMBER = click.IntRange(max=2**63 - 1)
"""The number of something on record: SQLite knows none that is larger."""
limited = click.option("--limit", type=click.IntRange(1, 1000), help="How many rows to show. [default: results, 20]")


def data(value: Any) -> None:
    """Print a value as JSON."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def fault(what: object, file: Any = None) -> None:
    """Say on standard error what is wrong."""
    click.echo(f"{click.style('error:', fg='red', bold=True)} {what}", file, err=True)


def console() -> Console:
    """Where answers are drawn: standard output, in colour on a terminal that has it."""
    from rich.console import Console

    return Console(file=sys.stdout, highlight=False)


def ask(question: str, done: str) -> None:
    """Go on only with a yes. Raises `InputError` where nobody can be asked; `done` is what would be done unasked."""
    if not _at_terminal():
        raise InputError("nobody is there to ask", hint=f"Add --yes to {done} unasked.")
    click.confirm(question, abort=True)


def _at_terminal() -> bool:
    return sys.stdin.isatty()


def readable(text: str) -> str:
    """Words typed by the user. Raises `InputError` where the terminal sent bytes that are no text."""
    from bot.fetch import decode

    if decode.broken(text):
        raise InputError("the words are not valid UTF-8", hint="Check the encoding that your terminal sends.")
    return text


def passage(witness: Witness) -> Iterator[str]:
    """One passage on record: its words, who is said to have said them, and where they stand."""
    from bot.report import phrases
    from bot.report.plain import clean

    words = clean(witness.text.strip())
    yield words if witness.kind.own else f"“{words}”"
    published = [phrases.day(witness.published)] if witness.published else []
    who = phrases.own_words(witness) if witness.kind.own else attributed(witness.attribution)
    yield f"   {clean(' · '.join([who, witness.outlet, *published]))}"
    title = f"{witness.title} " if witness.title else ""
    yield click.style(f"   {clean(title)}(article {witness.article}) {clean(witness.url or '')}".rstrip(), dim=True)


def quotation(found: Quotation, text: str) -> Iterator[str]:
    """One quotation of an article: where it stands, its words, and how its speaker was found."""
    from bot.report.plain import clean

    place = f"{found.outer.start}–{found.outer.end}"
    yield f"{click.style(f'{place:>11}  {found.kind:<6}', dim=True)}  {clean(found.outer.of(text))}"
    yield f"{'':21}{clean(_how(found.attribution))}"


def attributed(attribution: Attribution | None) -> str:
    """Who is said to have said it: ``Ana Lorentz, via AP``."""
    if attribution is None:
        return "no speaker named"
    via = f", via {', '.join(attribution.via)}" if attribution.via else ""
    return f"{attribution.who or 'speaker unclear'}{via}"


def _how(attribution: Attribution | None) -> str:
    if attribution is None:
        return "nobody is said to have said it"
    mention = f" (“{attribution.mention.text}”)" if attribution.mention else ""
    cue = f" · {attribution.cue.text}" if attribution.cue else ""
    return f"{attributed(attribution)}{mention}{cue} · rule {attribution.rule}, confidence {attribution.confidence:.2f}"


@contextmanager
def progress(label: str, total: int) -> Iterator[Callable[[int], None]]:
    """A bar on standard error that is told how much is done; nothing where that is no terminal."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=total)
        yield lambda done: bar.update(task, completed=done)

"""`onrecord check`: answer one posted quote, or every quote of a post."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.errors import ClaimError
from bot.serve.cli import forms, show
from bot.serve.setup import Setup

if TYPE_CHECKING:
    from bot.desk import Desk
    from bot.model import Claim


@click.command(no_args_is_help=True, short_help="Answer a posted quote.")
@click.argument("quote")
@click.argument("more", nargs=-1, type=click.Path(path_type=Path), metavar="")
@click.option("--speaker", metavar="NAME", help="Who is claimed to have said it.")
@click.option("--outlet", metavar="NAME", help="Where it is claimed to have stood.")
@click.option(
    "--against",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE...",
    help="Compare with these files alone.",
)
@forms.option(forms.ANSWER)
@click.pass_obj
def check(
    setup: Setup,
    quote: str,
    more: tuple[Path, ...],
    speaker: str | None,
    outlet: str | None,
    against: tuple[Path, ...],
    form: str,
) -> None:
    """Answer a posted quote: who carries it, who is said to have said it, how the wordings differ.

    QUOTE goes into quotation marks of the shell. "-" reads a whole post from standard input and finds the quotes and
    the claimed speakers in it ("…" — Name; Name: "…"; "> " lines and then – Name).

    With --json, a quote is answered by one object, and a post ("-") by an array with one object for each quote in it.
    --form writes the answer for other programs: with jsonld each article that carries the words is a Quotation of
    schema.org; claimreview is the draft of a review, which lacks its author, date and address.

    With --against, files and folders are read into memory and nothing else is searched; QUOTE goes first.

    \b
    Examples:
      onrecord check "We will not close the harbour"
      onrecord check "We will not close the harbour" --speaker "Ana Lorentz" --json
      onrecord check "close the harbour" --against one.txt two.html
      onrecord check - < post.txt
      onrecord check "We will not close the harbour" --form claimreview
    """
    if more and not against:
        raise click.UsageError(f"one quote at a time, in quotation marks: what is {str(more[0])!r}?")
    claims = _claims(quote, speaker, outlet)
    with _desk(setup, (*against, *more)) as desk:
        reports = [desk.check(claim) for claim in claims]
    if form != forms.TEXT:
        forms.write(forms.answers(reports, form, several=quote == "-"))
        return
    from bot.report import plain

    console = show.console()
    for number, report in enumerate(reports):
        if number:
            console.rule(style="dim")
        console.print(plain.render(report))


@contextmanager
def _desk(setup: Setup, files: tuple[Path, ...]) -> Iterator[Desk]:
    from bot.fetch.details import Details

    if files:
        unnamed = {path: Details(otherwise=path.name) for path in files}
        articles = (article for path, known in unnamed.items() for article in setup.articles([path], known))
        yield setup.desk_over(articles)
        return
    with setup.desk(readonly=True) as desk:
        yield desk


def _claims(quote: str, speaker: str | None, outlet: str | None) -> list[Claim]:
    """The quote, or those of the post on standard input; the options go before what the post says."""
    from bot.model import Claim

    speaker, outlet = (show.readable(name) if name else None for name in (speaker, outlet))
    if quote != "-":
        return [Claim(show.readable(quote), speaker=speaker, outlet=outlet)]
    from bot.extract import posts
    from bot.fetch import decode

    post = sys.stdin.buffer.read()
    found = posts.claims(decode.text(post)) if post.strip() else []
    if not found:
        raise ClaimError("there is no quote in the post", hint='Put what was said into "marks", or behind "> ".')
    return [Claim(each.text, speaker or each.speaker, outlet or each.outlet, each.url) for each in found]

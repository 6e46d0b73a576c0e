"""`onrecord extract`: what is read in an article, mark by mark, without storing anything."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import click

from bot.errors import InputError
from bot.serve.cli import show
from bot.serve.setup import Setup


@click.command(no_args_is_help=True, short_help="Show how an article's quotations are read.")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="FILE...", required=True)
@click.option("--jsonl", is_flag=True, help='Read lines {"id", "text"}, write one line of JSON for each.')
@click.option("--explain", is_flag=True, help="Show the candidates of each quotation and what decided.")
@show.as_json
@click.pass_obj
def extract(setup: Setup, files: tuple[Path, ...], jsonl: bool, explain: bool, as_json: bool) -> None:
    """Show the quotations of articles: where each stands, who said it, by which cue and rule.

    With --jsonl, FILE holds lines {"id", "text"} ("-" is standard input), and each is answered by one line: its id, its
    text, and its quotes with start and end (code points, marks included), text, type, speaker and speaker_canonical;
    marks that nobody is said to have spoken stand apart, as unattributed. A bad line is told on standard error and
    stops no other; the exit status is then 1.

    \b
    Examples:
      onrecord extract story.txt
      onrecord extract --explain story.txt
      onrecord extract --jsonl articles.jsonl > quotes.jsonl
      cat articles.jsonl | onrecord extract --jsonl -
    """
    if jsonl:
        _lines(files)
    elif as_json:
        _data(setup, files)
    else:
        _articles(setup, files, explain=explain)


def _data(setup: Setup, files: tuple[Path, ...]) -> None:
    from bot import extract as extraction
    from bot.extract import jsonl
    from bot.fetch.details import Details

    unsure = setup.config.speaker_confidence
    articles = setup.articles(files, Details(otherwise="outlet not named"))
    show.data([jsonl.everything(article, extraction.read(article, unsure=unsure)) for article in articles])


def _articles(setup: Setup, files: tuple[Path, ...], *, explain: bool) -> None:
    from bot import extract as extraction
    from bot.fetch.details import Details
    from bot.report import phrases
    from bot.report.plain import clean
    from bot.serve.cli.explained import explained

    width = shutil.get_terminal_size().columns
    for article in setup.articles(files, Details(otherwise="outlet not named")):
        found = extraction.read(article, unsure=setup.config.speaker_confidence)
        count = phrases.count(len(found.quotations), "quotation")
        click.echo(click.style(f"{clean(article.title) or 'untitled'} · {clean(article.outlet)} · {count}", bold=True))
        if explain:
            for each in extraction.explain(article, unsure=setup.config.speaker_confidence):
                click.echo("\n".join(explained(each, article.text, width)))
        else:
            for quotation in found.quotations:
                click.echo("\n".join(show.quotation(quotation, article.text)))
        click.echo()


def _lines(files: tuple[Path, ...]) -> None:
    from bot.extract import jsonl

    faults = 0
    for place, line in _read(files):
        try:
            identifier, text = _parsed(line)
        except InputError as error:
            faults += 1
            show.fault(f"{place}: {error}")
            continue
        sys.stdout.write(json.dumps(jsonl.document(identifier, text)) + "\n")
    if faults:
        raise SystemExit(1)


def _read(files: tuple[Path, ...]) -> Iterator[tuple[str, bytes]]:
    """Every line that is not blank, and where it stands."""
    from bot.fetch import decode

    for path in files:
        standard = str(path) == "-"
        with nullcontext(sys.stdin.buffer) if standard else decode.named(path) as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield f"{path}:{number}", line


def _parsed(line: bytes) -> tuple[str, str]:
    from bot.fetch import decode, lines

    value = lines.parse(decode.text(line))
    if not isinstance(value, dict) or not isinstance(value.get("text"), str):
        raise InputError('not an object with "text"', hint="")
    return str(value.get("id", "")), value["text"]

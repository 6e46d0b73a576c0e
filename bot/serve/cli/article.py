"""`onrecord article`: list, show and remove what was added."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.errors import InputError
from bot.serve.cli import show
from bot.serve.setup import Setup

if TYPE_CHECKING:
    from bot.model import Article, ArticleSummary, Quotation


@click.group(no_args_is_help=True)
def article() -> None:
    """List, show and remove the articles on record.

    \b
    Examples:
      onrecord article list
      onrecord article show 7
      onrecord article remove 7
    """


@article.command("list")
@show.limited
@click.option("--offset", type=click.IntRange(0, 10**9), default=0, help="How many to pass over first.")
@show.as_json
@click.pass_obj
def list_(setup: Setup, limit: int | None, offset: int, as_json: bool) -> None:
    """List the articles on record, newest first, with their numbers.

    \b
    Examples:
      onrecord article list --limit 100
      onrecord article list --offset 20 --json
    """
    from bot.report.plain import clean

    with setup.desk(readonly=True) as desk:
        found = desk.record.articles(limit=limit or setup.config.results, offset=offset)
        total = desk.record.coverage().articles
    if as_json:
        show.data([_data(summary) for summary in found])
        return
    for summary in found:
        click.echo(clean(_line(summary)))
    click.echo(click.style(f"{offset + 1 if found else offset}–{offset + len(found)} of {total:,}", dim=True))


@article.command("show", no_args_is_help=True, short_help="Show an article with its quotations and their speakers.")
@click.argument("number", type=show.NUMBER)
@show.as_json
@click.pass_obj
def show_(setup: Setup, number: int, as_json: bool) -> None:
    """Show the newest edition of an article: its text, every quotation with its speaker, and what it changed.

    Under "changed after publication" stand quotations that earlier editions had in other words, from another mouth, or
    that the article has no more.

    \b
    Examples:
      onrecord article show 7
      onrecord article show 7 --json
    """
    from bot.fetch import lines
    from bot.report import data, phrases, plain
    from bot.report.plain import clean

    with setup.store(readonly=True) as store:
        kept, extraction = store.article(number)
        edited = store.edits(number)
    if as_json:
        show.data(
            {"article": number}
            | json.loads(lines.line(kept))
            | {"quotes": [_quote(kept.text, each) for each in extraction.quotations]}
            | {"changed": [data.edit(each) for each in edited]}
        )
        return
    published = [phrases.day(kept.published)] if kept.published else []
    click.echo(click.style(clean(kept.title) or "untitled", bold=True))
    click.echo(clean(" · ".join([f"article {number}", kept.outlet, *published, kept.url or "no address"])))
    click.echo()
    for line in kept.text.strip().split("\n"):
        click.echo(clean(line))
    click.echo(click.style(f"\n{phrases.count(len(extraction.quotations), 'quotation')}", bold=True))
    for quotation in extraction.quotations:
        click.echo("\n".join(show.quotation(quotation, kept.text)))
    if edited:
        show.console().print(plain.edits(edited))


@article.command(no_args_is_help=True)
@click.argument("number", type=show.NUMBER)
@click.option("--yes", is_flag=True, help="Do not ask first.")
@click.option(
    "--backup",
    type=click.Path(path_type=Path),
    metavar="FILE.jsonl",
    help="Where to keep it. [default: removed-NUMBER.jsonl]",
)
@click.pass_obj
def remove(setup: Setup, number: int, yes: bool, backup: Path | None) -> None:
    """Remove an article with all its editions and quotations.

    Its newest edition is first written to a file beside the record; `onrecord add` takes it back under a new number.
    Older editions are not kept. Delete that file too where the text must be gone for good.

    \b
    Examples:
      onrecord article remove 7
      onrecord article remove 7 --yes --backup undo.jsonl
      onrecord add removed-7.jsonl                        undoes it
    """
    from bot.report import phrases
    from bot.report.plain import clean

    with setup.desk() as desk:
        kept, extraction = desk.record.article(number)
        title = clean(f"article {number}, “{kept.title or 'untitled'}” ({kept.outlet})")
        if not yes:
            question = f"Remove {title} with {phrases.count(len(extraction.quotations), 'quotation')}?"
            show.ask(question, "remove it")
        undo = _keep(kept, backup or _free(setup.record_path.parent / f"removed-{number}.jsonl"))
        gone = desk.record.remove(number)
    editions = phrases.count(gone.editions, "edition")
    click.echo(f"Removed {title}: {editions}, {phrases.count(gone.quotations, 'quotation')}.")
    click.echo(f"Its newest edition is in {undo}; to take it back: onrecord add {undo}")


def _keep(kept: Article, path: Path) -> Path:
    """Write the article to `path`, on the disk before anything is removed. Raises `InputError`."""
    from bot.fetch import lines

    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(lines.line(kept) + "\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise InputError(
            f"{path}: {error.strerror}; nothing was removed", hint="Name another file with --backup."
        ) from error
    return path


def _free(path: Path) -> Path:
    """`path`, or the first of path-2, path-3 … that is not there yet."""
    taken, number = path, 1
    while path.exists():
        number += 1
        path = taken.with_stem(f"{taken.stem}-{number}")
    return path


def _line(summary: ArticleSummary) -> str:
    from bot.report import phrases

    published = f"{summary.published:%Y-%m-%d}" if summary.published else "no date   "
    editions = f", {summary.editions} editions" if summary.editions > 1 else ""
    counts = f"{phrases.count(summary.quotations, 'quotation')}{editions}"
    return f"{summary.id:>5}  {published}  {summary.outlet}  {summary.title or 'untitled'}  ({counts})"


def _quote(text: str, quotation: Quotation) -> dict[str, object]:
    said = quotation.attribution
    return {
        "start": quotation.outer.start,
        "end": quotation.outer.end,
        "text": quotation.outer.of(text),
        "kind": str(quotation.kind),
        "speaker": said.who if said else None,
        "speakers": [each.name for each in said.speakers] if said else [],
        "cue": said.cue.text if said and said.cue else None,
        "rule": said.rule if said else None,
        "confidence": said.confidence if said else None,
        "via": list(said.via) if said else [],
    }


def _data(summary: ArticleSummary) -> dict[str, object]:
    return {
        "article": summary.id,
        "outlet": summary.outlet,
        "title": summary.title,
        "url": summary.url,
        "published": summary.published.isoformat() if summary.published else None,
        "editions": summary.editions,
        "quotations": summary.quotations,
        "copies": summary.copies,
    }

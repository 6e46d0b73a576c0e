"""The forms in which passages and answers are written for other programs, said once for all commands."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from bot.model import Article, Report, Utterance, Witness

TEXT, JSON = "text", "json"
_MEANT = {
    TEXT: "for people",
    JSON: "one object",
    "jsonl": "an object a line",
    "csv": "a spreadsheet",
    "jsonld": "schema.org Quotation",
    "claimreview": "a draft of a schema.org ClaimReview",
    "passim": "articles for passim and other tools that find reuse of text",
}
ANSWER = (TEXT, JSON, "jsonl", "csv", "jsonld", "claimreview")
UTTERANCE = (TEXT, JSON, "jsonl", "csv", "jsonld")
LIST = ("jsonl", "csv", "jsonld", "passim")


def option(forms: Sequence[str]) -> Callable[[click.decorators.FC], click.decorators.FC]:
    """``--form`` with these forms, the first the default, and ``--json`` as the short way to say that one."""
    meant = ", ".join(f"{form} ({_MEANT[form]})" for form in forms)
    named = click.option(
        "--form", type=click.Choice(forms), metavar="FORM", default=forms[0], help=f"{meant}. [default: {forms[0]}]"
    )
    if JSON not in forms:
        return named
    short = click.option("--json", "form", flag_value=JSON, help="The same as --form json.")
    return lambda command: short(named(command))


def write(pieces: Iterable[str]) -> None:
    """Print what is written in pieces."""
    for piece in pieces:
        click.echo(piece, nl=False)


def answers(reports: Sequence[Report], form: str, *, several: bool) -> Iterator[str]:
    """Answers in a form that is not text, a piece at a time; `several`: an array even where there is only one.

    Raises `ClaimError` where a review is asked for of what is not on record.
    """
    from bot.report import data, schema_org, sheet

    match form:
        case "jsonl":
            yield from _lines(map(data.report, reports))
        case "csv":
            yield sheet.beginning()
            rows = (sheet.cells(at, one.claim, sheet.answer(one)) for at, one in enumerate(reports, 1))
            yield from map(sheet.line, rows)
        case "jsonld":
            nodes = [node for one in reports for node in schema_org.report(one)["@graph"]]
            yield _whole(schema_org.graph(nodes))
        case _:
            made = [(schema_org.claim_review if form == "claimreview" else data.report)(one) for one in reports]
            yield _whole(made if several else made[0])


def utterance(found: Utterance, form: str) -> Iterator[str]:
    """An utterance in a form that is not text, a piece at a time."""
    from bot.report import data, schema_org

    match form:
        case "json":
            yield _whole(data.utterance(found))
        case "jsonld":
            yield _whole(schema_org.utterance(found))
        case _:
            yield from carriers(found.witnesses, form)


def carriers(found: Iterable[Witness], form: str) -> Iterator[str]:
    """Passages as a list: ``jsonl`` is the form that `onrecord import` reads, ``jsonld`` has a document a line."""
    from bot.fetch import quoted
    from bot.report import schema_org, sheet

    match form:
        case "csv":
            yield sheet.beginning(sheet.CARRIERS)
            yield from (sheet.line(sheet.carrier(one)) for one in found)
        case "jsonld":
            yield from _lines({"@context": schema_org.CONTEXT} | schema_org.quotation(one) for one in found)
        case _:
            yield from (quoted.line(one).decode() for one in found)


def passim(articles: Iterable[tuple[int, Article]]) -> Iterator[str]:
    """Articles as passim reads them: ``id``, ``text``, and ``series``, of which no member is held against another."""
    for number, article in articles:
        known = {"title": article.title or None, "url": article.url, "date": article.published}
        told = {name: str(value) for name, value in known.items() if value is not None}
        yield from _lines([{"id": str(number), "series": article.outlet, "text": article.text} | told])


def _lines(values: Iterable[Any]) -> Iterator[str]:
    return (json.dumps(value, ensure_ascii=False) + "\n" for value in values)


def _whole(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"

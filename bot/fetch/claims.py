"""Many posted quotes from one file: plain text (a quote a line), CSV or TSV with a header, or JSON lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.errors import InputError
from bot.fetch import decode, lines, table
from bot.model import Claim

COLUMNS = ("quote", "speaker", "outlet", "id")
"""The columns of a table and the keys of a JSON line; `quote` must be there."""


@dataclass(frozen=True, slots=True)
class Posted:
    """One row: its line counted from 1, the claim, or what is wrong with it."""

    line: int
    claim: Claim | None
    identifier: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """All rows of a file, and the columns that nothing was done with."""

    rows: tuple[Posted, ...]
    unused: tuple[str, ...] = ()


def read(path: Path, limit: int) -> Sheet:
    """The rows of the file at `path`, bad ones among them. Raises `InputError` where the file as a whole is no use."""
    form = _FORMS.get(path.suffix.lower())
    if form is None:
        raise InputError(
            f"{path}: {path.suffix or 'no suffix'}: not a kind of list that we read",
            hint=f"Known: {', '.join(_FORMS)}; save a spreadsheet as CSV.",
        )
    try:
        sheet = form(decode.text(decode.read(path, limit), errors="surrogateescape"))
    except InputError as error:
        raise InputError(f"{path}: {error}", hint=error.hint) from error
    if not sheet.rows:
        raise InputError(f"{path}: there is no row in it", hint="A row holds one quote.")
    return sheet


def _plain(text: str) -> Sheet:
    rows = ((number, line.strip()) for number, line in enumerate(text.split("\n"), 1))
    return Sheet(tuple(_posted(number, {"quote": line}) for number, line in rows if line))


def _table(text: str) -> Sheet:
    listed = table.read(text)
    listed.require(COLUMNS[:1])
    rows = (_posted(row.line, row.cells, row.error) for row in listed.rows)
    return Sheet(tuple(rows), tuple(name for name in listed.columns if name and name not in COLUMNS))


def _json_lines(text: str) -> Sheet:
    return Sheet(tuple(_from_json(text)))


def _from_json(text: str) -> Iterator[Posted]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            value = lines.parse(line)
        except InputError as error:
            yield Posted(number, None, error=str(error))
            continue
        if isinstance(value, dict):
            yield _posted(number, value)
        else:
            yield Posted(number, None, error='not an object: {"quote": "…"}')


def _posted(line: int, values: Mapping[str, Any], error: str = "") -> Posted:
    """A row's values as a claim; what is not text or number in them is a fault of the row."""
    given = {name: values[name] for name in COLUMNS if values.get(name) is not None}
    wrong = [name for name, value in given.items() if not isinstance(value, str | int | float)]
    quote, speaker, outlet, identifier = (str(given.get(name, "")).strip() for name in COLUMNS)
    broken = any(map(decode.broken, (quote, speaker, outlet, identifier)))
    fault = error or _fault(quote, wrong, broken=broken)
    if broken:
        return Posted(line, None, error=fault)
    claim = Claim(quote, speaker=speaker or None, outlet=outlet or None)
    return Posted(line, claim if quote else None, identifier, fault)


def _fault(quote: str, wrong: list[str], *, broken: bool) -> str:
    if broken:
        return "not valid UTF-8"
    if wrong:
        return f"{', '.join(wrong)}: not text"
    return "" if quote else "there is no quote"


_FORMS: dict[str, Callable[[str], Sheet]] = {
    ".txt": _plain,
    ".csv": _table,
    ".tsv": _table,
    ".jsonl": _json_lines,
}

"""Many posted quotes from one file: plain text (a quote a line), CSV or TSV with a header, JSON or JSON lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from bot.errors import ClaimError, InputError
from bot.fetch import decode, lines, table
from bot.match.gather import folded
from bot.model import Claim, Row

COLUMNS = ("quote", "speaker", "outlet", "id")
"""The columns of a table and the keys of a JSON object; `quote` must be there."""
_READS = '{"quote": "…", "speaker": "…"}'


@dataclass(frozen=True, slots=True)
class Sheet:
    """All rows of a file, the columns that nothing was done with, and the encoding that was guessed for it."""

    rows: tuple[Row, ...]
    unused: tuple[str, ...] = ()
    encoding: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """How many rows a list has, how many of them ask what an earlier one asks, and how many cannot be checked."""

    rows: int
    repeated: int
    unusable: int


def read(path: Path, limit: int) -> Sheet:
    """The rows of the file at `path`, bad ones among them. Raises `InputError` where the file as a whole is no use."""
    try:
        form(path.suffix)
        return of(decode.read(path, limit), path.suffix)
    except InputError as error:
        raise InputError(f"{path}: {error}", hint=error.hint) from error


def of(data: bytes, suffix: str, most: int | None = None) -> Sheet:
    """The rows of a file of that suffix, at most so many. Raises `InputError` where it is no use, or has more.

    What is too many is counted, to tenfold, and not kept.
    """
    reader = form(suffix)
    text, encoding = decode.guessed(data)
    found, unused = reader(text)
    rows = tuple(islice(found, most))
    if not rows:
        raise InputError("there is no row in it", hint="A row holds one quote.")
    if most and (more := sum(1 for _ in islice(found, 9 * most + 1))):
        many = f"{most + more:,}" if more <= 9 * most else f"more than {10 * most:,}"
        hint = "Split the list, and send one part after another."
        raise InputError(f"{many} quotes, and {most:,} is the most", hint=hint)
    return Sheet(rows, unused, encoding)


def form(suffix: str) -> Form:
    """How a file of that suffix is read. Raises `InputError`."""
    found = _FORMS.get(suffix.lower())
    if found is None:
        raise InputError(
            f"{suffix or 'no suffix'}: not a kind of list that we read",
            hint=f"Known: {', '.join(_FORMS)}; save a spreadsheet as CSV.",
        )
    return found


def count(rows: Sequence[Row]) -> Count:
    """What can be told of a list before it is answered."""
    seen: set[tuple[object, ...]] = set()
    unusable = 0
    for row in rows:
        try:
            if row.claim is None or row.error:
                raise ClaimError(row.error, hint="")
            words = tuple(word.text for word in folded(row.claim))
            seen.add((words, row.claim.speaker, row.claim.outlet))
        except ClaimError:
            unusable += 1
    return Count(len(rows), len(rows) - unusable - len(seen), unusable)


def _plain(text: str) -> Read:
    rows = ((number, line.strip()) for number, line in enumerate(text.split("\n"), 1))
    return (_posted(number, {"quote": line}) for number, line in rows if line), ()


def _table(text: str) -> Read:
    listed = table.read(text)
    listed.require(COLUMNS[:1])
    rows = (_posted(row.line, row.cells, row.error) for row in listed.rows)
    return rows, tuple(name for name in listed.columns if name and name not in COLUMNS)


def _json(text: str) -> Read:
    value = lines.parse(text, _READS)
    values = value if isinstance(value, list) else [value]
    return (_from_json(number, each) for number, each in enumerate(values, 1)), ()


def _json_lines(text: str) -> Read:
    return _parsed(text), ()


def _parsed(text: str) -> Iterator[Row]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            yield _from_json(number, lines.parse(line, _READS))
        except InputError as error:
            yield Row(number, None, error=str(error))


def _from_json(number: int, value: Any) -> Row:
    if isinstance(value, str):
        return _posted(number, {"quote": value})
    if isinstance(value, dict):
        return _posted(number, value)
    return Row(number, None, error=f"not an object: {_READS}")


def _posted(line: int, values: Mapping[str, Any], error: str = "") -> Row:
    """A row's values as a claim; what is not text or number in them is a fault of the row."""
    given = {name: values[name] for name in COLUMNS if values.get(name) is not None}
    wrong = [name for name, value in given.items() if not isinstance(value, str | int | float)]
    quote, speaker, outlet, identifier = (str(given.get(name, "")).strip() for name in COLUMNS)
    broken = any(map(decode.broken, (quote, speaker, outlet, identifier)))
    fault = error or _fault(quote, wrong, broken=broken)
    if broken:
        return Row(line, None, error=fault)
    claim = Claim(quote, speaker=speaker or None, outlet=outlet or None)
    return Row(line, claim if quote else None, identifier, fault)


def _fault(quote: str, wrong: list[str], *, broken: bool) -> str:
    if broken:
        return "not valid UTF-8"
    if wrong:
        return f"{', '.join(wrong)}: not text"
    return "" if quote else "there is no quote"


Read = tuple[Iterator[Row], tuple[str, ...]]
Form = Callable[[str], Read]
"""Reads the rows of a text, one when it is asked for, and the names of its columns that are not used."""

_FORMS: dict[str, Form] = {
    ".txt": _plain,
    ".csv": _table,
    ".tsv": _table,
    ".json": _json,
    ".jsonl": _json_lines,
}

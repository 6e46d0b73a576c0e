"""Tables as people save them: CSV and TSV with a header, row by row with line numbers, no row lost to a bad one."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.errors import InputError
from bot.fetch import decode

LONGEST = 50
"""Lines: a quoted cell that is still open after so many is taken for a mark that somebody forgot to close."""

_UNCLOSED = "a quotation mark is not closed"
_UNDOUBLED = 'a quotation mark inside the cell is not doubled ("")'


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its first line counted from 1, its cells by column, and what is wrong with it, if anything."""

    line: int
    cells: dict[str, str]
    error: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """The columns, in lower case, and the rows under them, which are read as they are asked for, once."""

    columns: tuple[str, ...]
    rows: Iterator[Row]

    def require(self, needed: Sequence[str]) -> None:
        """Raise `InputError` where a column is missing."""
        missing = [name for name in needed if name not in self.columns]
        if missing:
            raise InputError(
                f"no column {', '.join(map(repr, missing))}; the header has {', '.join(map(repr, self.columns))}",
                hint=f"The first line names the columns; needed: {', '.join(needed)}.",
            )


def read(text: str) -> Table:
    """The table in a text with LF line ends.

    Cells are parted by comma, semicolon or tab: what the header uses most.
    """
    lines = text.split("\n")
    start = next((at for at, line in enumerate(lines) if line.strip()), 0)
    delimiter = max(",;\t", key=lines[start].count)
    try:
        header = [cell.strip().casefold() for cell in _cells(lines[start], delimiter)]
    except csv.Error as error:
        raise InputError(f"line {start + 1}: {error}", hint="The first line names the columns.") from error
    return Table(tuple(header), _rows(lines, start + 1, header, delimiter))


def _rows(lines: list[str], at: int, header: list[str], delimiter: str) -> Iterator[Row]:
    while at < len(lines):
        end = at + 1
        if lines[at].strip():
            try:
                cells, end = _record(lines, at, delimiter)
                yield _row(at + 1, header, cells)
            except csv.Error as error:
                yield Row(at + 1, {}, str(error))
        at = end


def _row(line: int, header: list[str], cells: list[str]) -> Row:
    found = dict(zip(header, cells, strict=False))
    if any(cell.strip() for cell in cells[len(header) :]):
        return Row(line, found, f'{len(cells)} cells under {len(header)} columns; text with a comma goes into "marks"')
    if any(map(decode.broken, cells)):
        return Row(line, {}, "not valid UTF-8")
    return Row(line, found)


def _record(lines: list[str], at: int, delimiter: str) -> tuple[list[str], int]:
    """The cells of the record that begins on a line, and the line after it. Raises `csv.Error`."""
    try:
        return _cells(lines[at], delimiter), at + 1
    except csv.Error:
        if lines[at].count('"') % 2 == 0:
            raise
    marks = 0
    for end in range(at + 1, min(at + LONGEST, len(lines)) + 1):
        marks += lines[end - 1].count('"')
        if marks % 2 == 0:
            return _cells("\n".join(lines[at:end]), delimiter), end
    raise csv.Error(_UNCLOSED)


def _cells(record: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader(record.splitlines(keepends=True), delimiter=delimiter, strict=True), [])
    except csv.Error as error:
        known = {"unexpected end of data": _UNCLOSED, f"'{delimiter}' expected after '\"'": _UNDOUBLED}
        raise csv.Error(known.get(str(error), str(error))) from error

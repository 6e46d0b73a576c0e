"""The manifest: a CSV that says of each file who published it, where and when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.errors import InputError
from bot.fetch import decode, details, table
from bot.fetch.details import Details

COLUMNS = ("file", *details.FIELDS)
"""The columns; `file` and `outlet` must be there."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """Details by file, as the rows name it: a path that counts from the manifest's folder."""

    folder: Path
    rows: dict[str, Details]

    def files(self) -> list[Path]:
        """Every file that the rows name, in their order."""
        return [self.folder / name for name in self.rows]

    def details(self, path: Path) -> Details | None:
        """What the row of a file says: by its path, else by its name where only one row has that name."""
        wanted = path.resolve()
        same_name = [name for name in self.rows if Path(name).name == path.name]
        exact = [name for name in same_name if (self.folder / name).resolve() == wanted]
        found = exact or same_name
        return self.rows[found[0]] if len(found) == 1 else None


def read(path: Path, limit: int) -> Manifest:
    """The manifest at `path`. Raises `InputError` with every fault, a line each."""
    try:
        listed = table.read(decode.text(decode.read(path, limit)))
        listed.require(("file", "outlet"))
    except InputError as error:
        raise InputError(f"{path}: {error}", hint=f"A manifest has the columns {', '.join(COLUMNS)}.") from error
    rows: dict[str, Details] = {}
    faults = list(_header_faults(listed.columns))
    for row in listed.rows:
        try:
            rows[row.cells.get("file", "").strip()] = _details(row, rows)
        except InputError as error:
            faults.append(f"line {row.line}: {error}")
    if faults:
        message = "\n".join(f"{path}: {fault}" for fault in faults)
        raise InputError(message, hint=f"A manifest has the columns {', '.join(COLUMNS)}; dates are ISO 8601.")
    return Manifest(path.parent, rows)


def _header_faults(columns: tuple[str, ...]) -> Iterator[str]:
    for name, times in Counter(columns).items():
        if name not in COLUMNS:
            yield f"unknown column {name!r}; rename it, or leave it out"
        elif times > 1:
            yield f"column {name!r} stands there {times} times"


def _details(row: table.Row, before: dict[str, Details]) -> Details:
    name = row.cells.get("file", "").strip()
    if row.error or not name or name in before:
        problem = row.error or (f"{name!r} is listed twice" if name else "no file is named")
        raise InputError(problem, hint="Each row names one file.")
    found = details.given(row.cells)
    found.publisher()
    return found

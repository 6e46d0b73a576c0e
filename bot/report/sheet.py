"""Reports as a spreadsheet: CSV that opens right in Excel and LibreOffice and runs nothing there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TextIO

from bot.model import Claim, Report, Witness
from bot.report import data, diff, phrases

HEADER = (
    "line",
    "quote",
    "verdict",
    "wording",
    "attribution",
    "severity",
    "best_text",
    "diff",
    "speaker_claimed",
    "speakers_found",
    "outlets",
    "independent_texts",
    "first_seen",
    "first_url",
    "via",
    "changes",
    "id",
    "error",
)
"""The columns, one row for each line of the input; `diff` marks ``[-yours-] {+theirs+}``."""

BOM = "\ufeff"
"""Written first, so that Excel reads the file as UTF-8."""

CARRIERS = (
    "utterance",
    "passage",
    "text",
    "speaker",
    "via",
    "kind",
    "confidence",
    "outlet",
    "published",
    "title",
    "url",
    "article",
    "independent_text",
    "current",
)
"""The columns of a list of passages; those of one `independent_text` copy one another."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def cells(line: int, claim: Claim | None, told: Mapping[str, str], identifier: str = "") -> list[str]:
    """One row, of what `answer` told or of the ``error`` that took its place; `line` counts the list's lines from 1."""
    values = {**told, "line": str(line), "id": identifier}
    if claim:
        values |= {"quote": claim.text, "speaker_claimed": claim.speaker or ""}
    return [safe(values.get(column, "")) for column in HEADER]


def line(row: Iterable[str]) -> str:
    """A row as CSV, every cell quoted."""
    return ",".join('"' + cell.replace('"', '""') + '"' for cell in row) + "\r\n"


def beginning(header: Iterable[str] = HEADER) -> str:
    """The mark and the header."""
    return BOM + line(header)


def write(stream: TextIO, rows: Iterable[list[str]]) -> None:
    """Header and rows. Open the stream with ``newline=""``."""
    stream.write(beginning())
    stream.writelines(map(line, rows))


def carrier(found: Witness) -> list[str]:
    """One row of a list of passages."""
    told = data.witness(found)
    told |= {"text": found.text, "via": "; ".join(told["via"]), "current": "yes" if found.current else "no"}
    told["independent_text"] = found.copies or found.article
    return [safe("" if told[column] is None else str(told[column])) for column in CARRIERS]


def safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula (OWASP ASVS 5.0, 1.2.10), NUL left out."""
    cell = cell.replace("\x00", "")
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA) else cell


def answer(report: Report) -> dict[str, str]:
    """What a report fills the columns with, as it is: `cells` makes it safe."""
    return {column: str(value) for column, value in _answer(report).items()}


def _answer(report: Report) -> dict[str, object]:
    witnesses = [witness for variant in report.variants for witness in variant.witnesses]
    dated = sorted((w for w in witnesses if w.published), key=lambda w: w.published or 0)
    values: dict[str, object] = {
        "verdict": report.verdict,
        "wording": report.wording,
        "attribution": report.attribution,
        "severity": report.severity,
        "speakers_found": "; ".join(report.speakers),
        "outlets": "; ".join(dict.fromkeys(witness.outlet for witness in witnesses)),
        "independent_texts": report.independent_texts,
        "via": "; ".join(dict.fromkeys(name for w in witnesses if w.attribution for name in w.attribution.via)),
    }
    if dated and dated[0].published:
        values |= {"first_seen": f"{dated[0].published:%Y-%m-%d}", "first_url": dated[0].url or ""}
    if report.variants:
        best = min(report.variants, key=lambda one: (one.wording != report.wording, one.severity, -len(one.witnesses)))
        values |= {
            "best_text": best.text,
            "diff": diff.marked_up(diff.shortened(diff.segments(report.claim, best))),
            "changes": "; ".join(f"{f.cls} {f.severity}: {phrases.difference(f)}" for f in phrases.telling(best)),
        }
    return values

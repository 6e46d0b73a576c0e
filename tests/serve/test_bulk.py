"""`bulk`: a row of CSV for each row of a list, bad ones among them."""

import csv
import io
from pathlib import Path

import pytest

from bot.report import sheet


def rows(text: str) -> list[dict[str, str]]:
    assert text.startswith(sheet.BOM)
    return list(csv.DictReader(io.StringIO(text.removeprefix(sheet.BOM), newline="")))


def test_every_row_is_answered_in_order(run, record, folder):
    (folder / "in.csv").write_text(
        "id,quote,speaker\nq1,we will not dredge the channel,Ana Lorentz\nq2,she has the money,Haan\n", encoding="utf-8"
    )
    result = run("bulk", "in.csv", "-o", "out.csv")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "2 rows answered in out.csv." in result.stderr
    found = rows((folder / "out.csv").read_bytes().decode("utf-8"))
    assert [(row["line"], row["id"], row["attribution"], row["error"]) for row in found] == [
        ("2", "q1", "agrees", ""),
        ("3", "q2", "agrees", ""),
    ]


def test_a_bad_row_is_a_row_with_its_line_and_its_fault(run, record, folder):
    (folder / "in.txt").write_bytes(
        "we will not dredge\nç\udcff\n...\n\nshe has the money\n".encode("utf-8", "surrogateescape")
    )
    result = run("bulk", "in.txt", "-o", "-")
    assert result.exit_code == 1
    found = rows(result.stdout_bytes.decode("utf-8"))
    assert [(row["line"], bool(row["error"])) for row in found] == [
        ("1", False),
        ("2", True),
        ("3", True),
        ("5", False),
    ]
    assert "line 2, 3." in result.stderr


def test_cells_are_no_formulas(run, record, folder):
    (folder / "in.txt").write_text('=HYPERLINK("http://x")\n', encoding="utf-8")
    found = rows(run("bulk", "in.txt", "-o", "-").stdout_bytes.decode("utf-8"))
    assert found[0]["quote"].startswith("'=")


def test_columns_that_are_not_used_are_told(run, record, folder):
    (folder / "in.csv").write_text("quote,note\nshe has the money,x\n", encoding="utf-8")
    assert "note: columns not used: note" in run("bulk", "in.csv", "-o", "out.csv").stderr


def test_an_encoding_that_is_guessed_is_told(run, record, folder):
    (folder / "in.txt").write_bytes("she has the money – all of it".encode("cp1252"))
    assert "note: not UTF-8; read as Windows-1252" in run("bulk", "in.txt", "-o", "out.csv").stderr
    assert "–" in (folder / "out.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("in.csv", b"text\nx\n", "no column 'quote'"),
        ("in.xlsx", b"PK\x03\x04", "not a kind of list"),
        ("in.txt", b"", "empty"),
    ],
)
def test_a_list_that_is_no_use_leaves_the_output_alone(run, record, folder, name, content, said):
    (folder / name).write_bytes(content)
    (folder / "out.csv").write_text("kept", encoding="utf-8")
    result = run("bulk", name, "-o", "out.csv")
    assert result.exit_code == 2
    assert said in result.stderr
    assert (folder / "out.csv").read_text(encoding="utf-8") == "kept"


def test_the_list_is_not_written_over(run, record, folder):
    (folder / "in.csv").write_text("quote\nx\n", encoding="utf-8")
    assert "is what is read" in run("bulk", "in.csv", "-o", "./in.csv").stderr


def test_an_output_that_cannot_be_written_is_told(run, record, folder):
    (folder / "in.txt").write_text("she has the money", encoding="utf-8")
    result = run("bulk", "in.txt", "-o", "none/out.csv")
    assert result.exit_code == 2
    assert "none/out.csv: No such file or directory" in result.stderr


def test_several_processes_answer_in_order(run, record):
    """The sheet is the same as one process writes."""
    quotes = ["She has the money", "We will dredge the channel unless the city pays for it", ""] * 70
    Path("many.txt").write_text("\n".join(quotes), encoding="utf-8")
    assert run("bulk", "many.txt", "-o", "one.csv", "--jobs", "1").exit_code == 0
    assert run("bulk", "many.txt", "-o", "two.csv", "--jobs", "2").exit_code == 0
    assert Path("one.csv").read_bytes() == Path("two.csv").read_bytes()

"""Lists of posted quotes: each form, and every row kept with its line number."""

import codecs
from pathlib import Path

import pytest

from bot.errors import InputError
from bot.fetch import claims
from bot.fetch.claims import Posted
from bot.model import Claim

LIMIT = 1_000_000


def read(folder: Path, name: str, content: str | bytes) -> claims.Sheet:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return claims.read(path, LIMIT)


def test_plain_text_is_a_quote_a_line(tmp_path):
    assert read(tmp_path, "a.txt", "one\r\n\r\n  two, three \r\n").rows == (
        Posted(1, Claim("one")),
        Posted(3, Claim("two, three")),
    )


@pytest.mark.parametrize(("name", "mark"), [("a.csv", ","), ("a.csv", ";"), ("a.tsv", "\t")])
def test_a_table_gives_quote_speaker_outlet_and_id(tmp_path, name, mark):
    text = "id,quote,speaker,outlet\nq7,no more,Ana Lorentz,\n,second,,h.example\n".replace(",", mark)
    assert read(tmp_path, name, codecs.BOM_UTF8 + text.encode()).rows == (
        Posted(2, Claim("no more", speaker="Ana Lorentz"), "q7"),
        Posted(3, Claim("second", outlet="h.example")),
    )


def test_columns_that_are_not_used_are_told(tmp_path):
    assert read(tmp_path, "a.csv", "quote,note,date\nx,y,z\n").unused == ("note", "date")


def test_json_lines_give_the_same(tmp_path):
    rows = '{"quote": "no more", "speaker": "Ana", "id": 7, "note": []}\n'
    assert read(tmp_path, "a.jsonl", rows).rows == (Posted(1, Claim("no more", speaker="Ana"), "7"),)


@pytest.mark.parametrize(
    ("name", "content", "errors"),
    [
        ("a.txt", b"one\nt\xffo\nthree", ["", "not valid UTF-8", ""]),
        ("a.csv", b"quote,id\none,1\n,2\nt\xffo,3\na,b,c\n", ["", "there is no quote", "not valid UTF-8", "3 cells"]),
        ("a.jsonl", b'{"quote": "one"}\n{\n[]\n{"quote": ["x"]}\n{}\n{"quote": "\\ud800"}',
         ["", "not JSON", "not an object", "quote: not text", "there is no quote", "not valid UTF-8"]),
    ],
)  # fmt: skip
def test_a_bad_row_is_kept_with_its_fault(tmp_path, name, content, errors):
    rows = read(tmp_path, name, content).rows
    assert len(rows) == len(errors)
    assert all(
        row.error.startswith(error) and bool(row.error) == bool(error) for row, error in zip(rows, errors, strict=True)
    )


def test_a_row_without_a_quote_keeps_its_id(tmp_path):
    assert read(tmp_path, "a.csv", "quote,id\n,x2\n").rows[0].identifier == "x2"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", "text,who\na,b\n", "no column 'quote'"),
        ("a.csv", b"PK\x03\x04", "zip"),
        ("a.csv", "quote\n", "no row"),
        ("a.xlsx", b"x", "not a kind of list"),
        ("a.txt", b"", "empty"),
        ("a.txt", b"x" * (LIMIT + 1), "larger than 1 MB"),
        ("a.txt", b"one\0two", "NUL"),
    ],
)
def test_a_file_that_is_no_use_is_refused_by_name(tmp_path, name, content, said):
    with pytest.raises(InputError, match=f"{name}: .*{said}"):
        read(tmp_path, name, content)


def test_a_list_in_utf_16_is_read(tmp_path):
    assert read(tmp_path, "a.csv", "quote\n“no”\n".encode("utf-16")).rows == (Posted(2, Claim("“no”")),)

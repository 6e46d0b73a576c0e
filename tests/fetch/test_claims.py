"""Lists of posted quotes: each form, and every row kept with its line number."""

import codecs
from pathlib import Path
from time import process_time

import pytest

from bot.errors import InputError
from bot.fetch import claims
from bot.model import Claim, Row

LIMIT = 1_000_000


def read(folder: Path, name: str, content: str | bytes) -> claims.Sheet:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return claims.read(path, LIMIT)


def test_plain_text_is_a_quote_a_line(tmp_path):
    assert read(tmp_path, "a.txt", "one\r\n\r\n  two, three \r\n").rows == (
        Row(1, Claim("one")),
        Row(3, Claim("two, three")),
    )


@pytest.mark.parametrize(("name", "mark"), [("a.csv", ","), ("a.csv", ";"), ("a.tsv", "\t")])
def test_a_table_gives_quote_speaker_outlet_and_id(tmp_path, name, mark):
    text = "id,quote,speaker,outlet\nq7,no more,Ana Lorentz,\n,second,,h.example\n".replace(",", mark)
    assert read(tmp_path, name, codecs.BOM_UTF8 + text.encode()).rows == (
        Row(2, Claim("no more", speaker="Ana Lorentz"), "q7"),
        Row(3, Claim("second", outlet="h.example")),
    )


def test_columns_that_are_not_used_are_told(tmp_path):
    assert read(tmp_path, "a.csv", "quote,note,date\nx,y,z\n").unused == ("note", "date")


def test_json_lines_give_the_same(tmp_path):
    rows = '{"quote": "no more", "speaker": "Ana", "id": 7, "note": []}\n'
    assert read(tmp_path, "a.jsonl", rows).rows == (Row(1, Claim("no more", speaker="Ana"), "7"),)


@pytest.mark.parametrize(
    ("name", "content", "errors"),
    [
        ("a.txt", "één\nt\udcffo\nthree".encode("utf-8", "surrogateescape"), ["", "not valid UTF-8", ""]),
        ("a.csv", "quote,id\néén,1\n,2\nt\udcffo,3\na,b,c\n".encode("utf-8", "surrogateescape"),
         ["", "there is no quote", "not valid UTF-8", "3 cells"]),
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


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ('["no more", {"quote": "second", "id": 7}, 5]', [("no more", ""), ("second", "7"), (None, "")]),
        ('{"quote": "no more", "id": "q1"}', [("no more", "q1")]),
    ],
)
def test_a_json_list_holds_quotes_or_objects(tmp_path, text, rows):
    found = read(tmp_path, "a.json", text).rows
    assert [(row.claim and row.claim.text, row.identifier) for row in found] == rows


@pytest.mark.parametrize("text", ["[" * 200_000, "1" * 5000, '{"quote": ', "[]"])
def test_json_that_is_no_list_of_quotes_is_refused(tmp_path, text):
    with pytest.raises(InputError, match=r"JSON|no row"):
        read(tmp_path, "a.json", text)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "cp1252"])
def test_an_encoding_that_is_guessed_is_told(encoding):
    sheet = claims.of("“no more – café”".encode(encoding), ".txt")
    assert sheet.rows[0].claim == Claim("“no more – café”")
    assert sheet.encoding.lower().replace("windows-", "cp") == encoding


def test_one_bad_byte_in_utf_8_makes_no_other_encoding_of_it():
    """What is right stays right, and the row with the fault says so."""
    sheet = claims.of("één\n".encode() + b"t\xffo", ".txt")
    assert ([row.error for row in sheet.rows], sheet.encoding) == (["", "not valid UTF-8"], "")


@pytest.mark.parametrize("suffix", [".txt", ".csv", ".json", ".jsonl"])
def test_a_list_that_is_too_long_is_refused(suffix):
    written = {".csv": b"quote\n" + b"x\n" * 9, ".json": b"[" + b'"x",' * 8 + b'"x"]', ".jsonl": b'"x"\n' * 9}
    data = written.get(suffix, b"x\n" * 9)
    assert len(claims.of(data, suffix, 9).rows) == 9
    with pytest.raises(InputError, match="9 quotes, and 8 is the most"):
        claims.of(data, suffix, 8)


def test_a_million_rows_are_not_all_looked_at():
    """A list is refused as soon as it is known to be ten times too long."""
    begun = process_time()
    with pytest.raises(InputError, match="more than 500 quotes, and 50 is the most"):
        claims.of(b'a"\n' * 600_000, ".txt", 50)
    with pytest.raises(InputError, match="more than 500 quotes, and 50 is the most"):
        claims.of(b"quote\n" + b'"a\n' * 600_000, ".csv", 50)
    assert process_time() - begun < 2


def test_what_a_list_asks_twice_and_what_cannot_be_asked_is_counted():
    rows = claims.of("quote,speaker\nNo more,Ana\nno more!,Ana\nno more,Piet\n…,\n,x\n".encode(), ".csv").rows
    assert claims.count(rows) == claims.Count(rows=5, repeated=1, unusable=2)


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
    assert read(tmp_path, "a.csv", "quote\n“no”\n".encode("utf-16")).rows == (Row(2, Claim("“no”")),)

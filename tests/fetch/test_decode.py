"""Bytes to text: the encodings that are read, and the refusals that say which byte."""

import codecs
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import InputError
from bot.fetch import decode

SAID = "“Nobody warned us,” Ødegård said.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_or_utf_8_is_read(encoding):
    assert decode.text(SAID.encode(encoding)) == SAID


@pytest.mark.parametrize(("mark", "encoding"), [(codecs.BOM_UTF16_BE, "utf-16-be"), (codecs.BOM_UTF32_BE, "utf-32-be")])
def test_the_byte_order_is_read_from_the_mark(mark, encoding):
    assert decode.text(mark + SAID.encode(encoding)) == SAID


def test_line_ends_become_lf():
    assert decode.text(b"a\r\nb\rc\n") == "a\nb\nc\n"


@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
def test_invalid_utf_8_names_its_byte(mark):
    with pytest.raises(InputError, match=rf"not valid UTF-8 at byte {len(mark) + 3} \(0x93\)") as caught:
        decode.text(mark + b"He \x93said\x94")
    assert "Windows-1252" in caught.value.hint


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04rest", "zip archive"),
        (b"%PDF-1.7", "PDF"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"SQLite format 3\0", "SQLite"),
        (b"text\0text", "NUL at byte 4"),
        ("text\0".encode("utf-16"), "NUL character at offset 4"),
        (b" \n\t", "no text"),
    ],
)
def test_what_is_not_text_is_refused_with_its_kind(data, said):
    with pytest.raises(InputError, match=said):
        decode.text(data)


def test_a_line_by_line_reader_finds_the_broken_line():
    lines = decode.text(b"good\nb\xffd\n", errors="surrogateescape").splitlines()
    assert [decode.broken(line) for line in lines] == [False, True]


def test_a_file_is_read_up_to_its_limit(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * 1_000_000)
    assert len(decode.read(path, 1_000_000)) == 1_000_000
    with pytest.raises(InputError, match=r"larger than 0\.999999 MB"):
        decode.read(path, 999_999)


@pytest.mark.parametrize(
    ("name", "said"), [("none.txt", "no such file"), (".", "[Dd]irectory"), ("x" * 300, "too long")]
)
def test_what_cannot_be_opened_is_told(tmp_path, name, said):
    with pytest.raises(InputError, match=said):
        decode.read(tmp_path / name, 10)


def test_an_empty_file_is_told(tmp_path: Path):
    (tmp_path / "a.txt").touch()
    with pytest.raises(InputError, match="empty"):
        decode.read(tmp_path / "a.txt", 10)


@settings(max_examples=2000, deadline=None)
@given(st.binary())
def test_any_bytes_are_text_or_refused(data):
    try:
        found = decode.text(data)
    except InputError:
        return
    assert "\r" not in found
    assert not decode.broken(found)

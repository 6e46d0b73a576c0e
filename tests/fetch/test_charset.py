"""The characters of a page: by its mark, as UTF-8, as it is named, as it looks; never silently wrong."""

import pytest

from bot.errors import InputError
from bot.fetch import charset

WORDS = "“We stay,” said Zoë Günther of the café in the old customs house by the river. "


def page(label: str, words: str = WORDS) -> str:
    return f'<html><head><meta charset="{label}"></head><body><p>{words * 5}</p></body></html>'


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides(encoding):
    assert WORDS in charset.text(page("koi8-r").encode(encoding), "latin-1")


@pytest.mark.parametrize("named", ["windows-1252", "klingon", "utf-7", "shift_jis"])
def test_what_is_utf_8_is_so_whatever_is_named(named):
    assert WORDS in charset.text(page(named).encode(), named)


@pytest.mark.parametrize(
    ("encoding", "label", "words"),
    [
        ("cp1252", "iso-8859-1", WORDS),
        ("cp1251", "windows-1251", "«Мы остаёмся», — сказала мэр города. "),
        ("gb18030", "gb2312", "市长说：“我们会留下来。” "),
        ("cp932", "x-sjis", "市長は「私たちは残る」と言った。 "),
        ("cp949", "euc-kr", "시장은 “우리는 남을 것”이라고 말했다. "),
    ],
)
def test_the_header_goes_before_the_page_and_both_are_read_as_browsers_do(encoding, label, words):
    data = page(label, words).encode(encoding)
    assert words in charset.text(data)
    assert words in charset.text(page("klingon", words).encode(encoding), label)


@pytest.mark.parametrize("label", ["utf-8", "klingon", "ascii", "rot13"])
def test_bytes_that_are_not_what_is_named_are_told_by_their_looks(label):
    assert WORDS in charset.text(page(label).encode("cp1252"))


def test_utf_16_without_a_mark_is_read_where_the_header_names_it():
    assert WORDS in charset.text(page("utf-8").encode("utf-16-le"), "utf-16le")
    with pytest.raises(InputError, match="UTF-16 without"):
        charset.text(page("utf-16").encode("utf-16-le"))


def test_a_slip_in_a_page_in_utf_8_is_shown_and_costs_nothing_else():
    data = page("utf-8", WORDS * 10).encode() + b"<p>caf\xe9</p>"
    assert WORDS in charset.text(data)
    assert "caf\ufffd" in charset.text(data)


@pytest.mark.parametrize("data", [b"%PDF-1.7 \xff", b"<p>\x00\xff", b"\x89PNG\r\n"])
def test_what_is_no_text_is_refused(data):
    with pytest.raises(InputError) as told:
        charset.text(data)
    assert told.value.hint

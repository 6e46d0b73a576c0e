"""Bulk sources: each form to quotations or articles, known by its content, and what is wrong with a piece told."""

import bz2
import gzip
import json
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

import pytest
import zstandard

from bot.errors import InputError
from bot.fetch import forms, packed
from bot.model import Article, Quoted
from bot.serve.cli import listed
from tests.fetch import bulk

WHEN = datetime(2026, 3, 4, 10, 20, tzinfo=UTC)


def read(name: str, data: bytes) -> tuple[list[Quoted | Article], str]:
    """What one piece brings, and what is wrong with it."""
    found: list[Quoted | Article] = []
    try:
        for item in forms.FORMS[name].parse(data):
            found.append(item)  # noqa: PERF402 - those before the error count
    except InputError as error:
        return found, str(error)
    return found, ""


def one(name: str, value: object) -> Quoted | Article:
    found, fault = read(name, value if isinstance(value, bytes) else json.dumps(value).encode())
    assert not fault
    assert len(found) == 1
    return found[0]


def test_the_command_offers_every_form():
    assert (forms.AUTO, *forms.FORMS) == listed.FORMS


# --- GDELT ----------------------------------------------------------------------------------------------------------


def test_gqg_gives_quotations_with_speakers_read_from_the_snippets():
    """A surname alone is that of the one person who is named whole in the article."""
    found, fault = read("gqg", json.dumps(bulk.GQG).encode())
    assert not fault
    assert [(said.text, said.speaker) for said in found if isinstance(said, Quoted)] == [
        (f"{bulk.SAID},", "Ana Lorentz"),
        ("The river belongs to everybody,", "Ana Lorentz"),
    ]
    assert {(said.outlet, said.url, said.title, said.published) for said in found if isinstance(said, Quoted)} == {
        ("harbourdaily.example", bulk.URL, "Silt", datetime(2026, 3, 4, 0, 3, tzinfo=UTC))
    }


@pytest.mark.parametrize(
    ("language", "speaker"),
    [("ENGLISH", "Ana Lorentz"), ("en", "Ana Lorentz"), (None, "Ana Lorentz"), ("KOREAN", None)],
)
def test_gqg_names_no_speaker_in_a_language_that_we_cannot_read(language, speaker):
    found, _ = read("gqg", json.dumps(bulk.GQG | {"lang": language}).encode())
    assert getattr(found[0], "speaker", "") == speaker


def test_gqg_needs_neither_title_nor_snippets_nor_date():
    value = {"url": bulk.URL, "quotes": [{"quote": "We will not dredge"}]}
    assert one("gqg", value) == Quoted(text="We will not dredge", outlet="harbourdaily.example", url=bulk.URL)
    dated = one("gqg", value | {"date": "20260304102000"})
    assert isinstance(dated, Quoted)
    assert dated.published == WHEN


def test_gqg_tells_a_quotation_without_words_and_keeps_the_others():
    value = {"url": bulk.URL, "quotes": [{"quote": "…"}, 5, {"quote": "We will not dredge"}, {}, {"quote": None}]}
    found, fault = read("gqg", json.dumps(value).encode())
    assert [said.text for said in found if isinstance(said, Quoted)] == ["We will not dredge"]
    assert fault == (
        "quote 1 is no text with words; quote 2 is no text with words; quote 4 is no text with words and 1 more"
    )


# --- Quotebank ------------------------------------------------------------------------------------------------------


def test_quotebank_gives_a_quotation_for_each_address():
    found, fault = read("quotebank", json.dumps(bulk.QUOTEBANK).encode())
    assert not fault
    assert [(said.outlet, said.speaker, said.published) for said in found if isinstance(said, Quoted)] == [
        ("harbourdaily.example", "Ana Lorentz", WHEN),
        ("kelmarpost.example", "Ana Lorentz", WHEN),
    ]


@pytest.mark.parametrize(
    ("values", "speaker"),
    [
        ({"speaker": "None"}, None),
        ({"speaker": None}, "Ana Lorentz"),
        ({"speaker": "Ana Lorentz", "probas": [{"speaker": "Ana Lorentz", "proba": "0.45", "qids": []}]}, None),
        ({"speaker": "Ana Lorentz", "probas": [{"speaker": "Ana Lorentz", "proba": 0.95}]}, "Ana Lorentz"),
        ({"speaker": "Ana Lorentz", "probas": [["Ana Lorentz"], "?", 5, ["a", "b"], {"x": 1}]}, "Ana Lorentz"),
        ({"speaker": "Ana Lorentz", "probas": None}, "Ana Lorentz"),
    ],
)
def test_quotebank_speakers_are_taken_over_where_they_are_likely(values, speaker):
    found, _ = read("quotebank", json.dumps(bulk.QUOTEBANK | values).encode())
    assert getattr(found[0], "speaker", "") == speaker


def test_quotebank_articles_are_read_as_articles():
    found = one("quotebank-articles", bulk.QUOTEBANK_ARTICLE)
    assert isinstance(found, Article)
    assert (found.text, found.title, found.url, found.published) == (bulk.TEXT, "Silt", bulk.URL, WHEN)


def test_quotebank_articles_in_lower_case_give_their_quotations():
    """Who said them is what Quotebank says: of this article, else of all that have the quotation."""
    found = one("quotebank-articles", bulk.QUOTEBANK_ARTICLE | {"phase": "B", "content": bulk.TEXT.lower()})
    assert isinstance(found, Quoted)
    assert (found.text, found.speaker, found.outlet) == (bulk.SAID.lower(), "Ana Lorentz", "harbourdaily.example")


# --- news agencies --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", [bulk.NINJS_1, bulk.NINJS_3], ids=["1", "3"])
def test_ninjs_is_read_in_every_version(value):
    found = one("ninjs", value)
    assert isinstance(found, Article)
    assert (found.text, found.title, found.url, found.published) == (bulk.TEXT, "Silt", bulk.URL, WHEN)
    assert found.outlet == "harbourdaily.example"
    assert found.credits[0] == "Jo Ferris"


def test_ninjs_without_an_address_belongs_to_its_agency():
    found = one("ninjs", bulk.NINJS_2)
    assert isinstance(found, Article)
    assert (found.outlet, found.url, found.title) == ("Meridian Press", None, "Silt")
    assert bulk.SAID in found.text
    assert "alert" not in found.text


def test_ninjs_prefers_paragraphs():
    found = one("ninjs", bulk.NINJS_1 | {"body_xhtml": f"<div><p>“{bulk.SAID},” she<br/>said.</p><p>Silt.</p></div>"})
    assert getattr(found, "text", "") == f"“{bulk.SAID},” she\nsaid.\n\nSilt."


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (bulk.NINJS_1 | {"pubstatus": "canceled"}, "the item is canceled"),
        ({"uri": bulk.URL, "type": "picture"}, "there is no body text in this picture"),
        ([], ""),
        ([5], "not an object"),
        (bulk.NINJS_2 | {"infosources": None}, "the outlet is not known"),
    ],
)
def test_ninjs_tells_what_it_cannot_use(value, told):
    found, fault = read("ninjs", json.dumps(value).encode())
    assert not found
    assert fault == told


@pytest.mark.parametrize("content", [bulk.NITF, bulk.XHTML, bulk.PLAIN], ids=["nitf", "xhtml", "plain"])
def test_newsml_is_read_whatever_its_text_is_written_in(content):
    found = one("newsml", bulk.news_item(content))
    assert isinstance(found, Article)
    assert f"“{bulk.SAID},” Ana Lorentz told reporters." in found.text
    assert found.text.count("\n\n") == 1
    assert (found.title, found.url, found.published, found.language) == ("Silt", bulk.URL, WHEN, "en")
    assert found.credits == ("Jo Ferris", "Meridian Press/Kelmar", "MP", "Meridian Press")


def test_an_item_that_credits_its_provider_first_still_belongs_to_it():
    item = bulk.news_item(guid="urn:1").replace(b"Meridian Press/Kelmar", b"Meridian Press")
    assert getattr(one("newsml", item), "outlet", "") == "Meridian Press"


def test_newsml_keeps_the_good_items_of_a_message():
    good, dropped = bulk.news_item(guid="urn:1"), bulk.news_item(status="canceled")
    found, fault = read("newsml", bulk.news_message(dropped, good))
    assert [item.outlet for item in found] == ["Meridian Press"]
    assert fault == "the item is canceled"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b'<!-- x --><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "it declares a document type, which may be a trap"),
        ('<?xml version="1.0"?><!DOCTYPE a><a/>'.encode("utf-16"), "it declares a document type, which may be a trap"),
        (b"<html/>", "there is no newsItem"),
        (bulk.news_item(""), "there is no text in it (ninat:text)"),
    ],
)
def test_newsml_tells_what_it_cannot_use(data, told):
    assert read("newsml", data) == ([], told)


def test_xml_nested_too_deep_is_no_xml():
    _, fault = read("newsml", bulk.news_item("<a>" * 100_000))
    assert fault.startswith("not XML: ")


# --- web archives ---------------------------------------------------------------------------------------------------


def pieces(path: Path, limit: int = 1_000_000, form: str = "warc") -> list[packed.Piece]:
    with packed.pieces(path, limit, forms.FORMS[form].parted) as held:
        return list(chain.from_iterable(held))


def test_warc_gives_the_articles_of_its_pages(tmp_path):
    """Images and answers other than 200 are passed over; a page too large is told."""
    pytest.importorskip("fastwarc")
    gz = {"more": "Content-Encoding: gzip\r\n"}
    kept = [
        bulk.record("https://www.harbourdaily.example/a", bulk.page(1)),
        bulk.record("https://www.harbourdaily.example/b.png", b"\x89PNG", kind="image/png"),
        bulk.record("https://www.harbourdaily.example/c", bulk.page(3), status="404 Not Found"),
        bulk.record("https://www.harbourdaily.example/d", b"x" * 20_000),
        bulk.record("https://www.harbourdaily.example/e", gzip.compress(bulk.page(5)), **gz),
        bulk.record("https://www.harbourdaily.example/f", "<p>déjà vu</p>".encode("latin-1"), kind="text/html"),
    ]
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(b"".join(map(gzip.compress, kept)))
    page, image, missing, large, packed_page, last = pieces(path, 10_000)
    assert (image, missing, large) == (b"", b"", None)
    for piece, number in ((page, 1), (packed_page, 5)):
        article = one("warc", piece or b"")
        assert isinstance(article, Article)
        assert article.title == f"Silt {number}"
        assert article.outlet == "harbourdaily.example"
    assert "no HTML was found" in read("warc", last or b"")[1]  # one paragraph of two words


def test_warc_pages_are_read_in_the_encoding_that_the_server_named(tmp_path):
    pytest.importorskip("fastwarc")
    body = bulk.page().decode().replace("Lorentz", "Lørentz").encode("cp1252")
    path = tmp_path / "crawl.warc"
    path.write_bytes(bulk.record("https://a.example/a", body, kind="text/html; charset=windows-1252"))
    article = one("warc", pieces(path)[0] or b"")
    assert "Ana Lørentz told reporters" in getattr(article, "text", "")


def test_a_bomb_in_a_page_is_not_unpacked():
    about = json.dumps({"url": bulk.URL, "packed": "gzip", "limit": 100_000}).encode()
    assert read("warc", about + b"\n" + gzip.compress(b"a" * 10_000_000))[1] == "larger than 0.1 MB"


# --- knowing a form -------------------------------------------------------------------------------------------------

PRETTY = json.dumps([bulk.NINJS_1, bulk.NINJS_3], indent=1).encode()
KNOWN = {
    "onrecord": [b'{"text": "a", "outlet": "b.example"}\n', b"", b"{nothing\n", b"\xff\xfe\n"],
    "gqg": [bulk.lines_of(bulk.GQG), b"\n{broken\n" + bulk.lines_of(bulk.GQG)],
    "quotebank": [bulk.lines_of(bulk.QUOTEBANK)],
    "quotebank-articles": [bulk.lines_of(bulk.QUOTEBANK_ARTICLE)],
    "ninjs": [bulk.lines_of(bulk.NINJS_1), bulk.lines_of(bulk.NINJS_2), bulk.lines_of([bulk.NINJS_3]), PRETTY],
    "newsml": [bulk.news_item(), b"\xef\xbb\xbf \n<?xml version='1.0'?>\n" + bulk.news_message(bulk.news_item())],
    "warc": [bulk.record(bulk.URL, bulk.page())],
}
PACKERS = {"": bytes, ".gz": gzip.compress, ".bz2": bz2.compress, ".zst": zstandard.ZstdCompressor().compress}


@pytest.mark.parametrize("ending", PACKERS)
@pytest.mark.parametrize(("name", "data"), [(name, data) for name, held in KNOWN.items() for data in held])
def test_a_form_is_known_by_the_content_of_a_file(name, data, ending, tmp_path):
    path = tmp_path / f"dump.json{ending}"
    path.write_bytes(PACKERS[ending](data))
    assert forms.of(path).name == name


def test_a_form_that_is_named_is_not_looked_for(tmp_path):
    assert forms.of(tmp_path / "none", "gqg").name == "gqg"
    assert forms.of(Path("-")).name == "onrecord"
    assert forms.of(tmp_path / "none.warc.gz").name == "warc"


@pytest.mark.parametrize(
    ("data", "count"),
    [(b"", 0), (bulk.lines_of(bulk.NINJS_1, bulk.NINJS_3), 2), (PRETTY, 1), (b"{broken\n{}\n", 1)],
)
def test_ninjs_is_parted_by_lines_only_where_a_line_is_an_item(data, count, tmp_path):
    path = tmp_path / "items.json"
    path.write_bytes(data)
    assert len(pieces(path, 100_000, "ninjs")) == count

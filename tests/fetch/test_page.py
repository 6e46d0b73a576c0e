"""Web pages: the article with its marks, whose it is, and when."""

from datetime import UTC, datetime

import pytest

from bot.errors import InputError
from bot.fetch import page
from bot.fetch.details import Details

FILLER = (
    "The council had met for most of the night in the old customs house, and no one had expected it to end so soon."
)
HEAD = """<title>Harbour stays open | Harbour Daily</title><meta property="og:site_name" content="Harbour Daily">
<link rel="canonical" href="https://www.harbourdaily.example/2025/quay?utm_source=x">
<meta property="article:published_time" content="2025-03-04T10:20:30+02:00">
<meta name="author" content="Ana Lorentz">"""


def html(body: str, head: str = HEAD, language: str = 'lang="es-MX"') -> bytes:
    return (
        f"<!DOCTYPE html><html {language}><head><meta charset=utf-8>{head}</head><body><nav><a href=/>Home</a></nav>"
        f"<article><h1>Harbour stays open</h1><p>{FILLER}</p>{body}<p>{FILLER}</p></article></body></html>"
    ).encode()


def paragraphs(data: bytes) -> list[str]:
    return page.read(data).text.strip().split("\n\n")


def test_what_a_page_says_of_itself_is_read():
    article = page.read(html(""))
    assert (article.outlet, article.url) == ("harbourdaily.example", "https://www.harbourdaily.example/2025/quay")
    assert (article.title, article.language, article.credits) == ("Harbour stays open", "es", ("Ana Lorentz",))
    assert article.published == datetime(2025, 3, 4, 8, 20, 30, tzinfo=UTC)


def test_the_text_is_headline_and_paragraphs_parted_by_blank_lines():
    assert paragraphs(html("<p>One.</p>")) == ["Harbour stays open", FILLER, "One.", FILLER]


def test_quotation_elements_are_written_out_as_marks_single_inside_double():
    body = (
        "<p>The mayor said <q>we <b>never</b> heard <q>stop</q></q> and <q>no</q> twice that <em>same</em> night.</p>"
    )
    assert "The mayor said “we never heard ‘stop’” and “no” twice that same night." in paragraphs(html(body))


def test_block_quotations_are_marked_line_by_line():
    body = "<blockquote><p>The first part of it.</p><p>The “second” part.</p></blockquote>"
    assert paragraphs(html(body))[2:4] == ["> The first part of it.", "> The “second” part."]


def test_an_embedded_post_keeps_its_lines():
    body = '<blockquote class="twitter-tweet">We stay.<br>All of us.<br>&mdash; Ana Lorentz (@ana)</blockquote>'
    assert paragraphs(html(body))[2] == "> We stay.\n> All of us.\n> — Ana Lorentz (@ana)"


def test_what_is_known_goes_before_what_the_page_says():
    known = Details("else.example", "https://else.example/a", "Another headline", datetime(2020, 1, 1, tzinfo=UTC))
    article = page.read(html(""), known)
    assert Details(article.outlet, article.url, article.title, article.published) == known


def test_the_site_name_is_the_outlet_where_there_is_no_address():
    article = page.read(html("", head='<meta property="og:site_name" content="Harbour Daily">'))
    assert (article.outlet, article.url) == ("Harbour Daily", None)


def test_a_page_that_names_no_outlet_is_refused_with_the_way_out():
    with pytest.raises(InputError, match="outlet is not known") as caught:
        page.read(html("", head=""))
    assert "give its outlet" in caught.value.hint


def test_a_wrapped_address_is_unwrapped():
    head = '<meta property="og:url" content="https://proxy.example:443/https/p.harbour.example/p/3">'
    article = page.read(html("", head=head))
    assert (article.outlet, article.url) == ("harbour.example", "https://p.harbour.example/p/3")


def test_linked_data_stands_in_where_the_page_itself_is_empty():
    head = HEAD.replace("article:published_time", "x") + (
        '<script type="application/ld+json">{"@graph": [{"@type": "Organization"}, {"@type": "NewsArticle", '
        '"headline": "Harbour stays open", "datePublished": "2025-03-05T06:00:00Z", '
        f'"articleBody": "{FILLER}\\n\\nHe said: &quot;Never.&quot;"}}]}}</script>'
    )
    article = page.read(f"<html><head>{head}</head><body><div id=app></div></body></html>".encode())
    assert article.text == f'Harbour stays open\n\n{FILLER}\n\nHe said: "Never."\n'
    assert article.published == datetime(2025, 3, 5, 6, tzinfo=UTC)


def test_bad_linked_data_is_passed_over():
    bad = "".join(f'<script type="application/ld+json">{text}</script>' for text in ("{", "[[1]]", "[" * 5000, "7"))
    assert page.read(html("", head=HEAD + bad)).title == "Harbour stays open"


@pytest.mark.parametrize("label", ["windows-1252", "iso-8859-1"])
def test_the_encoding_that_the_page_names_is_used_where_it_is_not_utf_8(label):
    data = html("<p>“We stay,” he said of the café.</p>").decode().replace("charset=utf-8", f"charset={label}")
    assert "“We stay,” he said of the café." in paragraphs(data.encode("cp1252"))


@pytest.mark.parametrize("label", ["utf-8", "klingon", "ascii"])
def test_a_lying_encoding_is_refused_with_its_byte(label):
    data = html("<p>x</p>").replace(b"charset=utf-8", f"charset={label}".encode()) + b"\x81\xff"
    with pytest.raises(InputError, match="not valid UTF-8 at byte"):
        page.read(data)


@pytest.mark.parametrize(
    "data", [b"<html></html>", b"<", b"<p>", b"<!-- -->", b"<html><body><nav>Home</nav></body></html>"]
)
def test_a_page_without_an_article_is_refused(data):
    with pytest.raises(InputError) as caught:
        page.read(data, Details("x.example"))
    assert caught.value.hint

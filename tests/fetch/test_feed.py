"""Feeds: every form in the wild comes to the same entries, and what is no feed is told."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from bot.errors import FeedError
from bot.fetch.feed import MOST, discover, parse
from bot.sources import Entry

AT = "https://harbour.test/feeds/news.xml"
MORNING = datetime(2026, 3, 3, 9, tzinfo=UTC)
NEWS = Entry("https://harbour.test/news/one", "Salt & sea", MORNING)

RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour</title><link>https://harbour.test/</link>
<item><title>Salt &amp;amp; <![CDATA[<b>sea</b>]]></title><link>https://harbour.test/news/one?utm_source=rss#top</link>
<pubDate>Tue, 03 Mar 2026 10:00:00 +0100</pubDate></item></channel></rss>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Harbour</title><link>https://harbour.test/</link></channel>
<item><title>Salt &amp; sea</title><link>/news/one</link><dc:date>2026-03-03T09:00:00Z</dc:date></item></rdf:RDF>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://harbour.test/"><title>Harbour</title>
<link rel="self" href="feeds/news.xml"/><link href="/"/><entry><title type="html">Salt &amp;amp; sea</title>
<link rel="enclosure" href="a.mp3"/><link rel="alternate" type="application/json" href="one.json"/>
<link rel="alternate" type="text/html" href="news/one"/><id>tag:1</id>
<published>2026-03-03T10:00:00+01:00</published><updated>2026-03-09T10:00:00Z</updated></entry></feed>"""
OLD_ATOM = """<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Harbour</title>
<link rel="alternate" href="https://harbour.test/"/><entry><title>Salt &amp; sea</title>
<link rel="alternate" href="https://harbour.test/news/one"/><issued>2026-03-03T09:00:00Z</issued></entry></feed>"""
JSON = """\ufeff{"version": "https://jsonfeed.org/version/1.1", "title": "Harbour", "home_page_url": "https://harbour.test/",
"items": [{"id": "1", "url": "/news/one", "title": "Salt & sea", "date_published": "2026-03-03T10:00:00+01:00"}]}"""
BROKEN = """<rss version="2.0"><channel><title>Harbour</title><link>https://harbour.test/</link>
<item><title>Salt & sea<br></title><link>https://harbour.test/news/one</link>
<pubDate>Tue, 03 Mar 2026 09:00:00 GMT</pubDate></item>"""


@pytest.mark.parametrize(
    ("written", "form"),
    [(RSS, "rss"), (RDF, "rdf"), (ATOM, "atom"), (OLD_ATOM, "atom"), (JSON, "json"), (BROKEN, "rss")],
    ids=["rss", "rdf", "atom", "atom 0.3", "json", "broken"],
)
def test_every_form_comes_to_the_same_entry(written: str, form: str) -> None:
    found = parse(written.encode(), AT)
    assert (found.title, found.home, found.form) == ("Harbour", "https://harbour.test/", form)
    assert found.entries == (NEWS,)


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1", "windows-1251"])
def test_the_encoding_that_a_feed_declares_is_believed(encoding: str) -> None:
    """Words of a title in it are read, whatever its bytes."""
    title = "Соль и море" if encoding != "iso-8859-1" else "Señal"
    written = RSS.replace("<title>Harbour", f"<title>{title}").replace('"1.0"', f'"1.0" encoding="{encoding}"')
    assert parse(written.encode(encoding), AT).title == title


def test_a_news_sitemap_is_a_feed_whose_newest_come_first() -> None:
    """A plain sitemap too, by when its pages were changed last."""
    urls = "".join(
        f"<url><loc>https://harbour.test/{n}</loc><n:news><n:title>T{n}</n:title>"
        f"<n:publication_date>2026-03-{n:02}</n:publication_date></n:news></url>"
        for n in (1, 3, 2)
    )
    spaces = (
        'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"'
    )
    found = parse(f"<urlset {spaces}>{urls}</urlset>".encode(), AT)
    assert [entry.title for entry in found.entries] == ["T3", "T2", "T1"]
    plain = "<urlset><url><loc>https://harbour.test/a</loc><lastmod>2026-03-01</lastmod></url></urlset>"
    assert parse(plain.encode(), AT).entries[0].published == datetime(2026, 3, 1, tzinfo=UTC)


def test_a_list_of_sitemaps_is_told_and_those_of_news_are_offered_first() -> None:
    index = (
        b"<sitemapindex><sitemap><loc>https://harbour.test/pages.xml</loc></sitemap>"
        b"<sitemap><loc>https://harbour.test/news.xml</loc></sitemap></sitemapindex>"
    )
    with pytest.raises(FeedError, match="list of sitemaps"):
        parse(index, AT)
    assert discover(index, AT) == ["https://harbour.test/news.xml", "https://harbour.test/pages.xml"]


def test_where_an_entry_leads_is_found_in_every_place_that_tells_it() -> None:
    """FeedBurner's first address, a lasting guid; an entry without any is counted."""
    items = (
        "<item><link>http://feeds.test/~r/1</link><f:origLink>https://harbour.test/a</f:origLink></item>"
        "<item><guid>https://harbour.test/b</guid></item>"
        '<item><guid isPermaLink="false">https://harbour.test/c</guid></item><item><link>mailto:x@y.test</link></item>'
        "<item><link>https://harbour.test/a</link></item>"
    )
    written = f'<rss xmlns:f="http://rssnamespace.org/feedburner/ext/1.0"><channel>{items}</channel></rss>'
    found = parse(written.encode(), AT)
    assert [entry.url for entry in found.entries] == ["https://harbour.test/a", "https://harbour.test/b"]
    assert found.unlinked == 2


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b" \n", "nothing"),
        (b"x" * (5 * 2**20 + 1), "larger than 5 MiB"),
        (b"<" * 200_001, "too complex"),
        (b"<!DOCTYPE html><html><body>News</body></html>", "a page, not a feed"),
        (b'<!DOCTYPE rss SYSTEM "file:///etc/passwd"><rss><channel/></rss>', "DTD"),
        ('<!DOCTYPE rss [<!ENTITY a "b">]><rss/>'.encode("utf-16"), "DTD"),
        (b"<opml version='2.0'/>", "root is <opml>"),
        (b"no feed at all", "not a feed"),
        (b"{", "not valid JSON"),
        (b'{"items": 3}', "no list of items"),
    ],
)
def test_what_is_no_feed_is_told(data: bytes, reason: str) -> None:
    with pytest.raises(FeedError, match=reason):
        parse(data, AT)


@pytest.mark.parametrize("closing", ["</channel></rss>", ""], ids=["well-formed", "broken"])
def test_of_a_long_feed_five_hundred_entries_are_read_and_soon(closing: str) -> None:
    items = "".join(f"<item><link>https://harbour.test/{n}</link></item>" for n in range(30_000))
    began = time.process_time()
    found = parse(f"<rss><channel>{items}{closing}".encode(), AT)
    assert len(found.entries) == MOST
    assert time.process_time() - began < 4


def test_a_feed_of_no_entries_is_a_feed() -> None:
    """Also one that ends before its end: tomorrow it may have some."""
    for written in (
        "<rss><channel><title>Harbour</title></channel></rss>",
        "<rss version='2.0'><channel><title>Harbour</title>",
    ):
        assert (parse(written.encode(), AT).title, parse(written.encode(), AT).entries) == ("Harbour", ())


def test_deep_nesting_holds_nothing_and_does_not_hold_us_up() -> None:
    began = time.process_time()
    assert not parse(b"<rss><channel>" + b"<a>" * 150_000, AT).entries
    assert time.process_time() - began < 4


def test_a_home_page_names_its_feeds_those_of_comments_last() -> None:
    """Relative to its base, each once; an alternate of another kind is none."""
    page = b"""<!doctype html><html><head><base href="https://cdn.harbour.test/x/">
<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed">
<link rel="Alternate" type="application/atom+xml; charset=utf-8" href="atom.xml">
<link rel="alternate" type="application/feed+json" href="https://harbour.test/feed.json">
<link rel="alternate" type="application/atom+xml" href="atom.xml">
<link rel="alternate" hreflang="es" href="/es"><link rel="stylesheet" href="a.css"></head></html>"""
    assert discover(page, "https://harbour.test/") == [
        "https://cdn.harbour.test/x/atom.xml",
        "https://harbour.test/feed.json",
        "https://cdn.harbour.test/comments/feed",
    ]
    assert discover(b"", AT) == discover(b"<p>No feed", AT) == []

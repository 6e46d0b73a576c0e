"""Feeds of every form, as different programs write them."""

from __future__ import annotations

import json
from collections.abc import Callable
from email.utils import format_datetime
from html import escape

from tests.web_double.site import Site, Story

Item = Callable[[Site, Story], str]


def rss(site: Site, stories: list[Story]) -> bytes:
    """RSS 2.0 as WordPress writes it."""
    items = "".join(
        f"<item><title>{escape(story.title)}</title><link>{site.address(story)}?utm_source=rss&amp;utm_medium=feed</link>"
        f"<dc:creator><![CDATA[{story.author}]]></dc:creator><pubDate>{format_datetime(story.published)}</pubDate>"
        f'<guid isPermaLink="false">{site.home}?p={number}</guid></item>'
        for number, story in enumerate(stories, 1)
    )
    items += "".join(f"<item><title>See also</title><link>{path}</link></item>" for path in site.also)
    return f"""<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>{escape(site.name)}</title><link>{site.home}</link><description/>{items}</channel></rss>""".encode()


def broken_rss(site: Site, stories: list[Story]) -> bytes:
    """RSS by a program that does not escape, and stops before the end."""
    items = "".join(
        f"<item><title>{story.title} & más<br></title><link>{site.address(story)}</link>"
        f"<pubDate>{format_datetime(story.published)}</pubDate></item>"
        for story in stories
    )
    return f'<rss version="2.0"><channel><title>{site.name}</title><link>{site.home}</link>{items}'.encode()


def cyrillic_rss(site: Site, stories: list[Story]) -> bytes:
    """RSS in the encoding that Russian pages had for long."""
    written = rss(site, stories).decode().replace('encoding="UTF-8"', 'encoding="windows-1251"')
    return written.encode("cp1251")


def rdf(site: Site, stories: list[Story]) -> bytes:
    """RSS 1.0 of an old content system, in Latin-1."""
    items = "".join(
        f'<item rdf:about="{site.address(story)}"><title>{escape(story.title)}</title><link>/{story.slug}</link>'
        f"<dc:date>{story.published:%Y-%m-%dT%H:%M:%SZ}</dc:date></item>"
        for story in stories
    )
    return f"""<?xml version="1.0" encoding="iso-8859-1"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="{site.home}"><title>{escape(site.name)}</title>
<link>{site.home}</link></channel>{items}</rdf:RDF>""".encode("latin-1", "xmlcharrefreplace")


def atom(site: Site, stories: list[Story]) -> bytes:
    """Atom with addresses relative to its base."""
    entries = "".join(
        f'<entry><title type="html">{escape(escape(story.title))}</title><id>tag:{site.host},2026:{story.slug}</id>'
        f'<link rel="alternate" type="text/html" href="{story.slug}"/><published>{story.published.isoformat()}</published>'
        f"<updated>{story.published.isoformat()}</updated></entry>"
        for story in stories
    )
    return f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:base="{site.home}">
<title>{escape(site.name)}</title><link href="/"/><link rel="self" href="{site.feed_path}"/>{entries}</feed>""".encode()


def json_feed(site: Site, stories: list[Story]) -> bytes:
    """JSON Feed 1.1."""
    items = [
        {
            "id": story.slug,
            "url": site.address(story),
            "title": story.title,
            "date_published": story.published.isoformat(),
        }
        for story in stories
    ]
    written = {"version": "https://jsonfeed.org/version/1.1", "title": site.name, "home_page_url": site.home}
    return json.dumps({**written, "items": items}).encode()


def news_sitemap(site: Site, stories: list[Story]) -> bytes:
    """A sitemap for search engines' news."""
    urls = "".join(
        f"<url><loc>{site.address(story)}</loc><n:news><n:publication><n:name>{site.name}</n:name>"
        f"<n:language>en</n:language></n:publication><n:publication_date>{story.published.isoformat()}"
        f"</n:publication_date><n:title>{escape(story.title)}</n:title></n:news></url>"
        for story in stories
    )
    return f"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">{urls}</urlset>""".encode()

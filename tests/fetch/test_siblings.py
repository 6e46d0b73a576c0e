"""Blocks side by side: the entries of a live blog are kept, cards that lead to other articles are not."""

import json
from collections.abc import Callable

import pytest

from bot.errors import InputError
from bot.fetch import page

HEAD = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Harbour live | Harbour Daily</title>
<link rel="canonical" href="https://www.harbourdaily.example/2025/quay">"""
BOATS = ("tug", "ferry", "trawler", "barge", "dredger", "yacht", "lighter", "cutter")


def site(body: str, head: str = "") -> bytes:
    return f"{HEAD}{head}</head><body><header><a href=/>Home</a></header><main>{body}</main></body></html>".encode()


def story(boat: str) -> str:
    """Three paragraphs, the second with a quotation."""
    return (
        f"<p>The {boat} was turned back at the mole while its crane was lowered, and the road was closed for it.</p>"
        f"<p>“We will keep a berth for the {boat},” said the harbour master, Ana Lorentz.</p>"
        f"<p>Nobody on board of the {boat} had been asked, and they heard of it the next morning.</p>"
    )


def plain(tag: str, named: str) -> Callable[[str], str]:
    return lambda boat: (
        f'<{tag} class="{named}"><h3>The {boat} waits</h3><time>10.{BOATS.index(boat)}0</time>{story(boat)}</{tag}>'
    )


def press(boat: str) -> str:
    """An entry as WordPress has it."""
    number = 100 + BOATS.index(boat)
    return (
        f'<article id="post-{number}" class="post-{number} liveblog-entry hentry"><header class="entry-header">'
        f'<h2 class="entry-title">The {boat} waits</h2></header><div class="entry-content">{story(boat)}</div>'
        "</article>"
    )


def guardian(boat: str) -> str:
    """An entry whose heading leads to itself."""
    return (
        f'<article class="block" id="{boat}"><h2><a href="/2025/quay?block={boat}#{boat}">The {boat} waits</a></h2>'
        f"<div>{story(boat)}</div></article>"
    )


def card(boat: str) -> str:
    return (
        f'<article class="card"><a href="/2025/{boat}"><img src="x"><h3>“The {boat} never comes back,” says owner</h3>'
        f"</a><p>He had been waiting for the {boat} since May.</p></article>"
    )


CARDS = "".join(map(card, BOATS))
ENTRIES = {
    "article": plain("article", ""),
    "article.live-entry": plain("article", "live-entry"),
    "div.post": plain("div", "post"),
    "div.update": plain("div", "update"),
    "section": plain("section", "block"),
    "li": plain("li", "timeline-item"),
    "wordpress": press,
    "linked to itself": guardian,
}


def text(data: bytes) -> str:
    return page.read(data).text


@pytest.mark.parametrize("make", ENTRIES)
@pytest.mark.parametrize("after", ["", f"<section class=more>{CARDS}</section>"])
def test_a_live_blog_keeps_all_entries_in_order_with_their_headings(make, after):
    intro = "<p>Follow the day at the harbour with us, hour by hour, until the vote of the council.</p>"
    blog = f"<h1>Harbour live</h1>{intro}<div class=liveblog>{''.join(map(ENTRIES[make], BOATS))}</div>{after}"
    found = text(site(blog)).split("\n\n")
    for boat in BOATS:
        at = found.index(f"The {boat} waits")
        said = next(line for line in found if line.startswith(f"“We will keep a berth for the {boat},”"))
        assert 0 < found.index(said) - at <= 3
    headings = [line for line in found if line.endswith("waits")]
    assert headings == [f"The {boat} waits" for boat in BOATS]
    assert "never comes back" not in "".join(found)


@pytest.mark.parametrize(("named", "told"), [("blog", True), ("live-blog", False)])
def test_an_introduction_stands_before_the_entries(named, told):
    intro = f"<article class=intro><h1>Harbour live</h1>{story('pilot boat')}</article>"
    live = linked({"articleBody": "x"}, {"articleBody": "y"}) if told else ""
    found = text(site(f"{intro}<div class={named}>{''.join(map(plain('div', 'block'), BOATS))}</div>", live))
    assert found.index("a berth for the pilot boat") < found.index("a berth for the tug")
    assert all(f"Nobody on board of the {boat}" in found for boat in BOATS)


def linked(*updates: dict[str, str]) -> str:
    blog = {"@type": "LiveBlogPosting", "datePublished": "2025-03-04", "liveBlogUpdate": updates}
    return f'<script type="application/ld+json">{json.dumps(blog)}</script>'


def test_entries_that_only_the_linked_data_has_are_kept_with_their_headings():
    updates = [{"@type": "BlogPosting", "headline": f"The {boat} waits", "articleBody": story(boat)} for boat in BOATS]
    shown = "<p>The council had met for most of the night in the old customs house on the quay.</p>" * 4
    for body in ("<div id=app></div>", f"<article><h1>Harbour live</h1>{shown}</article>"):
        found = text(site(body, linked(*updates))).split("\n\n")
        assert [line for line in found if line.endswith("waits")] == [f"The {boat} waits" for boat in BOATS]
        assert all(any(f"berth for the {boat},” said" in line for line in found) for boat in BOATS)


FRONTS = {
    "article": card,
    "div": lambda boat: card(boat).replace("article", "div"),
    "li": lambda boat: card(boat).replace("article", "li"),
    "no headings": lambda boat: card(boat).replace("article", "li").replace("h3", "span"),
    "a link of the picture's own": lambda boat: (
        f'<div class=c><a href="/2025/{boat}"><img src=x></a><a class=headline href="/2025/{boat}">“The {boat} never '
        f"comes back,” says owner</a><p>He had been waiting for the {boat} since May.</p></div>"
    ),
}


@pytest.mark.parametrize("kind", FRONTS)
def test_a_page_that_leads_to_others_is_no_article(kind):
    about = "<h1>News</h1><p>What happens at the harbour, told by our own people there.</p>"
    with pytest.raises(InputError, match="no article was found") as caught:
        page.read(site(about + "".join(map(FRONTS[kind], BOATS))))
    assert caught.value.hint


@pytest.mark.parametrize("order", ["{0}<section>{1}{1}</section>", "<section>{1}</section>{0}"])
def test_cards_beside_an_article_bring_nothing_in(order):
    found = text(site(order.format(f"<article><h1>Harbour stays</h1>{story('tug')}</article>", CARDS)))
    assert "a berth for the tug" in found
    assert "never comes back" not in found
    assert "since May" not in found


@pytest.mark.parametrize(
    "heading", ["<h1>The {boat} waits</h1>", '<h2><a href="/2025/{boat}">The {boat} waits</a></h2>']
)
def test_of_whole_articles_side_by_side_the_first_is_read(heading):
    bodies = (f"<article class=full>{heading.format(boat=boat)}{story(boat)}</article>" for boat in BOATS)
    found = text(site("".join(bodies)))
    assert [boat for boat in BOATS if f"berth for the {boat}," in found] == ["tug"]


def test_what_readers_say_is_no_entry():
    said = "".join(f"<li class=comment><article class=comment-body>{story(boat)}</article></li>" for boat in BOATS[1:])
    found = text(site(f"<article><h1>Harbour stays</h1>{story('tug')}</article><ol class=comment-list>{said}</ol>"))
    assert [boat for boat in BOATS if f"the {boat} " in found or f"the {boat}," in found] == ["tug"]


def test_short_entries_that_name_another_outlet_are_no_cards():
    entry = (
        "<article class=e><time>10.00</time><p>“We keep the {boat},” said the harbour master to <a "
        "href=https://tidewire.example/{boat}>Tidewire</a>.</p></article>"
    )
    found = text(site("<h1>Live</h1>" + "".join(entry.format(boat=boat) for boat in BOATS)))
    assert all(f"“We keep the {boat},” said the harbour master to Tidewire." in found for boat in BOATS)

"""The week: who publishes what, and when; whose server does what; and what must be on record in the end.

The reasons of every figure stand beside it. A page is visited when its feed first names it, and again when it is 1, 4,
12, 24, 72 and 168 hours old.
"""

from __future__ import annotations

from tests.web_double import builders, feeds, stories
from tests.web_double.site import Answer, Odd, Site
from tests.web_double.stories import edited, story

WIRE = Site(
    "harbourwire.test",
    "Harbour Wire",
    builders.wordpress,
    feeds.rss,
    (
        story("ferry-subsidy", "Ferry to the islands keeps its subsidy", -50, stories.FERRY, "Wire staff"),
        # Mended in the night: the visit at 24 hours sees it.
        edited(
            story("breakwater-vote", "Kelmar votes for a second breakwater", 9, stories.BREAKWATER, "Wire staff"),
            (31, stories.BREAKWATER_MENDED),
        ),
        story("salt-tax", "Minister taxes road salt, hauliers block bridge", 33, stories.SALT, "Wire staff"),
    ),
)
DAILY = Site(
    "dailyharbour.test",
    "The Daily Harbour",
    builders.wordpress,
    feeds.rss,
    (
        story("old-crane", "The last crane comes down", -30, stories.CRANE, "Nils Berg"),
        story("second-breakwater", "A second breakwater", 10, stories.BREAKWATER[:5], credit="(Harbour Wire)"),
        # Changed and changed back between the visits at 24 and 72 hours: nobody sees it.
        edited(
            story("east-quay", "East quay stays closed", 60, stories.QUAY, "Nils Berg"),
            (100, stories.QUAY[:2]),
            (110, stories.QUAY),
        ),
    ),
)
GAZETTE = Site(
    "capitalgazette.test",
    "Capital Gazette",
    builders.arc,
    feeds.atom,
    (
        story("kelmar-vote", "Kelmar votes, the capital pays", 14, (*stories.BREAKWATER, *stories.GAZETTE_OWN)),
        story("night-train", "Night train comes back", 80, stories.RAIL, "Eva Strand"),
    ),
    feed_path="/atom.xml",
    feed_kind="application/atom+xml",
)
MERIDIAN = Site(
    "meridianpost.test",
    "Meridian Post",
    builders.drupal,
    feeds.rss,
    (
        story("breakwater", "Kelmar to build breakwater", 12, stories.BREAKWATER[:3], credit="Harbour Wire"),
        story("library", "Library lends umbrellas", 20, stories.LIBRARY, "Kim Aas"),
    ),
)
ISLAND = Site(
    "islandtimes.test",
    "Island Times",
    builders.amp,
    feeds.json_feed,
    (story("salt", "Salt is taxed", 36, stories.SALT[:4]),),
    feed_path="/feed.json",
    feed_kind="application/feed+json",
)
LOWLAND = Site(
    "lowlandreview.test",
    "Lowland Review",
    builders.linked,
    feeds.news_sitemap,
    (story("quarrel", "The quarrel over a harbour", 26, stories.OBSERVED, "Ada Voss"),),
    feed_path="/news-sitemap.xml",
    feed_kind="application/xml",
)
OLD_PORT = Site(
    "oldport.test",
    "The Old Port",
    builders.tables,
    feeds.rdf,
    (story("tides.html", "Tide tables are printed once more", 40, stories.TIDES),),
    feed_path="/index.rdf",
    feed_kind="application/rdf+xml",
    page_kind="text/html; charset=iso-8859-1",
    tags=False,
)
LIVE = Site(
    "livedesk.test",
    "Live Desk",
    builders.live_blog,
    feeds.rss,
    # Grown overnight: the visit at 24 hours sees it.
    (edited(story("town-hall", "Fishermen at the town hall", 10.5, stories.LIVE), (30, stories.LIVE_MORE)),),
)
QUOTES = Site(
    "quotesheet.test",
    "Quote Sheet",
    builders.quoting,
    feeds.atom,
    (story("old-king", "The old king speaks to sailors", 110, stories.SPEECH),),
    feed_path="/atom",
    feed_kind="application/atom+xml",
)
SIGNAL = Site(
    "signalnews.test",
    "Signal News",
    builders.posts,
    feeds.json_feed,
    (
        story("salt-lorries", "Forty lorries against a tax", 37, stories.SALT, credit="Harbour Wire"),
        story("pumps", "Pumps stand still on Sunday", 85, stories.PUMPS),
    ),
    feed_kind="application/json",
)
VEST = Site(
    "severnayavest.test",
    "Северная весть",
    builders.cyrillic,
    feeds.cyrillic_rss,
    (story("most", "Новый мост откроют в июне", 62, stories.BRIDGE_RU),),
    feed_kind="text/xml",
    page_kind="text/html",
    language="ru",
)
PUERTO = Site(
    "elpuerto.test",
    "El Puerto",
    builders.spanish,
    feeds.broken_rss,
    (story("muelle-norte", "El puerto cierra dos semanas", 86, stories.PORT_ES, "Luis Vega"),),
    feed_kind="text/xml",
    language="es",
)


def _ill(hour: float, _: int) -> Answer | None:
    """Ill all of Tuesday morning."""
    return Answer(status=503) if 30 <= hour < 36 else None


def _busy(_: float, before: int) -> Answer | None:
    """Too busy at first, and it says for how long."""
    return Answer(status=429, headers={"Retry-After": "1800"}) if before == 0 else None


def _slow(_: float, before: int) -> Answer | None:
    """In no hurry the first time."""
    return Answer(headers={"X-Slow": "0.3"}, status=500) if before == 0 else None


def _to(place: str, status: int = 302) -> Odd:
    return lambda *_: Answer(status=status, headers={"Location": place})


SLOW = Site(
    "slowcoast.test",
    "Slowcoast Courier",
    builders.wordpress,
    feeds.rss,
    (
        story("fog", "Fog shuts the airport again", 35, stories.FOG, "Ole Dahl"),
        story("lamps", "Every second lamp goes out", 61, stories.LAMPS, "Ole Dahl"),
    ),
    also=("/ill",),
    odd={"/feed": _ill, "/fog": _busy, "/lamps": _slow, "/ill": lambda *_: Answer(status=503)},
)
MOVED = Site(
    "movedmail.test",
    "Moved Mail",
    builders.drupal,
    feeds.rss,
    (story("fish-hall", "The fish hall moves", -5, stories.MOVED, "Siv Moen"),),
    feed_path="/rss.xml",
    robots="User-agent: *\nDisallow: /private/\n",
    also=("/private/memo", "/gone", "/list", "/film.pdf", "/old-fish-hall"),
    odd={
        "/feed": _to("/rss.xml", 301),
        "/old-fish-hall": _to("/fish-hall", 308),
        "/gone": lambda *_: Answer(status=410),
        "/list": lambda *_: Answer(b"<html><body><ul><li><a href='/a'>One</a></li></ul></body></html>"),
        "/film.pdf": lambda *_: Answer(b"%PDF-1.7", kind="application/pdf"),
    },
)
TRICKS = Site(
    "trickster.test",
    "The Trickster",
    builders.posts,
    feeds.rss,
    also=("/inside", "/intern", "/loop", "/file", "/hop"),
    odd={
        "/inside": _to("http://127.0.0.1:{private}/"),
        "/intern": _to("http://intern.test/"),
        "/loop": _to("/loop"),
        "/file": _to("file:///etc/passwd"),
        "/hop": _to("http://dailyharbour.test/old-crane"),
    },
)
SITES = (
    WIRE,
    DAILY,
    GAZETTE,
    MERIDIAN,
    ISLAND,
    LOWLAND,
    OLD_PORT,
    LIVE,
    QUOTES,
    SIGNAL,
    VEST,
    PUERTO,
    SLOW,
    MOVED,
    TRICKS,
)
FEEDS = tuple(f"http://{site.host}{'/feed' if '/feed' in site.odd else site.feed_path}" for site in SITES)
"""What is followed from the beginning of the week on."""

EXPECTED = {
    # Two of Monday and before at the wire, the Daily, Moved Mail each; the redirections of /hop and /old-fish-hall lead to
    # articles that are on record already.
    "articles": 3 + 3 + 2 + 2 + 1 + 1 + 1 + 1 + 1 + 2 + 1 + 1 + 2 + 1,
    # Two that changed while they were visited: the wire's breakwater, the live blog.
    "editions": 22 + 2,
    # All but the Trickster, which has nothing of its own.
    "outlets": 14,
    # The breakwater stands at the wire, the Daily, the Gazette and the Post, the salt at the wire, the Island and Signal.
    "copied": [3, 4],
    "independent": 22 - 7 + 2,
    # Of the newest editions. Breakwater: 3 at the wire, the Daily and the Gazette, 2 at the Post, 1 in the Review's own
    # words. Salt: 2 at each of three. The king: a block quotation, a part of a sentence, a sentence. The pumps: a post
    # and a sentence. The live blog: 2. One each: ferry, crane, fish hall, quay, train, library, tides, bridge, pier, fog,
    # lamps.
    "quotations": (3 + 3 + 3 + 2 + 1) + 3 * 2 + 3 + 2 + 2 + 11,
    # Breakwater 3, in which the Review's wording joins; salt 2; nobody else shares one.
    "utterances": 3 + 2 + 3 + 2 + 2 + 11,
    "shared": 3 + 2,
    # An outlet that joins: silt and dredging at the Daily, Gazette, Post, dredging in the Review too, money at the Daily
    # and the Gazette; both of salt at the Island and Signal. A wording: the Review's, and the wire's when it was mended,
    # which is changed after publication too.
    "alerts": {"new_outlet": (3 + 1) + 3 + 2 + 2 * 2, "new_wording": 2, "changed": 1},
}
GIVEN_UP = {
    f"http://{place}"
    for place in (
        "movedmail.test/private/memo",  # robots.txt
        "movedmail.test/gone",
        "movedmail.test/list",  # no article
        "movedmail.test/film.pdf",
        "slowcoast.test/ill",  # after ten attempts
        "trickster.test/inside",  # a port of this machine
        "trickster.test/intern",  # a machine of our own network
        "trickster.test/loop",
        "trickster.test/file",
    )
}

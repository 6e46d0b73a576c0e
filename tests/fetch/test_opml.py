"""Lists of feeds: what is written is read, and what is no feed in one is told."""

from __future__ import annotations

import pytest

from bot.errors import FeedError
from bot.fetch import opml
from bot.fetch.opml import Outline


def test_what_is_written_is_read_back() -> None:
    """Whatever a title holds that XML may."""
    feeds = (Outline("https://a.test/f?x=1&y=2", 'Harbour & "Sea" <daily>'), Outline("http://b.test/rss", "Señal"))
    assert opml.read(opml.write(feeds)) == opml.Listed(feeds, ())
    assert opml.read(opml.write([Outline("https://a.test/f", "a\0\x1bb")])).feeds[0].title == "ab"


def test_folders_are_opened_and_bad_outlines_told_by_their_line() -> None:
    data = b"""<opml version="1.0"><body>
<outline text="News"><outline text="Deep"><outline TYPE="rss" text="A" xmlurl="https://a.test/f"/></outline></outline>
<outline type="rss" text="no address"/>
<outline type="rss" text="B" xmlUrl="file:///etc/passwd"/>
<outline type="rss" text="again" xmlUrl="https://a.test/f"/></body></opml>"""
    found = opml.read(data)
    assert found.feeds == (Outline("https://a.test/f", "A"),)
    assert [fault.split(":")[0] for fault in found.faults] == ["line 3", "line 4"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not well-formed"),
        (b"<opml><body>", "not well-formed"),
        (b'<!DOCTYPE opml [<!ENTITY a "b">]><opml><body>&a;</body></opml>', "DTD"),
        (b"<rss/>", "root is <rss>"),
        (b" " * (5 * 2**20 + 1), "larger than 5 MiB"),
    ],
)
def test_what_is_no_list_of_feeds_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(FeedError, match=reason):
        opml.read(data)

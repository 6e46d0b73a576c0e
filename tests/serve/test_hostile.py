"""Whatever a stranger sends is an article or is refused, within its limits, and the program goes on undisturbed."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from bot.errors import ArticleError, InputError
from bot.fetch import hostile
from bot.fetch.details import Details
from bot.model import Article
from bot.serve import reading
from bot.serve.apart import Apart
from tests.discord_double.lag import watched
from tests.fetch.hostile_documents import DOCUMENTS, PARAGRAPH, SLOW, page

KNOWN = Details("harbour.example")
GROWS = 20_000_000
"""Bytes by which the memory of the one who asks may grow."""


@pytest.fixture(scope="module")
def apart() -> Iterator[Apart]:
    with Apart(1) as made:
        made.read(abs, -1)
        yield made


def _marked(name: str) -> object:
    return pytest.param(name, marks=pytest.mark.slow) if name in SLOW else name


@pytest.mark.parametrize("name", [_marked(name) for name in DOCUMENTS])
async def test_each_is_an_article_or_refused(apart: Apart, name: str) -> None:
    """Within 5 seconds of computing and 8 of time, while the event loop goes on and its memory stays what it was."""
    earlier = apart.read(time.process_time)  # what the process that reads has computed for others
    data, before = DOCUMENTS[name](), _resident()
    begun, children = time.monotonic(), _computed()
    async with watched() as lag:
        outcome = await asyncio.get_running_loop().run_in_executor(None, _outcome, apart, data)
    assert isinstance(outcome, Article | InputError)
    assert not isinstance(outcome, InputError) or outcome.hint
    assert time.monotonic() - begun < 9.0, "8 seconds, and what it takes to send and to kill"
    assert _computed() - children - earlier < 6.0, "5 seconds, told when it was ended"
    assert lag.worst < 0.1
    assert _resident() - before < GROWS


def test_there_are_enough_of_them() -> None:
    assert len(DOCUMENTS) >= 80
    assert len(DOCUMENTS) - len(SLOW) >= 60


@pytest.mark.parametrize("name", ["a file as an entity", "billion laughs", "quadratic entities", "UTF-7"])
def test_nothing_is_expanded_or_fetched(apart: Apart, name: str) -> None:
    outcome = _outcome(apart, DOCUMENTS[name]())
    text = outcome.text if isinstance(outcome, Article) else str(outcome)
    assert len(text) < 1_000
    assert "root:" not in text
    assert "lol" not in text
    assert "<script" not in text


def test_what_follows_a_hostile_document_is_read(apart: Apart) -> None:
    outcome = _outcome(apart, page("<p>A paragraph of an article that is one.</p>"))
    assert isinstance(outcome, Article)
    assert "“We stay,” said Ana Lorentz." in outcome.text


@pytest.mark.parametrize("times", [20_000, 80_000])
@pytest.mark.parametrize(
    "piece",
    [
        "<",
        "<a ",
        '<a b="',
        "<a b='\"",
        "<!--",
        "<script>",
        "</a",
        "<a/b=c ",
        "<p =",
        '<p a="" ',
        "<a b=\"'>",
        "<![CDATA[",
    ],
)
def test_looking_takes_time_in_proportion_to_the_length(piece: str, times: int) -> None:
    begun = time.process_time()
    with suppress(ArticleError):
        hostile.refuse(piece * times)
    assert time.process_time() - begun < 1.0


def test_ordinary_pages_are_not_refused() -> None:
    script = "<script>for (i=0;i<n;i++) { if (a<b && c>d) x = '<p a b c>' }</script>" * 50
    hostile.refuse(
        script + '<a title="" do="" we\'ll="" href="/x">x</a>' * 500 + "<ul>" + "<li>x" * 3_000 + PARAGRAPH * 2_000
    )


def test_a_document_type_in_xml_is_refused() -> None:
    for data in (b"<!DOCTYPE rss>", "<!doctype rss>".encode("utf-16")):
        with pytest.raises(ArticleError, match="document type"):
            hostile.refuse_markup(data)
    hostile.refuse_markup(b"<rss></rss>")


def _outcome(apart: Apart, data: bytes) -> Article | InputError:
    try:
        return apart.read(reading.page, data, KNOWN)[0]
    except InputError as error:
        return error


def _resident() -> int:
    """Bytes of memory that this process holds."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")


def _computed() -> float:
    """Seconds that processes which have ended had computed."""
    return os.times().children_user + os.times().children_system

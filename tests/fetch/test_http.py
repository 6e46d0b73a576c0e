"""What stands at an address: the page, what changed since, where it moved to, or why there is nothing."""

from __future__ import annotations

import asyncio
import datetime
import pickle
import socket
import ssl
import threading
from collections.abc import Mapping
from email.utils import format_datetime
from typing import Any

import pytest
import trustme

from bot.errors import FetchError, Gone, Refused, Unreachable
from bot.fetch import answers, names
from bot.fetch.http import ANY, FEED, PAGE, Fetched, Fetcher, Limits, Validators, called
from tests.fetch.web import PUBLIC, Answer, Web, Writer, plain, serving

NOON = datetime.datetime(2026, 11, 25, 12, tzinfo=datetime.UTC)


def fixed(pages: Mapping[str, bytes]) -> Answer:
    """A server that has these pages, each a whole answer."""

    async def answer(target: str, headers: Mapping[str, str], writer: Writer) -> None:
        writer.write(pages[target])

    return answer


def page(**headers: str) -> bytes:
    return plain("200 OK", b"page", **{"Content_Type": "text/html"} | headers)


async def fetched(answer: bytes, **more: Any) -> Fetched:
    """What is made of one answer."""
    async with serving(fixed({"/a": answer})) as web, web.fetcher() as fetcher:
        return await fetcher.get(f"http://{PUBLIC}:{web.port}/a", **more)


def sent_on(error: Any) -> Any:
    """An error as another process has it."""
    return pickle.loads(pickle.dumps(error))  # noqa: S301 — our own


async def test_a_page_comes_with_what_its_server_says_of_it() -> None:
    found = await fetched(
        page(Content_Type="text/html; Charset=ISO-8859-2", ETag='W/"5"', Last_Modified="Wed, 25 Nov 2026 12:00:00 GMT")
    )
    assert found.data == b"page"
    assert (found.status, found.content_type, found.charset, found.moved) == (200, "text/html", "ISO-8859-2", None)
    assert found.validators == Validators('W/"5"', "Wed, 25 Nov 2026 12:00:00 GMT")


async def test_a_server_that_says_nothing_is_not_spoken_for() -> None:
    found = await fetched(plain("200 OK", b"page"))
    assert (found.content_type, found.charset, found.validators) == ("", None, Validators())


@pytest.mark.parametrize("etag", ["a" * 600, "é", "a\x01b", " "])
async def test_a_validator_that_could_not_be_sent_back_is_dropped(etag: str) -> None:
    assert (await fetched(page(ETag=etag))).validators == Validators()
    assert Validators(etag=etag, modified="a\r\nHost: b").asked() == {}


async def test_what_did_not_change_is_not_sent_again() -> None:
    """Whatever the redirections on the way: each is asked with the validators of the page."""
    modified = format_datetime(NOON, usegmt=True)

    async def changing(target: str, headers: Mapping[str, str], writer: Writer) -> None:
        if target == "/old":
            writer.write(plain("302 Found", Location="/a"))
        elif headers.get("if-none-match") == '"5"' and headers.get("if-modified-since") == modified:
            writer.write(plain("304 Not Modified", ETag='"5"'))
        else:
            writer.write(page(ETag='"5"', Last_Modified=modified))

    async with serving(changing) as web, web.fetcher() as fetcher:
        first = await fetcher.get(f"http://{PUBLIC}:{web.port}/old")
        again = await fetcher.get(f"http://{PUBLIC}:{web.port}/old", validators=first.validators)
        other = await fetcher.get(f"http://{PUBLIC}:{web.port}/old", validators=Validators('"4"', modified))
    assert (first.status, first.data) == (200, b"page")
    assert (again.status, again.data, again.validators.etag) == (304, b"", '"5"')
    assert (other.status, other.data) == (200, b"page")


@pytest.mark.parametrize(
    ("statuses", "moved"),
    [
        *(((), False), ((301,), True), ((308,), True), ((301, 308, 301), True)),
        *(((302,), False), ((303,), False), ((307,), False), ((301, 302), False), ((302, 301), False)),
    ],
)
async def test_an_address_moved_where_every_step_is_for_good(statuses: tuple[int, ...], moved: bool) -> None:
    pages = {f"/{step}": plain(f"{status} Moved", Location=f"/{step + 1}") for step, status in enumerate(statuses)}
    async with serving(fixed(pages | {f"/{len(statuses)}": page()})) as web, web.fetcher() as fetcher:
        found = await fetcher.get(f"http://{PUBLIC}:{web.port}/0#top")
    assert found.url == f"http://{PUBLIC}:{web.port}/{len(statuses)}"
    assert found.moved == (found.url if moved else None)


async def test_five_redirections_are_followed_and_no_sixth() -> None:
    pages = {f"/{step}": plain("302 Found", Location=f"/{step + 1}") for step in range(6)} | {"/6": page()}
    async with serving(fixed(pages)) as web, web.fetcher() as fetcher:
        assert (await fetcher.get(f"http://{PUBLIC}:{web.port}/1")).data == b"page"
        with pytest.raises(Refused, match="more than 5 redirections"):
            await fetcher.get(f"http://{PUBLIC}:{web.port}/0")


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 405, 406, 410, 418, 451])
async def test_what_the_server_does_not_give_us_is_gone(status: int) -> None:
    with pytest.raises(Gone, match=f"answers {status} So it is") as caught:
        await fetched(plain(f"{status} So it is", b"page", Content_Type="text/html"))
    assert sent_on(caught.value).status == status


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504, 520])
async def test_a_server_that_is_ill_or_busy_is_tried_again(status: int) -> None:
    with pytest.raises(Unreachable, match=f"answers {status}") as caught:
        await fetched(plain(f"{status} Busy", Retry_After="120"))
    assert sent_on(caught.value).retry_after == 120


@pytest.mark.parametrize("status", [300, 304, 305, 306, 399])
async def test_an_answer_that_makes_no_sense_is_refused(status: int) -> None:
    """304 where nobody asked what changed, too."""
    with pytest.raises(Refused) as caught:
        await fetched(plain(f"{status} What"))
    assert caught.value.code == "headers"


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        *(("0", 0), ("120", 120), (" 7 ", 7), ("99999999999999999999", 604_800), ("", None), ("soon", None)),
        *(("-5", None), ("1.5", None), ("١٢", None), ("Wed, 25 Nov 2026 12:01:30 GMT", 90)),
        *(("Wed, 25 Nov 2026 11:00:00 GMT", 0), ("Thu, 25 Nov 2027 12:00:00 GMT", 604_800)),
        *(("Wed, 25 Nov 99999 12:00:00 GMT", None), ("Wed, 25 Nov 2026 99:00:00 GMT", None)),
    ],
)
def test_when_to_come_again_is_a_number_of_seconds_or_a_date(said: str, seconds: float | None) -> None:
    """Never before now, whatever the clock of the server, and never later than in a week."""
    assert answers.after(said, now=NOON.timestamp()) == seconds


@pytest.mark.parametrize(
    ("content_type", "taken"),
    [
        ("text/html", {PAGE, FEED, ANY}),
        ("TEXT/HTML; charset=utf-8", {PAGE, FEED, ANY}),
        ("application/xhtml+xml", {PAGE, ANY}),
        ("text/plain", {PAGE, FEED, ANY}),
        ("application/rss+xml", {FEED, ANY}),
        ("application/atom+xml; charset=utf-8", {FEED, ANY}),
        ("application/feed+json", {FEED, ANY}),
        ("application/json", {FEED, ANY}),
        ("text/xml", {FEED, ANY}),
        ("application/pdf", {ANY}),
        ("image/png", {ANY}),
        ("video/mp4", {ANY}),
        ("application/zip", {ANY}),
    ],
)
async def test_what_is_no_page_or_feed_is_refused_before_it_is_read(content_type: str, taken: set[Any]) -> None:
    for accept in (PAGE, FEED, ANY):
        if accept in taken:
            assert (await fetched(page(Content_Type=content_type), accept=accept)).data == b"page"
        else:
            with pytest.raises(Refused) as caught:
                await fetched(page(Content_Type=content_type), accept=accept)
            assert caught.value.code == "content_type"


async def test_we_say_who_we_are_what_we_want_and_what_we_can_read() -> None:
    agent = called("https://harbour.example/bot")
    async with serving() as web, web.fetcher(agent=agent) as fetcher:
        await fetcher.get(f"http://{PUBLIC}:{web.port}/a?b=c#d", accept=FEED)
    [(target, headers)] = web.requests
    assert target == "/a?b=c"
    assert headers["user-agent"].startswith("OnRecord/")
    assert headers["user-agent"].endswith("(quote verification; https://harbour.example/bot)")
    assert (headers["accept"], headers["accept-encoding"]) == (FEED.header, "gzip, deflate")


async def test_one_connection_serves_many_pages() -> None:
    """And a server is asked by no more than two at once."""
    open_at_once = most = 0

    async def counted(target: str, headers: Mapping[str, str], writer: Writer) -> None:
        nonlocal open_at_once, most
        open_at_once += 1
        most = max(most, open_at_once)
        await asyncio.sleep(0.01)
        open_at_once -= 1
        writer.write(page())

    async with serving(counted) as web, web.fetcher() as fetcher:
        await asyncio.gather(*(fetcher.get(f"http://{PUBLIC}:{web.port}/{number}") for number in range(12)))
    assert most == 2
    assert len(web.requests) == 12


@pytest.mark.parametrize(
    "broken",
    [b"", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100\r\n\r\npage", b"HTTP/1.1 200"],
)
async def test_a_connection_that_breaks_is_tried_again(broken: bytes) -> None:
    async def breaking(target: str, headers: Mapping[str, str], writer: Writer) -> None:
        writer.write(broken)
        await writer.drain()
        writer.close()

    async with serving(breaking) as web, web.fetcher() as fetcher:
        with pytest.raises(Unreachable) as caught:
            await fetcher.get(f"http://{PUBLIC}:{web.port}/a")
    assert caught.value.retry_after is None


async def test_a_server_that_does_not_listen_or_has_no_name_is_unreachable() -> None:
    with socket.socket() as unheard:
        unheard.bind((PUBLIC, 0))
        async with Web(unheard.getsockname()[1]).fetcher({}) as fetcher:
            for address, said in (
                (f"http://{PUBLIC}:{fetcher.ports[-1]}/", "refused"),
                ("http://nowhere.test/", "no server of this name"),
            ):
                with pytest.raises(Unreachable, match=said):
                    await fetcher.get(address)


async def test_a_name_server_that_hangs_costs_its_time_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """It waits in a thread of its own: those of the bot are free."""
    answered = threading.Event()
    monkeypatch.setattr(names.socket, "getaddrinfo", lambda *_, **__: answered.wait(10) and [])
    loop = asyncio.get_running_loop()
    async with Fetcher(Limits(seconds=0.2)) as fetcher:
        asked = [asyncio.create_task(fetcher.get(f"http://name{number}.test/")) for number in range(40)]
        assert await asyncio.wait_for(asyncio.to_thread(lambda: "free"), 1) == "free"
        begin = loop.time()
        told = await asyncio.gather(*asked, return_exceptions=True)
        assert loop.time() - begin < 1
        answered.set()
    for each in threading.enumerate():
        if each.name.startswith("names"):
            each.join(5)
            assert not each.is_alive()
    assert all(isinstance(each, Unreachable) for each in told)


async def test_a_fetcher_that_is_not_open_says_so() -> None:
    with pytest.raises(RuntimeError, match="async with"):
        await Fetcher(allow=(f"{PUBLIC}/32",)).get(f"http://{PUBLIC}/")


def test_private_networks_that_are_allowed_are_warned_of(caplog: pytest.LogCaptureFixture) -> None:
    Fetcher()
    assert not caplog.records
    Fetcher(allow=("10.0.0.0/8", "fd00::/8"))
    assert "10.0.0.0/8, fd00::/8" in caplog.text


async def test_a_private_network_that_is_allowed_is_fetched_from_and_no_other() -> None:
    async with serving() as web, web.fetcher(allow=("127.0.0.0/31",)) as fetcher:
        assert (await fetcher.get(f"http://127.0.0.1:{web.port}/")).data == b"private"
        with pytest.raises(Refused):
            await fetcher.get(f"http://{PUBLIC}:{web.port}/")


# --- https ---


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


def secured(authority: trustme.CA, name: str, **more: Any) -> ssl.SSLContext:
    """Of a server with a certificate for this name."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(name, **more).configure_cert(context)
    return context


def trusting(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


async def secure(server: ssl.SSLContext, ours: ssl.SSLContext | None) -> Fetched:
    async with serving(tls=server) as web, web.fetcher({"harbour.test": [[PUBLIC]]}, tls=ours) as fetcher:
        return await fetcher.get(f"https://harbour.test:{web.port}/a")


async def test_https_is_fetched(authority: trustme.CA) -> None:
    assert (await secure(secured(authority, "harbour.test"), trusting(authority))).data == b"public"


PAST = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("name", "more", "known"),
    [("harbour.test", {}, False), ("other.test", {}, True), ("harbour.test", {"not_after": PAST}, True)],
    ids=["signed by a stranger", "of another server", "expired"],
)
async def test_a_certificate_that_is_not_to_be_trusted_is_told(
    authority: trustme.CA, name: str, more: dict[str, Any], known: bool
) -> None:
    with pytest.raises(Unreachable, match="certificate is not to be trusted") as caught:
        await secure(secured(authority, name, **more), trusting(authority) if known else None)
    assert "the site has to mend it" in caught.value.hint


async def test_a_server_that_does_not_speak_https_is_unreachable(authority: trustme.CA) -> None:
    brief = Limits(seconds=0.5)
    ours = trusting(authority)
    async with serving() as web, web.fetcher({"harbour.test": [[PUBLIC]]}, tls=ours, limits=brief) as fetcher:
        with pytest.raises(Unreachable) as caught:
            await fetcher.get(f"https://harbour.test:{web.port}/a")
    assert isinstance(caught.value, FetchError)


async def test_the_system_is_asked_for_names() -> None:
    """With the family and the port that the client wants."""
    async with serving() as web, web.fetcher(allow=("127.0.0.0/8", "::1/128")) as fetcher:
        assert (await fetcher.get(f"http://localhost:{web.port}/")).data == b"private"

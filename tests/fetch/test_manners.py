"""Sites are asked as they wish, one after the other, and those that are ill are left alone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import FetchError, Gone, Refused, Unreachable
from bot.fetch import circuit, manners, robots
from bot.fetch.circuit import Circuit
from bot.fetch.http import Limits
from bot.fetch.manners import Polite
from tests.fetch.web import PUBLIC, Script, Web, Writer, plain, serving

HOUR = 3600.0
PAGE = plain("200 OK", b"page", Content_Type="text/html")


@dataclass
class Time:
    """A clock that stands still until somebody sleeps."""

    now: float = 1000.0
    slept: list[float] = field(default_factory=list)

    def clock(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds
        await asyncio.sleep(0)


@dataclass
class Site:
    """What every server of the tests answers: robots.txt, and one answer to all else."""

    web: Web
    polite: Polite
    time: Time
    pages: dict[str, bytes]

    async def get(self, target: str = "/a", host: str = "harbour.test", **more: bool) -> bytes:
        return (await self.polite.get(f"http://{host}/{target.removeprefix('/')}", **more)).data

    def asked(self, target: str) -> int:
        return sum(each == target for each, _ in self.web.requests)


@asynccontextmanager
async def site(pages: Mapping[str, bytes], *, pause: float = 1.0) -> AsyncIterator[Site]:
    """A server with these pages under every name; what it does not have is 404, and "" stands for all of that."""
    held = dict(pages)

    async def answer(target: str, headers: Mapping[str, str], writer: Writer) -> None:
        found = held.get(target, None if target == "/robots.txt" else held.get(""))
        body = plain("404 Not Found") if found is None else found
        if not body:
            writer.close()
        writer.write(body)

    time = Time()
    names = {name: [[PUBLIC]] for name in ("harbour.test", "island.test")} | {"inner.test": [["127.0.0.1"]]}
    async with serving(answer) as web, web.fetcher(resolver=Script(names, web.port)) as fetcher:
        polite = Polite(fetcher, pause=pause, clock=time.clock, sleep=time.sleep, chance=lambda: 1.0)
        yield Site(web, polite, time, held)


def rules(*lines: str) -> bytes:
    return plain("200 OK", "\n".join(lines).encode(), Content_Type="text/plain")


# --- robots.txt ---


@pytest.mark.parametrize(
    ("lines", "allowed", "refused"),
    [
        (("User-agent: *", "Disallow: /private"), "/a", "/private/a"),
        (("User-agent: *", "Disallow: /private/*.html$"), "/private/a.htm", "/private/a.html"),
        (("User-agent: *", "Disallow: /", "Allow: /news"), "/news/a", "/a"),
        (("User-agent: *", "Disallow: /", "", "User-agent: onrecord", "Disallow: /no"), "/a", "/no"),
        (("User-agent: *", "Allow: /", "", "User-agent: OnRecord", "Disallow: /no"), "/a", "/no"),
        (("\ufeffUser-agent: *", "Disallow: /no"), "/a", "/no"),
    ],
)
async def test_what_robots_txt_says_is_kept(lines: tuple[str, ...], allowed: str, refused: str) -> None:
    async with site({"": PAGE, "/robots.txt": rules(*lines)}) as on:
        assert await on.get(allowed) == b"page"
        with pytest.raises(Refused, match=refused) as caught:
            await on.get(refused)
        assert caught.value.code == "robots"
        assert not on.asked(refused)
        assert await on.get(refused, robots=False) == b"page"


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
async def test_a_robots_txt_that_is_not_given_forbids_nothing(status: int) -> None:
    async with site({"": PAGE, "/robots.txt": plain(f"{status} None")}) as on:
        assert await on.get() == b"page"


@pytest.mark.parametrize("answer", [plain("500 Ill"), plain("503 Busy"), plain("429 Busy", Retry_After="7"), b""])
async def test_a_server_that_cannot_say_what_it_allows_is_asked_later(answer: bytes) -> None:
    async with site({"": PAGE, "/robots.txt": answer}) as on:
        with pytest.raises(Unreachable, match=r"robots\.txt, which is read first, cannot be had"):
            await on.get()
        assert not on.asked("/a")
        on.pages["/robots.txt"] = rules()
        on.time.now += 10
        assert await on.get() == b"page"


async def test_a_robots_txt_that_is_a_trap_allows_nothing() -> None:
    """Without end, packed as a bomb, or sent on to a private server."""
    for trap in (plain("302 Found", Location="http://127.0.0.1/"), plain("200 OK", b"a", Content_Encoding="br")):
        async with site({"": PAGE, "/robots.txt": trap}) as on:
            with pytest.raises(Refused) as caught:
                await on.get()
            assert caught.value.code == "robots"


async def test_a_name_that_leads_to_a_private_server_is_refused_for_that() -> None:
    """And not as though its robots.txt had said so."""
    async with site({"": PAGE}) as on:
        with pytest.raises(Refused, match=r"^inner\.test is at 127\.0\.0\.1") as caught:
            await on.get(host="inner.test")
        assert caught.value.code == "private_address"


async def test_robots_txt_is_asked_for_once_a_day_by_each_origin() -> None:
    """Also where many ask at once."""
    async with site({"": PAGE, "/robots.txt": rules("User-agent: *", "Disallow: /no")}, pause=0) as on:
        await asyncio.gather(*(on.get(f"/{number}") for number in range(5)))
        assert on.asked("/robots.txt") == 1
        await on.get(host="island.test")
        assert on.asked("/robots.txt") == 2
        on.time.now += robots.KEPT - 1
        await on.get()
        assert on.asked("/robots.txt") == 2
        on.time.now += 1
        on.pages["/robots.txt"] = rules("User-agent: *", "Disallow: /a")
        with pytest.raises(Refused):
            await on.get()
        assert on.asked("/robots.txt") == 3


async def test_of_a_long_robots_txt_the_first_half_megabyte_counts() -> None:
    filling = "# " + "a" * 98
    early = ("User-agent: *", "Disallow: /early", *[filling] * 6000, "Disallow: /late")
    async with site({"": PAGE, "/robots.txt": rules(*early)}) as on:
        assert await on.get("/late") == b"page"
        with pytest.raises(Refused):
            await on.get("/early")


async def test_what_is_remembered_of_robots_txt_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(robots, "_MEMORY", 2500)
    async with site({"": PAGE}) as on:
        for host in ("harbour.test", "island.test", f"{PUBLIC}:{on.web.port}", "harbour.test"):
            await on.get(host=host)
        assert on.asked("/robots.txt") == 4


async def test_robots_txt_of_the_site_that_is_sent_to_is_kept_too() -> None:
    pages = {"": PAGE, "/robots.txt": rules("User-agent: *", "Disallow: /no")}
    async with site(pages | {"/go": plain("302 Found", Location="http://island.test/no")}) as on:
        with pytest.raises(Refused, match=r"island\.test") as caught:
            await on.get("/go")
    assert caught.value.code == "robots"
    assert not on.asked("/no")


# --- pauses ---


async def test_a_server_is_asked_once_a_second_and_others_meanwhile() -> None:
    async with site({"": PAGE}) as on:
        for _ in range(3):
            await on.get()
        await on.get(host="island.test")
    assert on.time.slept == [1.0, 1.0]


@pytest.mark.parametrize(("delay", "kept"), [("0.2", 1.0), ("10", 10.0), ("3600", 60.0), ("soon", 1.0), ("-1", 1.0)])
async def test_a_crawl_delay_lengthens_the_pause_up_to_a_minute(delay: str, kept: float) -> None:
    async with site({"": PAGE, "/robots.txt": rules("User-agent: *", f"Crawl-delay: {delay}")}) as on:
        await on.get()
        await on.get()
    assert on.time.slept == [kept]


async def test_who_comes_later_than_the_pause_does_not_wait() -> None:
    async with site({"": PAGE}) as on:
        await on.get()
        on.time.now += 5
        await on.get()
    assert on.time.slept == []


async def test_many_at_once_take_turns() -> None:
    async with site({"": PAGE}) as on:
        asking = [asyncio.create_task(on.get(f"/{number}")) for number in range(6)]
        await asyncio.sleep(0)
        assert on.polite.state().running == 6
        await asyncio.gather(*asking)
        assert on.polite.state().running == 0
    assert sum(on.time.slept) == pytest.approx(5.0)


# --- servers that are ill ---


async def failing(on: Site, times: int) -> list[FetchError]:
    told: list[FetchError] = []
    for _ in range(times):
        with pytest.raises(Unreachable) as caught:
            await on.get()
        told.append(caught.value)
    return told


async def test_a_server_that_fails_five_times_in_a_row_is_left_alone() -> None:
    async with site({"": plain("500 Ill")}) as on:
        await failing(on, 5)
        assert on.asked("/a") == 5
        [last] = await failing(on, 1)
        assert on.asked("/a") == 5
        assert isinstance(last, Unreachable)
        assert last.retry_after == pytest.approx(circuit.FIRST)
        assert on.polite.state() == manners.State(1, 0, (manners.Trouble("harbour.test", 5, circuit.FIRST),))
        on.time.now += circuit.FIRST
        on.pages[""] = PAGE
        assert await on.get() == b"page"
        assert on.polite.state().troubles == ()


async def test_a_probe_that_fails_is_followed_by_twice_the_time() -> None:
    async with site({"": plain("500 Ill")}) as on:
        await failing(on, 5)
        waits = []
        for _ in range(12):
            waits.append(on.polite.state().troubles[0].again)
            on.time.now += waits[-1]
            await failing(on, 1)
        assert waits[:4] == [60, 120, 240, 480]
        assert waits[-1] == 6 * HOUR


async def test_one_request_alone_finds_out_whether_a_server_is_well_again() -> None:
    async with site({"": plain("500 Ill")}) as on:
        await failing(on, 5)
        on.time.now += circuit.FIRST
        before = on.asked("/a")
        told = await asyncio.gather(*(on.get() for _ in range(4)), return_exceptions=True)
        assert all(isinstance(each, Unreachable) for each in told)
        assert on.asked("/a") == before + 1


async def test_a_probe_that_is_given_up_leaves_the_next_to_another() -> None:
    async with site({"": plain("500 Ill")}) as on:
        await failing(on, 5)
        on.time.now += circuit.FIRST
        probe = asyncio.create_task(on.get())
        await asyncio.sleep(0.01)
        probe.cancel()
        await asyncio.gather(probe, return_exceptions=True)
        on.time.now += 2 * circuit.FIRST
        on.pages[""] = PAGE
        assert await on.get() == b"page"


async def test_what_is_gone_or_refused_is_no_failure_of_the_server() -> None:
    async with site({"/pdf": plain("200 OK", b"%PDF", Content_Type="application/pdf"), "/ill": plain("500 Ill")}) as on:
        for _ in range(3):
            for target, kind in (("/none", Gone), ("/pdf", Refused), ("/ill", Unreachable), ("/ill", Unreachable)):
                with pytest.raises(kind):
                    await on.get(target)
        assert on.polite.state().troubles == ()


@pytest.mark.parametrize(("asked", "kept"), [("120", 120.0), ("999999", 6 * HOUR)])
async def test_a_server_that_says_when_is_asked_no_sooner(asked: str, kept: float) -> None:
    async with site({"": plain("429 Busy", Retry_After=asked)}) as on:
        await failing(on, 1)
        assert on.polite.state().troubles[0].again == pytest.approx(kept)
        on.time.now += kept - 1
        await failing(on, 1)
        assert on.asked("/a") == 1
        on.time.now += 1
        on.pages[""] = PAGE
        assert await on.get() == b"page"


async def test_what_is_remembered_of_servers_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that are ill are remembered longest."""
    monkeypatch.setattr(manners, "_REMEMBERED", 4)
    async with site({"": plain("429 Busy", Retry_After="900")}) as on:
        await failing(on, 1)
        for number in range(20):
            with pytest.raises(Unreachable):
                await on.get(host=f"nowhere{number}.test")
        state = on.polite.state()
    assert state.hosts <= 4
    assert [each.host for each in state.troubles] == ["harbour.test"]


@given(st.integers(circuit.OPENS_AT, 10_000), st.floats(0, 1))
def test_the_time_alone_grows_to_six_hours_and_is_never_less_than_half_a_minute(failures: int, chance: float) -> None:
    wait = circuit.backoff(failures, chance)
    assert 30 <= wait <= 6 * HOUR
    assert circuit.backoff(failures, 1.0) / 2 <= wait <= circuit.backoff(failures + 1, chance) * 1.000001


@given(st.lists(st.tuples(st.floats(0, 1e6), st.one_of(st.none(), st.floats(0, 1e9))), max_size=30))
def test_no_server_is_left_alone_for_more_than_six_hours(failures: list[tuple[float, float | None]]) -> None:
    one = Circuit(lambda: 1.0)
    now = 0.0
    for later, asked in failures:
        now += later
        one.failed(now, asked)
        assert 0 <= one.wait(now) <= 6 * HOUR + 1e-3
    one.worked()
    assert one.wait(now + 6 * HOUR + 1) == 0


async def test_what_may_not_be_fetched_is_refused_before_its_turn() -> None:
    async with site({"": PAGE}) as on:
        with pytest.raises(Refused):
            await on.polite.get("http://127.0.0.1/")
        assert on.polite.state() == manners.State(0, 0, ())
    assert Limits().per_host == 2

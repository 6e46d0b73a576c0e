"""Nothing that is not of the public internet is ever connected to, however an address is written, answered or sent."""

from __future__ import annotations

import asyncio
import ipaddress
import pickle
import random
import re
import socket
import ssl
from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import quote

import pytest
import trustme

from bot.errors import FetchError, Refused
from bot.fetch import guard, http
from bot.fetch.http import Fetcher, Limits
from tests.discord_double.lag import Lag
from tests.fetch import spellings
from tests.fetch.cases import NAMES, SENT, WRITTEN, Case
from tests.fetch.web import PUBLIC, Web, Writer, plain, serving

ANSWERS = {"private.test": [["127.0.0.1"]], "mixed.test": [[PUBLIC, "127.0.0.1"]], "empty.test": [[]]}
ANSWERS |= {"metadata.test": [["169.254.169.254"]], "localhost": [["127.0.0.1", "::1"]]}


def named(case: Case) -> str:
    return re.sub(r"[^ -~]", "?", f"{case.threat} {case.given}"[:60])


def location(case: Case, web: Web) -> str:
    where = case.given.format(port=web.port)
    return f"http://{PUBLIC}:{web.port}/to/{quote(where, safe='', encoding='latin-1')}"


async def refusal(fetcher: Fetcher, address: str) -> str:
    """The code of the refusal; "" where it is fetched or fails in another way."""
    try:
        await fetcher.get(address)
    except Refused as error:
        return error.code
    except FetchError:
        return ""
    return ""


@pytest.mark.parametrize("code", guard.RULES)
def test_every_rule_has_its_hint(code: str) -> None:
    error = pickle.loads(pickle.dumps(guard.refused(code, "said")))  # noqa: S301 — our own
    assert (str(error), error.code, error.hint) == ("said", code, guard.RULES[code])


def test_every_case_is_refused_by_one_of_the_rules() -> None:
    assert {case.code for case in (*WRITTEN, *NAMES, *SENT)} < guard.RULES.keys()


def test_there_are_two_hundred_cases() -> None:
    assert len({*WRITTEN, *NAMES, *SENT}) == len([*WRITTEN, *NAMES, *SENT]) >= 200


@pytest.mark.parametrize(
    "address",
    [
        *("1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255"),
        *("128.0.0.0", "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "191.255.255.255"),
        *(
            "192.0.1.0",
            "192.0.3.0",
            "192.167.255.255",
            "192.169.0.0",
            "198.17.255.255",
            "198.20.0.0",
            "223.255.255.255",
        ),
        *("168.63.129.15", "168.63.129.17", "2001:200::1", "2003::1", "2600::1", "2a00:1450::1", "3ffe::1"),
    ],
)
def test_the_neighbours_of_private_networks_are_public(address: str) -> None:
    assert guard.public(address)


def test_no_network_of_the_list_is_without_a_case() -> None:
    """Whichever were left out of it, a case would get through."""
    held = [re.sub(r"^https?://\[?([^]/]*?)\]?(?::\{port\})?/.*$", r"\1", case.given) for case in WRITTEN] + [
        number for case in NAMES for number in case.given.split()
    ]
    for network in (*guard._CLOSED_4, *guard._CLOSED_6):
        assert any(_inside(each, network) for each in held), network


def _inside(number: str, network: guard.Network) -> bool:
    try:
        return ipaddress.ip_address(number) in network
    except ValueError:
        return False


@pytest.mark.parametrize("case", WRITTEN, ids=named)
async def test_what_is_written_is_refused(case: Case) -> None:
    """By the text alone, or by what the system's own name servers answer."""
    async with serving() as web, web.fetcher() as fetcher:
        assert await refusal(fetcher, case.given.format(port=web.port)) == case.code
    assert not web.private
    assert not web.requests


@pytest.mark.parametrize("case", NAMES, ids=named)
async def test_a_name_with_one_bad_answer_is_refused(case: Case) -> None:
    async with serving() as web, web.fetcher({"harbour.test": [case.given.split()]}) as fetcher:
        assert await refusal(fetcher, f"http://harbour.test:{web.port}/") == case.code
    assert not web.private
    assert not web.requests


@pytest.mark.parametrize("case", SENT, ids=named)
async def test_where_a_server_sends_is_judged_like_what_is_written(case: Case) -> None:
    async with serving() as web, web.fetcher(ANSWERS) as fetcher:
        assert await refusal(fetcher, location(case, web)) == case.code
    assert web.requests
    assert not web.private


async def test_a_name_is_looked_up_anew_for_every_request() -> None:
    """First public and then private: what is connected to is what was looked at."""

    async def once(target: str, headers: Mapping[str, str], writer: Writer) -> None:
        writer.write(plain("200 OK", b"public", Content_Type="text/html", Connection="close"))

    async with serving(once) as web, web.fetcher({"turns.test": [[PUBLIC], ["127.0.0.1"]]}) as fetcher:
        first = await fetcher.get(f"http://turns.test:{web.port}/")
        assert first.data == b"public"
        assert await refusal(fetcher, f"http://turns.test:{web.port}/") == "private_address"
    assert not web.private


async def test_a_name_that_turns_private_between_looking_and_connecting_is_stopped_at_the_socket(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whatever made the look-up pass, the socket itself is asked where it is going."""
    monkeypatch.setattr(http, "Guarded", lambda asked, _: asked)
    async with serving() as web, web.fetcher({"turns.test": [["127.0.0.1"]]}) as fetcher:
        assert await refusal(fetcher, f"http://turns.test:{web.port}/") == "private_address"
    async with serving() as web, web.fetcher({"both.test": [["127.0.0.1", "::1"]]}) as fetcher:
        assert await refusal(fetcher, f"http://both.test:{web.port}/") in ("private_address", "")
    assert not web.private


async def test_what_is_sent_on_every_way_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy of the environment would connect for us, and unseen."""
    async with serving() as web:
        for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{web.port}")
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.delenv("no_proxy", raising=False)
        async with web.fetcher({"harbour.test": [[PUBLIC]]}) as fetcher:
            found = await fetcher.get(f"http://harbour.test:{web.port}/")
            assert found.data == b"public"
            assert await refusal(fetcher, f"http://127.0.0.1:{web.port}/") == "private_address"
    assert not web.private


async def test_cookies_and_credentials_are_neither_kept_nor_sent(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Nor those of the user's .netrc; a site that sends to another gives it nothing of ours."""
    (tmp_path / "netrc").write_text(f"machine {PUBLIC} login user password secret\n", encoding="utf-8")
    (tmp_path / "netrc").chmod(0o600)
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))

    async def sticky(target: str, headers: Mapping[str, str], writer: Writer) -> None:
        writer.write(plain("200 OK", b"public", Content_Type="text/html", Set_Cookie="session=1"))

    async with serving(sticky) as web, web.fetcher() as fetcher:
        for _ in range(2):
            await fetcher.get(f"http://{PUBLIC}:{web.port}/")
    sent = {name for _, headers in web.requests for name in headers}
    assert sent == {"host", "user-agent", "accept", "accept-encoding"}


async def test_https_does_not_fall_back_to_http() -> None:
    authority = trustme.CA()
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("harbour.test").configure_cert(server)
    ours = ssl.create_default_context()
    authority.configure_trust(ours)
    async with serving(tls=server) as web, web.fetcher({"harbour.test": [[PUBLIC]]}, tls=ours) as fetcher:
        assert await refusal(fetcher, f"https://harbour.test:{web.port}/to/http:%2F%2Fharbour.test%2F") == "downgrade"


@pytest.mark.parametrize("host", ["0x7f000001", "0X7F000001", "0x7f.1", "0x7f.0.0.0x1", "0177.0x1", "0x0"])
async def test_what_the_system_reads_as_a_number_is_stopped_where_the_system_has_read_it(
    monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    """As if the text had told us nothing: the system makes a private address of it, and that is refused."""
    _written_off(monkeypatch)
    async with serving() as web, web.fetcher() as fetcher:
        assert await refusal(fetcher, f"http://{host}:{web.port}/") == "private_address"
        _names_off(monkeypatch)
    async with serving() as web, web.fetcher() as fetcher:
        assert await refusal(fetcher, f"http://{host}:{web.port}/") == "private_address"
    assert not web.private


# --- each layer by itself, and the control: without them the private server is reached ---


def _written_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "_host", lambda host, allow: None)


def _names_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "Guarded", lambda asked, allow: asked)


def _sockets_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "sockets", lambda allow: lambda info: socket.socket(*info[:3]))


LAYERS = {"written": _written_off, "names": _names_off, "sockets": _sockets_off}


async def reached(monkeypatch: pytest.MonkeyPatch, off: Iterable[str]) -> int:
    """How many of all cases reach the private server while these layers are off."""
    for layer in off:
        LAYERS[layer](monkeypatch)
    async with serving() as web:
        hits = 0
        answers = {f"n{number}.test": [case.given.split()] for number, case in enumerate(NAMES)} | ANSWERS
        del answers["empty.test"]
        addresses = [case.given.format(port=web.port) for case in WRITTEN if "{port}" in case.given]
        addresses += [location(case, web) for case in SENT if "{port}" in case.given]
        addresses += [f"http://{name}:{web.port}/" for name, turns in answers.items() if _here(turns[0])]
        async with web.fetcher(answers, limits=Limits(seconds=0.2)) as fetcher:
            for each in addresses:
                before = web.private
                await refusal(fetcher, each)
                hits += web.private > before
    return hits


def _here(numbers: list[str]) -> bool:
    """Whether one of the addresses is this machine: only those are tried with the guard off."""
    return any(number in ("127.0.0.1", "::1", "0.0.0.0", "::", "::ffff:127.0.0.1") for number in numbers)


@pytest.mark.parametrize("off", LAYERS)
async def test_with_one_layer_off_the_others_hold(monkeypatch: pytest.MonkeyPatch, off: str) -> None:
    assert await reached(monkeypatch, [off]) == 0


async def test_with_the_guard_off_the_private_server_is_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: these cases would see a guard that does not hold."""
    assert await reached(monkeypatch, LAYERS) >= 40


@pytest.mark.parametrize(("on", "least"), [("written", 5), ("names", 10), ("sockets", 0)])
async def test_one_layer_alone_is_not_enough_but_the_socket(
    monkeypatch: pytest.MonkeyPatch, on: str, least: int
) -> None:
    """The others refuse sooner and say better why; only where it is connected to is known for sure at the socket."""
    hits = await reached(monkeypatch, LAYERS.keys() - {on})
    assert hits >= least if least else hits == 0


# --- addresses made at random ---

SEED = 20190123
WORDS = ANSWERS | {"v6.test": [["::1"]], "turns.test": [[PUBLIC], ["127.0.0.1"]], "PRIVATE.test": [["127.0.0.1"]]}


async def tried(web: Web, count: int, *, sent: bool = False, wordy: bool = False, seconds: float = 1.0) -> int:
    """Fetch so many addresses made at random; how many were refused."""
    rng = random.Random(SEED)
    told = 0
    async with web.fetcher(WORDS, limits=Limits(seconds=seconds)) as fetcher:
        for number in range(count):
            if number % 10 == 0:
                await asyncio.sleep(0)  # most are refused without a pause
            made = spellings.address(rng, web.port, names=wordy or sent)
            if sent:
                made = f"http://{PUBLIC}:{web.port}/to/{quote(made, safe='', errors='replace')}"
            told += bool(await refusal(fetcher, made))
    return told


async def test_fifty_thousand_addresses_made_at_random_do_not_reach_the_private_server(heartbeat: Lag) -> None:
    async with serving() as web:
        told = await tried(web, 44_000) + await tried(web, 5_000, wordy=True) + await tried(web, 1_000, sent=True)
    assert not web.private
    assert told > 48_000


async def test_addresses_made_at_random_reach_it_with_the_guard_off(monkeypatch: pytest.MonkeyPatch) -> None:
    for off in LAYERS.values():
        off(monkeypatch)
    async with serving() as web:
        monkeypatch.setattr(spellings, "_PRIVATE_4", ("127.0.0.1",))
        await tried(web, 500, seconds=0.1)
        assert web.private > 50

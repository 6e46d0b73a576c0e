"""The one client for addresses that others gave: every page, feed and robots.txt is fetched here.

What may be fetched is judged three times, each time by `guard`: the address before anything is asked, and again at each
redirection, which is followed by hand; all answers of the name servers, of which a single bad one refuses the name;
and the address of the very socket that is about to be connected, which no name server can change any more. One
deadline is over all of it, and the answer is unpacked within a limit. Nothing is shared with the bot's own session:
no cookies, no proxy of the environment, no credentials.
"""

from __future__ import annotations

import asyncio
import logging
import os
import ssl
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from importlib.metadata import version
from types import TracebackType
from typing import Self

import aiohttp
from aiohttp.abc import AbstractResolver
from yarl import URL

from bot.errors import Refused, Unreachable
from bot.fetch import guard
from bot.fetch.answers import RETRY, Validators, typed, welcome
from bot.fetch.inflate import ENCODINGS, Inflater
from bot.fetch.names import Blocked, Guarded, Names, sockets

__all__ = ["ANY", "FEED", "PAGE", "Accept", "Fetched", "Fetcher", "Limits", "Validators", "called"]

_LOG = logging.getLogger(__name__)
_MOVED = {301, 302, 303, 307, 308}
_FOR_GOOD = {301, 308}
_CONDITIONS = {"If-None-Match", "If-Modified-Since"}


@dataclass(frozen=True, slots=True)
class Limits:
    """What one fetch may take, and how many there may be at once."""

    bytes: int = 5 << 20  # of the answer, packed and unpacked
    seconds: float = 15.0  # of everything: names, connecting, all hops, the body
    hops: int = 5  # redirections
    per_host: int = 2  # connections
    total: int = 20  # connections


@dataclass(frozen=True, slots=True)
class Accept:
    """What kinds of content are wanted: the header that says so, and the media types that are taken."""

    header: str
    types: tuple[str, ...] = ()  # beginnings; none given: every type


PAGE = Accept(
    "text/html, application/xhtml+xml;q=0.9, text/plain;q=0.5", ("text/html", "application/xhtml", "text/plain")
)
FEED = Accept(
    "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5",
    (
        *("application/rss", "application/atom", "application/rdf", "application/x-rss", "application/feed+json"),
        *("application/xml", "application/json", "application/octet-stream", "text/"),
    ),
)
ANY = Accept("*/*")


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer: of the `url` that was reached in the end."""

    url: str
    status: int  # 304: unchanged since the validators that were given; then there are no data
    data: bytes
    content_type: str  # "text/html"; "" where the server does not say
    charset: str | None  # as the server says, unchecked
    validators: Validators
    moved: str | None = None  # the new address, where every redirection on the way was for good


def called(contact: str = "") -> str:
    """How we call ourselves, and where a site can complain."""
    return f"OnRecord/{version('onrecord')} ({'; '.join(filter(None, ('quote verification', contact)))})"


class Fetcher:
    """Fetches addresses that others gave. Use it as a context; it holds one session for as long as it is open.

    `allow` names private networks (CIDR) that may be fetched from all the same, `ports` those of addresses, `tls` whose
    certificates are believed. `resolver` answers for names, by default the system's, and is closed with the fetcher.
    """

    def __init__(
        self,
        limits: Limits = Limits(),
        *,
        allow: Sequence[str] = (),
        ports: Iterable[int] = guard.PORTS,
        resolver: AbstractResolver | None = None,
        tls: ssl.SSLContext | None = None,
        agent: str = "",
    ) -> None:
        self.limits = limits
        self._allow = guard.networks(allow)
        self.ports = tuple(ports)
        self._resolver = resolver
        self._tls = tls
        self._agent = agent or called()
        self._session: aiohttp.ClientSession | None = None
        self._closing = AsyncExitStack()
        if allow:
            _LOG.warning("private networks are fetched from, as allow_private says: %s", ", ".join(allow))

    async def __aenter__(self) -> Self:
        names = Guarded(self._resolver or Names(), self._allow)
        self._closing.push_async_callback(names.close)
        connector = aiohttp.TCPConnector(
            resolver=names,
            socket_factory=sockets(self._allow),
            use_dns_cache=False,
            limit=self.limits.total,
            limit_per_host=self.limits.per_host,
            ssl=self._tls or True,
        )
        session = aiohttp.ClientSession(
            connector=connector,
            auto_decompress=False,
            trust_env=False,
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=None),
            headers={"User-Agent": self._agent, "Accept-Encoding": ENCODINGS},
        )
        self._session = await self._closing.enter_async_context(session)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._session = None
        await self._closing.aclose()

    def checked(self, url: str, base: URL | None = None) -> URL:
        """The address in a text, or where `base` sends to; raises `Refused` where it may not be fetched."""
        return guard.address(url, base=base, allow=self._allow, ports=self.ports)

    async def get(
        self,
        url: str,
        *,
        validators: Validators | None = None,
        accept: Accept = PAGE,
        each: Callable[[URL], Awaitable[None]] | None = None,
    ) -> Fetched:
        """What stands at an address; raises `Refused`, `Unreachable` or `Gone`.

        With the `validators` of an earlier answer the status is 304 where nothing changed since. `each` is asked before
        every request, of redirections too, and may raise what is to be raised in its place.
        """
        try:
            async with asyncio.timeout(self.limits.seconds):
                return await self._followed(self.checked(url), validators, accept, each)
        except TimeoutError as error:
            raise Unreachable(f"{url}: no answer within {self.limits.seconds:g} s", hint=RETRY) from error
        except aiohttp.ClientError as error:
            raise _told(url, error) from error

    async def _followed(
        self,
        url: URL,
        validators: Validators | None,
        accept: Accept,
        each: Callable[[URL], Awaitable[None]] | None,
    ) -> Fetched:
        headers = {"Accept": accept.header, **(validators or Validators()).asked()}
        for_good, hops = True, 0
        while True:
            if each:
                await each(url)
            async with self._open().get(url, allow_redirects=False, headers=headers) as answer:
                if answer.status not in _MOVED:
                    return await self._taken(answer, accept, str(url) if hops and for_good else None)
                for_good = for_good and answer.status in _FOR_GOOD
                url = self._next(url, answer)
            hops += 1
            if hops > self.limits.hops:
                raise guard.refused("redirects", f"more than {self.limits.hops} redirections, the last to {url.host}")

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            raise RuntimeError("a Fetcher is used as a context: async with Fetcher() as fetcher")
        return self._session

    def _next(self, url: URL, answer: aiohttp.ClientResponse) -> URL:
        place = answer.headers.get("Location", "")
        if not place:
            raise guard.refused("redirects", f"{url.host} sends elsewhere without saying where")
        leads = self.checked(place, url)
        if url.scheme == "https" and leads.scheme == "http":
            raise guard.refused("downgrade", f"{url.host} sends from https to http")
        return leads

    async def _taken(self, answer: aiohttp.ClientResponse, accept: Accept, moved: str | None) -> Fetched:
        """The body of an answer that is no redirection, or what its status says."""
        unchanged = answer.status == 304 and not _CONDITIONS.isdisjoint(answer.request_info.headers)
        if not unchanged:
            welcome(answer)
            typed(str(answer.url), _type(answer), accept.types)
        return Fetched(
            url=str(answer.url),
            status=answer.status,
            data=b"" if unchanged else await self._body(answer),
            content_type=_type(answer),
            charset=answer.charset,
            validators=Validators.of(answer.headers),
            moved=moved,
        )

    async def _body(self, answer: aiohttp.ClientResponse) -> bytes:
        if (answer.content_length or 0) > self.limits.bytes:
            raise guard.refused("too_large", f"{answer.content_length:,} bytes announced")
        body = Inflater(", ".join(answer.headers.getall("Content-Encoding", ())), self.limits.bytes)
        async for piece in answer.content.iter_any():
            body.feed(piece)
        return body.close()


def _type(answer: aiohttp.ClientResponse) -> str:
    """The media type, which aiohttp would make up where the server does not say."""
    return answer.content_type if "Content-Type" in answer.headers else ""


def _told(url: str, error: aiohttp.ClientError) -> Refused | Unreachable:
    """What went wrong in the client, in our words."""
    if isinstance(error, aiohttp.ClientConnectorError) and isinstance(error.os_error, Blocked):
        return guard.refused("private_address", str(error.os_error))
    if isinstance(error, aiohttp.InvalidURL):
        return guard.refused("malformed", f"no address: {url[:80]}")
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        return Unreachable(f"{url}: its certificate is not to be trusted: {error.certificate_error}", hint=_CERTIFICATE)
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return Unreachable(f"{url}: no server of this name is known", hint=guard.RULES["dns"])
    if isinstance(error, aiohttp.ClientConnectorError):
        code = error.errno or 0  # asyncio's own words name the number of the server, and not what it did
        return Unreachable(f"{url}: {os.strerror(code) if code > 0 else error.strerror or error}", hint=RETRY)
    if isinstance(error, aiohttp.ClientResponseError):
        return guard.refused("headers", f"{url}: {error.message[:200]}")
    return Unreachable(f"{url}: {error}", hint=RETRY)


_CERTIFICATE = "Look at the address in a browser; if it warns too, the site has to mend it."

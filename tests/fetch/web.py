"""A small web on loopback: 127.0.0.2 plays a public server, 127.0.0.1 and ::1 the private one that nobody may reach."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from aiohttp.abc import AbstractResolver, ResolveResult

from bot.fetch.http import Fetcher, Limits
from bot.fetch.names import Names

PUBLIC = "127.0.0.2"
Reader = asyncio.StreamReader
Writer = asyncio.StreamWriter
Answer = Callable[[str, Mapping[str, str], Writer], Awaitable[None]]
"""Answers a request: its target, its headers, and where to write."""


class Script(AbstractResolver):
    """Name servers by script: for each name, the answers of the first lookup, of the second …, the last for good.

    What spells a number (0x7f.1) is no name, and is answered by the system itself.
    """

    def __init__(self, answers: Mapping[str, Sequence[Sequence[str]]], port: int | None = None) -> None:
        self.answers = answers
        self.port = port  # instead of the one that is asked for
        self.asked: dict[str, int] = {}
        self.system = Names()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        turns = self.answers.get(host)
        if turns is None:
            socket.inet_aton(host)  # raises OSError
            return await self.system.resolve(host, port, family)
        turn = self.asked[host] = self.asked.get(host, -1) + 1
        return [self._result(host, number, port) for number in turns[min(turn, len(turns) - 1)]]

    def _result(self, host: str, number: str, port: int) -> ResolveResult:
        family = socket.AF_INET6 if ":" in number else socket.AF_INET
        return ResolveResult(hostname=host, host=number, port=self.port or port, family=family, proto=0, flags=0)

    async def close(self) -> None:
        await self.system.close()


@dataclass
class Web:
    """The two servers, which listen on one port."""

    port: int
    private: int = 0  # connections to the private server
    requests: list[tuple[str, dict[str, str]]] = field(default_factory=list)  # of the public one: target, headers

    def fetcher(self, names: Mapping[str, Sequence[Sequence[str]]] | None = None, **more: Any) -> Fetcher:
        """A fetcher that takes the public server for public; `names` are answered by script, else by the system."""
        if names is not None:
            more.setdefault("resolver", Script(names))
        more.setdefault("limits", Limits(seconds=3.0))
        more.setdefault("allow", (f"{PUBLIC}/32",))
        return Fetcher(ports=(80, 443, self.port), **more)


async def read(reader: Reader) -> tuple[str, dict[str, str]]:
    """The target and the headers, by names in lower case, of a request."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    pairs = (line.partition(":") for line in head[1:] if line)
    return head[0].split(" ")[1], {name.lower(): value.strip() for name, _, value in pairs}


def plain(status: str, body: bytes = b"", **headers: str) -> bytes:
    """A whole answer. Names of headers are given with _ for -."""
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    head = "\r\n".join([f"HTTP/1.1 {status}", *lines, f"Content-Length: {len(body)}", "", ""])
    return head.encode("latin-1") + body


async def well(target: str, headers: Mapping[str, str], writer: Writer) -> None:
    """Answers "public", or sends elsewhere: /to/where, quoted; /again to itself, /far to a long address."""
    if target.startswith("/to/"):
        writer.write(plain("302 Found", Location=unquote(target.removeprefix("/to/"), "latin-1")))
    elif target == "/again":
        writer.write(plain("301 Moved Permanently", Location="/again"))
    elif target == "/far":
        writer.write(plain("301 Moved Permanently", Location="/" + "a" * 3000))
    else:
        writer.write(plain("200 OK", b"public", Content_Type="text/html"))


@contextlib.asynccontextmanager
async def serving(answer: Answer = well, tls: ssl.SSLContext | None = None) -> AsyncIterator[Web]:
    """Serve both while the block runs."""
    web = Web(0)
    talks: set[asyncio.Task[None]] = set()

    async def public(reader: Reader, writer: Writer) -> None:
        talks.add(asyncio.current_task())  # type: ignore[arg-type]
        try:
            while not writer.is_closing():
                target, headers = await read(reader)
                web.requests.append((target, headers))
                await answer(target, headers, writer)
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError, ssl.SSLError, asyncio.CancelledError):
            pass  # who asked has left, or this web ends
        finally:
            writer.transport.abort()

    def private(_: Reader, writer: Writer) -> None:
        web.private += 1
        writer.write(plain("200 OK", b"private", Content_Type="text/html"))
        writer.close()

    async with contextlib.AsyncExitStack() as stack:
        first = await asyncio.start_server(public, PUBLIC, 0, ssl=tls, backlog=500)
        web.port = first.sockets[0].getsockname()[1]
        stack.push_async_callback(_ended, first, talks)
        for number in ("127.0.0.1", "::1"):
            with contextlib.suppress(OSError):  # a machine without version 6
                server = await asyncio.start_server(private, number, web.port, backlog=500)
                stack.callback(server.close)
        yield web


async def _ended(server: asyncio.Server, talks: set[asyncio.Task[None]]) -> None:
    server.close()
    for talk in talks:
        talk.cancel()
    await asyncio.gather(*talks, return_exceptions=True)

"""Names of servers, and the sockets that are connected to them: both only to the public internet."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from aiohttp.abc import AbstractResolver, ResolveResult

from bot.fetch import guard

_AT_ONCE = 8
# What a socket is made for: family, kind, protocol, canonical name, address.
Info = tuple[int, int, int, str, tuple[str | int | bytes, ...]]


class Blocked(PermissionError):
    """A socket was to be connected to an address that is not of the public internet."""


class Names(AbstractResolver):
    """Asks the system, in threads of its own: a name server that hangs must not keep those that the bot works with."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="names")

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """The addresses of a name; raises `OSError` where it has none."""

        def asked() -> list[ResolveResult]:
            found = socket.getaddrinfo(host, port, family, socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG)
            return [
                ResolveResult(
                    hostname=host,
                    host=str(address[0]),
                    port=port,
                    family=kind,
                    proto=proto,
                    flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
                )
                for kind, _, proto, _, address in found
            ]

        return await asyncio.get_running_loop().run_in_executor(self._threads, asked)

    async def close(self) -> None:
        """Give the threads back; one that still waits for a name server ends when that answers."""
        self._threads.shutdown(wait=False, cancel_futures=True)


class Guarded(AbstractResolver):
    """Refuses a name of which one answer is not public: who mixes them tries which of them we take."""

    def __init__(self, names: AbstractResolver, allow: tuple[guard.Network, ...]) -> None:
        self._names = names
        self._allow = allow

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """The addresses of a name; raises `Refused` on a bad one and where there is none."""
        found = await self._names.resolve(host, port, family)
        if not found:
            raise guard.refused("dns", f"{host} has no address")
        for each in found:
            if not guard.public(each["host"], self._allow):
                raise guard.refused("private_address", f"{host} is at {each['host']}, not of the public internet")
        return found

    async def close(self) -> None:
        """Close what is asked."""
        await self._names.close()


def sockets(allow: tuple[guard.Network, ...]) -> Callable[[Info], socket.socket]:
    """Makes the sockets of a client, and none for an address that is not public: raises `Blocked`."""

    def made(info: Info) -> socket.socket:
        family, kind, proto, _, address = info
        number = str(address[0])
        if not guard.public(number, allow):
            raise Blocked(f"{number} is not of the public internet")
        return socket.socket(family, kind, proto)

    return made

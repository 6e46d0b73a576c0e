"""The way to the double: Discord's host names lead to a loopback port, and every other name leads nowhere."""

from __future__ import annotations

import socket
import ssl

import trustme
from aiohttp import TCPConnector
from aiohttp.abc import AbstractResolver, ResolveResult

HOSTS = ("discord.com", "gateway.discord.gg", "gateway-resume.discord.gg", "cdn.discordapp.com")


class LeavesTheMachineError(OSError):
    """Something tried to reach a host that is not Discord's."""


class Resolver(AbstractResolver):
    """Answers Discord's hosts with 127.0.0.1:`port`; any other host is refused and noted in `refused`."""

    def __init__(self, port: int, refused: list[str]) -> None:
        self._port = port
        self._refused = refused

    async def resolve(
        self,
        host: str,
        port: int = 0,
        family: socket.AddressFamily = socket.AF_INET,
    ) -> list[ResolveResult]:
        if host not in HOSTS:
            self._refused.append(host)
            raise LeavesTheMachineError(f"refused to reach {host}: only the double of Discord may be reached")
        return [
            ResolveResult(
                hostname=host,
                host="127.0.0.1",
                port=self._port,
                family=socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
        ]

    async def close(self) -> None:
        pass


def connector_to(port: int, authority: bytes, refused: list[str] | None = None) -> TCPConnector:
    """A connector for `discord.Client(connector=…)`, for one client: it is closed with it.

    `authority` is the certificate authority in PEM, so that a child process can be given it in a file.
    """
    context = ssl.create_default_context(cadata=authority.decode("ascii"))
    resolver = Resolver(port, [] if refused is None else refused)
    return TCPConnector(resolver=resolver, ssl=context, limit=0, use_dns_cache=False)


class Wire:
    """A throw-away certificate authority, the port that is served, and the hosts that were refused."""

    def __init__(self) -> None:
        self._authority = trustme.CA()
        self.port = 0
        self.refused: list[str] = []

    @property
    def authority(self) -> bytes:
        """The authority's certificate, PEM."""
        return self._authority.cert_pem.bytes()

    def server_context(self) -> ssl.SSLContext:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self._authority.issue_cert(*HOSTS).configure_cert(context)
        return context

    def connector(self) -> TCPConnector:
        return connector_to(self.port, self.authority, self.refused)

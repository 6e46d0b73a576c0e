"""The server on loopback that is every outlet at once, and the name server that says so."""

from __future__ import annotations

import asyncio
import hashlib
import socket
import threading
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager

from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.fetch.http import Fetcher, Limits
from tests.web_double.clock import Clock
from tests.web_double.site import Answer, Site

HERE = "127.0.0.2"
"""Where the outlets are: the one loopback address that the fetcher of the tests may reach."""
PRIVATE = "127.0.0.1"


class Web:
    """The outlets. `asked` counts requests by host and path, `private` those that reached what nobody may reach."""

    def __init__(self, sites: Iterable[Site], clock: Clock) -> None:
        self.sites = {site.host: site for site in sites}
        self.clock = clock
        self.asked: Counter[str] = Counter()
        self.unchanged = 0
        self.private = 0
        self.port = 0
        self.private_port = 0
        self.agents: set[str] = set()
        self.running = self.most = 0  # requests under way, now and at most

    def fetcher(self, **limits: float) -> Fetcher:
        """A fetcher for which the names under .test are here, and this one loopback network is no private one."""
        return Fetcher(
            Limits(**limits),  # type: ignore[arg-type]
            allow=[f"{HERE}/32"],
            resolver=Names(self),
        )

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """One request to any outlet."""
        self.running += 1
        self.most = max(self.most, self.running)
        try:
            return await self._answer(request)
        finally:
            self.running -= 1

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        site = self.sites.get(request.host.partition(":")[0])
        path = request.path_qs
        key = f"{request.host.partition(':')[0]}{path}"
        before = self.asked[key]
        self.asked[key] += 1
        self.agents.add(request.headers.get("User-Agent", ""))
        said = site.answer(path, self.clock.hour, before) if site else Answer(status=421)
        slow = said.headers.get("X-Slow")
        if slow:
            await asyncio.sleep(float(slow))
        return self._cached(request, said, tags=site is not None and site.tags)

    def _cached(self, request: web.Request, said: Answer, *, tags: bool) -> web.Response:
        place = said.headers.get("Location", "").replace("{private}", str(self.private_port))
        headers = {"Content-Type": said.kind, **said.headers} | ({"Location": place} if place else {})
        if tags and said.status == 200:
            headers["ETag"] = f'"{hashlib.sha256(said.data).hexdigest()[:16]}"'
            if request.headers.get("If-None-Match") == headers["ETag"]:
                self.unchanged += 1
                return web.Response(status=304, headers={"ETag": headers["ETag"]})
        return web.Response(status=said.status, body=said.data, headers=headers)

    async def forbidden(self, request: web.Request) -> web.Response:
        """What stands behind the firewall."""
        self.private += 1
        return web.Response(text="the secrets of this machine")


class Names(AbstractResolver):
    """Says that every name under .test is here; of intern.test that it is on another machine of our own network."""

    def __init__(self, web_: Web) -> None:
        self._web = web_

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        if not host.endswith(".test"):
            raise OSError(f"no such name: {host}")
        address = "10.0.0.7" if host == "intern.test" else HERE
        return [
            ResolveResult(hostname=host, host=address, port=self._web.port, family=socket.AF_INET, proto=0, flags=0)
        ]

    async def close(self) -> None:
        pass


@asynccontextmanager
async def serving(sites: Iterable[Site], clock: Clock, port: int = 0) -> AsyncIterator[Web]:
    """Serve the outlets, and beside them a port that only redirections of the wicked lead to."""
    served = Web(sites, clock)
    runners = []
    for handler, at, wanted in ((served.answer, HERE, port), (served.forbidden, PRIVATE, 0)):
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", handler)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        runners.append(runner)
        await web.TCPSite(runner, at, wanted).start()
    served.port, served.private_port = (runner.addresses[0][1] for runner in runners)
    try:
        yield served
    finally:
        for runner in runners:
            await runner.cleanup()


@contextmanager
def in_thread(sites: Iterable[Site], clock: Clock) -> Iterator[Web]:
    """Serve the outlets from another thread, for programs that have a loop of their own."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    served = serving(sites, clock)
    try:
        yield asyncio.run_coroutine_threadsafe(served.__aenter__(), loop).result(10)
    finally:
        asyncio.run_coroutine_threadsafe(served.__aexit__(None, None, None), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()

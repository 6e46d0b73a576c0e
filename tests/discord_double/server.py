"""The double's server on loopback: it reads requests, lets faults strike, and hands the rest to the routes."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from typing import Any

from aiohttp import web

from tests.discord_double import account, channels, commands, interactions
from tests.discord_double.call import Call
from tests.discord_double.faults import Fault
from tests.discord_double.refusal import Refusal
from tests.discord_double.world import World

ROUTES = (*account.ROUTES, *commands.ROUTES, *channels.ROUTES, *interactions.ROUTES)
BY_TOKEN = ("/interactions/", "/webhooks/")  # these paths carry their own key
LARGEST = 25 << 20


class Server:
    """The world's ear: REST, gateway and CDN on one port."""

    def __init__(self, world: World) -> None:
        self._world = world

    def application(self) -> web.Application:
        application = web.Application(client_max_size=2 * LARGEST)
        application.router.add_get("/", self._world.gateway.serve)
        application.router.add_get("/attachments/1/{file}/{name}", self._file)
        application.router.add_route("*", "/api/v10/{path:.*}", self._rest)
        return application

    async def _file(self, request: web.Request) -> web.Response:
        """A file of the CDN, as long as the address is good."""
        file = self._world.files.get(request.match_info["file"])
        until = int(request.query.get("ex", "0"), 16)
        if file is None or until < self._world.clock.now():
            return web.Response(status=404, text="This content is no longer available.")
        return web.Response(body=file.data, headers={"Content-Type": file.kind})

    async def _rest(self, request: web.Request) -> web.Response:
        call = await self._read(request)
        self._world.calls.append(call)
        fault = self._world.faults.take(call.method, call.path, call.json)
        if fault:
            await asyncio.sleep(fault.delay)
        if fault and not fault.performed:
            return self._struck(request, call, fault)
        status, body = await self._do(request, call)
        if call.json is not None and status < 300:
            self._world.judge.see(call.method, call.path, call.json)
        if fault and fault.status != 200:
            return self._struck(request, call, fault)
        return self._reply(call, status, body)

    async def _read(self, request: web.Request) -> Call:
        form, files = None, {}
        if request.content_type == "multipart/form-data":
            async for part in await request.multipart():
                if part.name == "payload_json":  # type: ignore[union-attr]
                    form = json.loads(await part.text())  # type: ignore[union-attr]
                else:
                    files[part.name or ""] = (part.filename or "", bytes(await part.read()))  # type: ignore[union-attr]
        elif request.can_read_body:
            form = json.loads(await request.text() or "null")
        path = "/" + request.match_info["path"]
        return Call(request.method, path, dict(request.query), form, files, self._world.clock.elapsed())

    async def _do(self, request: web.Request, call: Call) -> tuple[int, Any]:
        """Do what is asked, or say why not."""
        try:
            if (
                not call.path.startswith(BY_TOKEN)
                and request.headers.get("Authorization") != f"Bot {self._world.token}"
            ):
                raise Refusal(401, 0, "401: Unauthorized")
            if sum(len(data) for _, data in call.files.values()) > LARGEST:
                raise Refusal(413, 40005, "Request entity too large")
            for route in ROUTES:
                found = route.pattern.fullmatch(call.path)
                if found and route.method == call.method:
                    return await route.handler(self._world, call, **found.groupdict())
            raise Refusal(404, 0, f"the double has no {call.method} {call.path}")
        except Refusal as refusal:
            await self._refused(call, refusal)
            return refusal.status, refusal.payload()

    async def _refused(self, call: Call, refusal: Refusal) -> None:
        call.refusal = str(refusal)
        for token, exchange in self._world.interactions.items():
            if f"/{token}" in call.path:
                exchange.refusals.append(refusal)
                await exchange.news()

    def _struck(self, request: web.Request, call: Call, fault: Fault) -> web.Response:
        if fault.status == 0 and request.transport is not None:
            request.transport.abort()
        return self._reply(call, fault.status or 500, fault.body(), fault.headers())

    def _reply(self, call: Call, status: int, body: Any, extra: dict[str, str] | None = None) -> web.Response:
        """The answer, with the headers that discord.py looks at: it wants exactly this content type, and takes a 429
        without `Via` for a ban."""
        call.status = status
        self._world.faults.statuses[status] += 1
        headers = {
            "Via": "1.1 google", "X-RateLimit-Limit": "1000", "X-RateLimit-Remaining": "999",
            "X-RateLimit-Reset-After": "1.000", "X-RateLimit-Reset": f"{self._world.clock.now() + 1:.3f}",
        } | (extra or {})  # fmt: skip
        if body is None:
            return web.Response(status=status, headers=headers)
        headers["Content-Type"] = "application/json"
        return web.Response(body=json.dumps(body).encode(), status=status, headers=headers)


@contextlib.asynccontextmanager
async def serving(world: World, port: int = 0) -> AsyncIterator[World]:
    """Serve `world` on 127.0.0.1 (any free port for 0) until the block ends."""
    runner = web.AppRunner(Server(world).application(), shutdown_timeout=0.1, access_log=None)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", port, ssl_context=world.wire.server_context())
        await site.start()
        world.wire.port = runner.addresses[0][1]
        yield world
    finally:
        await runner.cleanup()

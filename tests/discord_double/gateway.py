"""Discord's gateway: sessions by shard, heartbeats, events with replay, and its ways of hanging up."""

from __future__ import annotations

import contextlib
import dataclasses
import itertools
import json
from collections.abc import Callable
from typing import Any

from aiohttp import WSMsgType, web

from tests.discord_double.intents import Intent, privileged

DISPATCH, HEARTBEAT, IDENTIFY, RESUME, RECONNECT, INVALID_SESSION, HELLO, HEARTBEAT_ACK = 0, 1, 2, 6, 7, 9, 10, 11
NAMES = {HEARTBEAT: "HEARTBEAT", IDENTIFY: "IDENTIFY", 3: "PRESENCE", RESUME: "RESUME", 8: "REQUEST_MEMBERS"}
AUTHENTICATION_FAILED, DISALLOWED_INTENTS = 4004, 4014

Body = Callable[["Session"], dict[str, Any] | None]  # what one session gets to see of an event, if anything


@dataclasses.dataclass(eq=False)
class Session:
    """One shard's session. It outlives its socket until it is resumed, invalidated or replaced."""

    id: str
    shard: int
    shards: int
    intents: int
    socket: web.WebSocketResponse | None = None
    events: list[dict[str, Any]] = dataclasses.field(default_factory=list)

    def may(self, intent: Intent) -> bool:
        return bool(self.intents & intent)

    def holds(self, guild: str | None) -> bool:
        """Whether the server's events (direct messages', for None) go to this shard."""
        return self.shard == (0 if guild is None else (int(guild) >> 22) % self.shards)

    @property
    def live(self) -> bool:
        return self.socket is not None and not self.socket.closed


class Gateway:
    """The socket's end at Discord. `log` holds (time, what, data) of all that clients did here."""

    def __init__(self, world: Any, *, heartbeat_ms: int = 41_250) -> None:
        self._world = world
        self._numbers = itertools.count(1)
        self.heartbeat_ms = heartbeat_ms
        self.acknowledges = True  # heartbeats
        self.losing = False  # events are put down for replay but not delivered
        self.sessions: dict[str, Session] = {}
        self.log: list[tuple[float, str, dict[str, Any]]] = []

    # What the client does.

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """One connection, from HELLO until somebody hangs up."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self._note("CONNECT", {"host": request.host})
        await self._send(socket, HELLO, {"heartbeat_interval": self.heartbeat_ms})
        async for frame in socket:
            if frame.type is WSMsgType.TEXT:
                message = json.loads(frame.data)
                self._note(NAMES.get(message["op"], str(message["op"])), message["d"])
                await self._answer(socket, message["op"], message["d"])
        self._note("CLOSED", {"code": socket.close_code})
        return socket

    async def _answer(self, socket: web.WebSocketResponse, op: int, data: Any) -> None:
        if op == HEARTBEAT and self.acknowledges:
            await self._send(socket, HEARTBEAT_ACK, None)
        elif op == IDENTIFY:
            await self._identify(socket, data)
        elif op == RESUME:
            await self._resume(socket, data)

    async def _identify(self, socket: web.WebSocketResponse, data: dict[str, Any]) -> None:
        if data["token"] != self._world.token:
            await socket.close(code=AUTHENTICATION_FAILED, message=b"Authentication failed.")
            return
        if privileged(data["intents"]) & ~self._world.granted:
            await socket.close(code=DISALLOWED_INTENTS, message=b"Disallowed intent(s).")
            return
        shard, shards = data.get("shard") or (0, 1)
        self.sessions = {key: other for key, other in self.sessions.items() if other.shard != shard}
        session = Session(f"session-{next(self._numbers)}", shard, shards, data["intents"], socket)
        self.sessions[session.id] = session
        guilds = [guild for guild in self._world.guilds.values() if guild.has_bot and session.holds(guild.id)]
        await self._deliver(session, "READY", self._ready(session, [guild.id for guild in guilds]))
        for guild in guilds if session.may(Intent.GUILDS) else ():
            await self._deliver(session, "GUILD_CREATE", guild.payload(self._world.bot))

    def _ready(self, session: Session, guilds: list[str]) -> dict[str, Any]:
        application = {"id": self._world.bot.id, "flags": self._world.flags}
        return {
            "v": 10, "user": self._world.bot.payload(), "guilds": [{"id": one, "unavailable": True} for one in guilds],
            "session_id": session.id, "resume_gateway_url": "wss://gateway-resume.discord.gg",
            "shard": [session.shard, session.shards], "application": application,
        }  # fmt: skip

    async def _resume(self, socket: web.WebSocketResponse, data: dict[str, Any]) -> None:
        session = self.sessions.get(data["session_id"])
        if session is None or data["token"] != self._world.token:
            await self._send(socket, INVALID_SESSION, False)
            return
        session.socket = socket
        for event in [event for event in session.events if event["s"] > (data["seq"] or 0)]:
            await socket.send_json(event)
        await self._deliver(session, "RESUMED", {})

    # What the double does.

    async def emit(self, event: str, body: dict[str, Any] | Body, *, guild: str | None = None) -> None:
        """Tell the sessions that `guild` (None: direct messages) belongs to. A dead session finds it on resuming."""
        for session in list(self.sessions.values()):
            seen = body(session) if callable(body) else body
            if session.holds(guild) and seen is not None:
                await self._deliver(session, event, seen)

    async def repeat(self, event: str) -> None:
        """Deliver each session's last `event` once more, under a new number, as after a hiccup of Discord's."""
        for session in list(self.sessions.values()):
            found = [one["d"] for one in session.events if one["t"] == event]
            if found:
                await self._deliver(session, event, found[-1])

    async def reconnect(self) -> None:
        """Ask every client to come again and resume (op 7)."""
        await self._every(RECONNECT, None)

    async def invalidate(self) -> None:
        """Forget every session, so that clients must identify anew (op 9)."""
        sockets = self._sockets()
        self.sessions.clear()
        for socket in sockets:
            await self._send(socket, INVALID_SESSION, False)

    async def hang_up(self, code: int) -> None:
        """Close every connection with this code."""
        for socket in self._sockets():
            await socket.close(code=code)

    def seen(self, what: str) -> list[dict[str, Any]]:
        """The data of every `what` (IDENTIFY, RESUME, HEARTBEAT, CONNECT, CLOSED) so far."""
        return [data for _, kind, data in self.log if kind == what]

    async def _every(self, op: int, data: Any) -> None:
        for socket in self._sockets():
            await self._send(socket, op, data)

    def _sockets(self) -> list[web.WebSocketResponse]:
        return [session.socket for session in self.sessions.values() if session.socket and session.live]

    async def _deliver(self, session: Session, event: str, body: dict[str, Any]) -> None:
        number = len(session.events) + 1
        frame = {"op": DISPATCH, "t": event, "s": number, "d": body}
        session.events.append(frame)
        if session.socket and session.live and not self.losing:
            with contextlib.suppress(ConnectionError):  # the client was killed; it finds the event when it resumes
                await session.socket.send_json(frame)

    async def _send(self, socket: web.WebSocketResponse, op: int, data: Any) -> None:
        await socket.send_json({"op": op, "d": data, "s": None, "t": None})

    def _note(self, what: str, data: Any) -> None:
        self.log.append((self._world.clock.elapsed(), what, data if isinstance(data, dict) else {"data": data}))

"""Routes of interactions: the acknowledgement, which must come once and in time, and what follows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.discord_double.exchange import (
    ACK_SECONDS,
    AUTOCOMPLETE,
    COMMAND,
    COMPONENT,
    MODAL_SUBMIT,
    OUTSIDE_FOLLOWUPS,
    TOKEN_SECONDS,
    Exchange,
)
from tests.discord_double.limits import V2, faults_of
from tests.discord_double.messages import EPHEMERAL, LOADING, Message
from tests.discord_double.refusal import Refusal, malformed, unknown
from tests.discord_double.rest import Answer, Route, message_body

if TYPE_CHECKING:
    from tests.discord_double.call import Call
    from tests.discord_double.world import World

MESSAGE, DEFER, DEFER_UPDATE, UPDATE, CHOICES, MODAL = 4, 5, 6, 7, 8, 9
ALLOWED = {
    COMMAND: {MESSAGE, DEFER, MODAL},
    COMPONENT: {MESSAGE, DEFER, DEFER_UPDATE, UPDATE, MODAL},
    AUTOCOMPLETE: {CHOICES},
    MODAL_SUBMIT: {MESSAGE, DEFER, DEFER_UPDATE, UPDATE},
}


async def callback(world: World, call: Call, ident: str, token: str) -> Answer:
    """The acknowledgement."""
    exchange = world.interactions.get(token)
    if exchange is None or exchange.id != ident:
        raise unknown("interaction", 10062)
    await _acknowledge(world, call, exchange)
    await exchange.news()
    shown = exchange.original
    body: dict[str, Any] = {"interaction": {"id": exchange.id, "type": exchange.kind}}
    if shown and exchange.acknowledged_with in (MESSAGE, DEFER, UPDATE, DEFER_UPDATE):
        body["interaction"] |= {
            "response_message_id": shown.id, "response_message_loading": shown.loading,
            "response_message_ephemeral": shown.ephemeral,
        }  # fmt: skip
        if exchange.acknowledged_with != DEFER_UPDATE:
            body["resource"] = {"type": exchange.acknowledged_with, "message": shown.payload(world.clock)}
    return (200, body) if call.query.get("with_response") else (204, None)


async def _acknowledge(world: World, call: Call, exchange: Exchange) -> None:
    kind, data = call.json["type"], call.json.get("data") or {}
    took = exchange.age
    if exchange.acknowledged is not None:
        raise Refusal(400, 40060, "Interaction has already been acknowledged.")
    if took > ACK_SECONDS:
        raise unknown("interaction", 10062)
    if kind not in ALLOWED[exchange.kind] or (kind in (DEFER_UPDATE, UPDATE) and exchange.source is None):
        raise malformed([f"type: {kind} does not answer an interaction of type {exchange.kind}"])
    await _respond(world, call, exchange, kind, data)
    exchange.acknowledged, exchange.acknowledged_with = took, kind


async def _respond(world: World, call: Call, exchange: Exchange, kind: int, data: dict[str, Any]) -> None:
    inner = _inner(call, data)
    if kind == DEFER:
        await _say(world, exchange, {"flags": int(data.get("flags") or 0) & EPHEMERAL | LOADING}, [])
    elif kind == MESSAGE:
        body, files = message_body(world, inner, "message")
        await _say(world, exchange, body, files)
    elif kind in (UPDATE, DEFER_UPDATE):
        assert exchange.source is not None
        exchange.original = exchange.source
        if kind == UPDATE:
            await _change(world, inner, exchange, exchange.source)
    elif kind == CHOICES:
        choices = data.get("choices") or []
        if len(choices) > 25 or not all(1 <= len(choice["name"]) <= 100 for choice in choices):
            raise malformed([f"choices: {len(choices)}, 25 at most, with names of 1 to 100 characters"])
        exchange.choices = choices
    else:
        if faults := faults_of(data, "modal"):
            raise malformed(faults)
        exchange.modal = data


def _inner(call: Call, data: dict[str, Any]) -> Call:
    """The call as if the message in it were the whole form."""
    return type(call)(call.method, call.path, call.query, data, call.files, call.at)


async def _say(world: World, exchange: Exchange, body: dict[str, Any], files: list[Any]) -> Message:
    only = exchange.user if int(body.get("flags") or 0) & EPHEMERAL else None
    message = await world.say(exchange.channel, world.bot, body, files, only=only)
    exchange.original = exchange.original or message
    if not message.loading:
        exchange.changes.append((exchange.age, message))
    return message


async def _change(world: World, call: Call, exchange: Exchange, message: Message) -> None:
    before = message.body | {"flags": message.flags & (EPHEMERAL | V2)}
    body, files = message_body(world, call, "edit", before=before, files=message.files)
    await world.change(message, body, files)
    exchange.changes.append((exchange.age, message))


def _valid(world: World, token: str) -> Exchange:
    """The interaction of a token that is still good: acknowledged, and less than 15 minutes old."""
    exchange = world.interactions.get(token)
    if exchange is None or exchange.acknowledged is None:
        raise unknown("Webhook", 10015)
    if exchange.age > TOKEN_SECONDS:
        raise Refusal(401, 50027, "Invalid Webhook Token")
    return exchange


def _found(exchange: Exchange, ident: str) -> Message:
    mine = [one for one in (exchange.original, *exchange.followups) if one and not one.deleted]
    found = exchange.original if ident == "@original" else next((one for one in mine if one.id == ident), None)
    if found not in mine or found is None:
        raise unknown("Message", 10008)
    return found


async def followup(world: World, call: Call, app: str, token: str) -> Answer:
    """A further message; the first after "is thinking…" takes its place."""
    exchange = _valid(world, token)
    if exchange.outside and len(exchange.followups) >= OUTSIDE_FOLLOWUPS:
        raise Refusal(400, 40094, "This interaction has hit the maximum number of follow up messages.")
    if exchange.original and exchange.original.loading:
        await _change(world, call, exchange, exchange.original)
        message = exchange.original
    else:
        body, files = message_body(world, call, "message")
        message = await _say(world, exchange, body, files)
        exchange.followups.append(message)
    await exchange.news()
    return 200, message.payload(world.clock)


async def fetch(world: World, call: Call, app: str, token: str, message: str) -> Answer:
    return 200, _found(_valid(world, token), message).payload(world.clock)


async def edit(world: World, call: Call, app: str, token: str, message: str) -> Answer:
    exchange = _valid(world, token)
    found = _found(exchange, message)
    await _change(world, call, exchange, found)
    await exchange.news()
    return 200, found.payload(world.clock)


async def remove(world: World, call: Call, app: str, token: str, message: str) -> Answer:
    exchange = _valid(world, token)
    await world.delete(_found(exchange, message))
    await exchange.news()
    return 204, None


ROUTES = (
    Route.of("POST", "/interactions/{ident}/{token}/callback", callback),
    Route.of("POST", "/webhooks/{app}/{token}", followup),
    Route.of("GET", "/webhooks/{app}/{token}/messages/{message}", fetch),
    Route.of("PATCH", "/webhooks/{app}/{token}/messages/{message}", edit),
    Route.of("DELETE", "/webhooks/{app}/{token}/messages/{message}", remove),
)

"""Routes of channels: messages, threads, typing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.discord_double.intents import Intent
from tests.discord_double.messages import Message
from tests.discord_double.places import PUBLIC_THREAD, Channel
from tests.discord_double.refusal import Refusal, malformed, unknown
from tests.discord_double.rest import Answer, Route, channel_of, message_body

if TYPE_CHECKING:
    from tests.discord_double.call import Call
    from tests.discord_double.world import World


async def show(world: World, call: Call, channel: str) -> Answer:
    return 200, channel_of(world, channel).payload()


async def create(world: World, call: Call, channel: str) -> Answer:
    """A new message, or the earlier one of an enforced nonce."""
    form = call.json or {}
    needed = (
        ["send_messages"] + (["attach_files"] if call.files else []) + (["embed_links"] if form.get("embeds") else [])
    )
    place = channel_of(world, channel, *needed)
    if place.person is not None and world.bot.id in place.person.blocks:
        raise Refusal(403, 50007, "Cannot send messages to this user")
    nonce = str(form["nonce"]) if form.get("nonce") is not None else None
    if nonce is not None and len(nonce) > 25:
        raise malformed([f"nonce: {len(nonce)} characters, 25 at most"])
    earlier = world.earlier(world.bot, nonce) if nonce and form.get("enforce_nonce") else None
    if earlier:
        return 200, earlier.payload(world.clock)
    body, files = message_body(world, call, "message")
    message = await world.say(place, world.bot, body, files, _reply(world, form))
    if nonce:
        world.nonces[f"{world.bot.id}:{nonce}"] = message
    return 200, message.payload(world.clock) | ({"nonce": nonce} if nonce else {})


def _reply(world: World, form: dict[str, Any]) -> Message | None:
    """The message that this one answers."""
    reference = form.get("message_reference")
    found = world.messages.get(str(reference["message_id"])) if reference else None
    if reference and (found is None or found.deleted):
        if reference.get("fail_if_not_exists", True):
            raise malformed(["message_reference: Unknown message"])
        return None
    return found


def _message(world: World, channel: Channel, ident: str) -> Message:
    found = world.messages.get(ident)
    if found is None or found.deleted or found.channel is not channel or found.ephemeral:
        raise unknown("Message", 10008)
    return found


async def fetch(world: World, call: Call, channel: str, message: str) -> Answer:
    place = channel_of(world, channel, "read_message_history")
    return 200, _message(world, place, message).payload(world.clock)


async def history(world: World, call: Call, channel: str) -> Answer:
    place = channel_of(world, channel, "read_message_history")
    here = [one for one in world.messages.values() if one.channel is place and not one.deleted and not one.ephemeral]
    before, after = int(call.query.get("before", 1 << 63)), int(call.query.get("after", 0))
    found = [one for one in here if after < int(one.id) < before][-int(call.query.get("limit", 50)) :]
    return 200, [one.payload(world.clock) for one in reversed(found)]


async def edit(world: World, call: Call, channel: str, message: str) -> Answer:
    found = _message(world, channel_of(world, channel), message)
    if found.author is not world.bot:
        raise Refusal(403, 50005, "Cannot edit a message authored by another user")
    body, files = message_body(world, call, "edit", before=found.body, files=found.files)
    await world.change(found, body, files)
    return 200, found.payload(world.clock)


async def remove(world: World, call: Call, channel: str, message: str) -> Answer:
    place = channel_of(world, channel)
    found = _message(world, place, message)
    if found.author is not world.bot:
        channel_of(world, channel, "manage_messages")
    await world.delete(found)
    return 204, None


async def thread(world: World, call: Call, channel: str, message: str | None = None) -> Answer:
    """A new thread, on a message or by itself."""
    place = channel_of(world, channel, "create_public_threads")
    start = _message(world, place, message) if message else None
    if start and start.thread:
        raise Refusal(400, 160004, "A thread has already been created for this message")
    name = (call.json or {}).get("name") or ""
    if not 1 <= len(name) <= 100:
        raise malformed([f"name: {len(name)} characters, 1 to 100"])
    ident = start.id if start else world.clock.snowflake()
    made = Channel(ident, PUBLIC_THREAD, name, place.guild, parent=place, owner=world.bot)
    made.archive_minutes = call.json.get("auto_archive_duration") or 1440
    assert place.guild
    world.channels[ident] = place.guild.channels[ident] = made
    if start:
        start.thread = made
    await world.tell(made, "THREAD_CREATE", made.payload() | {"newly_created": True}, Intent.GUILDS)
    return 201, made.payload()


async def typing(world: World, call: Call, channel: str) -> Answer:
    channel_of(world, channel, "send_messages")
    return 204, None


ROUTES = (
    Route.of("GET", "/channels/{channel}", show),
    Route.of("GET", "/channels/{channel}/messages", history),
    Route.of("POST", "/channels/{channel}/messages", create),
    Route.of("GET", "/channels/{channel}/messages/{message}", fetch),
    Route.of("PATCH", "/channels/{channel}/messages/{message}", edit),
    Route.of("DELETE", "/channels/{channel}/messages/{message}", remove),
    Route.of("POST", "/channels/{channel}/messages/{message}/threads", thread),
    Route.of("POST", "/channels/{channel}/threads", thread),
    Route.of("POST", "/channels/{channel}/typing", typing),
)

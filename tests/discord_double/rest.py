"""The parts that every route shares: its table, who may do what where, and the reading of a message's form."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from tests.discord_double.limits import V2, faults_of
from tests.discord_double.messages import File, media
from tests.discord_double.places import PUBLIC_THREAD, Channel, bits
from tests.discord_double.refusal import Refusal, malformed, missing_access, missing_permissions, unknown

if TYPE_CHECKING:
    from tests.discord_double.call import Call
    from tests.discord_double.world import World

Answer = tuple[int, Any]  # status and body; None for no body
Handler = Callable[..., Awaitable[Answer]]
LARGEST_FILE = 10 << 20
KEPT = ("content", "embeds", "components", "flags", "allowed_mentions")


@dataclasses.dataclass(frozen=True)
class Route:
    """One operation: its verb, the pattern of its path with named ids, and what does it."""

    method: str
    pattern: re.Pattern[str]
    handler: Handler

    @classmethod
    def of(cls, method: str, path: str, handler: Handler) -> Route:
        """A route of a path such as ``/channels/{channel}/messages``."""
        pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path)
        return cls(method, re.compile(pattern), handler)


def channel_of(world: World, ident: str, *needed: str) -> Channel:
    """The channel, if the bot may do there all that is needed."""
    channel = world.channels.get(ident)
    if channel is None:
        raise unknown("Channel", 10003)
    if channel.guild is None:
        return channel
    mine = channel.guild.permissions(world.bot, channel) if channel.guild.has_bot else 0
    if not mine & bits(view_channel=True):
        raise missing_access()
    if channel.type == PUBLIC_THREAD:
        needed = tuple("send_messages_in_threads" if name == "send_messages" else name for name in needed)
    if not all(mine & bits(**{name: True}) for name in needed):
        raise missing_permissions()
    return channel


def message_body(
    world: World, call: Call, where: str, *, before: dict[str, Any] | None = None, files: list[File] | None = None
) -> tuple[dict[str, Any], list[File]]:
    """What a message says and its files, out of the form of a new message or of an edit of one that said `before`.

    Raises Refusal (400) if the form breaks a limit, or what comes of an edit does.
    """
    form = call.json or {}
    faults = faults_of(form, where)
    body = dict(before or {}) | {key: value for key, value in form.items() if key in KEPT}
    body["flags"] = int((before or {}).get("flags") or 0) | int(form.get("flags") or 0)
    kept = _files(world, call, form, files or [], faults)
    faults += _links(body, kept)
    if (
        before is not None
        and "components" in form
        and body["flags"] & V2
        and (body.get("content") or body.get("embeds"))
    ):
        faults.append("content, embeds: cannot be used with components v2")
    if not any(body.get(key) for key in ("content", "embeds", "components")) and not kept:
        faults.append("Cannot send an empty message")
    if faults:
        raise malformed(faults)
    return body, kept


def _files(world: World, call: Call, form: dict[str, Any], before: list[File], faults: list[str]) -> list[File]:
    """The files of the message: those kept of `before`, and the new ones of this form."""
    described = {str(one["id"]): one for one in form.get("attachments") or []}
    kept = [file for file in before if "attachments" not in form or file.id in described]
    for field, (name, data) in call.files.items():
        number = field.removeprefix("files[").removesuffix("]")
        about = described.get(number, {})
        kept.append(world.host(about.get("filename") or name, data, about.get("description")))
    known = {file.id for file in before} | {field[6:-1] for field in call.files}
    faults += [f"attachments: there is no file {ident}" for ident in described.keys() - known]
    if any(len(file.data) > LARGEST_FILE for file in kept):
        raise Refusal(413, 40005, "Request entity too large")
    return kept


def _links(body: dict[str, Any], files: list[File]) -> list[str]:
    """Faults of the references to files: each must lead to one, and with components v2 each file must be shown."""
    urls = [one.get("url", "") for one in media(body.get("components") or [])]
    pictures = [
        (embed.get(key) or {}).get("url", "") for embed in body.get("embeds") or [] for key in ("image", "thumbnail")
    ]
    links = {url.removeprefix("attachment://") for url in [*urls, *pictures] if url.startswith("attachment://")}
    names = {file.name for file in files}
    faults = [f"attachment://{name} leads to no file" for name in sorted(links - names)]
    if body["flags"] & V2:
        shown = links | {url.partition("?")[0].rsplit("/", 1)[-1] for url in urls}
        faults += [f"{name}: no component shows it" for name in sorted(names - shown)]
    return faults

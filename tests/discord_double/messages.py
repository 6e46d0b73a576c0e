"""Messages as the double keeps them: what was sent, every earlier state, and the files."""

from __future__ import annotations

import dataclasses
import mimetypes
from collections.abc import Iterator
from typing import Any

from tests.discord_double.clock import Clock
from tests.discord_double.limits import walk
from tests.discord_double.pings import pings
from tests.discord_double.places import Channel, User

EPHEMERAL, LOADING = 1 << 6, 1 << 7
LINK_SECONDS = 86_400  # an attachment's address is good for a day
TEXT_DISPLAY, MEDIA_KEYS = 10, ("media", "file")


@dataclasses.dataclass(eq=False)
class File:
    """A file on Discord's CDN."""

    id: str
    name: str
    data: bytes
    description: str | None = None

    def address(self, clock: Clock) -> str:
        """Where it can be read, for a day from now."""
        until = int(clock.now() + LINK_SECONDS)
        return f"https://cdn.discordapp.com/attachments/1/{self.id}/{self.name}?ex={until:x}&is=0&hm=0"

    @property
    def kind(self) -> str:
        return mimetypes.guess_type(self.name)[0] or "application/octet-stream"

    def payload(self, clock: Clock) -> dict[str, Any]:
        url = self.address(clock)
        body = {"id": self.id, "filename": self.name, "size": len(self.data), "url": url, "proxy_url": url}
        return body | {"content_type": self.kind} | ({"description": self.description} if self.description else {})


def media(components: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Every reference to a file or picture, as the dict that holds its ``url``."""
    for component in walk(components):
        for item in (component, *(component.get("items") or [])):
            yield from (item[key] for key in MEDIA_KEYS if isinstance(item.get(key), dict))


@dataclasses.dataclass(eq=False)
class Message:
    """One message. `versions` are the bodies it had before with the clock's seconds at which each was replaced."""

    id: str
    channel: Channel
    author: User
    body: dict[str, Any]
    sent: float
    stamp: str
    files: list[File] = dataclasses.field(default_factory=list)
    edited_stamp: str | None = None
    deleted: bool = False
    thread: Channel | None = None
    mentioned: list[User] = dataclasses.field(default_factory=list)
    seen_by: User | None = None  # the only reader, if it is ephemeral
    reply_to: Message | None = None
    versions: list[tuple[float, dict[str, Any]]] = dataclasses.field(default_factory=list)

    @property
    def content(self) -> str:
        return self.body.get("content") or ""

    @property
    def embeds(self) -> list[dict[str, Any]]:
        return self.body.get("embeds") or []

    @property
    def components(self) -> list[dict[str, Any]]:
        return self.body.get("components") or []

    @property
    def flags(self) -> int:
        return int(self.body.get("flags") or 0)

    @property
    def ephemeral(self) -> bool:
        return bool(self.flags & EPHEMERAL)

    @property
    def loading(self) -> bool:
        return bool(self.flags & LOADING)

    @property
    def buttons(self) -> list[dict[str, Any]]:
        return [component for component in walk(self.components) if component["type"] == 2]

    @property
    def attachments(self) -> dict[str, bytes]:
        """The files by name."""
        return {file.name: file.data for file in self.files}

    @property
    def text(self) -> str:
        """All text that a reader sees, in order, without buttons."""
        parts: list[str | None] = [self.content]
        for embed in self.embeds:
            parts += [embed.get("title"), embed.get("description")]
            parts += [part for field in embed.get("fields") or [] for part in (field["name"], field["value"])]
            parts.append((embed.get("footer") or {}).get("text"))
        parts += [part["content"] for part in walk(self.components) if part["type"] == TEXT_DISPLAY]
        return "\n".join(part for part in parts if part)

    @property
    def pings(self) -> list[str]:
        """The mentions in it that ping somebody."""
        return pings(self.text, self.body.get("allowed_mentions"))

    def payload(self, clock: Clock, *, content: bool = True) -> dict[str, Any]:
        """The message as Discord sends it; without the message-content intent the `content` is left out."""
        attachments = [file.payload(clock) for file in self.files]
        body = {
            "id": self.id, "channel_id": self.channel.id, "author": self.author.payload(), "content": self.content,
            "timestamp": self.stamp, "edited_timestamp": self.edited_stamp, "tts": False, "mention_everyone": False,
            "mentions": [user.payload() for user in self.mentioned], "mention_roles": [], "attachments": attachments,
            "embeds": [{"type": "rich"} | embed for embed in self.embeds], "pinned": False,
            "type": 19 if self.reply_to else 0, "flags": self.flags, "components": self._components(attachments),
        }  # fmt: skip
        if self.channel.guild:
            body["guild_id"] = self.channel.guild.id
        if self.reply_to:
            body["message_reference"] = {"type": 0, "message_id": self.reply_to.id, "channel_id": self.channel.id}
        if self.thread:
            body["thread"] = self.thread.payload()
        return body if content else body | {"content": "", "attachments": [], "embeds": [], "components": []}

    def _components(self, attachments: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The components with the addresses of the files put in for ``attachment://name``."""
        links = {f"attachment://{one['filename']}": one["url"] for one in attachments}
        return [_linked(component, links) for component in self.components]


def _linked(value: Any, links: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: links.get(one, one) if key == "url" else _linked(one, links) for key, one in value.items()}
    if isinstance(value, list):
        return [_linked(one, links) for one in value]
    return value

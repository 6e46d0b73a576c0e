"""Servers, channels and what each member may do in them."""

from __future__ import annotations

import dataclasses
from typing import Any

import discord

TEXT, DM, PUBLIC_THREAD = 0, 1, 11
ALL = discord.Permissions.all().value
USUAL = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    create_public_threads=True,
    read_message_history=True,
    embed_links=True,
    attach_files=True,
    use_application_commands=True,
).value


def bits(**names: bool) -> int:
    """Permission bits by name: ``bits(manage_messages=True)``."""
    return discord.Permissions(**names).value


@dataclasses.dataclass(eq=False)
class User:
    """Somebody with an account; `blocks` are the ids of those whose direct messages they refuse."""

    id: str
    name: str
    bot: bool = False
    locale: str = "en-US"
    blocks: set[str] = dataclasses.field(default_factory=set)

    def payload(self) -> dict[str, Any]:
        return {
            "id": self.id, "username": self.name.lower().replace(" ", "_"), "discriminator": "0", "avatar": None,
            "global_name": self.name, "bot": self.bot, "public_flags": 0,
        }  # fmt: skip


@dataclasses.dataclass(eq=False)
class Guild:
    """A server. Each member who may more than everybody has one role of their own, with the member's id."""

    id: str
    name: str
    owner: User
    joined_at: str
    locale: str = "en-US"
    everyone: int = USUAL
    has_bot: bool = True
    roles: dict[str, int] = dataclasses.field(default_factory=dict)
    members: dict[str, User] = dataclasses.field(default_factory=dict)
    channels: dict[str, Channel] = dataclasses.field(default_factory=dict)

    def channel(self, name: str) -> Channel:
        """The channel with this name (KeyError without one)."""
        found = next((channel for channel in self.channels.values() if channel.name == name), None)
        if found is None:
            raise KeyError(name)
        return found

    def permissions(self, user: User, channel: Channel | None = None) -> int:
        """What `user` may do in the server or in one channel of it, as bits."""
        if user is self.owner:
            return ALL
        mine = self.everyone | self.roles.get(user.id, 0)
        if mine & bits(administrator=True):
            return ALL
        place = channel and (channel.parent or channel)
        if place:
            for who in (self.id, user.id):
                allow, deny = place.overwrites.get(who, (0, 0))
                mine = mine & ~deny | allow
        return mine

    def member(self, user: User, channel: Channel | None = None) -> dict[str, Any]:
        """The member as an interaction carries it."""
        return {
            "user": user.payload(), "nick": None, "avatar": None, "roles": [user.id] if user.id in self.roles else [],
            "joined_at": self.joined_at, "deaf": False, "mute": False, "flags": 0, "pending": False,
            "premium_since": None, "communication_disabled_until": None,
            "permissions": str(self.permissions(user, channel)),
        }  # fmt: skip

    def role_payload(self, role: str, name: str, permissions: int) -> dict[str, Any]:
        colours = {"primary_color": 0, "secondary_color": None, "tertiary_color": None}
        return {
            "id": role, "name": name, "color": 0, "colors": colours, "hoist": False, "position": int(role != self.id),
            "permissions": str(permissions), "managed": False, "mentionable": False, "flags": 0,
        }  # fmt: skip

    def role_payloads(self) -> list[dict[str, Any]]:
        everyone = self.role_payload(self.id, "@everyone", self.everyone)
        own = (self.role_payload(i, self.members[i].name, granted) for i, granted in self.roles.items())
        return [everyone, *own]

    def payload(self, bot: User) -> dict[str, Any]:
        """The server as GUILD_CREATE carries it."""
        nothing = dict.fromkeys(
            ("icon", "splash", "discovery_splash", "afk_channel_id", "application_id", "system_channel_id",
             "rules_channel_id", "vanity_url_code", "description", "banner", "public_updates_channel_id")
        )  # fmt: skip
        empty: dict[str, list[Any]] = {
            name: []
            for name in ("emojis", "stickers", "features", "voice_states", "presences", "stage_instances",
                         "guild_scheduled_events", "soundboard_sounds")
        }  # fmt: skip
        threads = [c.payload() for c in self.channels.values() if c.type == PUBLIC_THREAD]
        return {
            **nothing, **empty, "id": self.id, "name": self.name, "owner_id": self.owner.id, "afk_timeout": 300,
            "verification_level": 0, "default_message_notifications": 0, "explicit_content_filter": 0, "mfa_level": 0,
            "roles": self.role_payloads(), "system_channel_flags": 0, "premium_tier": 0, "nsfw_level": 0,
            "preferred_locale": self.locale, "premium_progress_bar_enabled": False, "joined_at": self.joined_at,
            "large": False, "unavailable": False, "member_count": len(self.members), "members": [self.member(bot)],
            "channels": [c.payload() for c in self.channels.values() if c.type == TEXT], "threads": threads,
        }  # fmt: skip


@dataclasses.dataclass(eq=False)
class Channel:
    """A text channel, a thread (its `parent` is the channel) or a direct message (its `person` is the other side)."""

    id: str
    type: int
    name: str = ""
    guild: Guild | None = None
    parent: Channel | None = None
    person: User | None = None
    overwrites: dict[str, tuple[int, int]] = dataclasses.field(default_factory=dict)
    archive_minutes: int = 1440
    owner: User | None = None

    def __str__(self) -> str:
        return f"DM with {self.person.name}" if self.person else f"#{self.name}"

    def payload(self) -> dict[str, Any]:
        if self.guild is None:
            recipients = [self.person.payload()] if self.person else []
            return {"id": self.id, "type": self.type, "last_message_id": None, "recipients": recipients, "flags": 0}
        if self.parent is not None:
            return self._thread()
        overwrites = [
            {"id": who, "type": int(who != self.guild.id), "allow": str(allow), "deny": str(deny)}
            for who, (allow, deny) in self.overwrites.items()
        ]
        return {
            "id": self.id, "type": self.type, "name": self.name, "guild_id": self.guild.id, "position": 0,
            "nsfw": False, "permission_overwrites": overwrites, "topic": None, "parent_id": None,
            "last_message_id": None, "rate_limit_per_user": 0, "flags": 0,
        }  # fmt: skip

    def _thread(self) -> dict[str, Any]:
        assert self.guild
        assert self.parent
        assert self.owner
        meta = {
            "archived": False, "auto_archive_duration": self.archive_minutes, "locked": False,
            "archive_timestamp": self.guild.joined_at,
        }  # fmt: skip
        return {
            "id": self.id, "type": self.type, "name": self.name, "guild_id": self.guild.id, "parent_id": self.parent.id,
            "owner_id": self.owner.id, "message_count": 0, "member_count": 1, "total_message_sent": 0, "flags": 0,
            "rate_limit_per_user": 0, "last_message_id": None, "thread_metadata": meta,
        }  # fmt: skip

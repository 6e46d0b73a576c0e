"""The state of the double: who is there, where, what was said, and all that the bot asked for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any

from aiohttp import TCPConnector

from tests.discord_double import hearing
from tests.discord_double.call import Call
from tests.discord_double.clock import Clock
from tests.discord_double.exchange import Exchange
from tests.discord_double.faults import Faults
from tests.discord_double.gateway import Gateway
from tests.discord_double.intents import Intent, application_flags
from tests.discord_double.messages import EPHEMERAL, File, Message
from tests.discord_double.openapi import Judge
from tests.discord_double.people import Person
from tests.discord_double.pings import named
from tests.discord_double.places import DM, TEXT, Channel, Guild, User, bits
from tests.discord_double.transcript import Transcript
from tests.discord_double.wire import Wire

TOKEN = "double.of.discord"  # noqa: S105 the double's own password, worth nothing elsewhere
NONCE_SECONDS = 300  # "the past few minutes", in Discord's words


class World:
    """A small Discord: one server, *Newsroom*, with #general and #fact-check, owned by Olga, where the bot is.

    `granted` are the privileged intents that the application has. `overrides` names the commands that admins have
    opened to everybody whatever `default_member_permissions` says.
    """

    token = TOKEN

    def __init__(self, *, bot_name: str = "On Record", shards: int = 1, heartbeat_ms: int = 41_250) -> None:
        self.clock = Clock()
        self.wire = Wire()
        self.gateway = Gateway(self, heartbeat_ms=heartbeat_ms)
        self.faults = Faults()
        self.judge = Judge()
        self.shards = shards
        self.granted = 0
        self.overrides: set[str] = set()
        self.calls: list[Call] = []
        self.users: dict[str, User] = {}
        self.guilds: dict[str, Guild] = {}
        self.channels: dict[str, Channel] = {}
        self.messages: dict[str, Message] = {}
        self.files: dict[str, File] = {}
        self.commands: dict[str | None, list[dict[str, Any]]] = {}
        self.interactions: dict[str, Exchange] = {}
        self.nonces: dict[str, Message] = {}
        self.transcript = Transcript(self.clock)
        self.client: Any = None  # whatever `running` runs in this world
        self.bot = self._user(bot_name, bot=True)
        self.newsroom = self._guild("Newsroom")
        for name in ("general", "fact-check"):
            self._channel(self.newsroom, name)

    # Making things: before the bot comes, or while it is there.

    def connector(self) -> TCPConnector:
        """The way here, for one `discord.Client(connector=…)`."""
        return self.wire.connector()

    @property
    def flags(self) -> int:
        """The application's flags."""
        return application_flags(self.granted)

    def user(self, name: str) -> Person:
        """The person of this name, who joins Newsroom when first named."""
        found = next((user for user in self.users.values() if user.name == name), None) or self._user(name)
        if not any(found.id in guild.members for guild in self.guilds.values()):
            self.newsroom.members[found.id] = found
        return Person(self, found)

    async def guild(self, name: str, *, has_bot: bool = True, channels: tuple[str, ...] = ("general",)) -> Guild:
        """A further server, of which the bot is told; without it, members may have installed it for themselves."""
        guild = self._guild(name, has_bot=has_bot)
        for channel in channels:
            self._channel(guild, channel)
        if has_bot:
            await self.gateway.emit("GUILD_CREATE", self._if(Intent.GUILDS, guild.payload(self.bot)), guild=guild.id)
        return guild

    async def remove_bot(self, guild: Guild) -> None:
        """The bot is thrown out."""
        guild.has_bot = False
        await self.gateway.emit("GUILD_DELETE", self._if(Intent.GUILDS, {"id": guild.id}), guild=guild.id)

    async def channel(self, name: str, guild: Guild | None = None) -> Channel:
        """A further text channel."""
        channel = self._channel(guild or self.newsroom, name)
        await self.tell(channel, "CHANNEL_CREATE", channel.payload(), Intent.GUILDS)
        return channel

    async def remove_channel(self, channel: Channel) -> None:
        """A channel of a server is deleted; posting to it fails from now on (10003)."""
        del self.channels[channel.id]
        if channel.guild:
            del channel.guild.channels[channel.id]
        await self.tell(channel, "CHANNEL_DELETE", channel.payload(), Intent.GUILDS)

    async def permit(self, who: Person | User, place: Guild | Channel, **permissions: bool) -> None:
        """Give (True) or take (False) permissions by name: in a server, or in one channel of it."""
        user = who.user if isinstance(who, Person) else who
        given = bits(**{name: True for name, yes in permissions.items() if yes})
        taken = bits(**{name: True for name, yes in permissions.items() if not yes})
        if isinstance(place, Channel):
            allow, deny = place.overwrites.get(user.id, (0, 0))
            place.overwrites[user.id] = (allow & ~taken | given, deny & ~given | taken)
            await self.tell(place, "CHANNEL_UPDATE", place.payload(), Intent.GUILDS)
            return
        place.members[user.id] = user
        place.roles[user.id] = place.roles.get(user.id, 0) & ~taken | given
        role = {"guild_id": place.id, "role": place.role_payload(user.id, user.name, place.roles[user.id])}
        await self.gateway.emit("GUILD_ROLE_CREATE", self._if(Intent.GUILDS, role), guild=place.id)
        if user is self.bot:
            member = place.member(user) | {"guild_id": place.id}
            await self.gateway.emit("GUILD_MEMBER_UPDATE", self._if(Intent.GUILDS, member), guild=place.id)

    def dm(self, user: User) -> Channel:
        """The direct messages between the bot and `user`."""
        found = next((one for one in self.channels.values() if one.person is user), None)
        return found or self._add(Channel(self.clock.snowflake(), DM, person=user))

    def host(self, name: str, data: bytes, description: str | None = None) -> File:
        """Put a file on the CDN."""
        file = File(self.clock.snowflake(), name, data, description)
        self.files[file.id] = file
        return file

    def check(self) -> None:
        """Fails if anything tried to leave the machine or broke Discord's own description of its interface."""
        assert not self.wire.refused, f"hosts that are not Discord's: {self.wire.refused}"
        faults = self.judge.faults()
        assert not faults, "\n".join(faults)

    # Waiting.

    async def until(self, holds: Callable[[], Any], what: str = "that", timeout: float = 5.0) -> None:  # noqa: ASYNC109
        """Wait until something holds (looked at every 5 ms); TimeoutError shows what happened instead."""
        try:
            async with asyncio.timeout(timeout):
                while not holds():  # noqa: ASYNC110 what is waited for has no event of its own
                    await asyncio.sleep(0.005)
        except TimeoutError:
            raise TimeoutError(f"no {what} within {timeout} s; so far:\n{self.transcript}") from None

    def spoken(self, channel: Channel, after: Message | None = None) -> list[Message]:
        """What the bot said openly in a channel, oldest first."""
        since = int(after.id) if after else 0
        mine = [one for one in self.messages.values() if one.channel is channel and one.author is self.bot]
        return [one for one in mine if int(one.id) > since and not one.ephemeral and not one.deleted]

    async def reply(self, message: Message, number: int = 0) -> Message:
        """Wait for what the bot says after `message` in its channel: the first, or a later one counted from 0."""
        await self.until(lambda: len(self.spoken(message.channel, message)) > number, f"reply {number}")
        return self.spoken(message.channel, message)[number]

    # What happens.

    async def say(
        self,
        channel: Channel,
        author: User,
        body: dict[str, Any],
        files: list[File],
        reply_to: Message | None = None,
        *,
        only: User | None = None,
    ) -> Message:
        """A new message that everybody in the channel sees (or `only` one), the bot too if its intents allow."""
        clock = self.clock
        message = Message(clock.snowflake(), channel, author, body, clock.elapsed(), clock.stamp(), files)
        message.reply_to, message.seen_by = reply_to, only
        message.mentioned = [self.users[ident] for ident in named(message.content) if ident in self.users]
        self.messages[message.id] = message
        self.transcript.said(message)
        await self._message("MESSAGE_CREATE", message)
        return message

    async def change(self, message: Message, body: dict[str, Any], files: list[File]) -> None:
        """Replace what a message says."""
        message.versions.append((self.clock.elapsed(), message.body))
        message.body, message.files, message.edited_stamp = body, files, self.clock.stamp()
        self.transcript.changed(message)
        await self._message("MESSAGE_UPDATE", message)

    async def delete(self, message: Message) -> None:
        """Take a message away."""
        message.deleted = True
        self.transcript.deleted(message)
        if not message.flags & EPHEMERAL:
            gone = {"id": message.id, "channel_id": message.channel.id}
            gone |= {"guild_id": message.channel.guild.id} if message.channel.guild else {}
            await self.tell(message.channel, "MESSAGE_DELETE", gone, hearing.needed(message.channel))

    def earlier(self, author: User, nonce: str) -> Message | None:
        """The message that `author` sent with this nonce in the past few minutes."""
        found = self.nonces.get(f"{author.id}:{nonce}")
        fresh = found is not None and self.clock.elapsed() - found.sent < NONCE_SECONDS
        return found if fresh else None

    async def tell(self, channel: Channel, event: str, body: dict[str, Any], intent: Intent) -> None:
        """Send the bot an event of a channel, if it asked for such and is there."""
        if channel.guild is None or channel.guild.has_bot:
            await self.gateway.emit(event, self._if(intent, body), guild=channel.guild.id if channel.guild else None)

    async def _message(self, event: str, message: Message) -> None:
        guild = message.channel.guild
        if hearing.reaches(self.bot, message):
            body = partial(hearing.heard, self.clock, self.bot, message)
            await self.gateway.emit(event, body, guild=guild.id if guild else None)

    def _if(self, intent: Intent, body: dict[str, Any]) -> Any:
        return lambda session: body if session.may(intent) else None

    def _user(self, name: str, *, bot: bool = False) -> User:
        user = User(self.clock.snowflake(), name, bot=bot)
        self.users[user.id] = user
        return user

    def _guild(self, name: str, *, has_bot: bool = True) -> Guild:
        owner = next((user for user in self.users.values() if user.name == "olga"), None) or self._user("olga")
        guild = Guild(self.clock.snowflake(), name, owner, self.clock.stamp(), has_bot=has_bot)
        guild.members[owner.id] = owner
        if has_bot:
            guild.members[self.bot.id] = self.bot
        self.guilds[guild.id] = guild
        return guild

    def _channel(self, guild: Guild, name: str) -> Channel:
        channel = self._add(Channel(self.clock.snowflake(), TEXT, name, guild))
        guild.channels[channel.id] = channel
        return channel

    def _add(self, channel: Channel) -> Channel:
        self.channels[channel.id] = channel
        return channel

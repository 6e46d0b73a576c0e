"""What people do: the API by which tests and the demonstration drive the bot."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from tests.discord_double.exchange import AUTOCOMPLETE, COMMAND, COMPONENT, MODAL_SUBMIT, Exchange
from tests.discord_double.form import filled
from tests.discord_double.limits import walk
from tests.discord_double.messages import LOADING, Message
from tests.discord_double.options import find, put, told
from tests.discord_double.places import Channel, Guild, User, bits
from tests.discord_double.refusal import Unusable

if TYPE_CHECKING:
    from tests.discord_double.world import World

FILE_SIZE = 10 << 20  # what Discord lets anybody upload
SLASH, MESSAGE_MENU = 1, 3
ENTITIES = {5: "users", 6: "roles", 8: "channels"}  # selects of what the server has
Upload = tuple[str, bytes]


class Person:
    """Somebody at a keyboard. Every act returns at once; wait on the Exchange that it returns for what the bot does."""

    def __init__(self, world: World, user: User) -> None:
        self.world = world
        self.user = user

    @property
    def name(self) -> str:
        return self.user.name

    @property
    def dms(self) -> Channel:
        """Where this person and the bot talk alone."""
        return self.world.dm(self.user)

    # Messages.

    async def post(
        self, where: Channel, text: str = "", *, files: Iterable[Upload] = (), reply_to: Message | None = None
    ) -> Message:
        """Write in a channel."""
        needed = bits(view_channel=True, send_messages=True)
        if where.guild and where.guild.permissions(self.user, where) & needed != needed:
            raise Unusable(f"{self.name} may not write in {where}")
        hosted = [self.world.host(name, data) for name, data in files]
        return await self.world.say(where, self.user, {"content": text}, hosted, reply_to)

    async def dm(self, text: str = "", *, files: Iterable[Upload] = ()) -> Message:
        """Write to the bot alone."""
        return await self.post(self.dms, text, files=files)

    async def edit(self, message: Message, text: str) -> None:
        """Change what one wrote."""
        if message.author is not self.user:
            raise Unusable(f"{self.name} cannot edit what {message.author.name} wrote")
        await self.world.change(message, message.body | {"content": text}, message.files)

    async def delete(self, message: Message) -> None:
        """Take back what one wrote, or what one may moderate."""
        guild = message.channel.guild
        moderates = guild and guild.permissions(self.user, message.channel) & bits(manage_messages=True)
        if message.author is not self.user and not moderates:
            raise Unusable(f"{self.name} cannot delete what {message.author.name} wrote")
        await self.world.delete(message)

    # Commands and menus.

    async def slash(
        self, command: str, /, *, at: Channel | None = None, guild: Guild | None = None, **options: Any
    ) -> Exchange:
        """Use a slash command, ``slash("alerts set", channel=…)``; in Newsroom's #general if no place is given.

        Keywords other than `at` and `guild` are the command's options: texts, numbers, channels, people, (name, bytes).
        """
        place = self._place(at, guild)
        top, words = self._command(command.split(), SLASH, place)
        data, resolved = put(self.world, top, words, options, place)
        self.world.transcript.did(self.name, place, f"uses {told(command, options)}")
        return await self._interact(COMMAND, place, self._named(top, data, resolved))

    async def autocomplete(
        self,
        command: str,
        focused: str,
        typed: str,
        /,
        *,
        at: Channel | None = None,
        guild: Guild | None = None,
        **options: Any,
    ) -> list[dict[str, Any]]:
        """Type into an option that offers choices: the choices."""
        place = self._place(at, guild)
        top, words = self._command(command.split(), SLASH, place)
        data, resolved = put(self.world, top, words, options | {focused: typed}, place, focused=focused)
        exchange = await self._interact(AUTOCOMPLETE, place, self._named(top, data, resolved))
        return await exchange.suggestions()

    async def menu(self, name: str, message: Message) -> Exchange:
        """Use a message menu: right-click, Apps, `name`."""
        place = message.channel
        top, _ = self._command([name], MESSAGE_MENU, place)
        seen = message.payload(self.world.clock)
        data = {"id": top["id"], "name": name, "type": MESSAGE_MENU, "target_id": message.id}
        self.world.transcript.did(self.name, place, f"uses the menu “{name}” on the message of {message.author.name}")
        return await self._interact(COMMAND, place, data | {"resolved": {"messages": {message.id: seen}}})

    # Components.

    async def press(self, message: Message, button: str) -> Exchange:
        """Press the button with this label or custom id."""
        found = self._component(message, button, "button", {2})
        self.world.transcript.did(self.name, message.channel, f"presses [{found.get('label') or button}]")
        data = {"custom_id": found["custom_id"], "component_type": found["type"]}
        return await self._interact(COMPONENT, message.channel, data, message)

    async def select(self, message: Message, menu: str, *values: Any) -> Exchange:
        """Choose from the select menu with this placeholder or custom id: texts, or users and channels themselves."""
        found = self._component(message, menu, "select menu", {3, 5, 6, 7, 8})
        chosen = [value if isinstance(value, str) else value.id for value in values]
        if not found.get("min_values", 1) <= len(chosen) <= found.get("max_values", 1):
            raise Unusable(f"{len(chosen)} values cannot be chosen from {menu}")
        if found["type"] == 3 and not set(chosen) <= {option["value"] for option in found["options"]}:
            raise Unusable(f"{chosen} are not offered by {menu}")
        data = {"custom_id": found["custom_id"], "component_type": found["type"], "values": chosen}
        if found["type"] in ENTITIES:
            data["resolved"] = {ENTITIES[found["type"]]: {value.id: value.payload() for value in values}}
        self.world.transcript.did(self.name, message.channel, f"chooses {', '.join(chosen)}")
        return await self._interact(COMPONENT, message.channel, data, message)

    async def submit(self, exchange: Exchange, **fields: Any) -> Exchange:
        """Fill in the modal that an exchange opened, by custom id (files: a list of (name, bytes)), and send it."""
        modal = await exchange.form()
        data = filled(self.world, modal, fields)
        self.world.transcript.did(self.name, exchange.channel, f"sends the form “{modal['title']}”")
        return await self._interact(MODAL_SUBMIT, exchange.channel, data, exchange.source)

    # How it reaches the bot.

    def _place(self, where: Channel | None, guild: Guild | None) -> Channel:
        return where or next(iter((guild or self.world.newsroom).channels.values()))

    def _command(self, words: list[str], kind: int, place: Channel) -> tuple[dict[str, Any], list[str]]:
        offered = self.world.commands.get(place.guild.id if place.guild else None, []) + self.world.commands.get(
            None, []
        )
        return find(self.world, offered, words, kind, place, self.user), words[1:]

    def _named(self, top: dict[str, Any], options: list[dict[str, Any]], resolved: dict[str, Any]) -> dict[str, Any]:
        data = {"id": top["id"], "name": top["name"], "type": SLASH, "options": options}
        return data | ({"resolved": resolved} if resolved else {})

    def _component(self, message: Message, name: str, what: str, kinds: set[int]) -> dict[str, Any]:
        if message.deleted or message.flags & LOADING or (message.seen_by and message.seen_by is not self.user):
            raise Unusable(f"{self.name} does not see that message")
        for component in walk(message.components):
            known = (component.get("label"), component.get("placeholder"), component.get("custom_id"))
            if component["type"] in kinds and name in known:
                if component.get("disabled") or not component.get("custom_id"):
                    raise Unusable(f"the {what} {name!r} is disabled or a link")
                return component
        raise Unusable(f"there is no {what} {name!r} on: {message.text[:200]!r}")

    async def _interact(
        self, kind: int, place: Channel, data: dict[str, Any], source: Message | None = None
    ) -> Exchange:
        clock, world = self.world.clock, self.world
        exchange = Exchange(
            clock.snowflake(), f"token-{clock.snowflake()}", kind, self, place, clock, clock.elapsed(), source
        )
        world.interactions[exchange.token] = exchange
        body = {
            "id": exchange.id, "application_id": world.bot.id, "type": kind, "token": exchange.token, "version": 1,
            "data": data, "locale": self.user.locale, "entitlements": [], "attachment_size_limit": FILE_SIZE,
            "channel_id": place.id, **self._around(place),
        }  # fmt: skip
        if source:
            body["message"] = source.payload(clock)
        guild = place.guild.id if place.guild and place.guild.has_bot else None
        await world.gateway.emit("INTERACTION_CREATE", body, guild=guild)
        return exchange

    def _around(self, place: Channel) -> dict[str, Any]:
        """Where an interaction happens, and by whose leave the bot is there."""
        guild, channel = place.guild, place.payload()
        if guild is None:
            owners = {"0": "0", "1": self.user.id}
            rights = str(bits(send_messages=True, embed_links=True, attach_files=True, view_channel=True))
            return {
                "user": self.user.payload(), "channel": channel, "context": 1, "app_permissions": rights,
                "authorizing_integration_owners": owners,
            }  # fmt: skip
        mine, bot = guild.permissions(self.user, place), guild.permissions(self.world.bot, place)
        return {
            "guild_id": guild.id, "guild": {"id": guild.id, "locale": guild.locale, "features": []}, "context": 0,
            "guild_locale": guild.locale, "channel": channel | {"permissions": str(mine)},
            "member": guild.member(self.user, place), "app_permissions": str(bot if guild.has_bot else guild.everyone),
            "authorizing_integration_owners": {"0": guild.id} if guild.has_bot else {"1": self.user.id},
        }  # fmt: skip

"""The client: what it asks Discord for, how it registers its commands, and what it starts."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import time
from typing import Any

import discord
from discord import app_commands

from bot.errors import InputError
from bot.serve.chat import commands, faults, jobs, notices, upkeep
from bot.serve.chat.alerts import Sender
from bot.serve.chat.bulk import Bulk
from bot.serve.chat.channels import Channels
from bot.serve.chat.direct import Direct
from bot.serve.chat.names import Names
from bot.serve.chat.office import Office
from bot.serve.chat.showing import Showing
from bot.serve.chat.tongues import Tongues
from bot.serve.chat.words import Translator
from bot.serve.live.opening import Live

log = logging.getLogger(__name__)
TREE = "command tree"
"""Under which the hash of the registered commands is noted in the record."""


class Tree(app_commands.CommandTree["Bot"]):
    """The commands; what goes wrong in one is told to the one who asked."""

    async def on_error(self, interaction: discord.Interaction[Bot], error: app_commands.AppCommandError, /) -> None:
        """Answer with a sentence; see `faults`."""
        await faults.answer(interaction, error)


class Bot(discord.AutoShardedClient):
    """On Record in Discord. It needs no privileged intent unless ordinary messages are to be read (`reading`)."""

    def __init__(self, office: Office, live: Live | None = None, *, reading: bool = False, **options: Any) -> None:
        intents = discord.Intents(guilds=True, dm_messages=True, guild_messages=reading, message_content=reading)
        super().__init__(
            intents=intents,
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            max_messages=None,
            **{"chunk_guilds_at_startup": False, "heartbeat_timeout": 150, **options},
        )
        self.office = office
        self.live = live
        self.reading = reading
        self.names = Names(office)
        self.showing = Showing()
        self.tongues = Tongues()
        self.began = time.monotonic()
        self.checking = Channels(self)
        self.bulk = Bulk(self)
        self.direct = Direct(self)
        self._tasks: list[asyncio.Task[None]] = []
        self.renewing = asyncio.Event()  # set: connect anew, with the intents that are now wanted
        self.tree = Tree(self)
        self._translator = Translator()
        self.alerts = Sender(self)
        for add in commands.ALL:
            add(self)

    async def setup_hook(self) -> None:
        """Register what has changed, before the first event arrives."""
        await self.tree.set_translator(self._translator)
        await self.names.refresh()
        self.add_dynamic_items(notices.Press, *jobs.BUTTONS)
        await self.register()
        await self.begin()

    async def begin(self) -> None:
        """Begin what goes on by itself: alerts, lists, upkeep."""
        self.alerts.begin()
        await self.bulk.begin()
        self._tasks = [asyncio.create_task(work) for work in (upkeep.tend(self),)]

    @property
    def web(self) -> Live:
        """What fetches pages and feeds. Raises `InputError` where this bot was begun without it."""
        if self.live is None:
            raise InputError("this bot fetches nothing from the web", hint="Ask those who run it.")
        return self.live

    async def rest(self) -> None:
        """Take no more work, and leave what is under way where it can be gone on with."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.alerts.end()
        await self.bulk.rest()

    async def on_message(self, message: discord.Message) -> None:
        """Somebody wrote something."""
        if message.guild is not None:
            await self.checking.take(message)
        else:
            await self.direct.take(message)

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Somebody used a command, a button or a form."""
        self.tongues.heard(interaction.user.id, interaction.locale.value)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """The bot was added to a server."""
        await upkeep.joined(self, guild)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """The bot was removed from a server, or the server is no more."""
        await upkeep.left(self, guild)

    async def register(self) -> bool:
        """Send the commands to Discord where they differ from those sent last. Returns whether they did."""
        found = await self.fingerprint()
        if await self.office.read(lambda store: store.servers.note(TREE)) == found:
            return False
        registered = await self.tree.sync()
        await self.office.write(lambda store: store.servers.set_note(TREE, found))
        log.info("registered %d commands", len(registered))
        return True

    async def fingerprint(self) -> str:
        """A hash of the commands as Discord is sent them, and of the application that they belong to."""
        payload = [await each.get_translated_payload(self.tree, self._translator) for each in self.tree.get_commands()]
        written = json.dumps([self.application_id, payload], sort_keys=True)
        return hashlib.sha256(written.encode()).hexdigest()

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:
        """Log what went wrong in an event that nobody waits for."""
        log.exception("in %s", event_method)

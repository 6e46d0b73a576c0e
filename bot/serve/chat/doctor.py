"""Looking the bot over before it runs, or when something is amiss: each thing that must be right, and what to do.

It logs in as the bot does but opens no gateway, registers nothing and changes nothing, in Discord or in the record.
"""

from __future__ import annotations

import shutil
import stat
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import discord

from bot.errors import ConfigError, OnRecordError
from bot.model import Coverage
from bot.orders import Scope, Settings
from bot.report import phrases
from bot.serve.chat import office, permits
from bot.serve.chat.client import TREE, Bot
from bot.serve.chat.running import Options
from bot.serve.setup import CONFIG, Setup

FAULT, CONFIGURATION = 1, 78
"""Exit status: something is wrong; the token or an intent is, so that the bot would not even start."""
ROOM = 256_000_000
"""Bytes that must be free beside the record, and never less than its own size: a backup takes as many."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was looked at. `status` is 0 where it is well, and else what the program exits with."""

    subject: str
    told: str
    advice: str = ""
    status: int = 0


@dataclass(frozen=True, slots=True)
class Held:
    """What the record says: how much it holds, and what servers have chosen."""

    coverage: Coverage
    servers: Mapping[Scope, Settings]
    reading: bool


class _Visitor(Bot):
    """The bot as it would be, but that it registers nothing and begins nothing."""

    async def setup_hook(self) -> None:
        """Do nothing."""


async def examine(setup: Setup, options: Options = dict) -> AsyncIterator[Line]:
    """Look at everything, one thing after another. `options` are those of the client."""
    try:
        config = setup.config
    except ConfigError as error:
        yield Line("settings", str(error), error.hint, FAULT)
        return
    path = setup.config_file or (CONFIG if CONFIG.is_file() else None)
    yield Line("settings", f"read from {path}" if path else "the defaults and the environment")
    held: Held | None = None
    try:
        held = _held(setup)
        quotes = phrases.many("quote", held.coverage.quotations)
        yield Line("record", f"{setup.record_path} is sound: {quotes} of {held.coverage.articles:,} articles")
    except OnRecordError as error:
        yield Line("record", str(error), error.hint, FAULT)
    for line in _disk(setup):
        yield line
    if config.token_file.exists():
        yield _guarded(config.token_file)
    async for line in _discord(setup, held, options):
        yield line


def _held(setup: Setup) -> Held:
    """What the record says. Raises `RecordError` where it is no use."""
    with setup.store(readonly=True) as store:
        store.check_pages()
        return Held(store.coverage(), store.servers.present(), store.servers.reading())


def _disk(setup: Setup) -> Iterator[Line]:
    """Whether there is room, for the record to grow and to be copied."""
    path = setup.record_path.absolute()
    if not path.parent.is_dir():
        yield Line("disk", f"there is no folder {path.parent}", "Make it, or name another in `database`.", FAULT)
        return
    free, size = shutil.disk_usage(path.parent).free, path.stat().st_size if path.exists() else 0
    told = f"{free / 1e9:.1f} GB are free, the record has {size / 1e9:.2f} GB"
    if free < max(size, ROOM):
        yield Line("disk", told, "Free some space: a backup takes as much as the record.", FAULT)
    else:
        yield Line("disk", told)


def _guarded(path: Path) -> Line:
    """Whether the token's file is kept from others."""
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        return Line("token file", f"others may read {path}", f"chmod 600 {path}", FAULT)
    return Line("token file", "only its owner may read it")


async def _discord(setup: Setup, held: Held | None, options: Options) -> AsyncIterator[Line]:
    """What Discord says of the bot."""
    try:
        token = setup.token()
    except ConfigError as error:
        yield Line("token", str(error), error.hint, CONFIGURATION)
        return
    async with AsyncExitStack() as stack:
        client = await _client(setup, held, options, stack)
        try:
            await client.login(token.reveal())
        except discord.LoginFailure:
            advice = "Copy it anew from the Bot page of your application, and put it where the old one is."
            yield Line("token", "Discord does not know it", advice, CONFIGURATION)
            return
        except (aiohttp.ClientError, discord.HTTPException, OSError) as error:
            yield Line("Discord", f"cannot be reached: {error}", "Check this machine's network, then try again.", FAULT)
            return
        yield Line("token", f"Discord knows it as {client.user}, application {client.application_id}")
        yield _intents(client, reading=held is not None and held.reading)
        if held is None or not isinstance(client, Bot):
            return
        yield await _registered(client)
        for scope, settings in held.servers.items():
            async for line in _server(client, scope, settings):
                yield line


async def _client(setup: Setup, held: Held | None, options: Options, stack: AsyncExitStack) -> discord.Client:
    """The bot where there is a record for it, else any client."""
    if held is None:
        return await stack.enter_async_context(discord.Client(intents=discord.Intents.none(), **options()))
    desks = await stack.enter_async_context(office.opened(setup.record_path))
    return await stack.enter_async_context(_Visitor(desks, **options()))


def _intents(client: discord.Client, *, reading: bool) -> Line:
    """Whether messages may be read, where a server wants it."""
    if not reading:
        return Line("intents", "none that Discord has to grant is needed: no server has messages checked")
    if permits.reads(client.application_flags):
        return Line("intents", "Message Content Intent is granted")
    told = "a server has messages checked, and the bot may not read them"
    return Line("intents", told, "Switch on Message Content Intent on the Bot page of your application.", CONFIGURATION)


async def _registered(bot: Bot) -> Line:
    """Whether Discord offers the commands that this version has."""
    there = {(command.type, command.name) for command in await bot.tree.fetch_commands()}
    wanted = {(_type(command), command.name) for command in bot.tree.get_commands()}
    advice = "Start the bot once, `onrecord run`: it registers them."
    if missing := sorted(name for _, name in wanted - there):
        return Line("commands", f"Discord does not offer {', '.join(missing)}", advice, FAULT)
    if await bot.office.read(lambda store: store.servers.note(TREE)) != await bot.fingerprint():
        return Line("commands", "Discord has them from another version", advice, FAULT)
    return Line("commands", f"all {len(wanted)} are registered")


def _type(command: object) -> discord.AppCommandType:
    found = getattr(command, "type", None)
    return found if isinstance(found, discord.AppCommandType) else discord.AppCommandType.chat_input


async def _server(bot: Bot, scope: Scope, settings: Settings) -> AsyncIterator[Line]:
    """Whether the bot may do in a server's channels what was asked of it there."""
    needs = dict.fromkeys(settings.checked, permits.ANSWERED if settings.speak else permits.CHECKED)
    if settings.channel is not None:
        needs[settings.channel] = permits.ALERTS
    if not needs:
        return
    try:
        guild = await bot.fetch_guild(scope.server, with_counts=False)
        me = await guild.fetch_member(bot.user.id if bot.user else 0)
    except discord.HTTPException as error:
        yield Line(f"server {scope.server}", f"the bot is no member: {error.text}", "Invite it again.", FAULT)
        return
    for channel, needed in needs.items():
        yield await _channel(guild, me, channel, needed)


async def _channel(guild: discord.Guild, me: discord.Member, number: int, needed: permits.Needed) -> Line:
    subject = f"{guild.name}, channel {number}"
    try:
        place = await guild.fetch_channel(number)
        channel = await guild.fetch_channel(place.parent_id) if isinstance(place, discord.Thread) else place
        granted = channel.permissions_for(me)
    except (discord.HTTPException, discord.InvalidData) as error:
        return Line(subject, f"cannot be seen: {error}", "Let the bot see it, or choose another: /alerts set.", FAULT)
    if missing := permits.missing(granted, needed):
        names = ", ".join(map(permits.spoken, missing))
        advice = f"In #{channel.name}, Edit channel, Permissions, allow the bot: {names}."
        return Line(subject, f"the bot lacks {names}", advice, FAULT)
    return Line(f"{guild.name}, #{channel.name}", "all permissions are there")

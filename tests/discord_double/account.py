"""Routes about the bot itself: who it is, its application, where its gateway is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.discord_double.places import TEXT, Guild, User
from tests.discord_double.refusal import unknown
from tests.discord_double.rest import Answer, Route

if TYPE_CHECKING:
    from tests.discord_double.call import Call
    from tests.discord_double.world import World


async def me(world: World, call: Call) -> Answer:
    return 200, world.bot.payload() | {"verified": True, "mfa_enabled": False, "locale": "en-US", "email": None}


async def application(world: World, call: Call) -> Answer:
    return 200, {
        "id": world.bot.id, "name": world.bot.name, "icon": None, "description": "", "bot_public": True, "team": None,
        "bot_require_code_grant": False, "verify_key": "0" * 64, "flags": world.flags, "summary": "", "hook": True,
        "owner": world.newsroom.owner.payload(), "approximate_guild_count": len(world.guilds),
    }  # fmt: skip


async def gateway(world: World, call: Call) -> Answer:
    limit = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 1}
    return 200, {"url": "wss://gateway.discord.gg", "shards": world.shards, "session_start_limit": limit}


async def direct(world: World, call: Call) -> Answer:
    return 200, world.dm(_user(world, str(call.json["recipient_id"]))).payload()


async def user(world: World, call: Call, user: str) -> Answer:
    return 200, _user(world, user).payload()


async def guild(world: World, call: Call, guild: str) -> Answer:
    return 200, _guild(world, guild).payload(world.bot)


async def guilds(world: World, call: Call) -> Answer:
    mine = [one for one in world.guilds.values() if one.has_bot]
    return 200, [
        {"id": one.id, "name": one.name, "icon": None, "banner": None, "owner": False, "features": [],
         "permissions": str(one.permissions(world.bot))}
        for one in mine
    ]  # fmt: skip


async def guild_channels(world: World, call: Call, guild: str) -> Answer:
    return 200, [one.payload() for one in _guild(world, guild).channels.values() if one.type == TEXT]


async def guild_roles(world: World, call: Call, guild: str) -> Answer:
    return 200, _guild(world, guild).role_payloads()


async def member(world: World, call: Call, guild: str, user: str) -> Answer:
    found = _guild(world, guild)
    if user not in found.members:
        raise unknown("Member", 10007)
    body: dict[str, Any] = found.member(found.members[user])
    return 200, {key: value for key, value in body.items() if key != "permissions"}


def _user(world: World, ident: str) -> User:
    if ident not in world.users:
        raise unknown("User", 10013)
    return world.users[ident]


def _guild(world: World, ident: str) -> Guild:
    found = world.guilds.get(ident)
    if found is None or not found.has_bot:
        raise unknown("Guild", 10004)
    return found


ROUTES = (
    Route.of("GET", "/users/@me", me),
    Route.of("GET", "/oauth2/applications/@me", application),
    Route.of("GET", "/applications/@me", application),
    Route.of("GET", "/gateway/bot", gateway),
    Route.of("POST", "/users/@me/channels", direct),
    Route.of("GET", "/users/{user}", user),
    Route.of("GET", "/users/@me/guilds", guilds),
    Route.of("GET", "/guilds/{guild}", guild),
    Route.of("GET", "/guilds/{guild}/channels", guild_channels),
    Route.of("GET", "/guilds/{guild}/roles", guild_roles),
    Route.of("GET", "/guilds/{guild}/members/{user}", member),
)

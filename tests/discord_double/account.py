"""Routes about the bot itself: who it is, its application, where its gateway is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.discord_double.places import User
from tests.discord_double.refusal import missing_access, unknown
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
    found = world.guilds.get(guild)
    if found is None or not found.has_bot:
        raise unknown("Guild", 10004)
    return 200, found.payload(world.bot)


async def member(world: World, call: Call, guild: str, user: str) -> Answer:
    found = world.guilds.get(guild)
    if found is None or not found.has_bot:
        raise missing_access()
    if user not in found.members:
        raise unknown("Member", 10007)
    body: dict[str, Any] = found.member(found.members[user])
    return 200, {key: value for key, value in body.items() if key != "permissions"}


def _user(world: World, ident: str) -> User:
    if ident not in world.users:
        raise unknown("User", 10013)
    return world.users[ident]


ROUTES = (
    Route.of("GET", "/users/@me", me),
    Route.of("GET", "/oauth2/applications/@me", application),
    Route.of("GET", "/applications/@me", application),
    Route.of("GET", "/gateway/bot", gateway),
    Route.of("POST", "/users/@me/channels", direct),
    Route.of("GET", "/users/{user}", user),
    Route.of("GET", "/guilds/{guild}", guild),
    Route.of("GET", "/guilds/{guild}/members/{user}", member),
)

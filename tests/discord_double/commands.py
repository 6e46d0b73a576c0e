"""Routes of application commands, which are judged before they are taken."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tests.discord_double.limits import faults_of
from tests.discord_double.refusal import malformed, missing_access
from tests.discord_double.rest import Answer, Route

if TYPE_CHECKING:
    from tests.discord_double.call import Call
    from tests.discord_double.world import World

SLASH, GROUPS, STRING, INTEGER, NUMBER = 1, (1, 2), 3, 4, 10
MOST = {1: 100, 2: 15, 3: 15}  # commands, menus of users, menus of messages
NAME = re.compile(r"[-_'\w]{1,32}")
LOCALES = frozenset(
    ("id", "da", "de", "en-GB", "en-US", "es-ES", "es-419", "fr", "hr", "it", "lt", "hu", "nl", "no", "pl", "pt-BR",
     "ro", "fi", "sv-SE", "vi", "tr", "cs", "el", "bg", "ru", "uk", "hi", "th", "zh-CN", "ja", "zh-TW", "ko")
)  # fmt: skip


async def put(world: World, call: Call, app: str, guild: str | None = None) -> Answer:
    """Replace all commands, everywhere or in one server."""
    if guild is not None and not (guild in world.guilds and world.guilds[guild].has_bot):
        raise missing_access()
    faults = list(set_faults(call.json))
    if faults:
        raise malformed(faults)
    earlier = {(one["name"], one["type"]): one["id"] for one in world.commands.get(guild, [])}
    world.commands[guild] = [_kept(world, one, guild, earlier) for one in call.json]
    return 200, world.commands[guild]


async def listed(world: World, call: Call, app: str, guild: str | None = None) -> Answer:
    return 200, world.commands.get(guild, [])


def _kept(world: World, form: dict[str, Any], guild: str | None, earlier: dict[Any, str]) -> dict[str, Any]:
    """A command as Discord keeps it: one of the same name and type keeps its id."""
    kind = form.get("type", SLASH)
    ident = earlier.get((form["name"], kind)) or world.clock.snowflake()
    usual: dict[str, Any] = {"description": "", "default_member_permissions": None, "nsfw": False, "options": []}
    place = {"guild_id": guild} if guild else {}
    version = world.clock.snowflake()
    return usual | form | {"id": ident, "application_id": world.bot.id, "version": version, "type": kind} | place


def set_faults(forms: list[dict[str, Any]]) -> Iterator[str]:
    """What is wrong with a whole set of commands."""
    names = [(form.get("name"), form.get("type", SLASH)) for form in forms]
    yield from (f"{name}: twice" for name in {one for one in names if names.count(one) > 1})
    for kind, most in MOST.items():
        if sum(kind == one for _, one in names) > most:
            yield f"more than {most} commands of type {kind}"
    for form in forms:
        yield from command_faults(form)


def command_faults(form: dict[str, Any]) -> Iterator[str]:
    """What is wrong with one command."""
    name, slash = form.get("name", ""), form.get("type", SLASH) == SLASH
    yield from (f"{name}: {fault}" for fault in faults_of(form, "command"))
    yield from _texts(form, name, slash=slash)
    yield from _options(form.get("options") or [], name)
    if not slash and (form.get("options") or form.get("description")):
        yield f"{name}: a menu has neither options nor a description"
    if not set(form.get("contexts") or ()) <= {0, 1, 2}:
        yield f"{name}: contexts {form['contexts']}"
    if not set(form.get("integration_types") or ()) <= {0, 1}:
        yield f"{name}: integration_types {form['integration_types']}"
    permissions = form.get("default_member_permissions")
    if permissions is not None and not str(permissions).isdecimal():
        yield f"{name}: default_member_permissions {permissions!r}"


def _texts(form: dict[str, Any], path: str, *, slash: bool = True) -> Iterator[str]:
    """Faults of the name, the description and their translations."""
    for locale, name in {"": form.get("name", ""), **(form.get("name_localizations") or {})}.items():
        good = NAME.fullmatch(name) and name == name.lower() if slash else 1 <= len(name) <= 32
        if not good:
            yield f"{path}: name {name!r} {locale}"
    for locale, text in {"": form.get("description", ""), **(form.get("description_localizations") or {})}.items():
        if slash and not 1 <= len(text) <= 100:
            yield f"{path}: description of {len(text)} characters {locale}"
    for key in ("name_localizations", "description_localizations"):
        for locale in (form.get(key) or {}).keys() - LOCALES:
            yield f"{path}: there is no locale {locale!r}"


def _options(options: list[dict[str, Any]], path: str) -> Iterator[str]:
    names = [option.get("name") for option in options]
    if len(set(names)) < len(names):
        yield f"{path}: options {names}"
    if len({option["type"] in GROUPS for option in options}) > 1:
        yield f"{path}: options beside subcommands"
    for option in options:
        inner = f"{path} {option.get('name')}"
        yield from _texts(option, inner)
        yield from _options(option.get("options") or [], inner)
        yield from _choices(option, inner)


def _choices(option: dict[str, Any], path: str) -> Iterator[str]:
    choices = option.get("choices") or []
    if choices and option.get("autocomplete"):
        yield f"{path}: choices beside autocompletion"
    if not all(1 <= len(choice["name"]) <= 100 for choice in choices):
        yield f"{path}: the name of a choice is too short or too long"
    if (choices or option.get("autocomplete")) and option["type"] not in (STRING, INTEGER, NUMBER):
        yield f"{path}: only texts and numbers can have choices"


ROUTES = (
    Route.of("PUT", "/applications/{app}/commands", put),
    Route.of("GET", "/applications/{app}/commands", listed),
    Route.of("PUT", "/applications/{app}/guilds/{guild}/commands", put),
    Route.of("GET", "/applications/{app}/guilds/{guild}/commands", listed),
)

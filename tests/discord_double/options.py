"""What Discord's own client does with a command before the bot hears of it: who may use it, and with what options."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.discord_double.places import Channel, User
from tests.discord_double.refusal import Unusable

if TYPE_CHECKING:
    from tests.discord_double.world import World

GROUPS = (1, 2)  # subcommand, group of subcommands
STRING, INTEGER, BOOLEAN, USER, CHANNEL, ROLE, MENTIONABLE, NUMBER, ATTACHMENT = range(3, 12)
PYTHON: dict[int, tuple[type, ...]] = {STRING: (str,), INTEGER: (int,), BOOLEAN: (bool,), NUMBER: (int, float)}


def find(
    world: World, offered: list[dict[str, Any]], words: list[str], kind: int, place: Channel, user: User
) -> dict[str, Any]:
    """The command that `user` sees under this name here; Unusable if they see none."""
    command = next((one for one in offered if one["name"] == words[0] and one.get("type", 1) == kind), None)
    if command is None:
        raise Unusable(f"{words[0]!r} is not among the commands that were synced: {[one['name'] for one in offered]}")
    guild = place.guild
    if (0 if guild else 1) not in (command.get("contexts") or (0, 1, 2)):
        raise Unusable(f"/{words[0]} is not offered in {place}")
    if guild and int(not guild.has_bot) not in (command.get("integration_types") or (0,)):
        raise Unusable(f"/{words[0]} is not offered in {guild.name}")
    needed = int(command.get("default_member_permissions") or 0)
    if guild and words[0] not in world.overrides and guild.permissions(user, place) & needed != needed:
        raise Unusable(f"{user.name} lacks the permissions for /{words[0]}")
    return command


def put(
    world: World,
    command: dict[str, Any],
    words: list[str],
    options: dict[str, Any],
    place: Channel,
    *,
    focused: str | None = None,
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The options as they travel, inside their subcommands, and the users, channels and files that they name."""
    known = {option["name"]: option for option in command.get("options") or []}
    if words:
        if words[0] not in known or known[words[0]]["type"] not in GROUPS:
            raise Unusable(f"/{command['name']} has no {words[0]!r} but {list(known)}")
        inner, resolved = put(world, known[words[0]], words[1:], options, place, focused=focused)
        return [{"name": words[0], "type": known[words[0]]["type"], "options": inner}], resolved
    if any(option["type"] in GROUPS for option in known.values()):
        raise Unusable(f"/{command['name']} cannot be used without one of {list(known)}")
    missing = [name for name, option in known.items() if option.get("required") and name not in options]
    if (not focused and missing) or not options.keys() <= known.keys():
        raise Unusable(f"/{command['name']} takes {list(known)}; missing {missing}, given {list(options)}")
    resolved = {}
    sent = []
    for name, value in options.items():
        if name == focused:
            sent.append({"name": name, "type": known[name]["type"], "value": value, "focused": True})
        else:
            sent.append(
                {"name": name, "type": known[name]["type"], "value": _value(world, known[name], value, resolved)}
            )
    return sent, resolved


def _value(world: World, option: dict[str, Any], value: Any, resolved: dict[str, Any]) -> Any:
    """A value as it travels; Unusable if Discord's client would not let it be typed or chosen."""
    kind, name = option["type"], option["name"]
    if kind in PYTHON:
        _check(option, value)
        return value
    if kind == ATTACHMENT:
        file = world.host(*value)
        resolved.setdefault("attachments", {})[file.id] = file.payload(world.clock)
        return file.id
    if kind == CHANNEL:
        if option.get("channel_types") and value.type not in option["channel_types"]:
            raise Unusable(f"{value} is no channel that {name!r} takes")
        rights = str(value.guild.permissions(world.bot, value))
        resolved.setdefault("channels", {})[value.id] = value.payload() | {"permissions": rights}
    elif kind == ROLE:
        guild, role = value  # a server and the id of one of its roles
        payloads = {one["id"]: one for one in guild.role_payloads()}
        resolved.setdefault("roles", {})[role] = payloads[role]
        return role
    else:
        value = getattr(value, "user", value)
        resolved.setdefault("users", {})[value.id] = value.payload()
    return value.id


def _check(option: dict[str, Any], value: Any) -> None:
    name, kind = option["name"], option["type"]
    if type(value) not in PYTHON[kind]:  # not isinstance: True is no integer here
        raise Unusable(f"{name!r} does not take {value!r}")
    choices = [choice["value"] for choice in option.get("choices") or []]
    if choices and value not in choices:
        raise Unusable(f"{name!r} offers {choices}, not {value!r}")
    if kind == STRING and not option.get("min_length", 0) <= len(value) <= option.get("max_length", 6000):
        raise Unusable(f"{name!r} does not take a text of {len(value)} characters")
    if kind in (INTEGER, NUMBER) and not option.get("min_value", value) <= value <= option.get("max_value", value):
        raise Unusable(f"{name!r} does not take {value}")


def told(command: str, options: dict[str, Any]) -> str:
    """A command line as the transcript shows it."""
    shown = [f"{name}:{value[0] if isinstance(value, tuple) else value}" for name, value in options.items()]
    return " ".join([f"/{command}", *shown])

"""What the program can do stands in its documentation, or the suite fails.

`pytest tests/test_docs.py --update` writes the help of every command into docs/commands.md.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import click
import discord
import pytest
from discord import app_commands

from bot import errors, orders
from bot.config import PREFIX, SETTINGS, TOKEN, Config, load
from bot.model import Agreement, FindingClass, Kind, Wording
from bot.serve.chat import alerts, channels, gates, intake, office, permits, received, upkeep
from bot.serve.chat.client import Bot
from bot.serve.chat.commands import menus
from bot.serve.cli.app import program
from storage import feeds, servers, users

ROOT = Path(__file__).parents[1]
COMMANDS = ROOT / "docs" / "commands.md"
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
_HELP = re.compile(r"(?<=<!-- help: )(?P<name>[a-z ]+)(?: -->\n```text\n)(?P<text>.*?)(?=```\n)", re.DOTALL)

SHOWN = {"view_channel": "View Channels"}
"""What Discord calls a permission for a whole server, where that is not its name for a channel."""
LIMITS = {
    "questions of one user in a minute": gates.PER_MINUTE,
    "questions of all users of a server in a minute": gates.SERVER_PER_MINUTE,
    "characters of a quote": menus.LONGEST,
    "quotes of one message": menus.MOST,
    "quotes of a list": intake.MOST,
    "MiB of a list, or of a file with articles": max(intake.LIMIT, received.LIMIT) >> 20,
    "articles of one file": received.MOST,
    "lists of one user under way": intake.OPEN,
    "lists of all users under way": intake.WAITING,
    "watches of one user": users.MOST_WATCHES,
    "feeds of one server": feeds.MOST_FEEDS,
    "rules of one server": servers.MOST_RULES,
    "alerts that are held back for a server": alerts.MOST,
    "messages of chosen channels that wait": channels.WAITING,
    "attempts to send an alert": orders.ATTEMPTS,
    "days that lists and sent alerts are kept": upkeep.KEPT.days,
}


def commands(group: click.Group, names: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command that does something, with the words that call it."""
    for name, command in sorted(group.commands.items()):
        if isinstance(command, click.Group):
            yield from commands(command, (*names, name))
        else:
            yield (*names, name), command


def help_of(names: tuple[str, ...], command: click.Command) -> str:
    context = click.Context(program, info_name="onrecord", **program.context_settings)
    for name in names[:-1]:
        context = click.Context(EVERY_GROUP[name], info_name=name, parent=context)
    context = click.Context(command, info_name=names[-1], parent=context)
    context.terminal_width = 100
    return command.get_help(context) + "\n"


EVERY = dict(commands(program))
EVERY_GROUP = {name: group for name, group in program.commands.items() if isinstance(group, click.Group)}
TEXT = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)


@pytest.mark.parametrize("names", EVERY, ids=" ".join)
def test_every_command_stands_in_the_documentation_with_its_help(
    names: tuple[str, ...], request: pytest.FixtureRequest
) -> None:
    """Its options and examples are those that it prints itself."""
    expected = help_of(names, EVERY[names])
    held = {found["name"]: found["text"] for found in _HELP.finditer(COMMANDS.read_text(encoding="utf-8"))}
    name = " ".join(names)
    if request.config.getoption("--update") and held.get(name) != expected:
        write_help(name, expected, known=name in held)
    else:
        assert held.get(name) == expected, "run pytest tests/test_docs.py --update"


def write_help(name: str, text: str, *, known: bool) -> None:
    page = COMMANDS.read_text(encoding="utf-8")
    block = f"<!-- help: {name} -->\n```text\n{text}```\n"
    if known:
        page = re.sub(rf"<!-- help: {name} -->\n```text\n.*?```\n", lambda _: block, page, flags=re.DOTALL)
    else:
        page += f"\n## {name}\n\n{block}"
    COMMANDS.write_text(page, encoding="utf-8")


def test_no_command_is_documented_that_is_not_there() -> None:
    held = {tuple(found["name"].split()) for found in _HELP.finditer(COMMANDS.read_text(encoding="utf-8"))}
    assert held == EVERY.keys()


@pytest.mark.parametrize(
    "word", [*(f"`{word}`" for kind in (Wording, Agreement, FindingClass) for word in kind if word != "translation")]
)
def test_every_verdict_and_finding_stands_in_the_documentation(word: str) -> None:
    assert word in TEXT


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_of_passage_stands_in_the_documentation(kind: Kind) -> None:
    assert f"`{kind}`" in TEXT


def test_every_error_stands_in_the_documentation() -> None:
    raised = [
        name
        for name, value in vars(errors).items()
        if isinstance(value, type) and issubclass(value, errors.OnRecordError)
    ]
    missing = [name for name in raised if f"`{name}`" not in TEXT]
    assert not missing


def test_every_dependency_stands_in_the_table_with_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    table = (ROOT / "README.md").read_text(encoding="utf-8").split("| dependency | why |")[1]
    names = [re.split(r"[<>=~!\[; ]", one)[0] for one in project["dependencies"]]
    assert [name for name in names if not re.search(rf"^\| {re.escape(name)} \| \w", table, re.MULTILINE)] == []


def test_every_setting_stands_in_the_example_with_its_default() -> None:
    """The example loads to exactly the defaults, and says how each setting is exported."""
    path = ROOT / "config.example.toml"
    read = load(path, {})
    for field in fields(Config):
        expected = getattr(Config(), field.name)
        assert getattr(read, field.name) == (path.parent / expected if isinstance(expected, Path) else expected)
    example = path.read_text(encoding="utf-8")
    assert SETTINGS.keys() == {field.name for field in fields(Config)}
    for key in SETTINGS:
        assert re.search(rf"^{key} = ", example, re.MULTILINE)
        assert f"ONRECORD_{key.upper()}" in example


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_within_the_project_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


DISCORD = (ROOT / "docs" / "discord.md").read_text(encoding="utf-8")
_ROW = re.compile(r"^\| `(?P<name>/[a-z ]+|[A-Z][\w ?]+)` \| (?P<options>.*?)\|", re.MULTILINE)


def slash(found: Iterable[Any], names: tuple[str, ...] = ()) -> Iterator[tuple[str, list[str]]]:
    """Every command of a tree as a user types it, with its options; entries of a message's menu have none."""
    for command in found:
        if isinstance(command, app_commands.Group):
            yield from slash(command.commands, (*names, command.name))
        elif isinstance(command, app_commands.ContextMenu):
            yield command.name, []
        else:
            yield "/" + " ".join((*names, command.name)), [each.display_name for each in command.parameters]


async def test_every_command_of_the_bot_stands_in_its_documentation_with_its_options(tmp_path: Path) -> None:
    """And none stands there that is not in the tree."""
    async with office.opened(tmp_path / "onrecord.db") as desks:
        tree = Bot(desks).tree
    told = {row["name"]: re.findall(r"`(\w+)`", row["options"]) for row in _ROW.finditer(DISCORD)}
    assert told == dict(slash(tree.get_commands()))


def test_every_setting_stands_in_the_documentation_of_the_bot() -> None:
    for key in SETTINGS:
        assert f"`{key}`" in DISCORD
    for name in (*(f"{PREFIX}{key.upper()}" for key in SETTINGS), TOKEN, f"{PREFIX}CONFIG"):
        assert f"`{name}`" in DISCORD


def test_the_invitation_asks_for_what_the_bot_needs_and_no_more() -> None:
    needed = {*permits.ALERTS, *permits.CHECKED, *permits.ANSWERED}
    assert f"permissions={discord.Permissions(**dict.fromkeys(needed, True)).value}\n" in DISCORD
    for name in needed:
        assert f"\n| {SHOWN.get(name) or permits.spoken(name)} | ".casefold() in DISCORD.casefold()


@pytest.mark.parametrize(("limit", "figure"), LIMITS.items())
def test_the_limits_of_the_bot_stand_in_its_documentation(limit: str, figure: int) -> None:
    assert f"\n| {limit} | {figure:,} |\n" in DISCORD

"""What the program can do stands in its documentation, or the suite fails.

`pytest tests/test_docs.py --update` writes the help of every command into docs/commands.md.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import click
import pytest

from bot import errors
from bot.config import SETTINGS, Config, load
from bot.model import Agreement, FindingClass, Kind, Wording
from bot.serve.cli.app import program

ROOT = Path(__file__).parents[1]
COMMANDS = ROOT / "docs" / "commands.md"
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
_HELP = re.compile(r"(?<=<!-- help: )(?P<name>[a-z ]+)(?: -->\n```text\n)(?P<text>.*?)(?=```\n)", re.DOTALL)


def commands(group: click.Group, names: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command that does something, with the words that call it."""
    for name, command in sorted(group.commands.items()):
        if isinstance(command, click.Group):
            yield from commands(command, (*names, name))
        else:
            yield (*names, name), command


def help_of(names: tuple[str, ...], command: click.Command) -> str:
    context = click.Context(program, info_name="onrecord", **program.context_settings)
    for name in names:
        context = click.Context(command, info_name=name, parent=context)
    context.terminal_width = 100
    return command.get_help(context) + "\n"


EVERY = dict(commands(program))
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

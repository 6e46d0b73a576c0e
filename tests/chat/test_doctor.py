"""`onrecord doctor`: every line is well, or says what to do."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from bot.serve.chat import doctor, permits
from bot.serve.chat.doctor import Line
from bot.serve.cli.app import program
from bot.serve.setup import Setup
from storage.store import Store
from tests.chat.house import house, record, scope
from tests.discord_double import World, serving
from tests.discord_double.intents import Intent

Prepare = Callable[[World, Store], Any]


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with serving(World()) as served:
        yield served


async def looked(world: World, folder: Path, token: str | None = None, **environ: str) -> dict[str, Line]:
    """The lines of the doctor by their subject."""
    given = {"ONRECORD_TOKEN": world.token if token is None else token} | environ
    setup = Setup(None, folder / "onrecord.db", given)
    found = doctor.examine(setup, lambda: {"connector": world.connector()})
    return {line.subject: line async for line in found}


async def test_all_is_well_after_the_bot_ran(tmp_path: Path) -> None:
    """It says what it looked at, and neither opens a gateway nor registers or changes anything."""

    def prepare(world: World, store: Store) -> None:
        store.servers.change(scope(world), channel=int(world.newsroom.channel("fact-check").id))

    async with house(tmp_path, prepare=prepare) as world:
        sessions, before = len(world.gateway.seen("IDENTIFY")), len(world.calls)
        lines = await looked(world, tmp_path)
        assert {line.status for line in lines.values()} == {0}
        assert lines.keys() == {
            "settings", "record", "disk", "token", "intents", "commands", "Newsroom, #fact-check",
        }  # fmt: skip
        assert len(world.gateway.seen("IDENTIFY")) == sessions
        assert {call.method for call in world.calls[before:]} == {"GET"}
        assert world.token not in repr(lines)


async def test_a_token_that_is_missing_or_wrong_is_78(tmp_path: Path, world: World) -> None:
    """And what else can be looked at is looked at."""
    record(tmp_path / "onrecord.db")
    for token in ("", "no.such.token"):
        lines = await looked(world, tmp_path, token)
        assert lines["token"].status == doctor.CONFIGURATION
        assert lines["token"].advice
        assert lines["record"].status == 0


async def test_an_intent_that_a_server_needs_is_78(tmp_path: Path, world: World) -> None:
    """Only where a server has messages checked."""
    record(tmp_path / "onrecord.db")
    with Store.open(tmp_path / "onrecord.db") as store:
        store.servers.change(scope(world), checked=(int(world.newsroom.channel("general").id),))
    lines = await looked(world, tmp_path)
    assert lines["intents"].status == doctor.CONFIGURATION
    assert lines["Newsroom, #general"].status == 0
    world.granted = int(Intent.MESSAGE_CONTENT)
    assert (await looked(world, tmp_path))["intents"].status == 0


async def test_commands_that_are_not_registered_are_named(tmp_path: Path, world: World) -> None:
    """Nothing was registered, or by another version."""
    record(tmp_path / "onrecord.db")
    line = (await looked(world, tmp_path))["commands"]
    assert line.status == doctor.FAULT
    assert "verify" in line.told
    assert "onrecord run" in line.advice
    async with house(tmp_path) as other:
        await other.client.office.write(lambda store: store.servers.set_note(doctor.TREE, "older"))
        assert "another version" in (await looked(other, tmp_path))["commands"].told


@pytest.mark.parametrize("lacking", permits.ALERTS[1:])
async def test_each_permission_that_is_lacking_is_named(tmp_path: Path, world: World, lacking: str) -> None:
    """As Discord calls it, with where to give it."""
    record(tmp_path / "onrecord.db", ())
    channel = world.newsroom.channel("fact-check")
    with Store.open(tmp_path / "onrecord.db") as store:
        store.servers.change(scope(world), channel=int(channel.id))
    await world.permit(world.bot, channel, **{lacking: False})
    line = (await looked(world, tmp_path))[f"Newsroom, channel {channel.id}"]
    assert line.status == doctor.FAULT
    assert line.told.startswith("the bot lacks ")
    assert permits.spoken(lacking) in line.told
    assert "#fact-check" in line.advice


async def test_a_channel_or_server_that_cannot_be_seen_is_told(tmp_path: Path, world: World) -> None:
    """The others are looked at all the same."""
    record(tmp_path / "onrecord.db", ())
    gone = await world.guild("Gone", has_bot=False)
    with Store.open(tmp_path / "onrecord.db") as store:
        store.servers.change(scope(world), channel=1)
        store.servers.change(doctor.Scope(int(gone.id)), channel=2)
    lines = await looked(world, tmp_path)
    assert "cannot be seen" in lines["Newsroom, channel 1"].told
    assert "is no member" in lines[f"server {gone.id}"].told


async def test_what_is_wrong_on_this_machine_is_told(tmp_path: Path, world: World) -> None:
    """No record, a damaged one, no folder, a token that others may read, settings that cannot be read."""
    assert "no database" in (await looked(world, tmp_path))["record"].told
    (tmp_path / "onrecord.db").write_bytes(b"no database at all" * 100)
    lines = await looked(world, tmp_path)
    assert lines["record"].status == doctor.FAULT
    assert lines["token"].status == 0
    assert "no folder" in (await looked(world, tmp_path / "none"))["disk"].told
    file = tmp_path / "token"
    file.write_text(world.token)
    os.chmod(file, 0o644)
    assert "others may read" in (await looked(world, tmp_path, "", ONRECORD_TOKEN_FILE=str(file)))["token file"].told
    assert (await looked(world, tmp_path, ONRECORD_RESULTS="none"))["settings"].status == doctor.FAULT


async def test_a_discord_that_fails_is_a_fault_of_the_network(tmp_path: Path, world: World) -> None:
    """Not of the token."""
    world.faults.fail("GET", "/users/@me", 503, times=9)
    lines = await looked(world, tmp_path)
    assert "cannot be reached" in lines["Discord"].told


def test_the_command_prints_every_line_and_exits_with_the_worst(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a token nothing is asked of Discord."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ONRECORD_TOKEN", raising=False)
    result = CliRunner().invoke(program, ["doctor"])
    assert result.exit_code == doctor.CONFIGURATION
    text = click.unstyle(result.output)
    assert "fault  record: there is no database" in text
    assert "fault  token: there is no token" in text
    assert "       → " in text

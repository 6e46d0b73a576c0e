"""What the double refuses, rule by rule, without a client."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.chat.tiny import Tiny
from tests.discord_double.commands import set_faults
from tests.discord_double.openapi import Judge, spec
from tests.discord_double.pings import pings
from tests.discord_double.wire import connector_to

ROOT = Path(__file__).parents[2]
GOOD = {"name": "verify", "description": "Which outlets carry this quote?", "type": 1}
TEXT = {"type": 3, "name": "quote", "description": "The words"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "Verify"},
        {"name": "verify quote"},
        {"name": "x" * 33},
        {"description": ""},
        {"description": "x" * 101},
        {"name_localizations": {"es": "verificar"}},
        {"name_localizations": {"es-ES": "Verificar"}},
        {"description_localizations": {"es-ES": "x" * 101}},
        {"options": [TEXT, TEXT]},
        {"options": [TEXT, TEXT | {"name": "speaker", "required": True}]},
        {"options": [TEXT, {"type": 1, "name": "set", "description": "Sets"}]},
        {"options": [TEXT | {"autocomplete": True, "choices": [{"name": "a", "value": "a"}]}]},
        {"options": [TEXT | {"choices": [{"name": "", "value": "a"}]}]},
        {"options": [TEXT | {"type": 5, "autocomplete": True}]},
        {"contexts": [3]},
        {"integration_types": [2]},
        {"default_member_permissions": "manage"},
        {"type": 3},
    ],
)
def test_commands_are_judged(wrong: dict[str, Any]) -> None:
    """Each of these would be refused when commands are synced; without it the command is taken."""
    assert not list(set_faults([GOOD | {"options": [TEXT]}]))
    assert list(set_faults([GOOD | wrong]))


def test_commands_are_counted() -> None:
    """A name can be had once for each type, and there are fifteen menus at most."""
    menus = [{"name": f"Menu {number}", "type": 3} for number in range(15)]
    assert not list(set_faults([GOOD, *menus]))
    assert list(set_faults([GOOD, GOOD]))
    assert list(set_faults([*menus, {"name": "One more", "type": 3}]))


@pytest.mark.parametrize(
    ("allowed", "found"),
    [
        (None, ["@everyone", "<@5>", "<@&7>"]),
        ({"parse": []}, []),
        ({"parse": ["users"]}, ["<@5>"]),
        ({"parse": [], "roles": ["7"]}, ["<@&7>"]),
    ],
)
def test_mentions_ping_whom_the_payload_allows(allowed: dict[str, Any] | None, found: list[str]) -> None:
    """Without a word about mentions, all of them ping."""
    assert pings("@everyone <@5> <@&7>", allowed) == found


def test_the_description_judges_bodies() -> None:
    """A body is told from another of its shape, and what breaks Discord's description is named."""
    if spec() is None:
        pytest.skip("Discord's description of its interface is not beside the repository")
    judge = Judge()
    path = "/channels/100000000000000001/messages"
    judge.see("POST", path, {"content": "hello"})
    judge.see("POST", path, {"content": "hallo"})
    assert not judge.faults()
    judge.see("POST", path, {"content": "hello", "embeds": [{"title": "x" * 257}]})
    judge.see("POST", "/nowhere", {})
    assert [fault.split(":")[0] for fault in judge.faults()] == [
        "POST /channels/{channel_id}/messages",
        "POST /nowhere",
    ]


async def test_it_serves_other_processes() -> None:
    """Started by itself it says how to reach it, and a client elsewhere logs in."""
    command = [sys.executable, "-m", "tests.discord_double"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:  # noqa: ASYNC220
        try:
            assert child.stdout
            first = child.stdout.readline()
            pem = "".join(iter(child.stdout.readline, "-----END CERTIFICATE-----\n")) + "-----END CERTIFICATE-----\n"
            port = int(first.split("127.0.0.1:")[1].split(",")[0])
            client = Tiny(connector=connector_to(port, pem.encode()))
            await client.login(first.split()[-1])
            assert client.user
            assert client.user.name == "on_record"
            await client.close()
        finally:
            child.terminate()

"""There is one client for addresses that others gave; whatever else connects speaks to Discord or to nobody."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[2]
CLIENT = "bot/fetch/http.py"
_CLIENTS = {"requests", "urllib3", "httpx", "http.client", "urllib.request", "ftplib", "telnetlib", "smtplib", "pycurl"}
_OPENING = {"ClientSession", "TCPConnector", "UnixConnector", "request", "open_connection", "create_connection"}
_FETCHING = {"fetch_url", "fetch_response", "urlopen", "urlretrieve"}


def sources() -> Iterator[Path]:
    for house in ("bot", "storage"):
        yield from (HOUSE / house).rglob("*.py")


def opened(tree: ast.Module) -> Iterator[str]:
    """What in a module opens connections, or could: clients that are imported, calls that connect."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from _CLIENTS.intersection(name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            names = {name.name for name in node.names}
            yield from _CLIENTS & {node.module, *(f"{node.module}.{name}" for name in names)}
            yield from names & (_FETCHING | (_OPENING if node.module == "aiohttp" else set()))
        elif isinstance(node, ast.Attribute):
            base = node.value.id if isinstance(node.value, ast.Name) else ""
            if node.attr in _FETCHING or (node.attr in _OPENING and base in ("aiohttp", "asyncio", "socket")):
                yield node.attr


def test_only_the_fetcher_opens_connections() -> None:
    found = {path.relative_to(HOUSE).as_posix(): set(opened(ast.parse(path.read_text("utf-8")))) for path in sources()}
    assert found.pop(CLIENT) == {"ClientSession", "TCPConnector"}
    assert {path: names for path, names in found.items() if names} == {}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("import aiohttp\naiohttp.ClientSession()", {"ClientSession"}),
        ("from aiohttp import ClientSession", {"ClientSession"}),
        ("import requests", {"requests"}),
        ("import urllib.request", {"urllib.request"}),
        ("from urllib.request import urlopen", {"urllib.request", "urlopen"}),
        ("from urllib import request", {"urllib.request"}),
        ("from http.client import HTTPConnection", {"http.client"}),
        ("import trafilatura\ntrafilatura.fetch_url(a)", {"fetch_url"}),
        ("import asyncio\nasyncio.open_connection(a)", {"open_connection"}),
        ("from aiohttp import web\nfrom urllib.parse import urlsplit\nrecord.request(a)", set()),
    ],
)
def test_what_opens_connections_is_seen(text: str, names: set[str]) -> None:
    assert set(opened(ast.parse(text))) == names

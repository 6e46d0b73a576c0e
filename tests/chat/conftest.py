"""What tests of the bot share: a small Discord on loopback and a watch on the event loop."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator

import pytest

from tests.chat.alerting import Clock
from tests.discord_double import World, connected, running, serving
from tests.discord_double.lag import Lag, watched

__all__ = ["connected", "discord_world", "heartbeat", "running"]


@pytest.fixture
def clock() -> Clock:
    """The clock of the sender of alerts."""
    return Clock()


@pytest.fixture
async def discord_world() -> AsyncIterator[World]:
    """A served world without a bot; what bots did in it is judged at the end. Most tests use `running` instead."""
    async with serving(World()) as world:
        yield world
    world.check()


@pytest.fixture
async def heartbeat(request: pytest.FixtureRequest) -> AsyncIterator[Lag]:
    """Fails the test if the event loop was ever held up for 100 ms, or `@pytest.mark.longest_block(seconds)`."""
    marker = request.node.get_closest_marker("longest_block")
    limit = marker.args[0] if marker else 0.1
    gc.collect()
    gc.freeze()  # what earlier tests left behind is not this bot's to look through
    async with watched() as lag:
        yield lag
    gc.unfreeze()
    assert lag.worst < limit, f"the event loop was held up for {lag.worst * 1000:.0f} ms"

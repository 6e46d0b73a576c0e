"""The real bot on the real wire: it logs in, registers, answers, and lives through what Discord does to its clients."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.errors import NoToken
from bot.model import Article
from bot.secret import Secret
from bot.serve.chat import running
from bot.serve.chat.client import Bot
from bot.serve.setup import Setup
from tests.chat.house import working
from tests.discord_double import World, serving
from tests.discord_double.lag import Lag

TEXT = """The port chief was clear.

“We will not dredge the channel unless the city pays for it,” Ana Lorentz told reporters.

“The silt came with the river, and the river belongs to everybody,” she said.
"""
ARTICLE = Article(text=TEXT, outlet="meridianpress.example", url="https://meridianpress.example/silt")
QUOTE = "The silt came with the river"
CALLBACK = "/callback"


@pytest.fixture
async def bot(discord_world: World, tmp_path: Path) -> AsyncIterator[Bot]:
    async with working(discord_world, tmp_path / "record.db", [ARTICLE]) as client:
        yield client


async def verified(world: World, who: str = "mara") -> str:
    """What `/verify` answers now."""
    return (await (await world.user(who).slash("verify", quote=QUOTE)).answer()).text


async def test_it_asks_for_no_privileged_intent(bot: Bot, discord_world: World) -> None:
    """Servers and direct messages are all it is told of."""
    assert [one["intents"] for one in discord_world.gateway.seen("IDENTIFY")] == [4097]
    assert "Ana Lorentz" in await verified(discord_world)


async def test_commands_are_registered_once(discord_world: World, tmp_path: Path) -> None:
    """A second start with the same commands sends nothing."""
    for _ in range(2):
        async with working(discord_world, tmp_path / "record.db", [ARTICLE]):
            assert "Ana Lorentz" in await verified(discord_world)
    assert len([call for call in discord_world.calls if call.method == "PUT"]) == 1


async def test_it_answers_on_two_shards(tmp_path: Path) -> None:
    """Direct messages come by the first shard, servers by either."""
    async with serving(World(shards=2)) as world, working(world, tmp_path / "record.db", [ARTICLE]) as bot:
        assert bot.shard_count == 2
        mara = world.user("mara")
        for place in (world.newsroom.channel("general"), mara.dms):
            exchange = await mara.slash("verify", at=place, quote=QUOTE)
            assert "Ana Lorentz" in (await exchange.answer()).text


async def test_fifty_people_ask_at_once(bot: Bot, discord_world: World, heartbeat: Lag) -> None:
    """Each is acknowledged within a second and answered, and the event loop is never held up."""
    people = [discord_world.user(f"reader {number}") for number in range(50)]
    exchanges = [await person.slash("verify", quote=QUOTE) for person in people]
    answers = await asyncio.gather(*(exchange.answer(20) for exchange in exchanges))
    assert all("Ana Lorentz" in answer.text for answer in answers)
    assert max([await exchange.acked() for exchange in exchanges]) < 1


async def test_an_outage_of_the_gateway_loses_no_question(bot: Bot, discord_world: World) -> None:
    """A question that Discord could not deliver is answered once the session is resumed (op 7)."""
    discord_world.gateway.losing = True
    exchange = await discord_world.user("mara").slash("verify", quote=QUOTE)
    discord_world.gateway.losing = False
    await discord_world.gateway.reconnect()
    assert "Ana Lorentz" in (await exchange.answer()).text
    assert discord_world.gateway.seen("RESUME")


async def test_a_lost_session_is_begun_anew(bot: Bot, discord_world: World) -> None:
    """After op 9 the bot identifies again and answers."""
    await discord_world.gateway.invalidate()
    await discord_world.until(lambda: len(discord_world.gateway.seen("IDENTIFY")) == 2, "second IDENTIFY")
    assert "Ana Lorentz" in await verified(discord_world)


@pytest.mark.parametrize("code", [1001, 4000])
async def test_a_closed_gateway_is_come_back_to(bot: Bot, discord_world: World, code: int) -> None:
    """Closed by Discord, the session is resumed."""
    await discord_world.gateway.hang_up(code)
    await discord_world.until(lambda: discord_world.gateway.seen("RESUME"), "RESUME")
    assert "Ana Lorentz" in await verified(discord_world)


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_an_answer_gets_through_passing_faults(bot: Bot, discord_world: World, status: int) -> None:
    """A rate limit, an error or an overloaded Discord delays the answer, and it comes once."""
    if status == 429:
        discord_world.faults.rate_limit("POST", CALLBACK)
    else:
        discord_world.faults.fail("POST", CALLBACK, status)
    exchange = await discord_world.user("mara").slash("verify", quote=QUOTE)
    assert "Ana Lorentz" in (await exchange.answer(10)).text
    assert [call.status for call in discord_world.calls if call.path.endswith(CALLBACK)] == [status, 200]
    assert len(exchange.changes) == 1


async def test_a_repeated_event_is_answered_once(bot: Bot, discord_world: World) -> None:
    """Discord refuses a second answer to the same question, and the bot goes on."""
    exchange = await discord_world.user("mara").slash("verify", quote=QUOTE)
    await exchange.answer()
    await discord_world.gateway.repeat("INTERACTION_CREATE")
    assert (await exchange.refused()).code == 40060
    assert len(exchange.changes) == 1
    assert "Ana Lorentz" in await verified(discord_world)


async def test_a_question_that_came_too_late_is_let_go(bot: Bot, discord_world: World) -> None:
    """After three seconds Discord takes no answer any more; the next question is answered."""
    exchange = await discord_world.user("mara").slash("verify", quote=QUOTE)
    discord_world.clock.advance(3.5)
    assert (await exchange.refused()).code == 10062
    assert "Ana Lorentz" in await verified(discord_world)


def options_of(world: World) -> running.Options:
    return lambda: {"connector": world.connector(), "guild_ready_timeout": 0.05}


def setup_of(path: Path) -> Setup:
    """A run over a record in `path` that serves no health."""
    config = path / "config.toml"
    config.write_text("health_port = 0\n", encoding="utf-8")
    return Setup(config_file=config, database=path / "record.db", environ={})


async def test_a_wrong_token_ends_the_run(discord_world: World, tmp_path: Path) -> None:
    """The run ends with what to do, and without the token in the words."""
    with pytest.raises(NoToken, match="does not know this token") as ended:
        await running.run(setup_of(tmp_path), Secret("not-the-token"), options_of(discord_world))
    assert "not-the-token" not in f"{ended.value} {ended.value.hint}"
    assert discord_world.faults.invalid == 1


async def test_the_run_ends_in_order_when_asked(discord_world: World, tmp_path: Path) -> None:
    """SIGTERM: the bot answers until then, closes the gateway, and the run returns."""
    run = asyncio.create_task(running.run(setup_of(tmp_path), Secret(discord_world.token), options_of(discord_world)))
    await discord_world.until(lambda: discord_world.gateway.sessions, "session")
    assert await verified(discord_world)
    os.kill(os.getpid(), signal.SIGTERM)
    await asyncio.wait_for(run, 5)
    await discord_world.until(lambda: discord_world.gateway.seen("CLOSED"), "closing of the gateway")

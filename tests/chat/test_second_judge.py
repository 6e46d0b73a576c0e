"""The same bot before an independent judge: simcord, other people's simulation of Discord."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.model import Article
from bot.serve.chat import office
from bot.serve.chat.client import Bot
from tests.discord_double.limits import walk

TEXT = """“We will not dredge the channel unless the city pays for it,” Ana Lorentz told reporters."""
ARTICLE = Article(text=TEXT, outlet="meridianpress.example", url="https://meridianpress.example/silt")
QUOTE = "We will not dredge the channel"


class Answering(Bot):
    """The bot without what goes on by itself: simcord waits until nothing is under way."""

    async def begin(self) -> None:
        pass


@pytest.fixture
async def simcord_bot(tmp_path: Path) -> AsyncIterator[Bot]:
    """The bot over a record with one article; `simcord_env`, of simcord, runs it."""
    async with office.opened(tmp_path / "record.db") as desks:
        await desks.add(ARTICLE)
        yield Answering(desks, shard_count=1)


@pytest.fixture
def general(simcord_env: Any) -> Any:
    return simcord_env.create_guild().create_text_channel("general")


@pytest.fixture
def mara(simcord_env: Any, general: Any) -> Any:
    return general.guild.add_member(simcord_env.create_user("mara"))


def text(message: Any) -> str:
    """All that a reader sees of a card."""
    return "\n".join(part["content"] for part in walk(message.components) if part["type"] == 10)


async def test_a_quote_is_answered_to_the_asker_alone(general: Any, mara: Any) -> None:
    """simcord takes the commands and the card, and sees that it is ephemeral."""
    result = await mara.slash(general, "verify", quote=QUOTE)
    assert result.ephemeral
    assert "Ana Lorentz" in text(result.response)


async def test_a_button_shares_the_answer(general: Any, mara: Any) -> None:
    """The shared copy is a message that everybody sees."""
    result = await mara.slash(general, "verify", quote=QUOTE)
    shared = await mara.click(result.response, label="Share")
    assert not shared.response.ephemeral
    assert "Ana Lorentz" in text(shared.response)


async def test_the_menu_reads_a_message(general: Any, mara: Any) -> None:
    """The message menu works without the message-content intent."""
    message = await mara.send(general, f"She said “{QUOTE}”")
    result = await mara.context_menu(general, "Verify quote", message)
    assert "Ana Lorentz" in text(result.response)

"""A long list, new articles and many askers at once: nobody waits for the others."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.model import Article
from tests.chat.house import DAILY, house
from tests.chat.test_bulk import report, rows
from tests.discord_double.lag import watched

QUOTES = ("we will not dredge the channel", "she has the money", "the channel has the money for the city")
SENTENCE = "“We have counted the boats in yard {} and none of them is missing,” Ana Lorentz said on Monday.\n\n"


def article(number: int) -> Article:
    text = "".join(SENTENCE.format(10 * number + at) for at in range(10))
    return Article(text=text, outlet=f"paper{number}.example", url=f"https://paper{number}.example/boats")


@pytest.mark.slow
async def test_nobody_waits_for_a_long_list(tmp_path: Path) -> None:
    """While 5,000 quotes are answered, 50 users are acknowledged within a second, and the event loop is never held.

    What the bot sent is judged when the watch is over: that takes as long as it takes.
    """
    async with house(tmp_path) as world, watched() as lag:
        mara = world.user("mara")
        text = "\n".join(f"{QUOTES[number % 3]} {number}" for number in range(5000))
        await mara.dm(files=[("list.txt", text.encode())])
        await world.until(lambda: world.spoken(mara.dms), "that it was accepted", 10)
        exchanges = []
        for number in range(50):
            await world.client.office.add(article(number))
            exchanges.append(await world.user(f"reader {number}").slash("verify", quote="She has the money"))
        answers = await asyncio.gather(*(exchange.answer(30) for exchange in exchanges))
        assert max([await exchange.acked() for exchange in exchanges]) < 1
        assert all("Piet Haan" in answer.text for answer in answers)
        assert not [one for one in world.spoken(mara.dms) if one.files]
        assert len(rows(await report(world, mara, timeout=120))) == 5000
        assert DAILY.outlet in answers[0].text
        assert lag.worst < 0.1, f"the event loop was held up for {lag.worst * 1000:.0f} ms"

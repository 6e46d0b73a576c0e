"""The pictures of our cards for the documentation: `python -m benchmarks.pictures`.

The bot answers in simcord, an independent simulation of Discord, over a record of our sample articles; simcord's
preview of what it sent is photographed by the Chromium that --browser names. They look as Discord's clients show such
messages, as near as simcord comes to it; the words, colours and order are what the bot sends.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import tempfile
from datetime import UTC, datetime, timedelta
from functools import partialmethod
from io import BytesIO
from pathlib import Path
from typing import Any

import discord
import simcord
from PIL import Image
from playwright.async_api import BrowserType

from bot import samples
from bot.fetch.claims import Posted
from bot.model import Article
from bot.orders import Rule, Scope
from bot.serve.chat import delivery, intake, office
from bot.serve.chat.alerts import Sender
from bot.serve.chat.client import Bot

FOLDER = Path(__file__).parents[1] / "docs" / "figures"
PHONE = 390
"""Pixels: the width of a phone."""
DENSITY = 2
COLOURS = 96
ALTERED = {"quote": "We will pause the programme over a rumour", "speaker": "Dr Maren Oduya"}
NEWS = "vaccine-tabloid"
"""The article that comes last, and raises the alert: it turns 37 round."""
LIST = (
    "quote,speaker\r\n"
    "We will pause the programme over a rumour,Dr Maren Oduya\r\n"
    '"a stupid mistake, not a crime",Joan Abara\r\n'
    "we want a treaty with the islands before a single gate opens again,Salka\r\n"
    "how ships already at anchor can be unloaded safely,\r\n"
    "They were first in the queue,Maren Oduya\r\n"
    "I never saw that box and I would not know how to open it,\r\n"
)


class Still(Bot):
    """The bot without what goes on by itself: simcord waits until nothing is under way."""

    async def begin(self) -> None:
        pass


async def shot(env: Any, channel: Any, viewer: Any, name: str) -> None:
    """The newest message of a channel, as a small PNG."""
    async with env.preview(channel, viewers=[viewer]) as preview:
        taken = await preview.screenshot(viewport=(PHONE, 1400), allow_incomplete=True)
    keep(taken.png, name)


def keep(png: bytes, name: str) -> None:
    path = FOLDER / f"{name}.png"
    Image.open(BytesIO(png)).convert("RGB").quantize(COLOURS).save(path, optimize=True)
    print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")


async def answers(env: Any, general: Any, mara: Any) -> None:
    """The answer card, and what its button *Side by side* sends."""
    answer = await mara.slash(general, "verify", **ALTERED)
    await shot(env, general, mara, "discord-answer")
    drawn = await mara.click(answer.response, label="Side by side")
    keep(await drawn.response.attachments[0].read(), "discord-side-by-side")


async def bulk(bot: Bot, user: Any) -> None:
    """A list comes back."""
    rows = intake.read(LIST.encode(), ".csv").rows
    where = {"user": user.id, "channel": user.dm_channel.id, "name": "statements.csv"}
    job = await bot.office.write(lambda store: store.jobs.create(**where, rows=rows, now=datetime.now(UTC)))
    told = await bot.office.answer([Posted(row.number, row.claim) for row in rows], 60)
    results = [(row.number, json.dumps(one)) for row, one in zip(rows, told, strict=True)]
    await bot.office.write(lambda store: store.jobs.answered(job.id, results))
    made = await bot.office.read(lambda store: delivery.report(store, job))
    await delivery.send(made, (await bot.create_dm(discord.Object(user.id))).send)


async def alert(bot: Bot, server: int, channel: int, news: Article) -> None:
    """An article comes in that the newsroom has asked to hear of."""
    rule = Rule(least=5, words=("412,000",))
    await bot.office.write(lambda store: store.servers.change(Scope(server), channel=channel))
    await bot.office.write(lambda store: store.servers.add_rule(Scope(server), rule))
    await bot.office.add(news)
    await Sender(bot, burst=timedelta(0), clock=lambda: datetime.now(UTC) + timedelta(seconds=1)).round()


async def main(browser: str) -> None:
    launch = BrowserType.launch
    BrowserType.launch = partialmethod(launch, executable_path=browser, args=["--no-sandbox", "--disable-gpu"])
    held = {sample.slug: sample.article for sample in samples.samples()}
    news = held.pop(NEWS)
    with tempfile.TemporaryDirectory() as folder:
        async with office.opened(Path(folder, "onrecord.db")) as desks:
            for each in held.values():
                await desks.add(each)
            bot = Still(desks, shard_count=1)
            async with simcord.run(bot) as env:
                env.backend.bot_user.name = "On Record"
                env.backend.bot_user.username = "On Record"
                guild = env.create_guild(name="Newsroom")
                general, checked = guild.create_text_channel("general"), guild.create_text_channel("fact-check")
                user = env.create_user("mara")
                mara = guild.add_member(user)
                await answers(env, general, mara)
                await bulk(bot, user)
                await shot(env, user.dm_channel, user, "discord-bulk")
                await alert(bot, guild.id, checked.id, news)
                await shot(env, checked, mara, "discord-alert")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--browser", default="/usr/bin/chromium", help="a Chromium (default: Debian's)")
    asyncio.run(main(parser.parse_args().browser))

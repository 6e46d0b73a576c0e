"""A short scene on the loopback Discord, `make discord-demo`: what moderators see of the bot, without a token.

The sample articles are on record. A misquote is posted in a channel that the bot checks, and raises an alert; a
moderator verifies the message and looks at it side by side; an article brings a new wording; a list by direct message
comes back as a spreadsheet. The transcript is printed; the files that were sent are written to a folder.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from bot import samples
from bot.desk import Desk
from bot.model import Article
from bot.serve.chat import office
from bot.serve.chat.client import Bot
from storage.store import Store
from tests.discord_double import World, connected, serving
from tests.discord_double.intents import Intent
from tests.discord_double.messages import Message
from tests.discord_double.places import Channel

POST = "Look at this: “We will pause the programme over a rumour” — Dr Maren Oduya"
LATE = Article(
    text="""Oduya stands by the programme

“We will not pause the whole programme over a mere rumour,” Dr Maren Oduya told the evening news on Friday.
""",
    outlet="eveningwire.example",
    url="https://eveningwire.example/oduya",
    title="Oduya stands by the programme",
)
LIST = (
    "quote,speaker\n"
    "We will pause the programme over a rumour,Maren Oduya\n"
    "I would welcome a recount if the commission asks for one,Mayor Kett\n"
    "we want a treaty with the islands,Andrej Salka\n"
    "Nobody in this town has ever seen a dragon before breakfast,\n"
)
PATIENCE = 20.0


async def play(world: World, bot: Bot, folder: Path) -> list[Path]:
    """The scene. Returns the files that were written."""
    olga, mara, ben = (world.user(name) for name in ("olga", "mara", "ben"))
    general, desk = world.newsroom.channels.values()
    await world.permit(mara, world.newsroom, manage_messages=True)
    await (await olga.slash("alerts set", at=general, channel=desk, severity=3)).answer()
    await (await olga.slash("alerts check", at=general, channel=general, on=True)).answer()

    posted = await ben.post(general, POST)
    await _until(lambda: _of_bot(world, desk))
    verified = await (await mara.menu("Verify quote", posted)).answer()
    side_by_side = await (await mara.press(verified, "Side by side")).answer(timeout=PATIENCE)

    await bot.office.add(LATE)
    bot.alerts.wake()
    await _until(lambda: [one for one in _of_bot(world, desk) if one.versions])

    asked = await mara.dm(files=[("quotes.csv", LIST.encode())])
    reports = await _until(lambda: [one for one in _of_bot(world, asked.channel) if one.files])

    return [_written(folder, message) for message in (side_by_side, *reports)]


async def _until(look: Callable[[], list[Message]]) -> list[Message]:
    """What there is to be seen, as soon as there is something."""
    async with asyncio.timeout(PATIENCE):
        while not (found := look()):  # noqa: ASYNC110 nothing tells of it
            await asyncio.sleep(0.05)
    return found


def _of_bot(world: World, channel: Channel) -> list[Message]:
    return [one for one in world.messages.values() if one.channel is channel and one.author is world.bot]


def _written(folder: Path, message: Message) -> Path:
    file = message.files[0]
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / Path(file.name).name
    path.write_bytes(file.data)
    return path


def fill(path: Path) -> None:
    """Put the sample articles on record."""
    with Store.open(path) as store:
        desk = Desk(store)
        for sample in samples.samples():
            desk.add(sample.article)


async def main(folder: Path) -> None:
    """Play it and print what was seen."""
    with tempfile.TemporaryDirectory() as scratch:
        record = Path(scratch) / "record.db"
        print("Putting the sample articles on record …", flush=True)
        fill(record)
        world = World()
        world.granted = Intent.MESSAGE_CONTENT
        async with (
            serving(world),
            office.opened(record) as desks,
            connected(world, lambda **options: Bot(desks, reading=True, **options)) as bot,
        ):
            bot.alerts.burst, bot.alerts.pause = timedelta(0), 0.1
            files = await play(world, bot, folder)
            await bot.rest()
        print(world.transcript)
        print("\nWritten:", *(f"  {path}" for path in files), sep="\n")


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1] if len(sys.argv) > 1 else "discord-demo")))

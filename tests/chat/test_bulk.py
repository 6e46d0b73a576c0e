"""Lists of quotes: a file in, a job, the report by direct message; whatever happens in between."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.fetch import claims
from bot.model import Article
from bot.orders import JobState
from bot.serve.chat import intake, office
from bot.serve.chat.bulk import Bulk
from bot.serve.chat.client import Bot
from bot.serve.chat.office import Office
from tests.discord_double import Person, World, connected
from tests.discord_double.messages import Message

TEXT = """“We will not dredge the channel unless the city pays for it,” Ana Lorentz told reporters.

“She has the money,” Mayor Piet Haan said."""
LIST = "id,quote,speaker\nq1,we will dredge the channel,Ana Lorentz\nq2,she has the money,Piet Haan\nq3,…,\n"
LONG = "\n".join(["we will not dredge the channel", "she has the money"] * 400)


@asynccontextmanager
async def desks(path: Path) -> AsyncIterator[Office]:
    """An office over a record of one article."""
    async with office.opened(path) as opened:
        await opened.add(Article(text=TEXT, outlet="meridianpress.example", url="https://meridianpress.example/silt"))
        yield opened


@asynccontextmanager
async def up(world: World, opened: Office, **settings: Any) -> AsyncIterator[Bot]:
    """The bot in `world`; `settings` are those of its `Bulk`."""

    def build(**options: Any) -> Bot:
        client = Bot(opened, **options)
        client.bulk = Bulk(client, wait=lambda _: timedelta(seconds=0.01), **settings)
        return client

    async with connected(world, build) as client:
        yield client
        await client.rest()


@pytest.fixture
async def record(tmp_path: Path) -> AsyncIterator[Office]:
    async with desks(tmp_path / "record.db") as opened:
        yield opened


@pytest.fixture
async def bot(discord_world: World, record: Office) -> AsyncIterator[Bot]:
    async with up(discord_world, record) as client:
        yield client


def rows(message: Message) -> list[dict[str, str]]:
    """The rows of the sheet that a message carries."""
    ((name, data),) = message.attachments.items()
    text = (gzip.decompress(data) if name.endswith(".gz") else data).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


async def report(world: World, person: Person, number: int = 0, timeout: float = 20) -> Message:  # noqa: ASYNC109
    """The first message with a file that the bot sends to somebody, or a later one."""

    def sent() -> list[Message]:
        return [one for one in world.spoken(person.dms) if one.files]

    await world.until(lambda: len(sent()) > number, f"report {number}", timeout)
    return sent()[number]


# --- a file in ----------------------------------------------------------------------------------------------------


async def test_a_file_of_every_kind_comes_back_as_a_sheet(bot: Bot, discord_world: World) -> None:
    files = {
        "list.txt": "we will dredge the channel\nshe has the money\n",
        "list.csv": "quote\nwe will dredge the channel\nshe has the money\n",
        "LIST.TSV": "quote\tspeaker\nwe will dredge the channel\t\nshe has the money\t\n",
        "list.json": '["we will dredge the channel", {"quote": "she has the money"}]',
        "list.jsonl": '{"quote": "we will dredge the channel"}\n{"quote": "she has the money"}\n',
    }
    for name, content in files.items():
        sender = discord_world.user(name)
        accepted = await discord_world.reply(await sender.dm(files=[(name, content.encode())]))
        assert "2 quotes" in accepted.text
        found = rows(await report(discord_world, sender))
        assert [(row["quote"], row["verdict"]) for row in found] == [
            ("we will dredge the channel", "altered"),
            ("she has the money", "verbatim"),
        ]


async def test_a_report_shows_the_gravest_and_counts_the_others(bot: Bot, discord_world: World) -> None:
    mara = discord_world.user("mara")
    accepted = await discord_world.reply(await mara.dm(files=[("list.csv", LIST.encode())]))
    assert "3 quotes" in accepted.text
    assert "cannot be checked" in accepted.text
    sent = await report(discord_world, mara)
    assert "altered" in sent.text
    assert "we will dredge the channel" in sent.text
    assert "One could not be checked" in sent.text
    assert [(row["id"], bool(row["error"])) for row in rows(sent)] == [("q1", False), ("q2", False), ("q3", True)]
    assert len(discord_world.spoken(mara.dms)) == 2


async def test_a_report_whose_card_is_refused_comes_as_an_embed_with_its_file(bot: Bot, discord_world: World) -> None:
    mara = discord_world.user("mara")
    discord_world.faults.refuse_components(f"/channels/{mara.dms.id}/messages")
    await mara.dm(files=[("list.csv", LIST.encode())])
    sent = await report(discord_world, mara)
    assert sent.embeds
    assert [row["id"] for row in rows(sent)] == ["q1", "q2", "q3"]
    assert len([one for one in discord_world.spoken(mara.dms) if one.files]) == 1


async def test_a_list_in_a_server_is_answered_by_direct_message(bot: Bot, discord_world: World) -> None:
    mara = discord_world.user("mara")
    exchange = await mara.slash("bulk", file=("list.csv", LIST.encode()))
    answer = await exchange.answer()
    assert exchange.ephemeral
    assert "direct message" in answer.text
    assert len(rows(await report(discord_world, mara))) == 3


async def test_an_encoding_that_was_guessed_is_told(bot: Bot, discord_world: World) -> None:
    mara = discord_world.user("mara")
    message = await mara.dm(files=[("list.csv", "quote,x\nShe has the money – all,\n".encode("cp1252"))])
    accepted = await discord_world.reply(message)
    assert "Windows-1252" in accepted.text
    assert "Columns that I do not use: x" in accepted.text


REFUSED = [
    ("list.csv", b"PK\x03\x04" + b"x" * 50, "zip archive"),
    ("list.csv", b"\x1f\x8b" + b"x" * 50, "gzip"),
    ("list.xlsx", b"PK\x03\x04", "save a spreadsheet as CSV"),
    ("list.csv", b"text\nx\n", "no column"),
    ("list.txt", b"  \n", "no text"),
    ("list.txt", b"x" * (intake.LIMIT + 1), "2,048 KiB"),
    ("list.txt", b"x\n" * (intake.MOST + 1), "5,001 quotes, and 5,000 is the most"),
    ("list.json", b"[" * 100_000, "nested too deep"),
    ("passwd", b"x", "not a kind of list"),
]


async def test_a_file_that_is_no_use_is_refused_with_a_hint(bot: Bot, discord_world: World) -> None:
    for number, (name, data, said) in enumerate(REFUSED):
        sender = discord_world.user(f"sender {number}")
        refused = await discord_world.reply(await sender.dm(files=[(name, data)]))
        assert said in refused.text.replace("\\", "")
    assert await bot.office.read(lambda store: store.jobs.waiting()) == 0


HOSTILE = [
    ("con.csv", b"quote\n" + b"word " * 400_000, 1),
    ("con.txt", b"word " * 20_000, 1),
    ("..list.csv", b'quote\n"she has the money\nshe has it\n', 2),
    ("list.csv", b'quote\n=HYPERLINK("http://x")\n', 1),
]


async def test_a_hostile_file_costs_no_other_row(bot: Bot, discord_world: World) -> None:
    for number, (name, data, count) in enumerate(HOSTILE):
        sender = discord_world.user(f"sender {number}")
        await sender.dm(files=[(name, data)])
        found = rows(await report(discord_world, sender))
        assert len(found) == count
        assert not any(row["quote"].startswith("=") for row in found)


async def test_a_message_that_comes_twice_is_one_list(bot: Bot, discord_world: World) -> None:
    mara = discord_world.user("mara")
    await mara.dm(files=[("list.csv", LIST.encode())])
    await discord_world.gateway.repeat("MESSAGE_CREATE")
    await report(discord_world, mara)
    assert len(await bot.office.read(lambda store: store.jobs.of(int(mara.user.id)))) == 1


# --- no file ------------------------------------------------------------------------------------------------------


async def test_a_message_without_a_file_gets_help_and_a_sample(bot: Bot, discord_world: World) -> None:
    helped = await discord_world.reply(await discord_world.user("mara").dm("hello?"))
    assert "2 MiB and 5,000 quotes" in helped.text
    (file,) = helped.files
    assert len(claims.of(file.data, ".csv").rows) == 2


async def test_a_quote_in_marks_is_answered_at_once(bot: Bot, discord_world: World) -> None:
    message = await discord_world.user("mara").dm("“She has the money,” said Ana Lorentz.")
    assert "another mouth" in (await discord_world.reply(message)).text


async def test_a_direct_message_is_answered_in_the_language_that_was_heard_last(bot: Bot, discord_world: World) -> None:
    """Discord tells it with a command, not with a message; before that it is English."""
    lucia = discord_world.user("lucia")
    lucia.user.locale = "es-ES"
    assert "quotes" in (await discord_world.reply(await lucia.dm("¿hola?"))).text
    await (await lucia.slash("help", at=lucia.dms)).answer()
    assert "citas" in (await discord_world.reply(await lucia.dm("¿hola?"))).text
    accepted = await discord_world.reply(await lucia.dm(files=[("list.csv", LIST.encode())]))
    assert "trabajo" in accepted.text


# --- a job --------------------------------------------------------------------------------------------------------


async def test_a_long_job_is_shown_and_can_be_cancelled(discord_world: World, record: Office) -> None:
    async with up(discord_world, record, every=0.05):
        mara = discord_world.user("mara")
        message = await mara.dm(files=[("list.txt", LONG.encode())])
        shown = await discord_world.reply(message, 1)
        assert "of 800" in shown.text
        await discord_world.until(lambda: len(shown.versions) > 1, "progress")
        await mara.press(shown, "Cancel")
        await discord_world.until(lambda: "cancelled" in shown.text, "end")
        assert not shown.buttons
        (job,) = await record.read(lambda store: store.jobs.of(int(mara.user.id)))
        assert job.state is JobState.CANCELLED
        assert 0 < job.done < job.total
    assert not [one for one in discord_world.spoken(mara.dms) if one.files]


async def test_a_button_works_after_a_restart_and_for_its_owner_alone(discord_world: World, record: Office) -> None:
    mara, piet = discord_world.user("mara"), discord_world.user("piet")
    async with up(discord_world, record, every=0.05):
        message = await mara.dm(files=[("list.txt", LONG.encode())])
        shown = await discord_world.reply(message, 1)
    async with up(discord_world, record, every=0.05):
        refused = await (await piet.slash("job cancel", job=1)).answer()
        assert "somebody else" in refused.text
        assert "somebody else" in (await (await piet.slash("job status", job=1)).answer()).text
        await mara.press(shown, "Cancel")
        await discord_world.until(lambda: "cancelled" in shown.text, "end")


async def test_a_job_goes_on_at_the_next_row_after_a_restart(discord_world: World, record: Office) -> None:
    mara = discord_world.user("mara")
    async with up(discord_world, record, every=0.05):
        await discord_world.reply(await mara.dm(files=[("list.txt", LONG.encode())]), 1)
    (parked,) = await record.read(lambda store: store.jobs.of(int(mara.user.id)))
    assert parked.state is JobState.QUEUED
    assert 0 < parked.done < parked.total
    async with up(discord_world, record):
        assert len(rows(await report(discord_world, mara))) == 800
        (job,) = await record.read(lambda store: store.jobs.of(int(mara.user.id)))
        assert job.done == job.total == 800


async def test_a_user_waits_for_their_own_lists_and_has_few(bot: Bot, discord_world: World) -> None:
    mara = discord_world.user("mara")
    replies = [
        await discord_world.reply(await mara.dm(files=[("list.txt", LONG.encode())])) for _ in range(intake.OPEN + 1)
    ]
    assert "One list comes before it" in replies[1].text
    assert "3 lists that are not done" in replies[3].text
    listed = await (await mara.slash("job status", at=mara.dms)).answer()
    assert "waiting, 2 before it" in listed.text
    offered = await mara.autocomplete("job cancel", "job", "", at=mara.dms)
    assert [one["value"] for one in offered] == [3, 2, 1]
    assert await discord_world.user("piet").autocomplete("job cancel", "job", "") == []
    cancelled = await (await mara.slash("job cancel", job=3, at=mara.dms)).answer()
    assert "cancelled, after 0 of 800" in cancelled.text


async def test_who_takes_no_direct_messages_is_told_and_can_have_it_later(bot: Bot, discord_world: World) -> None:
    mara = discord_world.user("mara")
    mara.user.blocks.add(discord_world.bot.id)
    exchange = await mara.slash("bulk", file=("list.csv", LIST.encode()))
    closed = await exchange.followup()
    assert closed.ephemeral
    assert "Send again" in closed.text
    listed = await (await mara.slash("job status")).answer()
    here = await mara.press(listed, "Send again")
    assert "here is the report" in (await here.answer()).text
    assert len(rows(await here.followup())) == 3
    mara.user.blocks.clear()
    await mara.press(listed, "Send again")
    assert len(rows(await report(discord_world, mara))) == 3


async def test_a_report_is_sent_once_discord_is_back(bot: Bot, discord_world: World) -> None:
    mara = discord_world.user("mara")
    accepted = await discord_world.reply(await mara.dm(files=[("list.csv", LIST.encode())]))
    assert accepted
    discord_world.faults.fail("POST", f"/channels/{mara.dms.id}/messages", 503, times=2)
    assert len(rows(await report(discord_world, mara))) == 3


async def test_a_report_that_is_too_large_comes_in_parts(discord_world: World, record: Office) -> None:
    """Each part opens alone, none is over the limit, and no row is lost."""
    mara = discord_world.user("mara")
    async with up(discord_world, record, limit=6000):
        await mara.dm(files=[("list.txt", LONG.encode())])
        first = await report(discord_world, mara)
        parts = int(first.text.rsplit(" of ", 1)[1].strip(" ."))
        sent = [await report(discord_world, mara, number) for number in range(parts)]
    assert len(sent) > 1
    assert all(len(file.data) <= 6000 for one in sent for file in one.files)
    assert [row["line"] for one in sent for row in rows(one)] == [str(line) for line in range(1, 801)]


async def test_what_its_owner_deletes_is_not_gone_on_with(bot: Bot, discord_world: World) -> None:
    mara = discord_world.user("mara")
    await discord_world.reply(await mara.dm(files=[("list.txt", LONG.encode())]))
    await bot.office.write(lambda store: store.users.forget_user(int(mara.user.id)))
    await discord_world.reply(await mara.dm(files=[("list.csv", LIST.encode())]))
    assert len(rows(await report(discord_world, mara))) == 3


async def test_results_are_stored_as_json(bot: Bot, discord_world: World) -> None:
    mara = discord_world.user("mara")
    await mara.dm(files=[("list.csv", LIST.encode())])
    await report(discord_world, mara)
    results = await bot.office.read(lambda store: [result for _, result in store.jobs.results(1)])
    assert [json.loads(result or "")["verdict"] for result in results[:2]] == ["altered", "verbatim"]

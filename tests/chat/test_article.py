"""`/article`: what may be put on record, shown and taken off it, and by whom."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path

import pytest

from bot import extract
from bot.serve.chat import received
from bot.serve.chat.commands.removal import Kept
from storage.store import Store
from tests.chat.house import DAILY, WIRE, house
from tests.discord_double import World
from tests.discord_double.people import Person

PAGE = """<html lang="en"><head><title>Haan answers</title>
<link rel="canonical" href="https://kelmarpost.example/haan">
<meta property="article:published_time" content="2026-03-05"></head><body><article><h1>Haan answers the port</h1>
<p>The mayor of Kelmar, Piet Haan, answered the port on Thursday evening in front of a full council chamber.</p>
<p><q>She has the money and she knows it,</q> Haan said, and he sat down again to applause from his own side.</p>
</article></body></html>"""
FILE = ("haan.html", PAGE.encode())


async def moderator(world: World, *more: str) -> None:
    """Let Mara manage messages, and more."""
    allowed = dict.fromkeys(("manage_messages", *more), True)
    await world.permit(world.user("mara"), world.newsroom, **allowed)


async def test_a_moderator_puts_a_page_on_record(tmp_path: Path) -> None:
    """The answer says its number, outlet and quotes; it is searched from then on, and its speaker offered."""
    async with house(tmp_path) as world:
        await moderator(world)
        mara = world.user("mara")
        answer = await (await mara.slash("article add", file=FILE)).answer(timeout=20)
        assert "Article 3 is on record" in answer.text
        assert "Haan answers" in answer.text
        assert "1 quote" in answer.text
        found = await (await mara.slash("quotes search", text="she knows it")).answer()
        assert "article 3" in found.text
        again = await (await mara.slash("article add", file=FILE)).answer(timeout=20)
        assert "Nothing changed" in again.text


async def test_an_outlet_that_is_only_stated_is_marked_and_corroborates_nothing(tmp_path: Path) -> None:
    """Where the address has another domain, or there is none; not for the bot's owner, who answers for the record."""
    text = "“We will not dredge the channel unless the city pays for it,” Ana Lorentz told reporters.\n\n"
    async with house(tmp_path, (WIRE,)) as world:
        await moderator(world)
        mara, olga = world.user("mara"), world.user("olga")

        async def added(who: Person, outlet: str, **known: str) -> str:
            file = ("page.txt", f"{text}That was at {outlet}.".encode())
            exchange = await who.slash("article add", file=file, outlet=outlet, **known)
            return (await exchange.answer(timeout=20)).text.replace("\\", "")

        listed = await added(mara, "harbourpost.example", address="https://www.harbourpost.example/1")
        assert "(harbourpost.example)" in listed
        assert "(Big Agency (unlisted))" in await added(mara, "Big Agency")
        assert "(dw.com (unlisted))" in await added(mara, "dw.com", address="https://dw.com.evil.example/2")
        answer = (await (await mara.slash("verify", quote="We will not dredge the channel")).answer()).text
        assert "2 outlets" in answer
        assert "Big Agency" in answer
        assert "(Big Agency)" in await added(olga, "Big Agency")


async def test_who_may_not_manage_messages_adds_nothing(tmp_path: Path) -> None:
    """A plain member, or anybody in a direct message but the bot's owner."""
    async with house(tmp_path) as world:
        mara = world.user("mara")
        assert "**Manage Messages**" in (await (await mara.slash("article add", file=FILE)).answer()).text
        direct = await mara.slash("article add", at=mara.dms, file=FILE)
        assert "in a server only" in (await direct.answer()).text
        owner = world.user("olga")
        assert "on record" in (await (await owner.slash("article add", at=owner.dms, file=FILE)).answer(20)).text


async def test_what_is_wrong_with_a_file_is_told(tmp_path: Path) -> None:
    """Its kind, its size before it is fetched, its bytes, its outlet; the name is never a path."""
    async with house(tmp_path) as world:
        await moderator(world)
        mara = world.user("mara")

        async def told(name: str, data: bytes, **options: str) -> str:
            exchange = await mara.slash("article add", file=(name, data), **options)
            return (await exchange.answer(timeout=20)).text

        assert "not a kind of file" in await told("a.exe", b"MZ")
        assert "larger than" in await told("a.txt", b"x" * (received.LIMIT + 1))
        assert "not a text file" in await told("a.txt", b"PK\x03\x04 docx")
        assert "the outlet is not known" in await told("etc.passwd.txt", b"Heading here\n\nSome text.\n")
        assert "is not a date" in await told("a.txt", b"Some text.", outlet="daily.example", published="soon")


async def test_each_article_of_a_list_has_its_own_outcome(tmp_path: Path) -> None:
    """A bad one does not keep the others out."""
    listed = [{"text": 'A\n\n"We see the sea," Ana said.', "outlet": "sea.example"}, {"outlet": "no text"}]
    async with house(tmp_path, ()) as world:
        await moderator(world)
        exchange = await world.user("mara").slash("article add", file=("list.json", json.dumps(listed).encode()))
        answer = await exchange.answer(timeout=20)
        assert "Article 1 is on record" in answer.text
        assert "✖ there is no" in answer.text


async def test_an_article_is_shown_with_every_quote_its_speaker_and_cue(tmp_path: Path) -> None:
    """To everybody; a number that is not there is said to be none."""
    async with house(tmp_path) as world:
        mara = world.user("mara")
        answer = await (await mara.slash("article show", number=2)).answer()
        assert "capitalherald" in answer.text
        assert "**Ana Lorentz** · *said*" in answer.text
        assert "**Piet Haan**" in answer.text
        missing = await mara.slash("article show", number=99)
        assert "no article 99" in (await missing.answer()).text


async def test_a_removal_is_asked_about_and_can_be_undone(tmp_path: Path) -> None:
    """Only after the button is pressed it is gone; Undo puts it back with its address and quotes."""
    async with house(tmp_path, (WIRE,)) as world:
        await moderator(world, "manage_guild")
        mara = world.user("mara")
        await (await mara.slash("article add", file=FILE)).answer(timeout=20)
        asked = await (await mara.slash("article remove", number=2)).answer()
        assert "Remove this with all its quotes (1 edition)" in asked.text
        gone = await (await mara.press(asked, "Remove")).edited()
        assert "Removed" in gone.text
        assert "no article 2" in (await (await mara.slash("article show", number=2)).answer()).text
        back = await (await mara.press(gone, "Undo")).edited()
        assert "as article 3" in back.text
        shown = await (await mara.slash("article show", number=3)).answer()
        assert "kelmarpost" in shown.text
        kept = await (await mara.slash("article remove", number=3)).answer()
        assert "It stays" in (await (await mara.press(kept, "Keep it")).edited()).text


async def test_a_server_removes_only_what_it_added(tmp_path: Path) -> None:
    """Managing some server is no leave to take away what others rely on; the bot's owner may."""
    async with house(tmp_path) as world:
        await moderator(world)
        mara = world.user("mara")
        assert "**Manage Server**" in (await (await mara.slash("article remove", number=1)).answer()).text
        await moderator(world, "manage_guild")
        assert "did not add" in (await (await mara.slash("article remove", number=1)).answer()).text
        asked = await (await world.user("olga").slash("article remove", number=1)).answer()
        await (await world.user("olga").press(asked, "Remove")).edited()
    with Store.open(tmp_path / "onrecord.db") as store:
        assert [one.id for one in store.articles()] == [2]


async def test_new_names_are_offered_while_typing(tmp_path: Path) -> None:
    """Those of the article alone are read, whatever else is on record."""
    async with house(tmp_path, (WIRE,)) as world:
        await moderator(world)
        mara = world.user("mara")
        assert await mara.autocomplete("verify", "speaker", "haan", quote="x") == []
        await (await mara.slash("article add", file=FILE)).answer(timeout=20)
        (offered,) = await mara.autocomplete("verify", "speaker", "haan", quote="x")
        assert offered["value"] == "Piet Haan"
        (offered,) = await mara.autocomplete("verify", "outlet", "kelmar", quote="x")
        assert offered["value"] == "kelmarpost.example"


async def test_an_article_is_read_though_the_process_that_reads_was_killed(tmp_path: Path) -> None:
    """Another is begun in its place, once or as often as it is killed."""
    async with house(tmp_path, (WIRE,)) as world:
        await moderator(world)
        for number in (2, 3):
            os.kill(await world.client.office.compute(os.getpid), signal.SIGKILL)
            text = f"“She has {number} boats and she knows it,” Piet Haan said.".encode()
            added = await world.user("mara").slash("article add", file=("a.txt", text), outlet="daily.example")
            assert f"Article {number} is on record" in (await added.answer(timeout=20)).text


def test_a_file_of_many_articles_is_left_to_the_command_line(tmp_path: Path) -> None:
    """More than twenty are refused whole."""
    many = tmp_path / "many.json"
    many.write_text(json.dumps([{"text": f"Text {n}", "outlet": "x.example"} for n in range(21)]), encoding="utf-8")
    with pytest.raises(received.InputError, match="more than 20"):
        received.read(many, received.Details())


def test_only_the_ending_of_a_name_counts() -> None:
    """Whatever stands before it, and in whatever way."""
    assert received.suffix(r"..\..\CON.HTML") == ".html"
    assert received.suffix("../../etc/x.txt") == ".txt"
    for name in ("a\0.csv", "txt", ".txt", "a.txt/b"):
        with pytest.raises(received.InputError):
            received.suffix(name)


def test_what_is_kept_for_undo_brings_every_edition_back(tmp_path: Path) -> None:
    """Older editions too, and no alert is raised by it."""
    with Store.open(tmp_path / "r.db") as store:
        for text in (DAILY.text, DAILY.text + "\n“More of it,” Haan said.\n"):
            article = received.Article(text=text, outlet=DAILY.outlet, url=DAILY.url)
            store.add(article, extract.read(article))
        kept = Kept.of(store, 1)
        store.remove(1)
        number = kept.put_back(store)
        assert store.summary(number).editions == 2
        assert store.article(number)[0].text.endswith("Haan said.\n")

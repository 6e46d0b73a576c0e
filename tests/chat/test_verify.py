"""`/verify` and the message menus, from the command to the buttons of the answer."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.model import Article
from bot.serve.chat.client import Bot
from tests.chat.house import working
from tests.discord_double import World
from tests.discord_double.messages import Message, walk

WIRE = """“We will not dredge the channel unless the city pays for it,” Ana Lorentz told reporters.

“The silt came with the river, and the river belongs to everybody,” she said."""
DAILY = """“We will dredge the channel unless the city pays for it,” Ana Lorentz said in an interview.

“She has the money,” Mayor Piet Haan said."""
QUOTE = "We will not dredge the channel"


ARTICLES = (
    Article(text=WIRE, outlet="meridianpress.example", url="https://meridianpress.example/silt"),
    Article(text=DAILY, outlet="capitalherald.example", url="https://capitalherald.example/kelmar"),
)


@pytest.fixture
async def bot(discord_world: World, tmp_path: Path) -> AsyncIterator[Bot]:
    async with working(discord_world, tmp_path / "record.db", ARTICLES) as client:
        yield client


async def test_a_quote_is_answered_to_the_asker_alone(bot: Bot, discord_world: World) -> None:
    exchange = await discord_world.user("mara").slash("verify", quote=QUOTE)
    answer = await exchange.answer()
    assert exchange.acknowledged is not None
    assert exchange.acknowledged < 1
    assert exchange.ephemeral
    assert "Ana Lorentz" in answer.text
    assert "**__not__**" not in answer.text
    assert "meridianpress" in answer.text


async def test_a_public_answer_is_seen_by_all_and_has_no_share_button(bot: Bot, discord_world: World) -> None:
    exchange = await discord_world.user("mara").slash("verify", quote=QUOTE, public=True)
    answer = await exchange.answer()
    assert not exchange.ephemeral
    assert "Share" not in labels(answer)


async def test_a_claimed_speaker_who_did_not_say_it_is_told(bot: Bot, discord_world: World) -> None:
    exchange = await discord_world.user("mara").slash("verify", quote=QUOTE, speaker="Piet Haan")
    assert "mouth" in (await exchange.answer()).text


async def test_what_is_not_on_record_is_no_proof(bot: Bot, discord_world: World) -> None:
    exchange = await discord_world.user("mara").slash("verify", quote="The moon is made of a yellow cheese from Gouda")
    assert "no proof" in (await exchange.answer()).text


async def test_only_what_was_published_since_counts(bot: Bot, discord_world: World) -> None:
    exchange = await discord_world.user("mara").slash("verify", quote=QUOTE, since="7d")
    assert "no proof" in (await exchange.answer()).text


async def test_a_date_that_is_none_is_told_with_how_to_mend_it(bot: Bot, discord_world: World) -> None:
    exchange = await discord_world.user("mara").slash("verify", quote=QUOTE, since="soon")
    assert "12h, 7d, 2w" in (await exchange.answer()).text.replace("\\", "")


async def test_names_are_offered_while_typing(bot: Bot, discord_world: World) -> None:
    mara = discord_world.user("mara")
    assert await mara.autocomplete("verify", "speaker", "lor", quote="x") == [
        {"name": "Ana Lorentz", "value": "Ana Lorentz"}
    ]
    assert await mara.autocomplete("verify", "outlet", "herald", quote="x") == [
        {"name": "capitalherald.example", "value": "capitalherald.example"}
    ]


async def test_an_answer_is_shared_and_pictured_by_its_buttons(bot: Bot, discord_world: World) -> None:
    mara = discord_world.user("mara")
    answer = await (await mara.slash("verify", quote=QUOTE)).answer()
    shared = await (await mara.press(answer, "Share")).answer()
    assert not shared.ephemeral
    assert "Checked by mara" in shared.text
    pictured = await (await mara.press(answer, "Side by side")).answer()
    (file,) = pictured.files
    assert file.data.startswith(b"\x89PNG")
    assert file.description


async def test_what_cannot_be_drawn_is_written(discord_world: World, tmp_path: Path) -> None:
    """Hebrew, of which the font has no letters."""
    hebrew = "“לא נחפור את התעלה אלא אם העיר תשלם על כך,” אמרה אנה לורנץ לכתבים."
    article = Article(text=hebrew, outlet="yoman.example", url="https://yoman.example/1", language="he")
    async with working(discord_world, tmp_path / "hebrew.db", [article]):
        mara = discord_world.user("mara")
        answer = await (await mara.slash("verify", quote="לא נחפור את התעלה אלא אם העיר תשלם")).answer()
        written = await (await mara.press(answer, "Side by side")).answer()
        assert not written.files
        assert "in text" in written.text
        assert "התעלה" in written.text


async def test_a_wrong_answer_is_noted_without_the_quote(bot: Bot, discord_world: World) -> None:
    mara = discord_world.user("mara")
    answer = await (await mara.slash("verify", quote=QUOTE)).answer()
    form = await mara.press(answer, "Report wrong")
    modal = await form.form()
    field = next(iter(_inputs(modal)))
    await (await mara.submit(form, **{field: "It was her deputy."})).answer()
    held = await bot.office.read(lambda store: store.users.export_user(int(mara.user.id)))
    assert [row["comment"] for row in held["reported_wrong"]] == ["It was her deputy."]
    assert QUOTE not in str(held)


async def test_the_buttons_of_an_answer_are_its_askers(bot: Bot, discord_world: World) -> None:
    answer = await (await discord_world.user("mara").slash("verify", quote=QUOTE, public=True)).answer()
    refusal = await (await discord_world.user("ben").press(answer, "Side by side")).answer()
    assert refusal.ephemeral
    assert "person who asked" in refusal.text


async def test_the_menu_checks_every_quote_of_a_message_worst_first(bot: Bot, discord_world: World) -> None:
    mara = discord_world.user("mara")
    general = next(iter(discord_world.newsroom.channels.values()))
    text = f"“The silt came with the river, and the river belongs to everybody” — Ana Lorentz\n\nPiet Haan: “{QUOTE}”"
    message = await discord_world.user("ben").post(general, text)
    answer = await (await mara.menu("Verify quote", message)).answer()
    assert "mouth" in answer.text
    options = [option["label"] for option in _selects(answer)[0]["options"]]
    assert len(options) == 2
    picked = await (await mara.select(answer, "Another quote of this message", "1")).edited()
    assert "silt" in picked.text


async def test_the_menu_names_who_said_it(bot: Bot, discord_world: World) -> None:
    general = next(iter(discord_world.newsroom.channels.values()))
    message = await discord_world.user("ben").post(general, f"“{QUOTE}”")
    answer = await (await discord_world.user("mara").menu("Who said this?", message)).answer()
    assert "**Ana Lorentz**" in answer.text


async def test_a_spanish_user_is_answered_in_spanish(bot: Bot, discord_world: World) -> None:
    lucia = discord_world.user("lucia")
    lucia.user.locale = "es-ES"
    assert "medios" in (await (await lucia.slash("verify", quote=QUOTE)).answer()).text


async def test_the_commands_are_sent_again_only_when_they_changed(discord_world: World, tmp_path: Path) -> None:
    for _ in range(2):
        async with working(discord_world, tmp_path / "record.db", ARTICLES):
            pass
    assert sum(call.method == "PUT" and call.path.endswith("/commands") for call in discord_world.calls) == 1


def labels(message: Message) -> list[str]:
    return [component.get("label", "") for component in walk(message.components)]


def _selects(message: Message) -> list[dict]:  # type: ignore[type-arg]
    return [component for component in walk(message.components) if component["type"] == 3]


def _inputs(modal: dict) -> list[str]:  # type: ignore[type-arg]
    return [component["custom_id"] for component in walk(modal["components"]) if component["type"] == 4]

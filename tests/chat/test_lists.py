"""`/quotes search` and `/speaker`: what is on record, page by page."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.chat.house import DAILY, WIRE, house


async def test_a_search_lists_the_passages_that_hold_every_word(tmp_path: Path) -> None:
    """The newest first, each with its speaker and outlet, for the asker alone."""
    async with house(tmp_path) as world:
        exchange = await world.user("mara").slash("quotes search", text="dredge channel")
        answer = await exchange.answer()
        assert exchange.ephemeral
        assert answer.text.index("until the city pays") < answer.text.index("unless the city pays")
        assert "**Ana Lorentz**" in answer.text
        assert "(<https://meridianpress.example/kelmar-silt>)" in answer.text


async def test_a_search_is_narrowed_by_speaker_outlet_and_date(tmp_path: Path) -> None:
    """What does not fit is not shown, and where nothing does that is said to be no proof."""
    async with house(tmp_path) as world:
        mara = world.user("mara")
        late = await (await mara.slash("quotes search", text="dredge", since="2026-03-04")).answer()
        assert "until" in late.text
        assert "unless" not in late.text
        other = await (await mara.slash("quotes search", text="dredge", speaker="Haan")).answer()
        assert "no proof" in other.text
        wrong = await mara.slash("quotes search", text="dredge", since="yesterday")
        assert "is no date" in (await wrong.answer()).text


async def test_a_long_list_is_turned_page_by_page_by_its_asker_alone(tmp_path: Path) -> None:
    """Five rows a page; the button at either end rests."""
    many = [
        replace(WIRE, text=f'Heading {n}\n\n"We shall see the number {n} again," Ana Lorentz said.\n', url=None)
        for n in range(7)
    ]
    async with house(tmp_path, many) as world:
        mara = world.user("mara")
        answer = await (await mara.slash("quotes search", text="shall see number")).answer()
        assert answer.text.count("> “") == 5
        assert "Page 1 of 2" in answer.text
        assert [button.get("disabled", False) for button in answer.buttons] == [True, False]
        turned = await (await mara.press(answer, "Further")).edited()
        assert turned.text.count("> “") == 2
        assert "Page 2 of 2" in turned.text
        assert (await (await mara.press(turned, "Back")).edited()).text.count("> “") == 5


async def test_what_outlets_differ_on_stands_first_of_what_a_speaker_said(tmp_path: Path) -> None:
    """Each utterance is listed once, and one with several readings says so."""
    async with house(tmp_path) as world:
        answer = await (await world.user("mara").slash("speaker", name="lorentz")).answer()
        assert answer.text.count("dredge the channel") == 1
        assert answer.text.index("dredge") < answer.text.index("silt")
        assert "⚖ 2 wordings" in answer.text
        assert "it stands first" in answer.text


async def test_a_speaker_whom_nobody_quotes_is_said_to_be_unknown(tmp_path: Path) -> None:
    """With the name shown as it is written, and nothing done by it."""
    async with house(tmp_path) as world:
        answer = await (await world.user("mara").slash("speaker", name="@everyone")).answer()
        assert "Nothing on record is attributed" in answer.text
        assert "@everyone" not in answer.text


async def test_names_are_offered_while_one_types(tmp_path: Path) -> None:
    """Speakers as the record knows them."""
    async with house(tmp_path, (DAILY,)) as world:
        offered = await world.user("mara").autocomplete("speaker", "name", "haa")
        assert [choice["value"] for choice in offered] == ["Piet Haan"]

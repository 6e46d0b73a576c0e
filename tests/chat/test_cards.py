"""Cards as messages: what is sent keeps the limits of Discord's own document and those that it does not tell."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import discord
import pytest
from discord import ui
from hypothesis import HealthCheck, given, settings

from bot.model import Report
from bot.report.card import card
from bot.report.picture import picture
from bot.serve.chat import cards, classic
from tests.discord_double.limits import V2, faults_of, walk
from tests.discord_double.openapi import Judge
from tests.report.reports import peace, reports

WHERE = ("POST", "/channels/1000000000000000001/messages")


def rows() -> list[ui.ActionRow[ui.LayoutView]]:
    """Two rows of five buttons: more than any card has."""
    return [
        ui.ActionRow(*(ui.Button(label="x" * 80, custom_id=f"{row}:{one}") for one in range(5))) for row in range(2)
    ]


def sent(view: ui.LayoutView) -> dict[str, Any]:
    """The body of a message that shows the view."""
    return {"flags": V2, "components": view.to_components(), "allowed_mentions": {"parse": []}}


@pytest.fixture(scope="module")
def judge(corpora: Path) -> Judge:
    """Discord's own document, which the outside corpora hold."""
    assert (corpora / "discord" / "openapi.json").is_file()
    return Judge()


@pytest.fixture
def report() -> Report:
    """One verbatim variant in one outlet, one with inserted words in two."""
    return peace()


def test_a_card_is_one_container_in_its_colour_with_its_texts_and_the_buttons_given(report: Report) -> None:
    made = card(report)
    components = sent(cards.layout(made, rows()))["components"]
    assert [(one["type"], one["accent_color"]) for one in components] == [(17, made.accent)]
    assert [one["content"] for one in walk(components) if one["type"] == 10] == [made.head, *made.blocks, made.foot]
    assert sum(one["type"] == 2 for one in walk(components)) == 10


def test_the_embed_says_the_same_in_one_description(report: Report) -> None:
    made = card(report)
    (embed,) = classic.texts(cards.layout(made))[1]
    assert embed.description == "\n\n".join([made.head, *made.blocks, made.foot]).replace("\n-# ", "\n")
    assert embed.colour == discord.Colour(made.accent)


def test_a_picture_goes_with_its_words_and_the_file_that_it_shows(report: Report) -> None:
    drawn = picture(report)
    gallery, file = cards.gallery(drawn).to_component_dict(), cards.attached(drawn)
    assert gallery["items"][0]["media"]["url"] == f"attachment://{file.filename}"
    assert gallery["items"][0]["description"] == file.description == drawn.alt
    assert file.fp.read() == drawn.png


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(reports())
def test_any_report_gives_a_message_within_every_limit(judge: Judge, report: Report) -> None:
    made = card(report)
    layout = sent(cards.layout(made, rows()))
    embed = {
        "embeds": [one.to_dict() for one in classic.texts(cards.layout(made))[1]],
        "allowed_mentions": {"parse": []},
    }
    for body in (layout, embed):
        assert faults_of(body, "message") == []
        judge.see(*WHERE, body)


def test_what_was_sent_is_what_discords_own_document_describes(judge: Judge) -> None:
    assert judge.faults() == []


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ({"content": "x" * 2001}, "content: 2001"),
        ({"flags": V2, "content": "x", "components": [{"type": 10, "content": "x"}]}, "content: cannot be used"),
        ({"components": [{"type": 10, "content": "x"}]}, "need their flag"),
        ({"flags": V2, "components": [{"type": 10, "content": "x" * 2001}] * 2}, "all text: 4002"),
        ({"flags": V2, "components": [{"type": 14}] * 41}, "components: 41"),
        ({"flags": V2, "components": [{"type": 10, "content": " "}]}, "is empty"),
        ({"embeds": [{"description": "x" * 4000}] * 2}, "embeds: all text: 8000"),
        ({"embeds": [{"fields": [{"name": "a", "value": ""}]}]}, "embed field value: 0"),
        ({"components": [{"type": 1, "components": [{"type": 2, "label": "a", "custom_id": "a"}]}] * 6}, "rows: 6"),
        ({"components": [{"type": 1, "components": [{"type": 2, "label": "a", "custom_id": "a"}] * 2}]}, "uses: 2"),
        ({"content": "x", "contents": "y"}, "contents: not a field"),
    ],
)
def test_what_breaks_a_limit_is_told(body: dict[str, Any], fault: str) -> None:
    assert any(fault in one for one in faults_of(body, "message"))


@pytest.mark.parametrize(
    ("where", "form", "fault"),
    [
        ("command", {"name": "Verify", "description": "x"}, "not in lower case"),
        ("command", {"name": "verify"}, "description: 0"),
        (
            "command",
            {
                "name": "verify",
                "description": "x",
                "options": [
                    {"name": "a", "description": "x", "type": 3},
                    {"name": "b", "description": "x", "type": 3, "required": True},
                ],
            },
            "behind an optional",
        ),
        ("modal", {"title": "x" * 46, "custom_id": "a", "components": [{"type": 10, "content": "x"}]}, "title: 46"),
        ("modal", {"title": "x", "custom_id": "a", "components": [{"type": 10, "content": "x"}] * 6}, "components: 6"),
    ],
)
def test_what_breaks_a_limit_of_commands_and_forms_is_told(where: str, form: dict[str, Any], fault: str) -> None:
    assert any(fault in one for one in faults_of(form, where))

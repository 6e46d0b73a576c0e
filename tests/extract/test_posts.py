"""What somebody posts in a chat, and the quotes that it claims."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.extract.posts import claims

WORDS = "We will not close the harbour"


def quotes(post: str) -> list[tuple[str, str | None]]:
    return [(claim.text, claim.speaker) for claim in claims(post)]


@pytest.mark.parametrize(
    "post",
    [
        f'"{WORDS}" — Ana Ortega',
        f"“{WORDS}” - Ana Ortega, 2024",
        f'"{WORDS}"\n- Ana Ortega',
        f'"{WORDS}"—Ana Ortega',
        f'Ana Ortega: "{WORDS}"',
        f'Ana Ortega said "{WORDS}"',
        f"Did Ana Ortega really say “{WORDS}”??",
        f"'{WORDS}' said Ana Ortega",
        f"«{WORDS}» — Ana Ortega",
        f"> {WORDS}\n— Ana Ortega",
        f"> {WORDS} — Ana Ortega",
        "> We will not close\n> the harbour\n> — Ana Ortega\nreally?",
        f'> "{WORDS}" — Ana Ortega\nis this real?',
        f'> Ana Ortega said "{WORDS}" today',
        ">>> We will not\nclose the harbour\n- Ana Ortega",
        f"{WORDS} — Ana Ortega",
        '**"We will not *close* the harbour"** — __Ana Ortega__ https://a.example/x',
        f'||"{WORDS}"|| \\- Ana Ortega',
        f'```py\nprint("no")\n```\n<@123> look: Ana Ortega said "{WORDS}" <:eyes:42>',
    ],
)
def test_words_and_speaker_are_found(post: str) -> None:
    """Marks, block quotations and dashes, under any markup of Discord's."""
    assert quotes(post) == [(WORDS, "Ana Ortega")]


def test_a_message_without_marks_is_the_quote() -> None:
    assert quotes(f"# {WORDS}\n") == [(WORDS, None)]


def test_a_name_that_only_stands_near_is_not_claimed() -> None:
    """A claim names its speaker; a guess would make an answer of "misattributed" out of nothing."""
    assert quotes(f'"{WORDS}" Saw this under a photo of Ana Ortega.') == [(WORDS, None)]


def test_a_split_quote_is_one_claim() -> None:
    assert quotes('"We will wait," Ana Ortega said, "but not for long."') == [
        ("We will wait, but not for long", "Ana Ortega")
    ]


def test_several_quotes_are_several_claims() -> None:
    post = f'"{WORDS}"\n- Ana Ortega\n\n"Then we will open it ourselves"\n- Bo Ek'
    assert quotes(post) == [(WORDS, "Ana Ortega"), ("Then we will open it ourselves", "Bo Ek")]


def test_a_term_in_marks_alone_is_checked() -> None:
    """Where nothing else is quoted, even what an article would only put in scare quotes."""
    assert [claim.text for claim in claims('did he really call it a "sham"')] == ["sham"]


def test_the_only_link_is_the_address() -> None:
    linked = f'Ana Ortega: "{WORDS}" [here](https://a.example/x)'
    assert [claim.url for claim in claims(linked)] == ["https://a.example/x"]
    assert [claim.url for claim in claims(f"{linked} and https://b.example/y")] == [None]


@pytest.mark.parametrize("post", ["", " \n", "<@1> @everyone", "https://a.example/only", "```\ncode\n```", "…", '""'])
def test_a_message_without_words_has_no_quote(post: str) -> None:
    assert claims(post) == ()


@settings(max_examples=2000, deadline=None)
@given(st.text(st.sampled_from("\"'“”‘’«»>—-*_`~|<@:1>()[]\\ \nabAB.,"), max_size=80))
def test_any_message_can_be_read(post: str) -> None:
    """Nothing is raised, and every claim has words."""
    assert all(claim.text.strip() for claim in claims(post))

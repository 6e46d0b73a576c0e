"""Text from outside in a message: shown as it is written, and nothing else."""

from __future__ import annotations

import re
import unicodedata
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.report.safe import CUT, apart, cut, link, plain, safe, units, web_address
from tests.report.markdown import RAW, live, shown

ATTACKS = (
    "@everyone",
    "@here",
    "@\u200beveryone",
    "<@1>",
    "<@!123456789012345678>",
    "<@&1>",
    "<#1>",
    "</verify:1>",
    "<t:1:R>",
    "<t:1700000000>",
    "<:smile:1>",
    "<a:smile:123456789012345678>",
    ":smile:",
    "<id:customize>",
    "[b](http://evil.example)",
    "[b](<http://evil.example> 'title')",
    "[[b]](http://evil.example)",
    "http://evil.example/x",
    "HTTPS://evil.example",
    "<http://evil.example>",
    "<mailto:a@b.example>",
    "<tel:+1234567>",
    "discord.gg/x",
    "https://discord.com/invite/x",
    "discord://-/channels/1",
    "www.evil.example",
    "**bold**",
    "__under__",
    "*em*",
    "_em_",
    "***all***",
    "~~gone~~",
    "~",
    "~~",
    "||spoiler||",
    "`code`",
    "``co`de``",
    "```\nblock\n```",
    "```ansi\n\x1b[31mred\n```",
    "# heading",
    "### heading",
    "-# small",
    "- item",
    "* item",
    "+ item",
    "1. item",
    "> quote",
    ">>> quote",
    "\\",
    "\\\\",
    "\\*",
    "a\u202eb",
    "\u2066x\u2069",
    "\u1fef\u1fefcode\u1fef",
    "\U000e0041\U000e0042",
    "¯\\_(ツ)_/¯",
    "]( http://evil.example)",
    "](<http://evil.example>)",
)
SETTINGS = ("{}", "a{}b", "a {} b", "{}{}", "{}\n{}", "x\n\n{}", "\\{}", "\u200b{}\u200d", "**{}", "[{}]")
HOSTILE = [setting.replace("{}", attack) for attack, setting in product(ATTACKS, SETTINGS)]

foreign = st.one_of(
    st.text(max_size=120),
    st.text(alphabet="\\*_~`|<>[]()#@:-+.!/ \nab1\u200b\u202e", max_size=60),
    st.lists(st.sampled_from((*ATTACKS, " ", "\n", "word")), max_size=8).map("".join),
)


def test_there_are_three_hundred_hostile_texts() -> None:
    assert len(set(HOSTILE)) >= 300


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_is_shown_as_it_is_written_and_does_nothing(text: str) -> None:
    shielded = safe(text, 2000)
    assert live(shielded) == []
    assert not RAW.search(shielded)
    assert shown(shielded) == plain(text)


@pytest.mark.parametrize("text", [text for text in HOSTILE if plain(text)])
def test_a_hostile_text_cannot_end_or_change_the_markup_around_it(text: str) -> None:
    shielded = safe(text, 2000)
    for before, after, rules in (("~~", "~~", ["struck"]), ("**__", "__**", ["strong", "underline"])):
        found = live(f"{before}{shielded}{after} end")
        assert [one.rule for one in found] == rules
        assert found[0].text == f"{before}{shielded}{after}"


@pytest.mark.parametrize("text", HOSTILE)
def test_a_masked_link_leads_to_its_stored_address_whatever_its_label(text: str) -> None:
    made = link(text, "https://bay.example/peace", 2000)
    links = [one for one in live(made) if one.rule != "link"]
    assert links == []
    assert [one.text for one in live(made)] == ([made] if plain(text) else [])


@given(foreign, st.integers(0, 200))
def test_no_text_of_any_kind_does_anything_at_any_length(text: str, limit: int) -> None:
    shielded = safe(text, limit)
    assert units(shielded) <= limit
    assert live(shielded) == []
    assert not RAW.search(shielded)
    shielded.encode("utf-8")


@given(foreign)
def test_what_fits_is_shown_whole_on_one_line_in_nfc_without_what_prints_nothing(text: str) -> None:
    said = shown(safe(text, 10_000))
    assert said == plain(text)
    assert unicodedata.is_normalized("NFC", said)
    assert not {unicodedata.category(char) for char in said} & {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


def test_a_text_is_cut_between_graphemes_and_says_so() -> None:
    """Neither an accent, a tone of skin, half a flag nor half an escape is left behind."""
    assert safe("cafe\u0323\u0302 bar", 5) == f"caf\u1ec7{CUT}"
    assert safe("ab\U0001f44d\U0001f3fdcd", 6) == f"ab{CUT}"
    assert safe("a\U0001f1ea\U0001f1f8b", 5) == f"a{CUT}"
    assert safe("a**", 4) == f"a\\*{CUT}"
    assert cut("a**b", 3) == f"a*{CUT}"


def test_marks_do_not_pile_up() -> None:
    """A sign keeps a few combining marks; a hundred would run over the lines around it."""
    assert len(safe("Z" + "\u0335" * 100 + "x", 500)) < 10


def test_what_prints_nothing_leaves_nothing() -> None:
    assert safe("\u200b\u3164\u2800\u202e\U000e0041\ud800\x07 \n", 50) == ""


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "ftp://bay.example/x",
        "//bay.example/x",
        "https://",
        "https://user:secret@bay.example/x",
        "https://bay.example:port/",
        "https://[::1",
        f"https://bay.example/{'x' * 400}",
    ],
)
def test_an_address_that_is_none_to_trust_gives_no_link(url: str | None) -> None:
    assert web_address(url) is None
    assert link("Bay", url, 100) == "Bay"


def test_an_address_is_written_so_that_it_ends_no_link() -> None:
    assert web_address("https://bay.example/a_(b)/<x>?q=@everyone&r=1#part") == (
        "https://bay.example/a_%28b%29/%3Cx%3E?q=%40everyone&r=1"
    )
    assert web_address("https://bücher.example/ä b") == "https://xn--bcher-kva.example/%C3%A4%20b"


@given(foreign)
def test_no_address_breaks_out_of_its_link(tail: str) -> None:
    made = link("Bay", f"https://bay.example/{tail}", 500)
    assert [one.rule for one in live(made)] in (["link"], [])
    assert not re.search(r"https?://|@", made.removeprefix("[Bay](<https://"), re.IGNORECASE)


def test_a_script_that_runs_to_the_left_is_kept_from_reordering_the_line() -> None:
    assert apart("שלום") == "\u2068שלום\u2069"
    assert apart("peace") == "peace"

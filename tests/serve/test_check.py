"""`check`: one quote, a whole post, for people and for programs, against the record or against files."""

import json

import pytest

QUOTE = "We will not dredge the channel unless the city pays for it"


def test_an_answer_for_people_names_verdict_speaker_and_outlet(run, record):
    result = run("check", QUOTE)
    assert result.exit_code == 0
    assert "VERBATIM" in result.stdout
    assert "Ana Lorentz" in result.stdout
    assert "meridianpress.example" in result.stdout


def test_an_outlet_that_has_nothing_of_it_is_said_to(run, record):
    """A part of the name is enough."""
    said = "No outlet by the name of x.example is on record with it."
    assert said in run("check", QUOTE, "--outlet", "x.example").stdout
    assert "No outlet" not in run("check", QUOTE, "--outlet", "MeridianPress").stdout
    assert "No outlet" not in run("check", "Nobody has ever said such a thing", "--outlet", "x.example").stdout


def test_json_is_one_object(run, record):
    answer = json.loads(run("check", QUOTE, "--speaker", "Piet Haan", "--outlet", "x.example", "--json").stdout)
    assert answer["claim"] == {"quote": QUOTE, "speaker": "Piet Haan", "outlet": "x.example", "url": None}
    assert (answer["wording"], answer["attribution"]) == ("verbatim", "differs")


def test_a_post_is_an_array_with_an_object_for_each_quote(run, record):
    post = f"Look at this!\n\n“{QUOTE}” — Ana Lorentz\n\nPiet Haan: “She has the money and she knows it”\n"
    answers = json.loads(run("check", "-", "--json", input=post).stdout)
    assert [answer["claim"]["speaker"] for answer in answers] == ["Ana Lorentz", "Piet Haan"]
    assert [answer["attribution"] for answer in answers] == ["agrees", "agrees"]


def test_a_post_with_one_quote_is_an_array_too(run, record):
    assert len(json.loads(run("check", "-", "--json", input=f"“{QUOTE}”").stdout)) == 1


def test_every_quote_of_a_post_is_answered_for_people(run, record):
    post = f"“{QUOTE}” — Ana Lorentz\n\nPiet Haan: “She has the money and she knows it”\n"
    result = run("check", "-", input=post)
    assert result.stdout.count("VERBATIM") == 2


def test_a_post_without_marks_is_one_quote(run, record):
    (answer,) = json.loads(run("check", "-", "--json", input="she has the money\n").stdout)
    assert (answer["claim"]["quote"], answer["wording"]) == ("she has the money", "verbatim")


@pytest.mark.parametrize("post", ["", " \n", "```code```", b"\xff\xfe\xff", b"a\0b"])
def test_a_post_without_a_quote_is_told(run, record, post):
    result = run("check", "-", input=post)
    assert result.exit_code == 2
    assert "hint: " in result.stderr


def test_against_files_nothing_else_is_searched_and_nothing_is_stored(run, articles):
    answer = json.loads(run("check", QUOTE, "--json", "--against", "wire.txt", "post.html").stdout)
    assert answer["coverage"]["articles"] == 2
    assert answer["variants"][0]["witnesses"][0]["outlet"] == "wire.txt"
    assert not (articles / "onrecord.db").exists()


def test_a_file_to_compare_with_that_is_no_use_is_told(run, articles):
    result = run("check", QUOTE, "--against", "none.txt")
    assert result.exit_code == 2
    assert "none.txt: no such file" in result.stderr


@pytest.mark.parametrize("quote", ["", "   ", "…", "“”", "?!"])
def test_a_quote_of_no_words_is_told(run, record, quote):
    result = run("check", quote)
    assert result.exit_code == 2
    assert "hint: " in result.stderr


def test_a_quote_of_ten_thousand_words_is_told_its_limit(run, record):
    result = run("check", "channel " * 10_000)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "10,000 words; at most 2,000" in result.stderr


@pytest.mark.parametrize(
    "quote",
    [
        'NEAR("dredge" "channel", 5)',
        '"dredge" AND NOT channel OR ^we',
        "speaker:lorentz dredge*",
        '"we\nspeaker:x',
        "'; DROP TABLE articles; --",
        "100% _ \\ ` $(touch x)",
        "[/red] :smile: [bold]dredge[/]",
        "\x1b[31mdredge the channel\x1b[0m",
        "a\u202eb \u200b dredge the channel",
    ],
)
def test_operators_markup_and_sql_are_words_like_any_other(run, record, quote):
    result = run("check", quote)
    assert result.exit_code == 0
    assert "\x1b" not in result.stdout
    assert json.loads(run("status", "--json").stdout)["articles"] == 3


def test_words_that_are_not_utf_8_are_told(run, record):
    assert "not valid UTF-8" in run("check", "dredge \udcff").stderr

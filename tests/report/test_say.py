"""The catalogue says the same things in every language."""

from __future__ import annotations

from string import Formatter

import pytest

from bot.report.say import LANGUAGES, catalogue, language, say


@pytest.mark.parametrize("other", LANGUAGES[1:])
def test_every_language_has_every_sentence(other: str) -> None:
    assert catalogue(other).keys() == catalogue("en").keys()


@pytest.mark.parametrize("other", LANGUAGES[1:])
def test_every_sentence_names_the_same_values_in_every_language(other: str) -> None:
    def named(sentence: str) -> set[str | None]:
        return {field for _, field, _, _ in Formatter().parse(sentence)} - {None}

    english = catalogue("en")
    differing = [key for key, sentence in catalogue(other).items() if named(sentence) != named(english[key])]
    assert differing == []


def test_one_is_said_otherwise_than_many() -> None:
    assert say("en", "answer.found", count=1) != say("en", "answer.found", count=2).replace("2", "1")
    assert "2" in say("es-ES", "answer.found", count=2)


@pytest.mark.parametrize(
    ("locale", "spoken"), [("es-419", "es"), ("en-GB", "en"), ("fi", "en"), (None, "en"), ("", "en")]
)
def test_a_locale_that_is_not_spoken_is_answered_in_english(locale: str | None, spoken: str) -> None:
    assert language(locale) == spoken


def test_an_unknown_key_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        say("es", "no.such")


def test_command_names_are_what_discord_allows() -> None:
    for tongue in LANGUAGES:
        for key, sentence in catalogue(tongue).items():
            if key.endswith(".name") and f"{key.removesuffix('.name')}.description" in catalogue(tongue):
                assert 1 <= len(sentence) <= 32, key
                assert sentence == sentence.lower(), key
                assert " " not in sentence, key

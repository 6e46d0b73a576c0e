"""Speakers of quotations of which only the words around the marks are known."""

import pytest

from bot.extract.beside import Beside
from bot.extract.language import language
from bot.match.speakers import same_speaker
from bot.samples import samples

ENGLISH = Beside(language("en"))
AROUND = 100


@pytest.mark.parametrize(
    ("before", "content", "after", "speaker"),
    [
        ("", "We will dredge the channel,", " Ana Lorentz said on Monday.", "Ana Lorentz"),
        ("", "We will dredge the channel", ", said Mayor Ana Lorentz.", "Ana Lorentz"),
        ("", "We will dredge,", " said the mayor, Ana Lorentz, on Monday.", "Ana Lorentz"),
        ("", "We will dredge,", " Ana Lorentz, the mayor of Kelmar, told a rally.", "Ana Lorentz"),
        ("", "We will dredge,", " the mayor, Ana Lorentz, has said.", "Ana Lorentz"),
        ("On Monday Ana de Lorentz told a rally: ", "We will dredge.", " Nobody laughed.", "Ana de Lorentz"),
        ("Ana Lorentz, 45, said that ", "the sham", " is over.", "Ana Lorentz"),
        ("According to Ana Lorentz, ", "the channel is shallow.", " It is.", "Ana Lorentz"),
        ("", "The channel is shallow,", " according to Dr. Ana Lorentz.", "Ana Lorentz"),
        ("“We will dredge,” Ana Lorentz said. “", "All of it.", "", "Ana Lorentz"),
        ("Nobody doubts it. LORENTZ: ", "We will dredge.", "", "LORENTZ"),
        ("LORENTZ: ", "We will dredge.", "", "LORENTZ"),
        ("It is a ", "sham", " vote, Piet Haan said.", "Piet Haan"),
    ],
)
def test_a_name_beside_a_cue_beside_the_marks_is_the_speaker(before, content, after, speaker):
    assert ENGLISH.speaker(before, content, after) == speaker


@pytest.mark.parametrize(
    ("before", "content", "after"),
    [
        ("", "We will dredge,", " he said."),
        ("", "We will dredge,", " one official told Ana Lorentz."),
        ("", "We will dredge.", " Ana Lorentz said nothing."),
        ("Piet Haan was told ", "to leave", " at once."),
        ("The council read Ana Lorentz's statement. ", "We will dredge.", " Then it rained."),
        ("She met Ana Lorentz. ", "What now?", ""),
        ("", "We will dredge,", " said Ana Lorentz's deputy."),
        ("“We will not,” Piet Haan said.\n\n", "We will.", ""),
        ("We met LORENTZ: ", "We will dredge.", ""),
        ("", "", ""),
    ],
)
def test_whoever_is_not_named_there_is_not_named(before, content, after):
    assert ENGLISH.speaker(before, content, after) is None


@pytest.mark.parametrize(
    ("code", "before", "content", "after"),
    [
        ("de", "", "Wir baggern den Kanal aus", ", sagte Ana Lorentz am Montag."),
        ("es", "", "Dragaremos el canal", ", dijo Ana Lorentz."),
        ("fr", "Selon Ana Lorentz, ", "le canal est fermé", "."),
    ],
)
def test_other_languages_are_read_with_their_own_words(code, before, content, after):
    assert Beside(language(code)).speaker(before, content, after) == "Ana Lorentz"


def test_the_speakers_of_the_samples_are_right_where_they_are_named():
    """By a hundred characters on either side: at least 93 in a hundred are right, and a fifth is named at all."""
    right = wrong = owed = 0
    for sample in samples():
        for said in sample.quotations:
            if said.kind in ("nested", "scare"):
                continue
            owed += bool(said.speakers)
            before, after = sample.text[max(0, said.start - AROUND) : said.start], sample.text[said.end :][:AROUND]
            content = sample.text[said.start : said.end].strip("\"“”‘’'")
            name = ENGLISH.speaker(before.rstrip("\"“‘'"), content, after.lstrip("\"”’'"))
            if name is not None:
                good = any(same_speaker(name, speaker) for speaker in said.speakers)
                right, wrong = right + good, wrong + (not good)
    assert right / (right + wrong) >= 0.93
    assert right / owed >= 0.2

"""Other languages by data alone: marks, cue verbs, and "according to X"."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import extract
from bot.extract.language import FOLDER, language, language_of, languages, spoken
from bot.extract.layers import reading
from bot.extract.ranker import weights
from bot.extract.speakers import verdicts
from bot.model import Article

SPOKEN = {
    "es": (
        "El puerto cerrará el lunes. «No vamos a esperar ni un día más», dijo Marta Olmedo a los periodistas.\n\n"
        "Según Pedro Lanza, el plan es “una broma cara”.\n\n"
        "La ministra Clara Ríos aseguró que “nadie perderá su barco”.",
        ["Marta Olmedo", "Pedro Lanza", "Clara Ríos"],
    ),
    "fr": (
        "Le port ferme lundi. « Nous n’attendrons pas un jour de plus », a déclaré Jeanne Morvan à la presse.\n\n"
        "Selon Luc Périer, le plan est « une plaisanterie coûteuse ».\n\n"
        "La ministre Claire Vidal a assuré que « personne ne perdra son bateau ».",
        ["Jeanne Morvan", "Luc Périer", "Claire Vidal"],
    ),
    "de": (
        "Der Hafen schließt am Montag. „Wir warten keinen Tag länger“, sagte Jutta Brandner vor der Presse.\n\n"
        "Laut Peter Lohse ist der Plan „ein teurer Scherz“.\n\n"
        "Ministerin Clara Weiden betonte: „Niemand verliert hier sein Boot.“",
        ["Jutta Brandner", "Peter Lohse", "Clara Weiden"],
    ),
    "pt": (
        "O porto fecha na segunda-feira. “Não vamos esperar nem mais um dia”, disse Marta Oliveira aos jornalistas.\n\n"
        "Segundo Pedro Lanza, o plano é “uma piada cara”.\n\n"
        "A ministra Clara Reis garantiu que “ninguém vai perder o seu barco”.",
        ["Marta Oliveira", "Pedro Lanza", "Clara Reis"],
    ),
    "it": (
        "Il porto chiuderà lunedì. «Non aspetteremo un giorno di più», ha detto Marta Olivieri ai giornalisti.\n\n"
        "Secondo Pietro Lanza il piano è «uno scherzo costoso».\n\n"
        "La ministra Chiara Riva ha assicurato che «nessuno perderà la sua barca».",
        ["Marta Olivieri", "Pietro Lanza", "Chiara Riva"],
    ),
}


@pytest.mark.parametrize("code", SPOKEN)
def test_speakers_are_found_by_the_language_s_own_cues(code: str) -> None:
    text, speakers = SPOKEN[code]
    found = extract.quotations(Article(text=text, outlet="post.example", language=code))
    assert [each.attribution and each.attribution.speaker for each in found] == speakers


@pytest.mark.parametrize("code", SPOKEN)
def test_a_language_nobody_told_is_known_by_its_small_words(code: str) -> None:
    assert language_of(SPOKEN[code][0], "und").code == code
    assert language_of("The harbour will close on Monday, and nobody knows for how long.", "").code == "en"


@pytest.mark.parametrize("code", ["es", "fr", "de", "pt", "it"])
def test_a_long_text_overrules_the_language_named(code: str) -> None:
    text = SPOKEN[code][0] + "\n\n"
    assert spoken(text * (1 + 250 // len(text.split())), "en") == code
    assert spoken(text, "en") == "en"


def test_every_file_loads_and_bears_its_code() -> None:
    assert set(languages()) >= {"en", *SPOKEN}
    assert [language(code).code for code in languages()] == list(languages())


def test_a_language_without_a_file_is_read_as_english() -> None:
    assert language("xx").code == "en"
    assert language("pt-BR").code == "pt"


def test_a_new_language_needs_a_file_and_no_code(tmp_path: Path) -> None:
    (tmp_path / "eo.toml").write_text(
        'code = "eo"\nphrases = ["laŭ"]\n[cues]\nsay = "diris diras"\n[words]\n'
        'determiners = "la"\nprepositions = "de en al"\nconjunctions = "kaj sed ke"\n',
        encoding="utf-8",
    )
    text = "La haveno fermiĝos lundon. «Ni ne atendos plu», diris Marta Olmedo al la gazetaro."
    made = reading(text, language_of(text, "eo", tmp_path))
    assert made.tongue.code == "eo"
    assert [each.name for each in verdicts(made, weights())] == ["Marta Olmedo"]
    assert not (FOLDER / "eo.toml").exists()

"""`search`, `speaker` and `status`: looking through the record."""

import json

import pytest


def test_search_finds_passages_that_hold_every_word(run, record):
    found = json.loads(run("search", "DREDGE channel", "--json").stdout)
    assert {row["outlet"] for row in found} == {"meridianpress.example", "capitalherald.example"}
    result = run("search", "money knows")
    assert "“She has the money and she knows it,”" in result.stdout
    assert "Piet Haan · kelmarpost.example · 5 Mar 2026" in result.stdout


def test_search_narrows_by_outlet_speaker_and_number(run, record):
    assert len(json.loads(run("search", "money", "--outlet", "kelmarpost.example", "--json").stdout)) == 1
    assert len(json.loads(run("search", "dredge", "--speaker", "lorentz", "--limit", "1", "--json").stdout)) == 1
    assert json.loads(run("search", "dredge", "--speaker", "haan", "--json").stdout) == []


def test_speaker_shows_what_somebody_is_said_to_have_said(run, record):
    found = json.loads(run("speaker", "HAAN", "--json").stdout)
    assert {row["speaker"] for row in found} == {"Piet Haan"}
    assert "“She has the money,”" in run("speaker", "Piet Haan").stdout


@pytest.mark.parametrize("arguments", [("search", "zeppelin"), ("speaker", "Nobody Atall")])
def test_nothing_found_is_said_and_is_no_error(run, record, arguments):
    result = run(*arguments)
    assert result.exit_code == 0
    assert "Nothing on record" in result.stdout


@pytest.mark.parametrize(
    "text", ["", "*", '"', "NOT", "a OR (b", "'; DROP TABLE articles; --", "speaker:x", "\U000e0041"]
)
def test_operators_are_words_like_any_other(run, record, text):
    assert run("search", text).exit_code == 0
    assert run("speaker", text).exit_code == 0


def test_the_configuration_limits_the_rows(run, record, monkeypatch):
    monkeypatch.setenv("ONRECORD_RESULTS", "1")
    assert len(json.loads(run("search", "dredge", "--json").stdout)) == 1


def test_status_counts_what_is_there(run, record):
    status = json.loads(run("status", "--json").stdout)
    assert (status["articles"], status["outlets"]) == (3, 3)
    assert status["database"] == str(record)
    result = run("status")
    assert "3 Mar 2026 to 5 Mar 2026" in result.stdout
    assert str(record) in result.stdout

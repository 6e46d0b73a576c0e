"""`utterance` and `trending`: what was said once and is carried by many."""

import json
import re

import pytest


def first(run) -> int:
    found = json.loads(run("trending", "--since", "2026-01-01", "--json").stdout)
    return next(each["utterance"] for each in found if "dredge" in each["readings"][0]["text"])


def test_trending_lists_what_several_outlets_carry(run, record):
    result = run("trending", "--since", "2026-01-01")
    assert "We will not dredge the channel unless the city pays" in result.stdout
    assert "2 outlets" in result.stdout
    assert "3 Mar 2026 to 4 Mar 2026" in " ".join(result.stdout.split())
    assert "of the texts since" not in result.stdout
    assert "1 of the texts since 4 Mar 2026" in " ".join(run("trending", "--since", "2026-03-04").stdout.split())


@pytest.mark.parametrize(("since", "heading"), [("1h", "Nothing is carried twice"), ("2w", "Nothing is carried twice")])
def test_trending_takes_how_long_ago(run, record, since, heading):
    assert heading in run("trending", "--since", since).stdout


@pytest.mark.parametrize("since", ["yesterday", "7x", "2026-13-01"])
def test_a_date_that_is_none_is_refused(run, record, since):
    result = run("trending", "--since", since)
    assert result.exit_code == 2
    assert "hint: Give a date as ISO 8601" in result.stderr


def test_an_utterance_is_shown_wording_by_wording(run, record):
    """Each wording with its outlets, and the number of each passage."""
    number = first(run)
    shown = run("utterance", "show", str(number)).stdout
    assert "“We will not dredge the channel unless the city pays for it,”" in shown
    assert "“We will dredge the channel unless the city pays for it,”" in shown
    assert re.search(r"passage \d+ · Ana Lorentz · meridianpress.example", shown)
    data = json.loads(run("utterance", "show", str(number), "--json").stdout)
    assert data["outlets"] == ["meridianpress.example", "capitalherald.example"]
    assert len(data["readings"]) == 2


def test_a_passage_is_split_off_and_joined_again(run, record):
    number = first(run)
    readings = json.loads(run("utterance", "show", str(number), "--json").stdout)["readings"]
    passage = str(readings[1]["witnesses"][0]["passage"])
    assert "stands by itself" in run("utterance", "split", passage).stdout
    assert len(json.loads(run("utterance", "show", passage, "--json").stdout)["readings"]) == 1
    assert f"in utterance {number}" in run("utterance", "join", passage).stdout


def test_an_unknown_number_is_told(run, record):
    result = run("utterance", "show", "99999")
    assert result.exit_code == 2
    assert "there is no passage 99999" in result.stderr

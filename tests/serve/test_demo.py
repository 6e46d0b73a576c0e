"""`demo`: the samples indexed, and six posted quotes answered as their explanations say."""

import json

import pytest

from bot import samples
from bot.serve.cli import demo


@pytest.fixture
def shown(run):
    result = run("demo")
    assert result.exit_code == 0
    return result.stdout


def test_six_answers_stand_with_their_explanations(shown):
    assert all(f"{number} of {len(demo.POSTED)}" in shown for number in range(1, 7))
    told = " ".join(shown.split())
    assert all(see in told for _, _, see in demo.POSTED)


def test_the_answers_are_those_that_are_explained(shown):
    found = [line.split()[1] for line in shown.splitlines() if line[:1] in "✔≈≠✂✖¶?∅⚖" and line[1:2] == " "]
    assert found == ["TRIMMED", "DISPUTED", "ALTERED", "CROPPED", "MISATTRIBUTED", "NOT"]


def test_every_quote_of_the_demonstration_is_one_of_the_annotated_claims():
    known = {claim["quote"] for claim in samples.claims()}
    assert {quote for quote, _, _ in demo.POSTED} <= known


def test_the_record_is_kept_where_it_is_named(run, folder):
    assert run("--db", "demo.db", "demo").exit_code == 0
    addresses = {sample.url for sample in samples.samples()}
    assert json.loads(run("--db", "demo.db", "status", "--json").stdout)["articles"] == len(addresses)


def test_nothing_is_left_behind_where_none_is_named(run, folder):
    run("demo")
    assert list(folder.iterdir()) == []

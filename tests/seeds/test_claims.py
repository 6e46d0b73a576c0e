"""Quotes posted about five real articles, and what must be answered: the whole way through the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.serve.cli.app import program
from tests.expectations import mismatches

# More claims on the same articles, in the format of the claims that came with them: their words are few, so that no
# text of an article stands here.
FURTHER: list[dict[str, Any]] = [
    {"quote": "ALL OPTIONS are on the table!", "expect": {"wording": ["verbatim"], "attribution": "not_claimed"}},
    {
        "quote": "all options are off the table",
        "expect": {"wording": ["altered", "similar"], "attribution": "not_claimed", "flag": "polarity"},
    },
    {
        "quote": "direct and far-reaching relationship",
        "speaker": "Nicolás Maduro",
        "expect": {"wording": ["verbatim", "trimmed"], "attribution": "differs", "severity": [5, 5]},
    },
    {
        "quote": "direct relationship",
        "speaker": "Guaidó",
        "expect": {"wording": ["verbatim"], "attribution": "agrees", "outlets": ["dw.com"], "severity": [0, 0]},
    },
    {
        "quote": "how we can support the past role",
        "expect": {"wording": ["altered", "reworded"], "attribution": ["not_claimed", "outlets_disagree"]},
    },
    {
        "quote": "the moon is made of green cheese and everybody in Caracas knows it",
        "expect": {"wording": ["not_found"], "attribution": "not_claimed"},
    },
    {"quote": "the", "expect": {"wording": ["too_common"], "attribution": "not_claimed"}},
]


@pytest.fixture(scope="module")
def database(corpora: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The five articles, added twice: the second time changes nothing."""
    path = tmp_path_factory.mktemp("seeds") / "seeds.db"
    seeds = corpora / "seeds"
    texts = sorted(str(file) for file in seeds.glob("*.txt"))
    for expected in ("5 new articles", "0 new articles, 0 new editions, 5 known already; 0 quotations"):
        result = call("--db", str(path), "add", "--manifest", str(seeds / "manifest.csv"), *texts)
        assert expected in result.stdout
        assert result.exit_code == 0
    return path


def call(*arguments: str) -> Result:
    return CliRunner().invoke(program, arguments, prog_name="onrecord", catch_exceptions=False)


def faults(database: Path, claim: dict[str, Any]) -> list[str]:
    speaker = ("--speaker", claim["speaker"]) if claim.get("speaker") else ()
    answer = json.loads(call("--db", str(database), "check", claim["quote"], *speaker, "--json").stdout)
    return list(mismatches(answer, {"outlets": [], "not_outlets": [], **claim["expect"]}))


def test_the_posted_claims_are_answered_as_expected(corpora: Path, database: Path) -> None:
    posted = json.loads((corpora / "seeds" / "claims.json").read_text(encoding="utf-8"))["claims"]
    wrong = {claim["id"]: found for claim in posted if (found := faults(database, claim))}
    assert not wrong


@pytest.mark.parametrize("claim", FURTHER, ids=lambda claim: str(claim["quote"])[:30])
def test_further_claims_are_answered_as_expected(database: Path, claim: dict[str, Any]) -> None:
    assert faults(database, claim) == []


def test_the_answer_to_a_fragment_shows_every_reading(database: Path) -> None:
    """The inserted words are marked, the speaker is the same throughout, and independent texts are counted."""
    shown = call("--db", str(database), "check", "direct relationship").stdout
    assert "{+and far-reaching+}" in shown
    assert "dw.com" in shown
    assert "dispatches.example" in shown
    assert "3 independent texts" in shown
    headings = [line for line in shown.splitlines() if line[:2] in ("1.", "2.", "3.")]
    assert len(headings) == 3
    assert all(heading.endswith("Juan Guaido") for heading in headings)

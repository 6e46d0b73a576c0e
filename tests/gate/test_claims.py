"""The floor of answers: of the claims posted about the sample articles, so many must be answered as expected.

A floor is raised when answers get better. It is lowered only with a reason in the commit, and the corpus cannot change
unnoticed: its hash is pinned beside the floor.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

import pytest

from bot import samples
from bot.desk import Desk
from bot.model import Claim
from bot.report import data
from storage.store import Store
from tests.expectations import mismatches

CORPUS = "144d122bbe556e23"
FLOOR = 123
"""Claims that are answered as expected, of 123."""


def corpus_hash() -> str:
    """SHA-256 over every file of articles, annotation and claims, first 16 digits."""
    files = sorted(path for path in samples.ROOT.rglob("*") if path.suffix in (".txt", ".json", ".csv"))
    held = hashlib.sha256()
    for path in files:
        held.update(path.relative_to(samples.ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return held.hexdigest()[:16]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterable[Desk]:
    """All sample articles in a database."""
    with Store.open(tmp_path_factory.mktemp("gate") / "samples.db") as store:
        filled = Desk(store)
        for sample in samples.samples():
            filled.add(sample.article)
        yield filled


def test_the_corpus_is_the_one_that_the_floors_were_set_on() -> None:
    assert corpus_hash() == CORPUS, "the samples changed: measure the floors again and pin the new hash"


def test_claims_are_answered_as_expected(desk: Desk) -> None:
    faults = {claim["id"]: list(faults_of(desk, claim)) for claim in samples.claims()}
    wrong = {name: found for name, found in faults.items() if found}
    assert len(faults) - len(wrong) >= FLOOR, wrong


def test_the_gate_notices_a_wrong_answer(desk: Desk) -> None:
    """An expectation turned round is a fault: the gate can fail."""
    claim = samples.claims()[0]
    turned = {**claim, "expect": {**claim["expect"], "wording": ["not_found"], "outlets": ["nowhere.example"]}}
    assert len(list(faults_of(desk, turned))) >= 2


def faults_of(desk: Desk, claim: dict[str, Any]) -> Iterable[str]:
    posted = Claim(claim["quote"], speaker=claim.get("speaker"), outlet=claim.get("outlet"))
    return mismatches(data.report(desk.check(posted)), claim["expect"])

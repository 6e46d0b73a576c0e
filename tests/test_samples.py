"""The sample articles and their annotation hold together."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.fetch import manifest
from bot.samples import ROOT, GoldError, Sample, claims, load, samples


@pytest.fixture(scope="module")
def corpus() -> list[Sample]:
    return list(samples())


def test_there_is_enough_of_everything(corpus: list[Sample]) -> None:
    """At least 60 articles and 900 quotations, in all of the kinds, and at least 80 claims."""
    kinds = [quotation.kind for sample in corpus for quotation in sample.quotations]
    assert len(corpus) >= 60
    assert len(kinds) >= 900
    assert set(kinds) == {"direct", "mixed", "nested", "scare"}
    assert len(claims()) >= 80


def test_their_manifest_is_one_that_articles_are_added_by(corpus: list[Sample]) -> None:
    listed = manifest.read(ROOT / "manifest.csv", 1_000_000)
    for sample in corpus:
        details = listed.details(ROOT / "articles" / f"{sample.slug}.txt")
        assert details is not None
        assert (details.outlet, details.title) == (sample.outlet, sample.title)


def test_every_double_mark_is_annotated(corpus: list[Sample]) -> None:
    """No pair of quotation marks of an article is left out of its gold."""
    for sample in corpus:
        covered = {at for gold in sample.quotations for at in range(gold.start - 1, gold.end + 1)}
        missed = [
            sample.text[m.start() - 20 : m.start() + 20]
            for m in re.finditer('["“”«»„「」]', sample.text)
            if m.start() not in covered
        ]
        assert not missed, f"{sample.slug}: {missed}"


def test_a_scare_quote_owes_no_speaker(corpus: list[Sample]) -> None:
    assert not [q for sample in corpus for q in sample.quotations if q.kind == "scare" and q.speakers]


def test_claim_identifiers_are_unique() -> None:
    names = [claim["id"] for claim in claims()]
    assert len(names) == len(set(names))


def test_gold_that_does_not_fit_its_article_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A quotation that the article does not hold is told with the article's name."""
    row = {
        "file": "x.txt",
        "outlet": "a.example",
        "url": "",
        "title": "",
        "published": "2026-01-01T00:00:00+00:00",
    }

    monkeypatch.setattr("bot.samples.ROOT", tmp_path)
    for name, text in (
        ("articles", "She said no."),
        ("gold", '{"credits": [], "quotations": [{"text": "yes", "kind": "direct"}]}'),
    ):
        (tmp_path / name).mkdir()
        ending = "txt" if name == "articles" else "json"
        (tmp_path / name / f"x.{ending}").write_text(text, encoding="utf-8")
    with pytest.raises(GoldError, match="x: not found"):
        load(row)

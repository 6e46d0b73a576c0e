"""Five real articles on one event, every quotation found and annotated by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bot.extract import quotations
from bot.model import Article
from bot.serve.cli.app import program
from bot.text import plain_letters

SPEAKERS = 48
"""Quotations with the right speaker, of the 49 that have one."""

Annotated = list[tuple[dict[str, Any], dict[str, Any]]]


@pytest.fixture(scope="module")
def annotated(corpora: Path) -> Annotated:
    """Each article's gold with the text it belongs to, as one row of ``extract --jsonl``."""
    gold = json.loads((corpora / "seeds" / "gold.json").read_text(encoding="utf-8"))["articles"]
    texts = [(corpora / "seeds" / article["file"]).read_text(encoding="utf-8") for article in gold]
    lines = "".join(json.dumps({"id": str(at), "text": text}) + "\n" for at, text in enumerate(texts))
    read = CliRunner().invoke(program, ["extract", "--jsonl", "-"], input=lines).stdout.splitlines()
    return [(article, json.loads(line)) for article, line in zip(gold, read, strict=True)]


def content(text: str, start: int, end: int) -> str:
    """The words of a marked passage without its marks, without a comma or stop that closes the sentence."""
    return text[start:end].strip(" \"'“”‘’.,")


def marked(read: dict[str, Any]) -> dict[str, str | None]:
    """The speaker of every marked passage, by its content."""
    passages = [*read["quotes"], *read["unattributed"]]
    return {content(read["text"], one["start"], one["end"]): one.get("speaker_canonical") for one in passages}


def test_every_quotation_is_found_and_nothing_else(annotated: Annotated) -> None:
    for gold, read in annotated:
        expected = {content(quote["text"], 0, len(quote["text"])) for quote in gold["quotes"]}
        assert marked(read).keys() == expected, gold["file"]
        assert len(read["quotes"]) + len(read["unattributed"]) == len(gold["quotes"])


def test_the_content_spans_are_exact(corpora: Path) -> None:
    """To the character: what a fragment in straight marks closes with is the sentence's own."""
    gold = json.loads((corpora / "seeds" / "gold.json").read_text(encoding="utf-8"))["articles"]
    for article in gold:
        text = (corpora / "seeds" / article["file"]).read_text(encoding="utf-8")
        spans = {(one.inner.start, one.inner.end) for one in quotations(Article(text=text, outlet="a.example"))}
        assert spans == {(quote["start"], quote["end"]) for quote in article["quotes"]}, article["file"]


def test_speakers_are_right_and_scare_marks_have_none(annotated: Annotated) -> None:
    right = 0
    wrong = []
    for gold, read in annotated:
        said = marked(read)
        for quote in gold["quotes"]:
            found = said[content(quote["text"], 0, len(quote["text"]))]
            if not quote["speaker"]:
                assert found is None, quote["text"]
            elif found is not None and plain_letters(found) in map(plain_letters, quote["speaker"]):
                right += 1
            else:
                wrong.append((gold["file"], quote["text"], quote["speaker"], found))
    assert right >= SPEAKERS, wrong


@pytest.mark.parametrize(
    ("file", "words", "carrier"),
    [
        ("004_a496b9b7d2ce5c05.txt", "instructed his political envoy", "Associated Press"),
        ("003_f3b83a18299e8fd5.txt", "promoting, organizing, and financing", "Telesur TV"),
        ("003_f3b83a18299e8fd5.txt", "to produce a change of government by force", "Telesur TV"),
    ],
)
def test_who_reported_it_is_kept(corpora: Path, file: str, words: str, carrier: str) -> None:
    """The agency or broadcaster between the speaker and the article is named."""
    text = (corpora / "seeds" / file).read_text(encoding="utf-8")
    (found,) = [one for one in quotations(Article(text=text, outlet="a.example")) if words in one.inner.of(text)]
    assert found.attribution is not None
    assert found.attribution.via == (carrier,)

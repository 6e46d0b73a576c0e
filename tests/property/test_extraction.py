"""Extraction on any text: it never raises, and every span points back at the text."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings

from bot import extract
from bot.extract.posts import claims
from bot.model import Article, Extraction, Mention
from bot.text import fold, words
from tests.property.texts import text


def read(written: str) -> Extraction | None:
    return extract.read(Article(text=written, outlet="a.example")) if written.strip() else None


@settings(max_examples=2000, deadline=None)
@given(text)
def test_spans_point_back(written: str) -> None:
    """Marks enclose their content, and mentions and cues are the characters at their spans."""
    found = read(written)
    if found is None:
        return
    for quotation in found.quotations:
        assert quotation.outer.end <= len(written)
        assert quotation.inner.of(written) in quotation.outer.of(written)
        assert any(char.isalnum() for char in quotation.inner.of(written))
        if quotation.attribution is not None:
            points_back(written, quotation.attribution.mention)
            points_back(written, quotation.attribution.cue)
    for sentence in found.sentences:
        assert sentence.span.of(written).strip()
    starts = [quotation.outer.start for quotation in found.quotations]
    assert starts == sorted(starts)


def points_back(written: str, mention: Mention | None) -> None:
    if mention is not None and mention.span is not None:
        assert mention.span.of(written) == mention.text


@settings(max_examples=2000, deadline=None)
@given(text)
def test_words_point_back(written: str) -> None:
    """Every folded word stands in order at a span of its own that is not empty; `fold` gives the same words."""
    found = words(written)
    assert all(0 <= word.start < word.end <= len(written) for word in found)
    assert all(left.start <= right.start for left, right in pairwise(found))
    assert [word.text for word in found if word.text != "…"] == fold(written)


@settings(max_examples=2000, deadline=None)
@given(text)
def test_a_post_never_raises(written: str) -> None:
    """Whatever is posted, the quotes found in it have words."""
    assert all(claim.text.strip() for claim in claims(written))

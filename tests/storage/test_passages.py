"""The passages that an article brings on record."""

from __future__ import annotations

from bot.extract import read
from bot.model import Article, Kind
from storage.passages import CONTEXT, Passage, digest, passages

TEXT = (
    "The port of Kelmar stays shallow.\n\n“We will not dredge it,” Ana Lorentz told reporters, “unless the city pays.”"
)


def found(text: str) -> dict[Kind, list[Passage]]:
    held: dict[Kind, list[Passage]] = {}
    for passage in passages(read(Article(text=text, outlet="a.example"))):
        held.setdefault(passage.kind, []).append(passage)
    return held


def test_the_parts_of_a_split_quotation_are_one_more_passage() -> None:
    """It begins with the first part, ends with the last, and has the speaker of the utterance."""
    (joined,) = found(TEXT)[Kind.JOINED]
    assert joined.text(TEXT) == "We will not dredge it, unless the city pays."
    assert (TEXT[joined.start :][:2], TEXT[: joined.end][-5:]) == ("We", "pays.")
    assert joined.attribution is not None
    assert joined.attribution.speaker == "Ana Lorentz"


def test_what_stands_beside_a_passage_is_cut_to_its_limit() -> None:
    text = f"{'Silt came down the river. ' * 40}\n\n“We will not dredge it,” Ana Lorentz said.{' It rained.' * 60}"
    (quoted,) = found(text)[Kind.DIRECT]
    assert len(quoted.before(text)) == len(quoted.after(text)) == CONTEXT
    assert quoted.before(text).endswith("“")
    assert quoted.after(text).startswith("” Ana Lorentz said.")


def test_sentences_of_the_article_itself_are_passages() -> None:
    assert "The port of Kelmar stays shallow." in [passage.text(TEXT) for passage in found(TEXT)[Kind.PROSE]]


def test_a_digest_tells_texts_apart_and_bears_any_character() -> None:
    assert digest("a") == digest("a") != digest("A")
    assert len(digest("\ud800")) == 32

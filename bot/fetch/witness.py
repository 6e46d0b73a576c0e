"""Paragraphs with quotations that an extractor left out, put in at their place.

A second witness of the article's text is asked: the body that the page gives in JSON-LD, and all paragraphs that stand
in the page. Where one of these has words in marks that the extraction has not, and its neighbours were kept, it is part
of the article.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from bot.extract.marks import marked
from bot.fetch.standing import Standing, letters_of

FEWEST = 3
"""Words in marks below which nothing is looked for: it is a term, or the title of something."""
NEAR = 8
"""So many paragraphs away a neighbour may be."""
_ANCHOR = 24
"""Letters that tell a paragraph from others."""
_LONGEST = 3_000
"""Characters of a paragraph that is put in: more is no paragraph but a page in one piece."""
_MOST = 5_000
"""Paragraphs of a witness that are looked at."""


def completed(blocks: Sequence[str], body: str, page: Iterable[Standing]) -> list[str]:
    """The paragraphs of an article with those that were left out. `body`: the text that the page's JSON-LD gives."""
    told = [Standing(line, inside=True, linked=False) for line in _lines(body, blocks)]
    return _with(_with(list(blocks), told), [each for each in page if not each.linked])


def _lines(body: str, blocks: Sequence[str]) -> list[str]:
    """The paragraphs of a body; where it is in one piece, what stands in it between those that are known."""
    lines = [" ".join(line.split()) for line in body.splitlines() if line.strip()]
    if len(lines) > 2:
        return lines
    found = []
    for line in lines:
        at = 0
        for block in blocks:
            start = line.find(block, at) if len(block) > _ANCHOR else -1
            if start >= 0:
                found += [line[at:start].strip(), block]
                at = start + len(block)
        found.append(line[at:].strip())
    return list(filter(None, found))


def _with(blocks: list[str], witness: list[Standing]) -> list[str]:
    """The blocks, and after each what the witness has there of quotations that they have not."""
    held = _Held(blocks)
    witness = witness[:_MOST]
    added: dict[int, list[str]] = {}
    for number, each in enumerate(witness):
        if len(each.text) > _LONGEST or not held.lacks(each.text):
            continue
        before = held.first_place(reversed(witness[max(0, number - NEAR) : number]))
        after = held.first_place(witness[number + 1 : number + 1 + NEAR])
        if (before is None and after is None) or (not each.inside and (before is None or after is None)):
            continue
        at = before if before is not None else (after or 0) - 1
        added.setdefault(at, []).append(each.text)
        held.add(each.text, at)
    return list(_put_in(blocks, added))


def _put_in(blocks: list[str], added: dict[int, list[str]]) -> Iterator[str]:
    """The blocks, each followed by what was added after it, or replaced where that begins with it."""
    yield from added.get(-1, ())
    for at, block in enumerate(blocks):
        new = added.get(at, [])
        letters = letters_of(block)
        if len(letters) < _ANCHOR or not any(letters in letters_of(text) for text in new):
            yield block
        yield from new


class _Held:
    """What an article has already, by its letters alone."""

    def __init__(self, blocks: Sequence[str]) -> None:
        letters = [letters_of(block) + "|" for block in blocks]
        self._starts = list(accumulate(map(len, letters), initial=0))[:-1]
        self._places = list(range(len(blocks)))
        self._all = "".join(letters)

    def add(self, text: str, place: int) -> None:
        """Hold one more paragraph, which is put in after the block at a place."""
        self._starts.append(len(self._all))
        self._places.append(place)
        self._all += letters_of(text) + "|"

    def first_place(self, neighbours: Iterable[Standing]) -> int | None:
        """The place of the first of some paragraphs that has one."""
        return next((at for each in neighbours if (at := self.place(each.text)) is not None), None)

    def place(self, text: str) -> int | None:
        """The index of the block that a paragraph is, or the beginning of it."""
        letters = letters_of(text)[: 4 * _ANCHOR]
        at = self._all.find(letters) if len(letters) >= _ANCHOR else -1
        return self._places[bisect_right(self._starts, at) - 1] if at >= 0 else None

    def lacks(self, text: str) -> bool:
        """Whether a paragraph quotes something that is not there."""
        quoted = (text[each.inner_start : each.inner_end] for each in marked(text))
        return any(len(words.split()) >= FEWEST and letters_of(words) not in self._all for words in quoted)

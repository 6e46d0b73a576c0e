"""Blocks of one make that stand side by side in a page: cards that lead to other articles, and entries of a live blog.

A card is little more than a heading that is a link, and no part of an article. Entries have paragraphs of their own;
an extractor that takes one ``<article>`` for the whole would lose all others.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from copy import deepcopy
from itertools import islice
from typing import Any
from urllib.parse import urljoin, urlsplit

from bot.fetch import standing
from bot.fetch.standing import letters_of

CARDS = 3
"""So many cards side by side lead to other articles; fewer may be anything."""
WORDS = 40
"""Words that are no link: a card has no more of them."""
LONG = 8
"""Words of a paragraph that an entry has at least once."""
_ELEMENTS = 60  # looked at within a block; a card has no more
_BLOCKS = ("article", "div", "section", "li")
_AROUND = ("nav", "aside", "footer", "header", "form", "ul", "ol", "dialog")
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_SHORT = 12  # letters that may stand in a card by chance
_NEAR = 3  # elements around a block that may name it
_LIVE = re.compile(r"\blive[-_]?(?:blog|entr(?:y|ies)|updates?|posts?)", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")


def drop_cards(tree: Any, address: str | None) -> list[str]:
    """Take the cards out of a page. Returns the letters of each."""
    cards = [block for group in _groups(tree, beside=True) for block in _cards(group, address)]
    for block in cards:
        if block.getparent() is not None:
            block.drop_tree()
    return [letters_of(block.text_content()) for block in cards]


def without(blocks: Sequence[str], cards: Sequence[str]) -> list[str]:
    """The paragraphs that stand in none of the cards."""
    held = "|".join(cards)
    return [block for block in blocks if len(letters := letters_of(block)) < _SHORT or letters not in held]


def entries(tree: Any, blocks: Sequence[str], address: str | None, *, live: bool) -> Any:
    """A page that holds nothing but the entries of a live blog and what stands with them, or None.

    It is made where an extractor took some entries for the whole: most of its paragraphs (`blocks`) are of less than
    half of them. Where the page says that it is a live blog (`live`, or by its classes), it may have taken something
    else altogether.
    Where the blocks are whole articles, those that the extractor did not take are dropped.
    """
    found = _Extracted(blocks, live)
    lacking = [group for group in _groups(tree, beside=False) if found.lacks(group)]
    parts = [group for group in lacking if _one_article(group, address)]
    if parts:
        return _alone(max(parts, key=_words))
    for block in (block for group in lacking for block in group if not found.holds(block)):
        block.drop_tree()
    return None


class _Extracted:
    """What an extractor found, held against groups of blocks."""

    def __init__(self, blocks: Sequence[str], live: bool) -> None:
        self._letters = letters_of(" ".join(blocks))
        self._words = len(" ".join(blocks).split())
        self._live = live

    def lacks(self, group: Sequence[Any]) -> bool:
        """Whether most of some entries are missing."""
        told = [block for block in group if len(_longest(block).split()) >= LONG]
        if len(told) < 2 or len(told) * 2 < len(group):
            return False
        kept = [block for block in told if self.holds(block)]
        whole = [block for block in kept if letters_of(_heading(block)) in self._letters]
        return len(whole) * 2 < len(told) and (
            self._live or _is_live(group[0]) or (kept != [] and _words(kept) * 2 >= self._words)
        )

    def holds(self, block: Any) -> bool:
        """Whether the extractor took a block."""
        return letters_of(_longest(block)) in self._letters


def _is_live(block: Any) -> bool:
    """Whether a block or what it stands in is named an entry of a live blog."""
    around = (block, *islice(block.iterancestors(), _NEAR))
    return any(_LIVE.search(f"{each.get('class')} {each.get('id')} {each.get('itemtype')}"[:500]) for each in around)


def _words(blocks: Sequence[Any]) -> int:
    return sum(len(block.text_content().split()) for block in blocks)


def _groups(tree: Any, *, beside: bool) -> Iterator[list[Any]]:
    """The blocks of one tag and class under one element; those within menus, comments and the like where `beside`."""
    from lxml import etree

    found: dict[tuple[Any, str, str], list[Any]] = defaultdict(list)
    walk = etree.iterwalk(tree, events=("start",), tag=(*_BLOCKS, *_AROUND))
    for _, block in walk:
        if not beside and standing.skipped(block):
            walk.skip_subtree()
        elif block.tag in _BLOCKS:
            name = (block.get("class") or "").split()
            found[block.getparent(), block.tag, _DIGITS.sub("", name[0]) if name else ""].append(block)
    return (group for group in found.values() if len(group) > 1)


def _cards(group: Sequence[Any], address: str | None) -> list[Any]:
    """The blocks of a group that are cards, where most of them are."""
    if len(group) < CARDS or not any(_is_card(block, address) for block in group[:CARDS]):
        return []
    found = [block for block in group if _is_card(block, address)]
    return found if len(found) >= CARDS and len(found) * 2 > len(group) else []


def _is_card(block: Any, address: str | None) -> bool:
    """Whether a block is a heading that leads to another page, and few words beside it.

    The link that an ``<article>`` begins with is its heading, and so is one that a picture bears too.
    """
    inside = list(islice(block.iter(), _ELEMENTS + 1))
    if len(inside) > _ELEMENTS:
        return False
    links = [each for each in inside if each.tag == "a" and each.text_content().strip()]
    said = block.text_content().split()
    if len(said) - sum(len(each.text_content().split()) for each in links) > WORDS:
        return False
    headings = list(filter(_heads, links))
    if not headings and (any(each.tag == "article" for each in inside[:3]) or _pictured(inside, links[:1])):
        headings = [each for each in links[:1] if " ".join(said).startswith(" ".join(each.text_content().split()))]
    return any(_leads_away(each.get("href") or "", address) for each in headings)


def _heads(link: Any) -> bool:
    """Whether a link is a heading, or holds one."""
    words = link.text_content().split()
    around = next(link.iterancestors(*_HEADINGS), None)
    return (around is not None and around.text_content().split() == words) or any(
        each.tag in _HEADINGS for each in link.iter()
    )


def _pictured(inside: Sequence[Any], links: Sequence[Any]) -> bool:
    """Whether a picture leads where one of some links does."""
    there = {link.get("href") for link in links}
    return any(
        each.tag == "img" and next((a.get("href") for a in each.iterancestors("a")), "") in there for each in inside
    )


def _leads_away(link: str, address: str | None) -> bool:
    """Whether a link leads to another page than the one that it stands in, or a part of it."""
    link = link.strip()
    if not link or link.startswith(("#", "?")):
        return False
    try:
        there, here = urlsplit(urljoin(address or "", link)), urlsplit(address or "")
    except ValueError:
        return False
    own = here.path.rstrip("/")
    return there.netloc != here.netloc or not own or not there.path.startswith(own)


def _one_article(group: Sequence[Any], address: str | None) -> bool:
    """Whether blocks are parts of one: whole articles have headlines of first rank, or that lead to their pages."""
    first = sum(next(block.iter("h1"), None) is not None for block in group)
    linked = sum(any(_leads_away(each.get("href") or "", address) for each in _headings(block)) for block in group)
    return first < 2 and linked * 2 < len(group)


def _headings(block: Any) -> Iterator[Any]:
    """The links near the beginning of a block that are headings."""
    return (each for each in islice(block.iter(), _ELEMENTS) if each.tag == "a" and _heads(each))


def _heading(block: Any) -> str:
    """The first heading near the beginning of a block."""
    inside = islice(block.iter(), _ELEMENTS)
    return next((each.text_content() for each in inside if each.tag in _HEADINGS), "")


def _longest(block: Any) -> str:
    """The longest paragraph near the beginning of a block."""
    inside = islice(block.iter(), _ELEMENTS)
    texts = (" ".join(each.text_content().split()) for each in inside if each.tag == "p")
    return max(texts, key=len, default="")


def _alone(group: Sequence[Any]) -> Any:
    """A page of what the parent of some blocks holds, as one article of which they are parts, here and there."""
    around = group[0].getparent()
    for block in group:
        for element in (block, *block.iter("header")):
            element.tag = "div"
            element.attrib.clear()
    if around.tag != "body":
        around.tag = "article"
        around.attrib.clear()
    page, body = around.makeelement("html"), around.makeelement("body")
    article = deepcopy(around)
    article.tag, article.tail = "article", None
    article.set("itemprop", "articleBody")
    page.append(body)
    body.append(article)
    return page

"""A web page to an article: HTML bytes in, the text with its quotations' marks, whose it is and when it was made out.

trafilatura finds the article in the page. What its text would lose is ours: the marks of ``<q>`` and ``<blockquote>``
and the authors of embedded posts (`marked_up`), and paragraphs with quotations that it left out (`witness`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from bot.errors import ArticleError
from bot.extract import credits as credit_lines
from bot.extract.language import language_of, spoken
from bot.extract.marks import marked
from bot.extract.outlets import key, outlets
from bot.fetch import (
    boilerplate,
    dating,
    decode,
    gallery,
    hostile,
    linked,
    marked_up,
    siblings,
    standing,
    urls,
    witness,
)
from bot.fetch import (
    charset as charsets,
)
from bot.fetch.details import UNKNOWN, Details
from bot.fetch.linked import Linked
from bot.fetch.standing import Standing
from bot.model import Article

LITTLE = 250
"""Characters: with less text than that, the page's JSON-LD is asked for the article's body."""

FEWEST = 8
"""Words: less than that is a menu or a notice, no article."""

LONGEST = 400_000
"""Characters: more than that is a book or a trap."""

_TEASER = 60
"""Words: what a page that has to be paid for shows of its article has hardly more."""
_CARDS = 5
"""A page that has more cards and hardly a text is a list of other articles."""
_BLOCKS = frozenset({"p", "head", "quote", "list", "item", "table", "row", "cell", "div"})
_LANGUAGE = re.compile(r"[a-z]{2,3}(?=$|[-_])", re.IGNORECASE)
_ADDRESSES = ("//link[@rel='canonical']/@href", "//meta[@property='og:url']/@content")
_SITE = ("//meta[@property='og:site_name']/@content",)
_LANGUAGES = (
    "/html/@lang",
    "/html/@xml:lang",
    "//meta[@http-equiv='content-language' or @http-equiv='Content-Language' or @name='language']/@content",
    "//meta[@property='og:locale']/@content",
)


def read(data: bytes, known: Details = UNKNOWN, *, charset: str | None = None) -> Article:
    """The article of a page. What is known goes before what the page says of itself.

    `charset` is the encoding that the HTTP header names. Raises `InputError`.
    """
    tree = _tree(data, charset)
    said = linked.article(tree.xpath("//script[contains(@type, 'ld+json')]/text()"))
    address = _address(tree, known.url)
    house = known.outlet or (urls.outlet(address) if address else None) or next(dating.values(tree, _SITE), None)
    marked_up.write_out(tree)
    gallery.write_out(tree)
    moment, dated = (known.published, "given") if known.published else dating.published(tree, said, address)
    found, blocks, cards = _found(tree, address, live=said.live)
    page = list(standing.paragraphs(tree))
    title = known.title or found.title or said.headline
    details = Details(house, address, title, moment, known.otherwise)
    blocks = _complete(blocks, said, page)
    _refuse_what_is_no_article(blocks, paid=not said.free, cards=cards)
    outlet, text = details.publisher(), _article_text(title, blocks)
    return Article(
        text=text,
        outlet=outlet,
        url=address,
        title=title,
        published=moment,
        language=_language(tree, said, text),
        credits=_credits(found.author or "", said, _tail(page, blocks), outlet),
        modified=dating.modified(tree, said, moment),
        dated=dated,
    )


def _tree(data: bytes, charset: str | None) -> Any:
    """The page as an lxml tree."""
    import trafilatura

    text = charsets.text(data, charset)
    hostile.refuse(text)
    tree = trafilatura.load_html(text)
    if tree is None:
        raise ArticleError("no HTML was found in it", hint="Is the file a web page? Save plain text as .txt.")
    return tree


def _address(tree: Any, known: str | None) -> str | None:
    """The canonical address: what the page says it is, where that is an article of the site that it came from."""
    said = next(filter(None, map(urls.canonical, dating.values(tree, _ADDRESSES))), None)
    if known is None or said is None:
        return known or said
    within = urls.outlet(said) == urls.outlet(known) and said.rstrip("/").count("/") > 2
    return said if within else known


def _found(tree: Any, address: str | None, *, live: bool) -> tuple[Any, list[str], int]:
    """Trafilatura's document, its paragraphs, and how many cards were dropped.

    Where it took a card, or one entry, for the whole, it is asked again.
    """
    found = _extracted(tree, address)
    taken = list(_blocks(found.body))
    cards = siblings.drop_cards(tree, address)
    blocks = siblings.without(taken, cards)
    if len(" ".join(blocks)) * 2 < len(" ".join(taken)):
        blocks = list(_blocks(_extracted(tree, address).body))
    entries = siblings.entries(tree, blocks, address, live=live)
    if entries is not None:
        whole = list(_blocks(_extracted(entries, address).body))
        held = set(whole)
        blocks = [block for block in blocks if block not in held] + whole
    return found, blocks, len(cards)


def _extracted(tree: Any, address: str | None) -> Any:
    """Trafilatura's document: `body` as a tree of paragraphs, `title`, `author`; empty where it finds none."""
    from trafilatura import bare_extraction, settings

    quick = {"extensive_search": False, "original_date": True}  # its date is not used
    document = bare_extraction(
        tree,
        url=address,
        with_metadata=True,
        include_comments=False,
        fast=True,
        date_extraction_params=quick,
    )
    return document or settings.Document.from_dict({"body": tree.makeelement("body")})


def _language(tree: Any, said: Linked, text: str) -> str:
    """The language that the page names, unless the text is clearly in another; that of its small words if none is."""
    names = chain(dating.values(tree, _LANGUAGES), [said.language])
    found = next(filter(None, map(_LANGUAGE.match, names)), None)
    return spoken(text, found[0].lower()) if found else language_of(text, "").code


def _complete(blocks: list[str], said: Linked, page: Sequence[Standing]) -> list[str]:
    """The paragraphs of the article, with those that the extraction left out and without what is no part of it."""
    blocks = _with_told(blocks, said)
    if len(blocks) <= 1:
        blocks = _parted(blocks, page)
    _no_longer_than_an_article(blocks)
    blocks = [block for block in witness.completed(blocks, said.body, page) if not boilerplate.is_one(block)]
    _no_longer_than_an_article(blocks)
    return blocks


def _with_told(blocks: list[str], said: Linked) -> list[str]:
    """The paragraphs, or those that the page's JSON-LD has where it has the article and they have hardly any of it.

    Of a live blog the page itself may show the beginning only.
    """
    shown, told = sum(map(len, blocks)), len(said.body)
    if not (told > shown if shown < LITTLE else said.live and told > 1.5 * shown):
        return blocks
    lines = [line for each in said.body.splitlines() if (line := " ".join(each.split()))]
    body = "\n".join(lines)
    return [block for block in blocks if said.live and block.removeprefix("> ") not in body] + lines


def _refuse_what_is_no_article(blocks: Sequence[str], *, paid: bool, cards: int) -> None:
    """A menu, a list of other articles, or what is shown of one that has to be paid for, where it quotes nobody."""
    text = " ".join(blocks)
    words = len(text.split())
    stub = words < _TEASER and not marked(text)
    if words < FEWEST or (stub and cards > _CARDS):
        raise ArticleError(
            "no article was found in the page", hint="It may need JavaScript, or be a list; save its text as .txt."
        )
    if stub and paid:
        raise ArticleError("the article has to be paid for", hint="Save its text as .txt, where you may read it.")


def _no_longer_than_an_article(blocks: Sequence[str]) -> None:
    if sum(map(len, blocks)) > LONGEST:
        raise ArticleError(f"more than {LONGEST:,} characters of text", hint="Is it an article? Split it.")


def _parted(blocks: list[str], page: Sequence[Standing]) -> list[str]:
    """The paragraphs of a short article, of which trafilatura makes one piece with all that stands beside them."""
    inside = [each.text for each in page if each.inside and not each.linked]
    return inside if 0 < sum(map(len, inside)) <= 2 * sum(map(len, blocks)) else blocks


def _tail(page: Sequence[Standing], blocks: Sequence[str]) -> list[str]:
    """The short paragraphs that stand in the page's article but not in its text: credit lines are among them."""
    held = set(blocks)
    return [each.text for each in page if each.inside and len(each.text) < LITTLE and each.text not in held]


def _credits(author: str, said: Linked, lines: Sequence[str], outlet: str) -> tuple[str, ...]:
    """Authors, then whom the page credits: in its JSON-LD, or in lines that the extraction left out."""
    lists = outlets("en")
    names = [name for name in said.authors if "/" not in name] or [name.strip() for name in author.split(";")]
    for name in said.credited:
        address = urls.canonical(name)
        names.append((urls.outlet(address) or name) if address else name)
    names += [name for name in said.publisher if lists.wire(key(name))]
    names += credit_lines.credited("\n".join(lines), (), lists)
    kept = dict.fromkeys(name for name in names if name and not lists.own(key(name), outlet) and name != outlet)
    return tuple(kept)


def _blocks(node: Any, mark: str = "") -> Iterator[str]:
    """The paragraphs under a node of trafilatura's tree, those of a block quotation marked line by line."""
    run: list[str] = [node.text or ""]
    for child in node:
        if child.tag in _BLOCKS:
            yield from _paragraph(run, mark)
            run = []
            yield from _blocks(child, "> " if child.tag == "quote" else mark)
        else:
            run.append(_inline(child))
        run.append(child.tail or "")
    yield from _paragraph(run, mark)


def _inline(element: Any) -> str:
    if element.tag == "lb":
        return "\n"
    return (element.text or "") + "".join(_inline(child) + (child.tail or "") for child in element)


def _paragraph(run: list[str], mark: str) -> Iterator[str]:
    lines = (" ".join(line.split()) for line in "".join(run).split("\n"))
    kept = [mark + line for line in lines if line]
    if kept:
        yield "\n".join(kept)


def _article_text(heading: str, blocks: list[str]) -> str:
    """Headline, blank line, paragraphs parted by blank lines: the form of an article kept as plain text."""
    if heading and heading not in blocks[:2]:
        blocks = [heading, *blocks]
    return decode.plain("\n\n".join(blocks)) + "\n"

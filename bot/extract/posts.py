"""A chat message in, the quotes that it claims somebody said out.

A message is read as an article is, once Discord's markup is off it: the same marks, the same speakers. What differs is
that a message wants everything in marks checked, that its block quotations may end with who said it (``> … — Name``),
and that a message without any marks is itself the quote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from bot.extract.assemble import read
from bot.extract.marks import marked
from bot.model import Article, Attribution, Claim, Kind, Quotation

_FENCE = re.compile(r"```.*?(?:```|\Z)", re.DOTALL)
_NAMED_LINK = re.compile(r"\[([^\[\]\n]*)\]\(<?(https?://[^\s()<>]+)>?(?: [^()\n]*)?\)")
_LINK = re.compile(r"<?(https?://[^\s<>]+)>?")
_TAG = re.compile(r"<(?:@[!&]?|#|a?:\w{1,64}:|t:)-?\d{1,20}(?::\w)?>|</[^<>\n]{1,120}:\d{1,20}>|@everyone\b|@here\b")
_LEAD = re.compile(r"^[ \t]*(?:-?#{1,3}[ \t]+|\*[ \t]+(?=\S))", re.MULTILINE)
_PAIR = re.compile(r"(\*\*\*|\*\*|\*|~~|\|\||`)(?=\S)([^*~|`\n]+)(?<=\S)\1|(?<!\w)(__|_)(?=\S)([^_\n]+)(?<=\S)\3(?!\w)")
_ESCAPED = re.compile(r"\\([^\w\s])")
_BLOCK = re.compile(r"[ \t]*>(?:>>)?[ \t]*")
_BY = re.compile(r"\s(?:[—–―]|--?)\s*(?=[^\W\d_a-zß-öø-ÿ][^.!?\"“”]{1,80}$)")
"""The dash before a name that ends a line: "… — Ana Ortega, mayor"."""
_DASHES = ("—", "–", "―", "-")
_OPENING = tuple("\"“‘'«„「")
_NOWHERE = "a message"
_LONGEST = 20_000
"""A message is cut off after so many characters; Discord allows 4,000."""


def claims(post: str, *, whole: bool = True) -> tuple[Claim, ...]:
    """The quotes of a message, in order, each with the speaker that the message names for it.

    Without marks or a block quotation the `whole` message is one quote, or has none. A message of nothing but markup
    has none. The address is the message's link, where it holds just one.
    """
    text, links = _plain(post[:_LONGEST])
    article = _article(text)
    if whole and not marked(article):
        article = _article("> " + " ".join(article.split()))
    if not marked(article):
        return ()
    url = links[0] if len(set(links)) == 1 else None
    quotes = _quotes(Article(text=article, outlet=_NOWHERE))
    return tuple(Claim(quote, speaker=speaker, url=url) for quote, speaker in quotes)


def _quotes(article: Article) -> Iterator[tuple[str, str | None]]:
    """Each utterance that stands in no other, parts put together, with its speaker."""
    outermost = [quotation for quotation in read(article).quotations if quotation.depth == 0]
    spoken = [quotation for quotation in outermost if quotation.kind is not Kind.SCARE]
    for _, parts in groupby(spoken or outermost, key=lambda quotation: quotation.utterance):
        held = list(parts)
        yield " ".join(part.inner.of(article.text) for part in held), _speaker(held)


def _speaker(parts: list[Quotation]) -> str | None:
    """Who the message says it was: only a name that speaks through a cue, no guess from what stands near."""
    said = (part.attribution for part in parts if part.attribution is not None)
    return next((each.speaker for each in said if _names(each)), None)


def _names(attribution: Attribution) -> bool:
    return attribution.speaker is not None and attribution.cue is not None


def _article(text: str) -> str:
    """A message as paragraphs: block quotations in one piece, a line that begins a dash close to the one before."""
    made = ""
    for quoted, lines in groupby(_unquoted(text), key=lambda line: line[0]):
        held = [line for _, line in lines if line]
        for part in _block(" ".join(held)) if quoted and held else held:
            made += ("\n" if part.startswith(_DASHES) else "\n\n") + part
    return made


def _unquoted(text: str) -> Iterator[tuple[bool, str]]:
    """Each line without ``>``, and whether it is quoted; after ``>>>`` all are, but one that begins a dash."""
    rest = False
    for line in map(str.strip, text.splitlines()):
        mark = _BLOCK.match(line)
        rest = rest or line.startswith(">>>")
        body = line[mark.end() :] if mark else line
        yield (bool(mark) or rest) and not body.startswith(_DASHES), body


def _block(body: str) -> Iterator[str]:
    """A block quotation as a paragraph of its own, then the name behind its last dash.

    One that begins with a mark, or that tells of itself who said its marked words, is read as prose: somebody quotes
    a message that quotes.
    """
    by = _BY.search(body)
    said = body[: by.start()].rstrip() if by else body
    yield said if said.startswith(_OPENING) or (by is None and _attributes(said)) else f"> {said}"
    if by:
        yield f"— {body[by.end() :]}"


def _attributes(prose: str) -> bool:
    found = read(Article(text=prose, outlet=_NOWHERE)).quotations
    return any(quotation.attribution is not None and _names(quotation.attribution) for quotation in found)


def _plain(post: str) -> tuple[str, list[str]]:
    """The message without Discord's markup, and the addresses it links to."""
    text = _FENCE.sub("\n", post)
    links = [found[2] for found in _NAMED_LINK.finditer(text)]
    text = _NAMED_LINK.sub(r"\1", text)
    links += [found[1] for found in _LINK.finditer(text)]
    text = _LEAD.sub("", _TAG.sub("", _LINK.sub("", text)))
    for _ in range(2):  # **bold with *italics* inside**
        text = _PAIR.sub(lambda found: found[2] or found[4], text)
    return _ESCAPED.sub(r"\1", text), links

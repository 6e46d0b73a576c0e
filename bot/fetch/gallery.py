"""Pages of pictures, whose article stands in the captions: these are made paragraphs, without who took the pictures."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import Any

FEWEST = 4
"""Captions: fewer are an article's with pictures in it."""
_WORDS = 8
"""Words of a caption that tells something, and of a paragraph."""
_ASIDE = ("aside", "nav", "footer", "form")
_CAPTION = re.compile(r"(?:^|[\s_-])caption(?:[_-]+text)?(?:$|\s)", re.IGNORECASE)
_CREDIT = re.compile(
    r"(?:^|[\s_-])(?:credits?|copyrights?|photographers?|byline|agency|source|author)(?:$|[\s_-])", re.IGNORECASE
)
_SIGNED = re.compile(
    r"\s*(?:[(\[|©]\s*)?(?:(?:photo(?:graph)?|picture|image|foto|bild|fotografía|crédit|credit)s?"
    r"(?:\s+(?:by|courtesy|credit)\b|\s*[:/©])|©|\|\s*(?=\S)).{0,120}\Z"
    r"|\s*[(\[][^()\[\]]{0,60}(?:/|\bvia\b|\bphoto\b|\b(?:AP|AFP|EPA|DPA|EFE|ANSA|Reuters|Getty)\b)[^()\[\]]{0,60}[)\]]\W*\Z",
    re.IGNORECASE,
)


def write_out(tree: Any) -> None:
    """Make paragraphs of the captions, in place, where they have more words than the paragraphs of the page."""
    captions = [each for each in tree.iter("figcaption", "p", "dd", "div") if _is_caption(each)]
    if len(captions) < FEWEST:
        return
    told = {each: text for each in captions if len((text := _text(each)).split()) >= _WORDS}
    words = sum(len(text.split()) for text in told.values())
    if len(told) < FEWEST or words < _beside(tree, captions):
        return
    for caption, text in reversed(told.items()):
        _paragraph(caption, text)


def _is_caption(element: Any) -> bool:
    """Whether it is one, and holds no other."""
    named = element.tag == "figcaption" or _CAPTION.search((element.get("class") or "")[:500]) is not None
    if not named or next(element.iterancestors("blockquote", *_ASIDE), None) is not None:
        return False
    return (
        next(element.iterancestors("figcaption"), None) is None and next(element.iter("figcaption"), element) is element
    )


def _beside(tree: Any, captions: list[Any]) -> int:
    """How many words stand in paragraphs and items that are no captions, and long enough to tell something."""
    within = {each for caption in captions for each in (*caption.iter("p", "li"), *caption.iterancestors("li"))}
    texts = (len(each.text_content().split()) for each in tree.iter("p", "li") if each not in within and _told(each))
    return sum(words for words in texts if words >= _WORDS)


def _told(paragraph: Any) -> bool:
    return next(paragraph.iterancestors(*_ASIDE), None) is None


def _text(caption: Any) -> str:
    """What a caption tells, without who took the picture."""
    caption = deepcopy(caption)
    caption.tail = None
    for element in list(caption.iterdescendants()):
        named = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
        if _CREDIT.search(named[:500]) and element.getparent() is not None:
            element.drop_tree()
    return _SIGNED.sub("", " ".join(caption.text_content().split()))


def _paragraph(caption: Any, text: str) -> None:
    """Put a paragraph where the figure ends, in place of the caption."""
    figure = next(caption.iterancestors("figure"), caption)
    paragraph = caption.makeelement("p")
    paragraph.text = text
    figure.addnext(paragraph)
    caption.drop_tree()

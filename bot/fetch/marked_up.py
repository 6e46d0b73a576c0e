"""A page's tree made ready for reading: what stands in marks there by its markup alone is written out.

The marks of ``<q>`` become “…”. A post of another site that is embedded (X, Instagram, Bluesky, Mastodon, Threads) is
a block quotation whose last line names its author behind a dash; so is a quotation whose ``<figcaption>``, ``<footer>``
or ``<cite>`` says whose it is. They are taken out of the frames that an extractor would drop them with.
"""

from __future__ import annotations

import re
from typing import Any

_EMBEDS = re.compile(
    r"\b(?:twitter-(?:tweet|video)|instagram-media|bluesky-embed|mastodon-embed|text-post-media|tiktok-embed"
    r"|fb-post|reddit-embed-bq|telegram-post)\b"
)
_SIGNED = re.compile(r"(?:a post shared by|post by|posted by|shared by)\s+", re.IGNORECASE)
_INVITES = re.compile(
    r"\[image or embed\]|\s*(?:view (?:this post|this|on)|see (?:this|more)|read on)\b.{0,60}", re.IGNORECASE
)
_DASH = re.compile(r"\s*[—–―-]")
_FRAMES = 5
"""So many elements around an embedded post may hold nothing but it."""


def write_out(tree: Any) -> None:
    """Write out marks, embedded posts and who is quoted, in place."""
    for block in list(tree.iter("blockquote")):
        _credit(block)
        if _EMBEDS.search(block.get("class") or ""):
            _post(block)
        _unframe(block)
    _marks(tree)


def _marks(tree: Any) -> None:
    """Write out the marks of every ``<q>``, single ones inside another, and dissolve the elements."""
    for element in list(tree.iter("q")):
        opening, closing = ("‘", "’") if next(element.iterancestors("q"), None) is not None else ("“", "”")
        element.text = opening + (element.text or "")
        last = element[-1] if len(element) else None
        if last is None:
            element.text += closing
        else:
            last.tail = (last.tail or "") + closing
    for element in list(tree.iter("q")):
        element.drop_tag()


def _credit(block: Any) -> None:
    """Make a paragraph behind a dash of the element that says who is quoted."""
    for element in list(block.iter("footer", "cite")):
        said = " ".join(element.text_content().split())
        last = not (element.tail or "").strip()
        if not last or not said or next(element.iterancestors("footer", "p"), None) is not None:
            continue
        _paragraph(element, said if _DASH.match(said) else f"— {said}")


def _post(block: Any) -> None:
    """An embedded post: its invitations to look at the other site dropped, its author's line behind a dash."""
    for element in list(block.iter("a", "p", "div", "span")):
        said = " ".join(element.text_content().split())
        signed = _SIGNED.match(said)
        if signed and len(said) < 200 and element.getparent() is not None:
            _paragraph(element, f"— {said[signed.end() :]}")
        elif len(said) < 80 and _INVITES.fullmatch(said) and element.getparent() is not None:
            element.drop_tree()


def _paragraph(element: Any, text: str) -> None:
    for child in list(element):
        element.remove(child)
    element.tag, element.text = "p", text
    element.attrib.clear()


def _unframe(block: Any) -> None:
    """Take a quotation out of its frame, with the caption that names who is quoted."""
    figure = next(block.iterancestors("figure"), None)
    for caption in list(figure.iter("figcaption")) if figure is not None else []:
        said = " ".join(caption.text_content().split())
        if said and next(caption.iterancestors("blockquote"), None) is None:
            _paragraph(caption, said if _DASH.match(said) else f"— {said}")
            block.append(caption)
    words = len("".join(block.itertext()).split())
    for frame, _ in zip(
        list(block.iterancestors("div", "figure", "section", "p", "span")), range(_FRAMES), strict=False
    ):
        if len("".join(frame.itertext()).split()) > words:
            break
        frame.attrib.clear()
        frame.tag = "div"
    block.attrib.clear()

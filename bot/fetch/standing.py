"""The paragraphs that stand in a page, in order, wherever they stand: what an extractor's choice is held against."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

HTML_BLOCKS = frozenset(
    (
        *("p", "div", "section", "article", "main", "body", "blockquote", "pre", "hr"),
        *("ul", "ol", "li", "dl", "dt", "dd", "table", "tr", "td", "th"),
        *("h1", "h2", "h3", "h4", "h5", "h6"),
    )
)
"""Elements that begin and end a paragraph, in HTML of any kind."""
_BLOCKS = HTML_BLOCKS | {"br"}
_SKIPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "math",
        "nav",
        "aside",
        "footer",
        "form",
        "button",
        "select",
        "iframe",
        "object",
        "head",
        "figcaption",
        "video",
        "audio",
        "header",
        "dialog",
        "textarea",
    ]
)
_ROLES = frozenset(["navigation", "complementary", "contentinfo", "banner", "dialog", "search", "alert"])
_APART = re.compile(
    r"(?:^|[\s_-])(?:comments?|disqus|related|recirc\w*|recommend\w*|newsletter\w*|promo\w*|sidebar|share|sharing|social|cookies?"
    r"|consent|gdpr|donat\w*|subscri\w*|paywall|teasers?|trending|most-?(?:read|popular)|advert\w*|ads?|sponsor\w*|breadcrumbs?"
    r"|bio|tags|widget|captions?|read-?more|more-?on|up-?next|signup|sign-up|appeal|banner|popup|modal)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_NOT_LETTERS = re.compile(r"[\W_]+")
_KEPT = frozenset(["html", "body", "main", "article"])


@dataclass(frozen=True, slots=True)
class Standing:
    """One paragraph. `inside` an ``<article>`` or ``<main>``; `linked`: all its words are links."""

    text: str
    inside: bool
    linked: bool


def paragraphs(tree: Any) -> Iterator[Standing]:
    """The paragraphs of a page in order, without menus, forms, asides, comments and what else is no article.

    Those of a block quotation begin with "> ".
    """
    from lxml import etree

    run = _Run()
    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        beside = skipped(element)
        if tag in _BLOCKS and (text := run.end()):
            yield text
        run.step(tag, 1 if event == "start" else -1)
        if event == "start" and beside:
            walk.skip_subtree()
        elif event == "start":
            run.add(element.text)
        else:
            run.add(element.tail, outside=tag == "a")
    if text := run.end():
        yield text


def skipped(element: Any) -> bool:
    """Whether an element is a menu, a form, an aside, comments: something beside the article."""
    tag = element.tag
    if tag in _SKIPPED:
        return True
    if tag in _KEPT:
        return False
    named = f"{element.get('class') or ''} {element.get('id') or ''}"
    return element.get("role") in _ROLES or (len(named) > 3 and _APART.search(named[:500]) is not None)


def letters_of(text: str) -> str:
    """What tells whether two paragraphs are the same: letters and figures without case."""
    return _NOT_LETTERS.sub("", text).casefold()


class _Run:
    """The words since the last block began or ended, and which elements are open around them."""

    def __init__(self) -> None:
        self.held: list[str] = []
        self.free = False
        self.open = {"a": 0, "blockquote": 0, "article": 0, "main": 0}

    def step(self, tag: str, by: int) -> None:
        if tag in self.open:
            self.open[tag] += by

    def add(self, text: str | None, *, outside: bool = False) -> None:
        if text:
            self.held.append(text)
            self.free = self.free or ((outside or not self.open["a"]) and any(map(str.isalnum, text)))

    def end(self) -> Standing | None:
        text, free = " ".join("".join(self.held).split()), self.free
        self.held, self.free = [], False
        if not text:
            return None
        inside = self.open["article"] > 0 or self.open["main"] > 0
        return Standing("> " + text if self.open["blockquote"] else text, inside, not free)

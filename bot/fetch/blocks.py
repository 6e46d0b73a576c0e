"""The paragraphs of a piece of HTML, XHTML or NITF: text with the marks of quotations written out.

``<q>`` becomes “…”, the paragraphs of a block quotation begin with "> ", and what is no text (scripts, pictures and
their captions, tables of media) is left out.
"""

from __future__ import annotations

from typing import Any

from lxml import etree, html

from bot.errors import ArticleError
from bot.fetch.standing import HTML_BLOCKS

_NITF = {"hl1", "hl2", "body.content", "block", "bq", "hedline", "dateline", "byline", "abstract"}
_BLOCKS = HTML_BLOCKS | {"header", "footer"} | _NITF
_QUOTED = frozenset({"blockquote", "bq"})
_LEFT_OUT = frozenset(
    {"script", "style", "template", "noscript", "figure", "media", "head", "nav", "aside", "form", "button", "svg"}
)

_BREAK = "\u2028"  # stands for <br>: a line end of the source is but white space


def of_html(text: str) -> list[str]:
    """The paragraphs of a fragment of HTML. Raises `ArticleError`."""
    try:
        root = html.fragment_fromstring(text, create_parent="div")
    except (etree.LxmlError, ValueError) as error:
        raise ArticleError(f"not HTML: {error}", hint="Send the text as plain text.") from error
    return paragraphs(root)


def paragraphs(root: Any) -> list[str]:
    """The paragraphs under an element of lxml, HTML or XML, in order and without blank ones."""
    made = _Made()
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, node in walk:
        if event == "start":
            name = local(node)
            if name in _LEFT_OUT and node is not root:
                walk.skip_subtree()
            else:
                made.open(name, node.text or "")
        else:
            if event == "end" and local(node) not in _LEFT_OUT:
                made.close(local(node))
            if node is not root:
                made.run.append(node.tail or "")
    made.end()
    return made.paragraphs


def local(node: Any) -> str:
    """An element's name without its namespace, in lower case; "" for a comment."""
    return node.tag.rpartition("}")[2].lower() if isinstance(node.tag, str) else ""


class _Made:
    """What has been read so far; `run` is the paragraph at hand."""

    def __init__(self) -> None:
        self.paragraphs: list[str] = []
        self.run: list[str] = []
        self._quoted = self._marks = 0

    def open(self, name: str, text: str) -> None:
        if name in _BLOCKS:
            self.end()
        self._quoted += name in _QUOTED
        if name == "q":
            self.run.append("‘" if self._marks else "“")
            self._marks += 1
        elif name == "br":
            self.run.append(_BREAK)
        self.run.append(text)

    def close(self, name: str) -> None:
        if name == "q":
            self._marks -= 1
            self.run.append("’" if self._marks else "”")
        if name in _BLOCKS:
            self.end()
        self._quoted -= name in _QUOTED

    def end(self) -> None:
        """End the paragraph at hand; a line break parts it into lines."""
        lines = [" ".join(line.split()) for line in "".join(self.run).split(_BREAK)]
        kept = [("> " if self._quoted else "") + line for line in lines if line]
        if kept:
            self.paragraphs.append("\n".join(kept))
        self.run = []

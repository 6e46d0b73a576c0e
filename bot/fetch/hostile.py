"""What a page is refused for before any parser sees it: one pass that takes time in proportion to its length.

Parsers of HTML need time with the square of a tag's attributes and of the depth of its elements. No article has
hundreds of one or thousands of the other.
"""

from __future__ import annotations

import re
from collections import Counter

from bot.errors import ArticleError

LONGEST = 10_000_000
"""Characters of a page."""
TAGS = 200_000
"""Of ``<`` in a page."""
ATTRIBUTES = 200
"""Of one tag."""
DEEPEST = 1_000
"""Elements of one name within each other."""
OPEN = 10_000
"""Elements of one name that may be left open where HTML lets them be: paragraphs, items, cells."""

_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)|<(?P<raw>script|style|textarea|noscript)\b.*?(?:</(?P=raw)|\Z)"
    r"""|<(?P<end>/?)(?P<name>[a-z][^\s/>]*+)(?P<rest>(?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+)*+)""",
    re.IGNORECASE | re.DOTALL,
)
_VALUE = re.compile(r"""=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"']++)""")
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
_OPTIONAL = frozenset(
    ["p", "li", "td", "th", "tr", "dt", "dd", "option", "thead", "tbody", "tfoot", "colgroup", "html", "head", "body"]
)
_HINT = "Is it an article? Save its text as .txt, and add that."


def refuse(page: str) -> None:
    """Raise `ArticleError` where no article is like this."""
    if len(page) > LONGEST:
        raise ArticleError(f"more than {LONGEST:,} characters", hint=_HINT)
    if page.count("<") > TAGS:
        raise ArticleError(f"too complex: more than {TAGS:,} tags", hint=_HINT)
    depth: Counter[str] = Counter()
    for tag in _TAG.finditer(page):
        name = (tag["name"] or "").lower()
        if not name or name in _VOID:
            _attributes(tag["rest"] or "")
            continue
        if tag["end"]:
            depth[name] = max(0, depth[name] - 1)
            continue
        _attributes(tag["rest"])
        if not tag["rest"].endswith("/"):
            depth[name] += 1
            if depth[name] > (OPEN if name in _OPTIONAL else DEEPEST):
                raise ArticleError(f"too complex: <{name[:20]}> nested too deep", hint=_HINT)


def _attributes(rest: str) -> None:
    if len(rest) > 2 * ATTRIBUTES and len(_VALUE.sub(" ", rest).replace("/", " ").split()) > ATTRIBUTES:
        raise ArticleError(f"too complex: a tag with more than {ATTRIBUTES} attributes", hint=_HINT)


def refuse_markup(data: bytes) -> None:
    """Raise `ArticleError` where XML declares a document type: that is what entities that grow come by."""
    if b"<!doctype" in data.replace(b"\0", b"").lower():
        raise ArticleError("XML with a document type is not read", hint="A feed has none: is the address right?")

"""When a page says that its article was published and changed, and where it says so.

The dates that stand beside links to other articles are never taken: a page's own date stands in its head, in its
JSON-LD, or in a ``<time>`` above the article's first paragraphs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from bot.fetch import dates, standing
from bot.fetch.linked import Linked

_META = (
    "//meta[@property='article:published_time' or @name='article:published_time']/@content",
    "//meta[@itemprop='datePublished']/@content",
    "//meta[@name='pubdate' or @name='publishdate' or @name='date' or @name='DC.date.issued'"
    " or @name='parsely-pub-date' or @name='sailthru.date' or @name='publish-date']/@content",
)
_CHANGED = (
    "//meta[@property='article:modified_time' or @name='article:modified_time']/@content",
    "//meta[@itemprop='dateModified']/@content",
    "//meta[@property='og:updated_time' or @name='last-modified' or @name='DC.date.modified']/@content",
    "//time[@itemprop='dateModified']/@datetime",
)
_MARKED = ("//*[@itemprop='datePublished']/@datetime", "//time[@pubdate]/@datetime")
_OTHERS = " or ".join(f"contains(@class, '{word}')" for word in ("related", "teaser", "promo", "recommend", "comment"))
_ELSEWHERE = f"[not(ancestor::*[self::aside or self::nav or self::footer or self::li or self::a or {_OTHERS}])]"
_TIME = tuple(f"(//{within}//time[@datetime]{_ELSEWHERE})[1]/@datetime" for within in ("article", "main"))
_FIRST, _LAST = datetime(1990, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
"""What is outside of these is no date but the default of a page builder."""
_TRIED = 20  # dates of one place: a page that has more of them says nothing


def published(tree: Any, said: Linked, url: str | None) -> tuple[datetime | None, str]:
    """When the article was published, in UTC, and where that stands: "meta", "json-ld", "time", "text", or ""."""
    places = (
        ("meta", values(tree, _META)),
        ("json-ld", said.published),
        ("time", values(tree, (*_MARKED, *_TIME))),
        ("text", _in_text(tree, url)),
    )
    for place, texts in places:
        found = _first(texts)
        if found is not None:
            return found, place
    return None, ""


def modified(tree: Any, said: Linked, since: datetime | None) -> datetime | None:
    """When it was last changed, where it was after it was published."""
    found = _first((*values(tree, _CHANGED), *said.modified))
    return found if found is not None and (since is None or found > since) else None


def values(tree: Any, paths: Iterable[str]) -> Iterator[str]:
    """What the page says at the first of the places that say something, and at the others after it."""
    return (str(value).strip() for path in paths for value in tree.xpath(path) if str(value).strip())


def _in_text(tree: Any, url: str | None) -> Iterator[str]:
    """The date in the address, or in what the page writes, apart from what belongs to other articles."""
    from htmldate import find_date

    tree = deepcopy(tree)
    for element in list(tree.iter("aside", "nav", "footer", "ul", "div", "section", "article")):
        if element.getparent() is not None and standing.skipped(element):
            element.drop_tree()
    found = find_date(tree, extensive_search=False, original_date=True, url=url)
    if found:
        yield found


def _first(texts: Iterable[str]) -> datetime | None:
    """The first date that can be read, and that an article can have."""
    for text in islice(texts, _TRIED):
        moment = dates.written(text[:60])
        if moment is not None and _FIRST <= moment < _LAST:
            return moment
    return None

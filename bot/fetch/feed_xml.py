"""Well-formed XML feeds, element by element: RSS 0.9x to 2.0, RDF, Atom 0.3 and 1.0, sitemaps.

Names are compared without their namespace, since feeds in the wild use several for one form, or none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_DATES = ("pubdate", "published", "issued", "date", "created", "updated", "modified")
_FEEDBURNER = "origlink"


@dataclass(frozen=True, slots=True)
class Item:
    """One entry as it is written; `base` is what its address is relative to, where it says so."""

    link: str
    title: str = ""
    published: str = ""
    base: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """One feed as it is written."""

    form: str
    title: str = ""
    home: str = ""
    items: list[Item] = field(default_factory=list)


def document(data: bytes) -> Any | None:
    """The root element of well-formed XML without entities of its own, `None` where it is not well-formed."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False)
    try:
        root = etree.fromstring(data.lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return root if root.getroottree().docinfo.internalDTD is None else None


def read(root: Any) -> Read | None:
    """What a feed says; `None` where the document is none."""
    reader = _READERS.get(_name(root))
    return reader(root) if reader else None


def sitemaps(root: Any) -> list[str]:
    """The addresses that a list of sitemaps holds; none where the document is no such list."""
    if _name(root) != "sitemapindex":
        return []
    return [address for each in _children(root, "sitemap") if (address := _text(each, "loc")).startswith("http")]


def _rss(root: Any) -> Read:
    channel = next(_children(root, "channel"), root)
    items = [*_children(channel, "item"), *(() if channel is root else _children(root, "item"))]
    form = "rdf" if _name(root) == "rdf" else "rss"
    return Read(form, _text(channel, "title"), _text(channel, "link"), [_rss_item(each) for each in items])


def _rss_item(item: Any) -> Item:
    link = _text(item, _FEEDBURNER) or _text(item, "link") or _permalink(item) or _alternate(item)
    return Item(link, _text(item, "title"), _first(item, _DATES), _base(item))


def _permalink(item: Any) -> str:
    guid = next(_children(item, "guid"), None)
    said = "" if guid is None else _words(guid)
    lasting = guid is not None and (guid.get("isPermaLink") or "true").strip().lower() != "false"
    return said if lasting and said.startswith(("http:", "https:")) else ""


def _atom(root: Any) -> Read:
    entries = [
        Item(
            _text(each, _FEEDBURNER) or _alternate(each) or _identified(each),
            _text(each, "title"),
            _first(each, _DATES),
            _base(each),
        )
        for each in _children(root, "entry")
    ]
    return Read("atom", _text(root, "title"), urljoin(_base(root), _alternate(root)), entries)


def _alternate(element: Any) -> str:
    """The address of the page that an Atom link means, HTML before other kinds."""
    found = [each for each in _children(element, "link") if (each.get("rel") or "alternate") == "alternate"]
    found.sort(key=lambda each: (each.get("type") or "text/html") not in ("text/html", "application/xhtml+xml"))
    return next((each.get("href") for each in found if each.get("href")), "")


def _identified(entry: Any) -> str:
    said = _text(entry, "id")
    return said if said.startswith(("http:", "https:")) else ""


def _sitemap(root: Any) -> Read:
    items = []
    for each in _children(root, "url"):
        news = next(_children(each, "news"), None)
        title, published = ("", "") if news is None else (_text(news, "title"), _text(news, "publication_date"))
        items.append(Item(_text(each, "loc"), title, published or _text(each, "lastmod")))
    return Read("sitemap", items=items)


_READERS: dict[str, Callable[[Any], Read]] = {"rss": _rss, "rdf": _rss, "feed": _atom, "urlset": _sitemap}


def _name(element: Any) -> str:
    """The local name in lower case; "" of comments and instructions."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _children(element: Any, name: str) -> Iterator[Any]:
    return (child for child in element if _name(child) == name)


def _text(element: Any, name: str) -> str:
    """The text of the first child of that name that has any."""
    return next(filter(None, map(_words, _children(element, name))), "")


def _words(element: Any) -> str:
    return "".join(element.itertext()).strip()


def _first(element: Any, names: tuple[str, ...]) -> str:
    return next(filter(None, (_text(element, name) for name in names)), "")


def _base(element: Any) -> str:
    """What `xml:base` of an entry and of what is around it come to, the innermost that is given."""
    return next((each.get(_BASE) for each in (element, *element.iterancestors()) if each.get(_BASE)), "")

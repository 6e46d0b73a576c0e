"""Addresses of articles: unwrapped, cleaned of tracking, and the outlet that they belong to."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from tldextract import TLDExtract

# A proxy that carries the address in its path: …/https/host/path, …:443/https/host/path, …/https://host/path
_WRAPPED = re.compile(
    r"^https?://[^/?#]+/(?:[^?#]*/)?(https?)(?:/|://?)((?:[\w-]+\.)+[\w-]+(?::\d+)?/.*)$", re.IGNORECASE
)
# Caches of AMP pages: www.google.com/amp/s/host/path, host-with-dashes.cdn.ampproject.org/c/s/host/path; s for https
_CACHED = re.compile(
    r"^https?://(?:www\.google\.[a-z.]+/amp|[\w-]+\.cdn\.ampproject\.org/[a-z])/(s/)?((?:[\w-]+\.)+[\w-]+/.*)$",
    re.IGNORECASE,
)
_LONGEST = 2000  # characters; longer ones are no addresses of articles
_HTTP = re.compile(r"^https?://[^/\s]+", re.IGNORECASE)
# An address in which there is nothing to clean, of which cleaning takes a third of the time of an import.
_CLEAN = re.compile(
    r"https?://(?!(?:amp|m|mobile)\.)[a-z][a-z0-9]*(?:[.-][a-z][a-z0-9]*)+(?:/(?!amp/?$)[A-Za-z0-9_-]+)+(?:\.html?|/)?"
)
_PARTS = re.compile(r"(https?://)([^/?#]+)([^?#]*)(?:\?([^#]*))?", re.IGNORECASE)
_POCKET = re.compile(r"(?:amp|m|mobile)\.", re.IGNORECASE)  # hosts of the same articles for telephones
_AMP_TAIL = re.compile(r"(?<=[^/])(?:/amp/?$|\.amp(?=\.html?$)|\.amp$)", re.IGNORECASE)
# Names in a query that say where a reader came from or how the page is shown, beyond those that courlan knows.
_FROM_WHERE = re.compile(
    r"ocid|i?cmpi?d?|int_?cmp|intcid|smid|smtyp|partner|ns_\w+|at_\w+|wt[._]\w+|taid|ftag|ito|mbid|mod|srnd|spm|tblci"
    r"|dicbo|_ga|guccounter|guce_\w+|soc_\w+|sr_share\w*|share|share_?token|amp|outputtype|fb_\w+",
    re.IGNORECASE,
)
_HOST = re.compile(r"(?:https?://)?([a-z0-9-]+(?:\.[a-z0-9-]+)+)(?:[/?#]|$)", re.IGNORECASE)


@lru_cache(maxsize=1 << 12)
def canonical(url: str) -> str | None:
    """The address without proxy, tracking parameters, fragment and the marks of pages for telephones.

    `None` where it is not an http address.
    """
    url = url.strip()
    if len(url) > _LONGEST or not _HTTP.match(url):
        return None
    return url if _CLEAN.fullmatch(url) else _cleaned(url)


def _cleaned(url: str) -> str | None:
    from courlan import clean_url

    url = _unwrapped(url)
    cleaned: str = clean_url(url) or url
    parts = _PARTS.match(cleaned)
    if not parts:  # nothing but markup stood where the server's name belongs
        return None
    scheme, host, path, query = parts.groups()
    kept = "&".join(pair for pair in (query or "").split("&") if not _FROM_WHERE.fullmatch(pair.partition("=")[0]))
    return f"{scheme}{_at_a_desk(_ascii(host))}{_AMP_TAIL.sub('', path)}{'?' if kept else ''}{kept}"


def _unwrapped(url: str) -> str:
    while True:
        if cached := _CACHED.match(url):
            url = f"{'https' if cached[1] else 'http'}://{cached[2]}"
        elif wrapped := _WRAPPED.match(url):
            url = f"{wrapped[1].lower()}://{wrapped[2]}"
        else:
            return url


def _at_a_desk(host: str) -> str:
    """The host without a first label that says that it serves telephones, if a domain of its own is left."""
    rest = _POCKET.sub("", host, count=1) if _POCKET.match(host) else host
    return rest if rest != host and _registrable(rest.partition(":")[0]) else host


def _ascii(host: str) -> str:
    """A host as name servers know it: letters beyond ASCII as xn--, so that no two that look alike are one."""
    if host.isascii():
        return host
    import idna

    name, colon, port = host.partition(":")
    try:
        return idna.encode(name, uts46=True).decode() + colon + port
    except idna.IDNAError:
        return host


def outlet(url: str) -> str | None:
    """The registrable domain of an address ("p.dw.com" → "dw.com"), the host itself where there is none.

    Lower case, and as xn-- where it has letters beyond ASCII: one that only looks like an outlet is another outlet.
    """
    if plain := _HOST.match(url):
        host = plain[1].lower()
    else:
        try:
            host = _ascii(urlsplit(url).hostname or "")
        except ValueError:
            return None
    return (_registrable(host) or host) or None


@lru_cache(maxsize=1 << 12)
def _registrable(host: str) -> str:
    """The registrable domain of a host; "" where it has none. Blogs of one provider are domains of their own."""
    found = _suffixes().extract_str(host)
    if found.suffix or not found.subdomain:
        return found.top_domain_under_public_suffix
    return f"{found.subdomain.rpartition('.')[2]}.{found.domain}"  # an ending that the list does not know is a suffix


@cache
def _suffixes() -> TLDExtract:
    """The list of public suffixes that tldextract brings along: no newer one is looked for, nothing is written."""
    from tldextract import TLDExtract

    return TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)

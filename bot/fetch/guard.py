"""What may be fetched: pure checks of an address's text, of its parts and of the network address behind it.

An address passes three of them. Its raw text must hold no character that parsers disagree about; parsed, it must be a
plain http address of port 80 or 443; and whatever its host stands for, be it written out or answered by name
servers, must be a network address of the public internet. `bot.fetch.http` asks the last one again, of the very socket
that is about to be connected.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Collection, Iterable
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from yarl import URL

from bot.errors import Refused

Network = IPv4Network | IPv6Network
PORTS = (80, 443)
LONGEST = 2000
"""Characters of an address."""

RULES = {
    "control_character": "Give the address as it stands in the browser's address line.",
    "too_long": f"An address has at most {LONGEST} characters.",
    "malformed": "Give the address as it stands in the browser's address line.",
    "scheme": "Give the whole address, with https:// or http:// in front; nothing else is fetched.",
    "credentials": "Give the address without user name and password.",
    "host": "Give the whole address, with the name of the server.",
    "port": "Only the ports 80 and 443 are fetched.",
    "private_address": "Only the public internet is fetched; allow_private in the configuration makes exceptions.",
    "dns": "Check the spelling of the server's name.",
    "downgrade": "The site sends from https to http; save the page and give the file.",
    "redirects": "The site sends from one address to the next; give the last one, as a browser shows it.",
    "too_large": "It is more than fetch_mb allows; save the page and give the file.",
    "encoding": "The server packs its answer in a way that is not read; save the page and give the file.",
    "headers": "The server's answer is no sound HTTP; save the page and give the file.",
    "content_type": "Give the address of a page or of a feed.",
    "robots": "The site's robots.txt asks programs to stay away; save the page and give the file.",
}
"""Every code of `Refused`, with what the user can do."""

# Networks of version 4 that are not the public internet (the registry of special-purpose addresses of IANA), and one
# address that is public by its number but answers inside a cloud. Written out, as what Python's `ipaddress` calls
# global changes with its version and has holes: multicast, 6to4, NAT64, 192.0.0.8.
_CLOSED_4 = tuple(
    map(
        IPv4Network,
        (
            *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
            *("192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24"),
            *("192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24"),
            *("224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32"),
        ),
    )
)
# Of version 6 only 2000::/3 is given out to the public; these parts of it are not, or hide an address of version 4.
_OPEN_6 = IPv6Network("2000::/3")
_CLOSED_6 = tuple(map(IPv6Network, ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20")))

_ODD = re.compile(r"[\x00-\x20\x7f-\xa0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ud800-\udfff\ufeff\\]")
_WIRE = re.compile(r"[\x21-\x7e]+")  # what may go into the head of a request
_PLAIN_HOST = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?", re.IGNORECASE)


def refused(code: str, what: str) -> Refused:
    """The refusal by one of the `RULES`."""
    return Refused(what, hint=RULES[code], code=code)


def networks(written: Iterable[str]) -> tuple[Network, ...]:
    """Networks of their CIDR notation; raises `ValueError` where one is none."""
    return tuple(ip_network(each) for each in written)


def public(address: str, allow: Iterable[Network] = ()) -> bool:
    """Whether a network address belongs to the public internet, or to a network that is allowed all the same."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if "%" in address:  # of one cable of this machine
        return False
    if any(found in each for each in allow if each.version == found.version):
        return True
    if found.version == 4:
        return not any(found in each for each in _CLOSED_4)
    return found in _OPEN_6 and not any(found in each for each in _CLOSED_6)


def address(
    text: str, *, base: URL | None = None, allow: Iterable[Network] = (), ports: Collection[int | None] = PORTS
) -> URL:
    """The address in a text, or where a redirection from `base` leads; raises `Refused` on what may not be fetched.

    The result is what is then asked for: nothing parses the text a second time, perhaps in another way.
    """
    _raw(text)
    try:
        url = URL(text) if base is None else base.join(URL(text))
        name = url.host or ""  # as people write it; raises where xn-- is followed by what stands for nothing
    except ValueError as error:
        raise refused("malformed", f"no address: {text[:80]}: {error}") from error
    if url.scheme not in ("http", "https"):
        raise refused("scheme", f"not http: {url.scheme}" if url.scheme else f"no https:// in front: {text[:80]}")
    if url.user is not None or url.password is not None:
        raise refused("credentials", f"an address with a user name: {name}")
    if url.port not in ports:
        raise refused("port", f"port {url.port} of {name} is not asked")
    _host(url.raw_host or "", tuple(allow))
    if not _WIRE.fullmatch(str(url)):  # what joining may unquote
        raise refused("control_character", f"an address of {name} with quoted characters that belong into none")
    return url.with_fragment(None)


def _raw(text: str) -> None:
    if len(text) > LONGEST:
        raise refused("too_long", f"an address of {len(text)} characters")
    if odd := _ODD.search(text):
        raise refused("control_character", f"an address with {odd[0]!a} in it")


def _host(host: str, allow: tuple[Network, ...]) -> None:
    """Refuse a host that is no name, or a number that does not stand for a public address, however it is spelled."""
    if not host:
        raise refused("host", "an address without a server")
    if ":" in host:
        written: str | None = host
    elif _PLAIN_HOST.fullmatch(host):
        written = _number(host)
    else:
        raise refused("host", f"no name of a server: {host[:80]!a}")
    if written is not None and not public(written, allow):
        raise refused("private_address", f"{host} is not of the public internet")
    if written is not None and written != host:
        raise refused("host", f"a number in place of a server's name: {host}")


def _number(host: str) -> str | None:
    """The address of version 4 that a host spells in any way the system reads: 127.1, 0x7f.1, 0177.1, 2130706433."""
    try:
        return socket.inet_ntoa(socket.inet_aton(host.rstrip(".")))
    except OSError:
        return None

"""Addresses made at random, most of which lead to the private server of `tests.fetch.web` in some disguise."""

from __future__ import annotations

import ipaddress
import random
from collections.abc import Callable

_PRIVATE_4 = (
    "127.0.0.1",
    "127.0.0.1",
    "127.0.0.1",
    "0.0.0.0",
    "127.9.9.9",
    "10.0.0.1",
    "169.254.169.254",
    "192.168.0.1",
)
_DIGITS = ("0123456789", "０１２３４５６７８９", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗", "⓪①②③④⑤⑥⑦⑧⑨", "⁰¹²³⁴⁵⁶⁷⁸⁹", "₀₁₂₃₄₅₆₇₈₉")
_DOTS = (".", "。", "．", "｡", "%2e", "․")
_SPOILERS = (
    "\r\n",
    "\n",
    "\t",
    " ",
    "\0",
    "\\",
    "\x7f",
    "\x85",
    "\u200b",
    "\u202e",
    "\ufeff",
    "\ud800",
    "%00",
    "%0a",
    "*",
)
_SCHEMES = ("http", "http", "http", "https", "HTTP", "hTTp")
_OTHERS = ("file", "ftp", "gopher", "ws", "data", "javascript", "feed")
_FRONTS = (
    "user@",
    "user:pw@",
    "harbour.example@",
    "harbour.example:80@",
    "127.0.0.2\\@",
    "127.0.0.2#@",
    "127.0.0.2%23@",
)
_PREFIXES = ("::ffff:0:0", "::", "64:ff9b::", "64:ff9b:1::", "::ffff:0:0:0", "fe80::5efe:0:0", "fc00::")


def _part(rng: random.Random, value: int) -> str:
    """A number as the system reads it: decimal, octal or hexadecimal, with zeros before it."""
    return rng.choice((str, str, hex, lambda n: f"0{n:o}", lambda n: f"000{n:o}", lambda n: f"0X{n:X}"))(value)


def _dotted(rng: random.Random, number: int) -> str:
    """A number of version 4 in one to four parts."""
    cut = rng.randint(0, 3)
    parts = [number >> shift & 255 for shift in (24, 16, 8)[:cut]]
    return ".".join(_part(rng, each) for each in (*parts, number & (1 << 32 - 8 * cut) - 1))


def _letters(rng: random.Random, text: str) -> str:
    """The same in other digits and dots, which names of servers are folded from."""
    table = str.maketrans(_DIGITS[0], rng.choice(_DIGITS))
    return text.translate(table).replace(".", rng.choice(_DOTS))


def _within(rng: random.Random, number: int) -> str:
    """A number of version 6 that holds one of version 4."""
    if rng.random() < 0.2:
        return f"[2002:{number >> 16:x}:{number & 0xFFFF:x}::{rng.choice(('', '1'))}]"
    whole = ipaddress.IPv6Address(int(ipaddress.IPv6Address(rng.choice(_PREFIXES))) | number)
    forms = (whole.compressed, whole.exploded, whole.compressed.upper(), f"{whole.compressed}%25lo")
    return f"[{rng.choice(forms)}]"


def _version_6(rng: random.Random, number: int) -> str:
    return rng.choice(
        ("[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[0::1]", "[::0001]", "[fd00::1]", "[fe80::1]", "[ff02::1]")
    )


def _name(rng: random.Random, number: int) -> str:
    return rng.choice(("private.test", "PRIVATE.test", "mixed.test", "v6.test", "turns.test", "private.test."))


_HOSTS: tuple[Callable[[random.Random, int], str], ...] = (
    lambda _, number: str(ipaddress.IPv4Address(number)),
    _dotted,
    _dotted,
    lambda rng, number: _letters(rng, _dotted(rng, number)),
    lambda rng, number: _dotted(rng, number) + ".",
    _within,
    _version_6,
)


def host(rng: random.Random, *, names: bool = False) -> str:
    """A private host in some spelling; with `names`, or a name that stands for one."""
    number = int(ipaddress.IPv4Address(rng.choice(_PRIVATE_4)))
    return rng.choice((*_HOSTS, _name, _name) if names else _HOSTS)(rng, number)


def address(rng: random.Random, port: int, *, names: bool = False) -> str:
    """An address of a private server, or of none at all."""
    scheme = rng.choice(_SCHEMES if rng.random() < 0.95 else _OTHERS)
    slashes = "//" if rng.random() < 0.95 else "/" * rng.choice((0, 1, 3))
    front = rng.choice(_FRONTS) if rng.random() < 0.05 else ""
    place = port if rng.random() < 0.9 else rng.choice((80, 443, 22, 99999))
    text = f"{scheme}:{slashes}{front}{host(rng, names=names)}:{place}/a"
    if rng.random() < 0.15:
        at = rng.randrange(len(text))
        text = text[:at] + rng.choice(_SPOILERS) + text[at:]
    if rng.random() < 0.05:
        at = rng.randrange(len(text))
        text = text[:at] + chr(rng.randrange(0x250)) + text[at + 1 :]
    return text

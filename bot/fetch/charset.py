"""The characters of a page: which encoding its bytes are in.

A byte-order mark decides; then bytes that are UTF-8 are UTF-8, whatever the page says, for no text in another encoding
is so by accident; then come the encoding of the HTTP header, the one that the page names, and the one that the bytes
look like. Bytes that are wrong in all of these are refused, unless they are a few in a page that is UTF-8 otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.errors import InputError
from bot.fetch import decode

_NAMED = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?([\w-]{1,40})|<\?xml[^>]{0,80}encoding=["']([\w-]{1,40})""")
_HEAD = 4096
"""Bytes from the beginning within which a page names its encoding."""
_LOOKED_AT = 1 << 16
"""Bytes that are looked at to tell an encoding."""
_FEW = 2000
"""Bytes of which one may be wrong: it is an editor's slip or a cut-off advertisement, and is shown as "�"."""


def text(data: bytes, header: str | None = None) -> str:
    """The text with LF line ends. `header`: the encoding that the HTTP header names. Raises `InputError`."""
    if decode.byte_order(data):
        return decode.text(data)
    for encoding in _named(data, header):
        if encoding.startswith("utf-16"):  # whose NULs are no sign of a binary file
            return decode.plain(data.decode(encoding, "replace"))
    try:
        return decode.text(data)
    except InputError:
        decode.refuse_binary(data)
        return _otherwise(data, header)


def _otherwise(data: bytes, header: str | None) -> str:
    """The text of bytes that are not UTF-8."""
    slips = data.decode("utf-8", "replace")
    if slips.count("\ufffd") * _FEW < len(data):
        return decode.plain(slips)
    for encoding in (*_named(data, header), *_looks(data)):
        try:
            return decode.plain(data.decode(encoding))
        except UnicodeDecodeError:
            continue
    return decode.text(data)  # which refuses it and says where


def _named(data: bytes, header: str | None) -> Iterator[str]:
    """The encodings that are named, as browsers take the labels (WHATWG Encoding, §4.2): Latin-1 is Windows-1252."""
    from resiliparse.parse.encoding import map_encoding_to_html5

    found = _NAMED.search(data[:_HEAD].lower())
    inside = (found[1] or found[2]).decode("ascii") if found else None
    for label in filter(None, (header, inside)):
        encoding: str | None = map_encoding_to_html5(label, False)
        if encoding is not None and not (label == inside and encoding.startswith("utf-16")):
            yield _WIDER.get(encoding, encoding)


def _looks(data: bytes) -> Iterator[str]:
    from resiliparse.parse.encoding import detect_encoding

    found: str | None = detect_encoding(data[:_LOOKED_AT])
    if found:
        yield _WIDER.get(found, found)


_WIDER = {"gbk": "gb18030", "gb2312": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs"}
"""What the web calls by the first name holds characters of the second."""

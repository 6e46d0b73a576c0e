"""Bytes to text, or a clear refusal: which encoding, which byte, which kind of file.

The ladder is short on purpose: a byte-order mark decides, else the bytes are UTF-8. A page may also name its encoding
(`page.py`). Guessing an encoding would put wrong words into somebody's mouth, so that an article's is never guessed;
that of a list of posted quotes is (`guessed`), and whoever sent it is told.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

from bot.errors import InputError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark is the beginning of this one
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = (
    (b"PK\x03\x04", "a zip archive, as .docx and .xlsx files are"),
    (b"%PDF-", "a PDF file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
)
_COMPLETE = "Was the download complete?"
_LINE_ENDS = re.compile(r"\r\n?")
_SURROGATE = re.compile("[\ud800-\udfff]")


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """The file at `path`, open for reading bytes. Raises `InputError`, also where reading fails later."""
    try:
        with path.open("rb") as file:
            yield file
    except FileNotFoundError:
        raise InputError("no such file", hint="Check the path; a name with blanks needs quotation marks.") from None
    except OSError as error:
        raise InputError(error.strerror or str(error), hint="Check that it is a file that you may read.") from error


@contextmanager
def named(path: Path) -> Iterator[BinaryIO]:
    """The same as `opened`, with the file's name before what is wrong with it."""
    with ExitStack() as stack:
        try:
            file = stack.enter_context(opened(path))
        except InputError as error:
            raise InputError(f"{path}: {error}", hint=error.hint) from error
        yield file


def read(path: Path, limit: int) -> bytes:
    """The bytes of a file of at most `limit` bytes. Raises `InputError`."""
    with opened(path) as file:
        data = file.read(limit + 1)
    if len(data) > limit:
        raise too_large(limit)
    if not data.strip():
        raise InputError("the file is empty", hint=_COMPLETE)
    return data


def too_large(limit: int) -> InputError:
    """The error for what is longer than `limit` bytes."""
    return InputError(f"larger than {limit / 1e6:g} MB", hint="Split it, or raise max_file_mb in config.toml.")


def text(data: bytes, *, errors: str = "strict") -> str:
    """The text of the bytes with LF line ends and no byte-order mark. Raises `InputError`.

    With ``errors="surrogateescape"`` bytes that are not UTF-8 become lone surrogates, which `broken` finds.
    """
    refuse_binary(data)
    encoding = byte_order(data) or "utf-8"
    try:
        decoded = data.decode(encoding, errors)
    except UnicodeDecodeError as error:
        raise InputError(
            f"not valid {encoding.upper()} at byte {error.start} (0x{data[error.start]:02x})",
            hint="Save the file as UTF-8; it may be in an older encoding such as Windows-1252.",
        ) from error
    return plain(decoded.removeprefix("\ufeff"))


def guessed(data: bytes) -> tuple[str, str]:
    """The text of a list, and the encoding that was guessed for it ("" where it is what it should be).

    A byte-order mark decides, then come UTF-8, UTF-16 by its NULs, and Windows-1252, the encoding of old spreadsheets.
    Bytes that are wrong in all of these become lone surrogates, which `broken` finds. Raises `InputError`.
    """
    encoding = None if byte_order(data) else _guess(data)
    if encoding is None:
        return text(data, errors="surrogateescape"), ""
    refuse_binary(data, wide=True)
    return plain(data.decode(encoding, "replace")), encoding.upper().replace("CP", "Windows-")


def _guess(data: bytes) -> str | None:
    """An encoding that is not UTF-8, where the bytes look like it."""
    if b"\0" in data[:1000]:
        order = _unmarked(data[:1000])
        return order and f"utf-16-{order}"
    found = data.decode("utf-8", "surrogateescape")
    wrong = [char for char in found if not char.isascii()]
    if not wrong or not all(map(broken, wrong)):  # one letter right in UTF-8 is no accident: the others are faults
        return None
    try:
        data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    return "cp1252"


def plain(decoded: str) -> str:
    """The text with LF line ends. Raises `InputError` where it holds NUL characters or nothing at all."""
    if "\0" in decoded:
        raise InputError(
            f"a NUL character at offset {decoded.index(chr(0))}",
            hint="It is not a text file, or its encoding is wrong.",
        )
    if not decoded.strip():
        raise InputError("there is no text", hint=_COMPLETE)
    return _LINE_ENDS.sub("\n", decoded)


def broken(text: str) -> bool:
    """Whether the text holds lone surrogates, which no file in UTF-8 can hold and no database can store."""
    return not text.isascii() and _SURROGATE.search(text) is not None


def byte_order(data: bytes) -> str | None:
    """The encoding that a byte-order mark names, `None` where there is no mark."""
    return next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)


def refuse_binary(data: bytes, *, wide: bool = False) -> None:
    """Raise `InputError` where the bytes are not text: a known signature, or a NUL without a byte-order mark.

    `wide`: they are UTF-16, where NULs belong.
    """
    kind = next((kind for signature, kind in _SIGNATURES if data.startswith(signature)), None)
    if kind is None and not wide and byte_order(data) is None and b"\0" in data:
        if _unmarked(data[:1000]):
            raise InputError("UTF-16 without a byte-order mark", hint="Save the file as UTF-8.")
        kind = f"binary, with a NUL at byte {data.index(0)}"
    if kind:
        raise InputError(f"not a text file: {kind}", hint="Save the text as .txt (UTF-8), .html, .csv or .jsonl.")


def _unmarked(data: bytes) -> str | None:
    """The byte order of what looks like UTF-16: every second byte is NUL for the greater part, and no other is."""
    high, low = data[::2].count(0), data[1::2].count(0)
    if min(high, low) or max(high, low) <= len(data) // 4:
        return None
    return "be" if high else "le"

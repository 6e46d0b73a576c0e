"""Quotations of a list, a JSON object a line: ``text``, ``speaker``, ``outlet``, ``url``, ``published``, ``title``.

It is the form of `onrecord import` and `onrecord export`.
"""

from __future__ import annotations

import json
from typing import Any

from bot.errors import ArticleError
from bot.fetch import decode, details, lines
from bot.model import Quoted, Witness


def parse(data: bytes) -> Quoted:
    """The quotation of one line. Raises `InputError`, which says what is wrong with it."""
    return quoted(lines.mapping(data, 'A line reads {"text": "…", "speaker": "…", "outlet": "…"}.'))


def quoted(value: dict[str, Any]) -> Quoted:
    """The quotation of a JSON object. Raises `InputError`."""
    text, speaker = value.get("text"), value.get("speaker")
    if not isinstance(text, str) or not any(map(str.isalnum, text)):
        raise ArticleError('there is no "text" with words', hint='"text" holds the words between the marks.')
    if not isinstance(speaker, str | None):
        raise ArticleError(f"speaker is {speaker!r}, not text", hint="Leave it out, or give a name.")
    about = details.given(value)
    if decode.broken(text + (speaker or "")):
        raise ArticleError("half a surrogate pair (\\ud800 to \\udfff) stands alone", hint="Write the character whole.")
    return Quoted(
        text=text.strip(),
        outlet=about.publisher(),
        speaker=" ".join(speaker.split()) or None if speaker else None,
        url=about.url,
        published=about.published,
        title=about.title,
    )


def line(witness: Witness) -> bytes:
    """A passage on record as a line that `parse` reads back."""
    said, published = witness.attribution, witness.published
    values = {
        "text": witness.text,
        "speaker": said.who if said else None,
        "outlet": witness.outlet,
        "url": witness.url,
        "published": published.isoformat() if published else None,
        "title": witness.title,
    }
    return json.dumps(values, ensure_ascii=False).encode() + b"\n"

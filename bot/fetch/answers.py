"""What the head of an answer says: its status, validators, the wait that is asked for, the media type."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Self

from aiohttp import ClientResponse

from bot.errors import Gone, Unreachable
from bot.fetch import guard

RETRY = "Try again later; what is followed is asked again by itself."
_LONGEST_WAIT = 7 * 24 * 3600.0
_PRINTABLE = re.compile(r"[\x21-\x7e](?:[\x20-\x7e]{0,510}[\x21-\x7e])?")


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave with an answer, so that it can say later that nothing changed."""

    etag: str | None = None
    modified: str | None = None

    @classmethod
    def of(cls, headers: Mapping[str, str]) -> Self:
        """Those of an answer; what is too long or not printable is dropped."""
        return cls(_kept(headers.get("ETag")), _kept(headers.get("Last-Modified")))

    def asked(self) -> dict[str, str]:
        """The headers of a request that asks for what changed."""
        pairs = (("If-None-Match", _kept(self.etag)), ("If-Modified-Since", _kept(self.modified)))
        return {name: value for name, value in pairs if value}


def _kept(value: str | None) -> str | None:
    return value if value and _PRINTABLE.fullmatch(value) else None


def after(said: str, *, now: float | None = None) -> float | None:
    """The seconds of a Retry-After, which is a number of them or a date; at most a week, never less than none."""
    said = said.strip()
    if said.isascii() and said.isdigit():
        return min(float(said[:9]), _LONGEST_WAIT)
    try:
        until = parsedate_to_datetime(said).timestamp()
    except (ValueError, OverflowError):
        return None
    return min(max(until - (time.time() if now is None else now), 0.0), _LONGEST_WAIT)


def typed(where: str, content_type: str, wanted: tuple[str, ...]) -> None:
    """Refuse what is of another media type than wanted; a server that does not say is believed."""
    if wanted and content_type and not content_type.lower().startswith(wanted):
        raise guard.refused("content_type", f"{where} is {content_type[:80]}")


def welcome(answer: ClientResponse) -> None:
    """Raise what the status of an answer says, unless it is one of success."""
    said = f"{answer.url} answers {answer.status} {(answer.reason or '')[:80]}".rstrip()
    if answer.status in (408, 425, 429) or answer.status >= 500:
        raise Unreachable(said, hint=RETRY, retry_after=after(answer.headers.get("Retry-After", "")))
    if answer.status >= 400:
        raise Gone(said, hint="Look at the address in a browser.", status=answer.status)
    if not 200 <= answer.status < 300:
        raise guard.refused("headers", said)

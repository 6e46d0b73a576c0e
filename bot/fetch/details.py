"""What is known about an article beside its text, wherever it was said: an option, a manifest's row, a line of JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.errors import InputError
from bot.fetch import dates, urls

FIELDS = ("outlet", "url", "title", "published")
"""The names under which details are given, everywhere."""


@dataclass(frozen=True, slots=True)
class Details:
    """Publisher, address, headline and date of an article; empty or `None` where they are not known.

    `otherwise` is the outlet of an article for which nothing names one.
    """

    outlet: str | None = None
    url: str | None = None
    title: str = ""
    published: datetime | None = None
    otherwise: str | None = None

    def over(self, other: Details) -> Details:
        """These details, and the other's where these say nothing."""
        return Details(
            outlet=self.outlet or other.outlet,
            url=self.url or other.url,
            title=self.title or other.title,
            published=self.published or other.published,
            otherwise=self.otherwise or other.otherwise,
        )

    def publisher(self) -> str:
        """The outlet, or the domain of the address. Raises `InputError` where nothing names one."""
        found = self.outlet or (urls.outlet(self.url) if self.url else None) or self.otherwise
        if not found:
            raise InputError(
                "the outlet is not known",
                hint="Say whose it is: give its outlet or its address, as an option, in the file or in a manifest.",
            )
        return found


UNKNOWN = Details()
"""Nothing is known."""


def given(values: Mapping[str, Any]) -> Details:
    """Details from text under the names of `FIELDS`. Raises `InputError` with every value that cannot be used."""
    said = [values.get(name) or "" for name in FIELDS]
    faults = [
        f"{name} is {value!r}, not text" for name, value in zip(FIELDS, said, strict=True) if not isinstance(value, str)
    ]
    outlet, url, title, published = [" ".join(str(value).split()) for value in said]
    address = urls.canonical(url) if url else None
    if url and not address:
        faults.append(f"url {url!r} is not an http or https address")
    moment = None
    try:
        moment = dates.moment(published) if published else None
    except (ValueError, OverflowError):
        faults.append(f"published {published!r} is not a date")
    if faults:
        raise InputError(
            "; ".join(faults), hint="Addresses are https://…, dates ISO 8601: 2025-03-04 or 2025-03-04T10:20:00Z."
        )
    return Details(outlet=outlet or None, url=address, title=title, published=moment)

"""GDELT's Global Quotation Graph: an article a line, with its quotations and a snippet of text around each.

    {"date": "2020-01-01T00:03:00Z", "url": "https://…", "title": "…", "lang": "ENGLISH",
     "quotes": [{"pre": "he told a rally", "quote": "We have instructed…", "post": "he said"}]}

`title`, `lang`, `pre` and `post` may be missing. Nobody is named as the speaker: that is read from the snippets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from bot.errors import ArticleError
from bot.extract import language
from bot.extract.beside import Beside
from bot.fetch import decode, details, lines
from bot.model import Quoted

_HINT = 'A line reads {"date": "…", "url": "https://…", "quotes": [{"pre": "…", "quote": "…", "post": "…"}]}.'
_NAMES = {"english": "en", "german": "de", "spanish": "es", "french": "fr", "italian": "it", "portuguese": "pt"}
"""What GDELT calls the languages that we can read."""
_STAMP = re.compile(r"(\d{8})(\d{6})Z?")
_TOLD = 3  # faults of one line that are told


def parse(data: bytes) -> Iterator[Quoted]:
    """The quotations of one line, those that can be used before the error for the others. Raises `InputError`."""
    value = lines.mapping(data, _HINT)
    quotes = value.get("quotes")
    if not isinstance(quotes, list):
        raise ArticleError('there are no "quotes"', hint=_HINT)
    about = details.given(value | {"outlet": None, "published": _moment(value.get("date"))})
    outlet = about.publisher()
    look = _look(value.get("lang"))
    faults, said = list[str](), list[tuple[str, str | None]]()
    for number, quote in enumerate(quotes, 1):
        pre, text, post = _parts(quote)
        if any(map(str.isalnum, text)) and not decode.broken(pre + text + post):
            said.append((text.strip(), look.speaker(pre, text, post) if look else None))
        else:
            faults.append(f"quote {number} is no text with words")
    names = _whole([speaker for _, speaker in said if speaker])
    for text, speaker in said:
        who = names.get(speaker, speaker) if speaker else None
        yield Quoted(text=text, outlet=outlet, speaker=who, url=about.url, published=about.published, title=about.title)
    if faults:
        more = f" and {len(faults) - _TOLD} more" if len(faults) > _TOLD else ""
        raise ArticleError(f"{'; '.join(faults[:_TOLD])}{more}", hint=_HINT)


def _parts(quote: Any) -> tuple[str, str, str]:
    """The snippet before, the words, and the snippet after; empty where something is no text."""
    if not isinstance(quote, dict):
        return "", "", ""
    pre, text, post = (quote.get(name) for name in ("pre", "quote", "post"))
    return (
        pre if isinstance(pre, str) else "",
        text if isinstance(text, str) else "",
        post if isinstance(post, str) else "",
    )


def _moment(date: Any) -> Any:
    """The date as ISO 8601; GDELT's other files write 20200101000300."""
    stamp = _STAMP.fullmatch(date) if isinstance(date, str) else None
    return f"{stamp[1]}T{stamp[2]}Z" if stamp else date


def _look(name: Any) -> Beside | None:
    """What looks for speakers in a language, named or by its code; `None` for one that we cannot read."""
    return _looks(name.strip().lower()) if isinstance(name, str) else _looks("en")


@lru_cache(maxsize=256)
def _looks(name: str) -> Beside | None:
    code = _NAMES.get(name, name[:2] if len(name) == 2 or name[2:3] in ("-", "_") else "")
    return Beside(language.language(code)) if code in language.languages() else None


def _whole(names: Sequence[str]) -> dict[str, str]:
    """For each surname alone the whole name of the one person in this article who has it."""
    whole: dict[str, set[str]] = {}
    for name in names:
        first, _, last = name.rpartition(" ")
        if first:
            whole.setdefault(last, set()).add(name)
    return {last: next(iter(held)) for last, held in whole.items() if len(held) == 1}

"""Quotebank, ten years of English news: by quotation (``quotes-YYYY``) or by article (``quotebank-YYYY``).

    {"quoteID": "2019-05-11-000123", "quotation": "…", "speaker": "Juan Guaidó", "date": "2019-05-11 20:00:00",
     "probas": [["Juan Guaidó", "0.83"], ["None", "0.17"]], "urls": ["https://…"], "phase": "E"}

    {"articleID": "…", "url": "https://…", "date": "…", "title": "…", "phase": "E", "content": "…",
     "quotations": [{"quotation": "…", "localTopSpeaker": "…", "localProbas": […], "globalTopSpeaker": "…"}]}

`probas` are pairs, or objects {"speaker", "proba"}. The articles of phases A to C are in lower case throughout, so that
no names can be read in them: of those the quotations are taken with the speakers that Quotebank gives. The places of
quotations are counted in its own tokens and are not used.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.errors import ArticleError, InputError
from bot.fetch import lines, quoted
from bot.model import Article, Quoted

LIKELY = 0.5
"""A speaker who is less likely than this is not taken over."""
LOWER = ("A", "B", "C")
"""The phases whose text is in lower case."""
NOBODY = "None"
_HINT = 'A line reads {"quotation": "…", "speaker": "…", "date": "…", "urls": ["https://…"]}.'
_ARTICLE_HINT = 'A line reads {"articleID": "…", "url": "https://…", "content": "…", "quotations": […]}.'


def quotations(data: bytes) -> Iterator[Quoted]:
    """A quotation of each address that one line gives. Raises `InputError`, after those that can be used.

    The date is that of the earliest occurrence, the only one that Quotebank tells.
    """
    value = lines.mapping(data, _HINT)
    urls = value.get("urls")
    if not isinstance(urls, list) or not urls:
        raise ArticleError('there are no "urls"', hint=_HINT)
    speaker = _speaker(value.get("speaker"), value.get("probas"))
    said = {"text": value.get("quotation"), "speaker": speaker, "published": value.get("date")}
    yield from _each([said | {"url": url} for url in urls])


def articles(data: bytes) -> Iterator[Article | Quoted]:
    """The article of one line, or its quotations where its text is in lower case. Raises `InputError`."""
    value = lines.mapping(data, _ARTICLE_HINT)
    about = {"url": value.get("url"), "title": value.get("title"), "published": value.get("date")}
    if value.get("phase") not in LOWER:
        yield lines.article(about | {"text": value.get("content")})
        return
    found = value.get("quotations")
    if not isinstance(found, list):
        raise ArticleError('there are no "quotations"', hint=_ARTICLE_HINT)
    yield from _each([about | _said(quotation) for quotation in found])


def _each(values: list[dict[str, Any]]) -> Iterator[Quoted]:
    """The quotations of some objects; the first fault is raised at the end."""
    fault: InputError | None = None
    for value in values:
        try:
            yield quoted.quoted(value)
        except InputError as error:
            fault = fault or error
    if fault:
        raise fault


def _said(quotation: Any) -> dict[str, Any]:
    """Words and speaker of one quotation of an article: as this article has it, else as all together have it."""
    if not isinstance(quotation, dict):
        return {}
    local = _speaker(quotation.get("localTopSpeaker"), quotation.get("localProbas"))
    whole = _speaker(quotation.get("globalTopSpeaker"), quotation.get("globalProbas"))
    return {"text": quotation.get("quotation"), "speaker": local or whole}


def _speaker(named: Any, probas: Any) -> str | None:
    """The speaker that is given, or the likeliest one; `None` for nobody, and for one who is not likely enough."""
    chances = dict(_chances(probas))
    likeliest = max(chances, key=lambda name: chances[name], default=None)
    speaker = named if isinstance(named, str) and named.strip() else likeliest
    if speaker is None or speaker == NOBODY or chances.get(speaker, 1.0) < LIKELY:
        return None
    return speaker


def _chances(probas: Any) -> Iterator[tuple[str, float]]:
    """Each speaker with the chance (0..1) of having said it, out of either layout; what is neither is passed over."""
    for each in probas if isinstance(probas, list) else ():
        pair = (each.get("speaker"), each.get("proba")) if isinstance(each, dict) else each
        if not isinstance(pair, list | tuple) or len(pair) < 2 or not isinstance(pair[0], str):
            continue
        try:
            yield pair[0], float(pair[1])
        except (TypeError, ValueError, OverflowError):
            continue

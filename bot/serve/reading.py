"""What a process of `Apart` does: a document's bytes in, an article with all that was read in it out."""

from __future__ import annotations

from bot import extract
from bot.extract.assemble import UNSURE
from bot.fetch import page as pages
from bot.fetch.details import UNKNOWN, Details
from bot.model import Article, Extraction


def page(
    data: bytes, known: Details = UNKNOWN, charset: str | None = None, unsure: float = UNSURE
) -> tuple[Article, Extraction]:
    """The article of a page and what it says. `charset`: as its HTTP header names it. Raises `InputError`."""
    article = pages.read(data, known, charset=charset)
    return article, extract.read(article, unsure=unsure)


def prepare() -> None:
    """Load what reading needs, so that no document is charged for it."""
    page(_SAMPLE, Details("example.org"))


_SAMPLE = (
    "<!DOCTYPE html><title>The pier stays open</title><article><h1>The pier stays open</h1><p>“We will keep it open,”"
    " said Ana Ortega, the mayor, after the council had met for most of the night in the customs house.</p></article>"
).encode()

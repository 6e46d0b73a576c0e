"""One outlet: its stories, what makes pages of them, its feed, and how its server behaves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.web_double.clock import at


@dataclass(frozen=True)
class Story:
    """An article: `hour` of the week when it is published, and its texts, each from some hour on.

    Paragraphs are plain text with “marks”; one that begins with "> " is a block quotation, with "@" a post, with "# " a
    heading in between. `credit` is what stands at the end.
    """

    slug: str
    title: str
    hour: float
    paragraphs: tuple[str, ...]
    author: str = ""
    credit: str = ""
    edits: tuple[tuple[float, tuple[str, ...]], ...] = ()
    minutes: int = 0

    @property
    def published(self) -> datetime:
        return at(self.hour) + timedelta(minutes=self.minutes)

    def text(self, hour: float) -> tuple[str, ...]:
        """Its paragraphs at an hour of the week."""
        return next((text for since, text in reversed(self.edits) if since <= hour), self.paragraphs)

    def edited(self, hour: float) -> datetime:
        """When the text of that hour was made."""
        return next((at(since) for since, _ in reversed(self.edits) if since <= hour), self.published)


@dataclass(frozen=True)
class Answer:
    """What a server answers, before its headers of caching."""

    data: bytes = b""
    status: int = 200
    kind: str = "text/html; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)


Page = Callable[["Site", Story, float], bytes]
Feed = Callable[["Site", list[Story]], bytes]
Odd = Callable[[float, int], Answer | None]
"""Answers at an hour, asked so many times before; `None`: as ever."""


@dataclass(frozen=True)
class Site:
    """An outlet at `host`. `odd` are paths that answer by themselves, `tags` whether it knows what a visitor has."""

    host: str
    name: str
    page: Page
    feed: Feed
    stories: tuple[Story, ...] = ()
    feed_path: str = "/feed"
    feed_kind: str = "application/rss+xml; charset=utf-8"
    page_kind: str = "text/html; charset=utf-8"
    robots: str = ""
    tags: bool = True
    language: str = "en"
    odd: dict[str, Odd] = field(default_factory=dict)
    also: tuple[str, ...] = ()  # paths that its feed names beside its stories

    @property
    def home(self) -> str:
        return f"http://{self.host}/"

    def address(self, story: Story) -> str:
        return f"http://{self.host}/{story.slug}"

    def answer(self, path: str, hour: float, before: int) -> Answer:
        """What stands at a path at an hour."""
        odd = self.odd[path](hour, before) if path in self.odd else None
        if odd is not None:
            return odd
        out = [story for story in self.stories if story.hour <= hour]
        if path == self.feed_path:
            return Answer(
                self.feed(self, sorted(out, key=lambda one: one.published, reverse=True)), kind=self.feed_kind
            )
        if path == "/robots.txt" and self.robots:
            return Answer(self.robots.encode(), kind="text/plain")
        if path == "/":
            return Answer(_home(self), kind="text/html")
        story = next((story for story in out if path == f"/{story.slug}"), None)
        return Answer(self.page(self, story, hour), kind=self.page_kind) if story else Answer(status=404)


def _home(site: Site) -> bytes:
    kind = site.feed_kind.split(";")[0]
    return f"""<!doctype html><html><head><title>{site.name}</title>
<link rel="alternate" type="{kind}" title="News" href="{site.feed_path}"></head><body><h1>{site.name}</h1></body></html>
""".encode()

"""Who saw what, in the order in which it happened, for people to read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.discord_double.clock import Clock
from tests.discord_double.limits import walk
from tests.discord_double.messages import Message
from tests.discord_double.places import Channel

MARGIN = " " * 8


class Transcript:
    """Lines of what people and the bot did. `print(world.transcript)` shows them."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lines: list[str] = []

    def __str__(self) -> str:
        return "\n".join(self._lines)

    def did(self, who: str, channel: Channel, what: str) -> None:
        """Somebody used a command, a menu or a button."""
        self._head(channel, f"{who} {what}")

    def said(self, message: Message) -> None:
        """A message came."""
        self._show(message, "is thinking…" if message.loading else "says")

    def changed(self, message: Message) -> None:
        """A message was edited; after "is thinking…" that is the answer."""
        was_loading = bool(message.versions and (message.versions[-1][1].get("flags") or 0) & 128)
        self._show(message, "answers" if was_loading else "edits the message")

    def deleted(self, message: Message) -> None:
        self._head(message.channel, f"the message of {message.author.name} is deleted")

    def _show(self, message: Message, verb: str) -> None:
        to = f" (only {message.seen_by.name} sees it)" if message.seen_by else ""
        self._head(message.channel, f"{message.author.name} {verb}{to}")
        self._lines += [MARGIN + line for line in lines(message)]

    def _head(self, channel: Channel, what: str) -> None:
        self._lines.append(f"{self._clock.elapsed():6.2f}  {channel}  {what}")


def lines(message: Message) -> Iterator[str]:
    """A message as plain lines: text, cards behind a bar, buttons in brackets, files by name and size."""
    yield from message.content.splitlines()
    for embed in message.embeds:
        yield from ("│ " + line for line in _embed(embed))
    for component in walk(message.components):
        yield from _component(component)
    for file in message.files:
        alt = f": {file.description}" if file.description else ""
        yield f"📎 {file.name} ({len(file.data):,} bytes){alt}"


def _embed(embed: dict[str, Any]) -> Iterator[str]:
    texts = [embed.get("title"), embed.get("description")]
    texts += [f"{field['name']}: {field['value']}" for field in embed.get("fields") or []]
    texts.append((embed.get("footer") or {}).get("text"))
    for text in texts:
        yield from (text or "").splitlines()


def _component(component: dict[str, Any]) -> Iterator[str]:
    kind = component["type"]
    if kind == 10:
        yield from ("│ " + line for line in component["content"].splitlines())
    elif kind == 14:
        yield "│ ───"
    elif kind == 1:
        yield " ".join(_control(inner) for inner in component.get("components") or [])
    elif kind == 12:
        yield from (f"│ 🖼  {item.get('description') or 'picture without a description'}" for item in component["items"])


def _control(component: dict[str, Any]) -> str:
    name = component.get("label") or component.get("placeholder") or (component.get("emoji") or {}).get("name") or "…"
    if component["type"] != 2:
        return f"[{name} ▾]"
    return f"({name})" if component.get("disabled") else f"[{name}]"

"""Discord's limits that its OpenAPI document does not tell, or tells more laxly than Discord holds them.

Lengths are counted in UTF-16 units where the client would count, which is never less than what the server counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

V2 = 1 << 15
ROW, BUTTON, SELECTS, TEXT_INPUT = 1, 2, (3, 5, 6, 7, 8), 4
SECTION, TEXT, THUMBNAIL, GALLERY, FILE, SEPARATOR, CONTAINER, LABEL = 9, 10, 11, 12, 13, 14, 17, 18
ONLY_V2 = (SECTION, TEXT, THUMBNAIL, GALLERY, FILE, SEPARATOR, CONTAINER)
LINK_BUTTON = 5

MESSAGE_KEYS = frozenset(
    [
        "content",
        "nonce",
        "tts",
        "embeds",
        "allowed_mentions",
        "message_reference",
        "components",
        "sticker_ids",
        "attachments",
        "flags",
        "enforce_nonce",
        "poll",
        "payload_json",
        "thread_name",
        "applied_tags",
        "username",
        "avatar_url",
        "shared_client_theme",
    ]
)
EMBED_TEXTS = {"title": 256, "description": 4096}
EMBED_PARTS = {("footer", "text"): 2048, ("author", "name"): 256}


def faults_of(payload: dict[str, Any], where: str) -> list[str]:
    """What is wrong with a body that is sent to `where` ("message", "edit", "command", "modal"); empty if nothing."""
    judges = {"message": _message, "edit": _message, "command": _command, "modal": _modal}
    return list(judges[where](payload))


def units(text: str | None) -> int:
    """UTF-16 units."""
    return len((text or "").encode("utf-16-le", "surrogatepass")) // 2


def walk(components: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Every component, nested ones and accessories too."""
    for one in components:
        yield one
        inner = [*(one.get("components") or [])]
        inner += [one[key] for key in ("accessory", "component") if isinstance(one.get(key), dict)]
        yield from walk(inner)


def _message(form: dict[str, Any]) -> Iterator[str]:
    yield from (f"{key}: not a field of a message" for key in form if key not in MESSAGE_KEYS)
    yield from _most("content", units(form.get("content")), 2000)
    yield from _most("nonce", len(str(form.get("nonce") or "")), 25)
    embeds, components = form.get("embeds") or [], form.get("components") or []
    yield from _embeds(embeds)
    if int(form.get("flags") or 0) & V2 or any(one["type"] in ONLY_V2 for one in components):
        used = [key for key in ("content", "embeds", "poll", "sticker_ids") if form.get(key)]
        if used:
            yield f"{', '.join(used)}: cannot be used with components v2"
        if not int(form.get("flags") or 0) & V2:
            yield "flags: components v2 need their flag"
        yield from _layout(components)
    else:
        yield from _most("components: rows", len(components), 5)
    yield from _buttons(list(walk(components)))


def _embeds(embeds: list[dict[str, Any]]) -> Iterator[str]:
    yield from _most("embeds", len(embeds), 10)
    total = 0
    for embed in embeds:
        for key, most in EMBED_TEXTS.items():
            total += units(embed.get(key))
            yield from _most(f"embed {key}", units(embed.get(key)), most)
        for (part, key), most in EMBED_PARTS.items():
            text = (embed.get(part) or {}).get(key)
            total += units(text)
            yield from _most(f"embed {part}", units(text), most)
        fields = embed.get("fields") or []
        yield from _most("embed fields", len(fields), 25)
        for field in fields:
            total += units(field["name"]) + units(field["value"])
            yield from _range("embed field name", units(field["name"]), 1, 256)
            yield from _range("embed field value", units(field["value"]), 1, 1024)
    yield from _most("embeds: all text", total, 6000)


def _layout(components: list[dict[str, Any]]) -> Iterator[str]:
    every = list(walk(components))
    yield from _most("components", len(every), 40)
    texts = [one["content"] for one in every if one["type"] == TEXT]
    yield from _most("components: all text", sum(map(units, texts)), 4000)
    if not all(text.strip() for text in texts):
        yield "components: a text display is empty"
    for gallery in (one for one in every if one["type"] == GALLERY):
        yield from _range("media gallery items", len(gallery["items"]), 1, 10)
        for item in gallery["items"]:
            yield from _most("media description", units(item.get("description")), 1024)


def _buttons(every: list[dict[str, Any]]) -> Iterator[str]:
    for row in (one for one in every if one["type"] == ROW):
        yield from _range("action row", len(row["components"]), 1, 5)
    for one in every:
        if one["type"] == BUTTON:
            yield from _most("button label", units(one.get("label")), 80)
            if not (one.get("label") or one.get("emoji")):
                yield "button: neither a label nor an emoji"
            if one.get("style") == LINK_BUTTON:
                yield from _range("button url", units(one.get("url")), 1, 512)
        elif one["type"] in SELECTS and "options" in one:
            yield from _range("select options", len(one["options"]), 1, 25)
    custom = Counter(one["custom_id"] for one in every if one.get("custom_id"))
    for name, count in custom.items():
        yield from _most(f"custom_id {name[:20]}", units(name), 100)
        yield from _most(f"custom_id {name[:20]}: uses", count, 1)


def _modal(form: dict[str, Any]) -> Iterator[str]:
    components = form.get("components") or []
    yield from _range("modal title", units(form.get("title")), 1, 45)
    yield from _range("modal custom_id", units(form.get("custom_id")), 1, 100)
    yield from _range("modal components", len(components), 1, 5)
    for one in walk(components):
        if one["type"] == TEXT_INPUT:
            yield from _most("text input", units(one.get("value")), 4000)
        elif one["type"] == LABEL:
            yield from _range("modal label", units(one.get("label")), 1, 45)


def _command(form: dict[str, Any]) -> Iterator[str]:
    name = str(form.get("name") or "")
    yield from _range("command name", len(name), 1, 32)
    if form.get("type", 1) == 1:
        if name != name.lower():
            yield f"command name {name}: not in lower case"
        yield from _range("command description", units(form.get("description")), 1, 100)
        yield from _most("command: all text", _weight(form), 8000)
    options = form.get("options") or []
    yield from _most("command options", len(options), 25)
    asked = [bool(option.get("required")) for option in options]
    if asked != sorted(asked, reverse=True):
        yield "command options: a required one stands behind an optional one"
    for option in options:
        yield from _most("command choices", len(option.get("choices") or []), 25)
        yield from _command({**option, "type": 1})


def _weight(form: dict[str, Any]) -> int:
    """What counts for a command's 8,000 characters: names, descriptions and values, the longest translation of each."""
    total = 0
    for key in ("name", "description"):
        said = [form.get(key) or "", *(form.get(f"{key}_localizations") or {}).values()]
        total += max(map(units, said))
    for choice in form.get("choices") or []:
        said = [choice["name"], *(choice.get("name_localizations") or {}).values()]
        total += max(map(units, said)) + units(str(choice["value"]))
    return total + sum(map(_weight, form.get("options") or []))


def _most(what: str, number: int, most: int) -> Iterator[str]:
    if number > most:
        yield f"{what}: {number}, {most} at most"


def _range(what: str, number: int, least: int, most: int) -> Iterator[str]:
    if number < least:
        yield f"{what}: {number}, {least} at least"
    yield from _most(what, number, most)

"""Discord's own description of its interface as a judge of what the bot sends."""

from __future__ import annotations

import bisect
import functools
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

SPEC = Path(__file__).parents[3] / "shared" / "discord" / "openapi.json"
VERBS = ("GET", "PUT", "POST", "PATCH", "DELETE")
# String lengths between which no limit of the document lies need not be told apart.
LENGTHS = (1, 2, 16, 25, 32, 45, 80, 100, 128, 152, 256, 300, 512, 1000, 1024, 2000, 2048, 4000, 4096, 6000, 8000)


class Spec:
    """The document, made ready."""

    def __init__(self, path: Path) -> None:
        self.document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        # discord.py sends some ids as numbers, which Discord takes although its document says otherwise.
        self.document["components"]["schemas"]["SnowflakeType"]["type"] = ["string", "integer"]
        resource = DRAFT202012.create_resource(self.document)
        self._registry = Registry().with_resource("urn:discord", resource)
        self._paths: list[str] = sorted(
            self.document["paths"], key=lambda path: path.count("{")
        )  # @original before {message_id}
        self._patterns = {path: re.compile(re.sub(r"\\\{[^}]+\\\}", "[^/]+", re.escape(path))) for path in self._paths}

    def operation(self, method: str, path: str) -> str | None:
        """The template of the document that a request's path fills in."""
        for template in self._paths:
            if method.lower() in self.document["paths"][template] and self._patterns[template].fullmatch(path):
                return template
        return None

    @functools.cache  # noqa: B019 there is one Spec in a process
    def validator(self, method: str, template: str) -> Draft202012Validator | None:
        """The judge of one operation's bodies; None for an operation that takes none."""
        if "requestBody" not in self.document["paths"][template][method.lower()]:
            return None
        pointer = template.replace("~", "~0").replace("/", "~1")
        ref = f"urn:discord#/paths/{pointer}/{method.lower()}/requestBody/content/application~1json/schema"
        return Draft202012Validator({"$ref": ref}, registry=self._registry)


@functools.cache
def spec() -> Spec | None:
    """The document, read once; None where it is not beside the repository."""
    return Spec(SPEC) if SPEC.is_file() else None


def shape(value: Any) -> Any:
    """What of a body the document can judge: all but the letters of its texts."""
    if isinstance(value, dict):
        return tuple((key, shape(value[key])) for key in sorted(value))
    if isinstance(value, list):
        return tuple(shape(one) for one in value)
    if isinstance(value, str):
        return (
            bisect.bisect_left(LENGTHS, len(value)),
            value.isdecimal(),
            value.partition("://")[0][:12] if "://" in value else "",
        )
    return (type(value).__name__, value)


class Judge:
    """Collects bodies while the bot runs, one of each shape, and judges them afterwards: judging takes 0.1 s a body,
    and the event loop is the bot's too."""

    def __init__(self) -> None:
        self._bodies: dict[Any, tuple[str, str, Any]] = {}

    def see(self, method: str, path: str, body: Any) -> None:
        """Keep a body that was sent, unless one of its shape is kept."""
        where = re.sub(r"\d{15,}", "0", re.sub(r"(/(?:interactions|webhooks)/\d+)/[^/]+", r"\1/token", path))
        texts = json.dumps(body, sort_keys=True) if "/commands" in path else shape(body)
        self._bodies.setdefault((method, where, texts), (method, where, body))

    def faults(self) -> list[str]:
        """Everything that breaks the document, as ``POST /path: place: what``; empty too where there is no document."""
        judge = spec()
        return [] if judge is None else [fault for seen in self._bodies.values() for fault in _faults(judge, *seen)]


def _faults(judge: Spec, method: str, path: str, body: Any) -> list[str]:
    template = judge.operation(method, path)
    if template is None:
        return [f"{method} {path}: there is no such operation"]
    validator = judge.validator(method, template)
    if validator is None or body is None:
        return [] if body is None else [f"{method} {path}: takes no body"]
    return [f"{method} {template}: {_place(error)}" for error in validator.iter_errors(body)]


def _place(error: Any) -> str:
    """The cause that lies deepest in the body, which is the one to read."""
    deepest = max(_leaves(error), key=lambda leaf: len(leaf.absolute_path))
    return f"{'/'.join(map(str, deepest.absolute_path))}: {deepest.message[:160]}"


def _leaves(error: Any) -> Iterator[Any]:
    if not error.context:
        yield error
    for inner in error.context or ():
        yield from _leaves(inner)

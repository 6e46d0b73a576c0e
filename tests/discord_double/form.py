"""Filling in a modal, as a person does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.discord_double.limits import walk
from tests.discord_double.refusal import Unusable

if TYPE_CHECKING:
    from tests.discord_double.world import World

ROW, TEXT_INPUT, LABEL, FILE_UPLOAD = 1, 4, 18, 19
DISPLAY = 10


def filled(world: World, modal: dict[str, Any], fields: dict[str, Any]) -> dict[str, Any]:
    """The data of the submitted modal: each field's value by custom id, the rest as it was preset or empty."""
    known = {one["custom_id"] for one in walk(modal["components"]) if "custom_id" in one}
    if not fields.keys() <= known:
        raise Unusable(f"the form has {sorted(known)}, not {sorted(fields.keys() - known)}")
    attachments: dict[str, Any] = {}
    components = [
        _part(world, part, fields, attachments) for part in modal["components"] if part["type"] in (ROW, LABEL)
    ]
    data: dict[str, Any] = {"custom_id": modal["custom_id"], "components": components}
    return data | ({"resolved": {"attachments": attachments}} if attachments else {})


def _part(world: World, part: dict[str, Any], fields: dict[str, Any], attachments: dict[str, Any]) -> dict[str, Any]:
    if part["type"] == ROW:
        return {"type": ROW, "components": [_field(world, one, fields, attachments) for one in part["components"]]}
    return {"type": LABEL, "id": part.get("id", 0), "component": _field(world, part["component"], fields, attachments)}


def _field(world: World, field: dict[str, Any], fields: dict[str, Any], attachments: dict[str, Any]) -> dict[str, Any]:
    name, kind = field["custom_id"], field["type"]
    given = fields.get(name)
    body: dict[str, Any] = {"type": kind, "custom_id": name, "id": field.get("id", 0)}
    if given is None and field.get("required", True) and not field.get("value"):
        raise Unusable(f"the form cannot be sent without {name!r}")
    if kind == TEXT_INPUT:
        text = field.get("value") or "" if given is None else given
        if text and not field.get("min_length", 0) <= len(text) <= field.get("max_length", 4000):
            raise Unusable(f"{name!r} does not take a text of {len(text)} characters")
        return body | {"value": text}
    if kind == FILE_UPLOAD:
        files = [world.host(*upload) for upload in given or ()]
        attachments.update({file.id: file.payload(world.clock) for file in files})
        return body | {"values": [file.id for file in files]}
    return body | ({"values": list(given or ())} if isinstance(given, (list, tuple, type(None))) else {"value": given})

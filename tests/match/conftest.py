"""Witnesses made of their words alone."""

from __future__ import annotations

from typing import Any

from bot.model import Attribution, Kind, SpeakerKind, Witness


def witness(
    text: str, *, kind: Kind = Kind.DIRECT, number: int = 1, speaker: str | None = None, **fields: Any
) -> Witness:
    """A witness with that text; `speaker` gives it an attribution to a person."""
    said = fields.pop("speaker_kind", SpeakerKind.PERSON)
    if speaker is not None:
        fields["attribution"] = Attribution(speaker=speaker, kind=said, rule="test", confidence=0.9)
    fields = {"outlet": f"outlet{number}.example", "article": number} | fields
    return Witness(id=number, text=text, kind=kind, **fields)

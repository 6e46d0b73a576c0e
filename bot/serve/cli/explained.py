"""Why a quotation was read as it was, for a terminal of any width."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from bot.extract.assemble import Explained, Weighed
from bot.model import Entity, Kind
from bot.report.plain import clean

CANDIDATES = 4
"""So many candidates are shown; the others are counted."""
FEATURES = 4
"""Of the likeliest so many features, the weightiest first."""


def explained(found: Explained, text: str, width: int) -> Iterator[str]:
    """The quotation, its speaker, the candidates, and who the speaker is, wrapped at `width` columns."""
    quotation = found.quotation
    yield from _wrapped(f"{quotation.outer.start}–{quotation.outer.end} {quotation.kind}", "", width)
    yield from _wrapped(textwrap.shorten(clean(quotation.outer.of(text)), 160, placeholder=" …"), "  ", width)
    if quotation.kind is Kind.SCARE:
        yield from _wrapped(f"nobody is said to have said it (speech {found.speech:.2f})", "  ", width)
        yield ""
        return
    said = quotation.attribution
    if said is not None:
        speaker = said.who or "speaker unclear"
        yield from _wrapped(f"{clean(speaker)} · confidence {said.confidence:.2f} · rule {said.rule}", "  ", width)
    yield from _wrapped(f"candidates (speech {found.speech:.2f}):", "  ", width)
    for place, candidate in enumerate(found.candidates[:CANDIDATES]):
        yield from _candidate(candidate, width, best=place == 0)
    if len(found.candidates) > CANDIDATES:
        yield from _wrapped(f"and {len(found.candidates) - CANDIDATES} more", "    ", width)
    if found.referents:
        shares = ", ".join(f"{clean(name)} {share:.2f}" for name, share in found.referents[:CANDIDATES])
        yield from _wrapped(f"who that is: {shares}", "  ", width)
    if found.entity is not None:
        yield from _wrapped(_who(found.entity), "  ", width)
    yield ""


def _candidate(candidate: Weighed, width: int, *, best: bool) -> Iterator[str]:
    yield from _wrapped(f"{candidate.share:.2f} “{clean(candidate.text)}” by {candidate.rule}", "    ", width)
    if best:
        features = ", ".join(f"{name} {weight:+.2f}" for name, weight in candidate.features[:FEATURES])
        yield from _wrapped(features, "         ", width)


def _who(entity: Entity) -> str:
    parts = [f"{entity.name}, {entity.kind}, printed as {', '.join(f'“{form}”' for form in entity.forms)}"]
    if entity.roles:
        parts.append(f"roles: {', '.join(entity.roles)}")
    return clean(" · ".join(parts))


def _wrapped(line: str, indent: str, width: int) -> list[str]:
    return textwrap.wrap(line, max(width, 30), initial_indent=indent, subsequent_indent=f"{indent}  ")

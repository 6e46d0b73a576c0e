"""A report as plain data for programs; `docs/report.schema.json` describes it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.match.edits import Edit
from bot.match.origins import origins
from bot.model import Claim, Coverage, Finding, Report, Utterance, Variant, Witness


def report(answer: Report) -> dict[str, Any]:
    """The JSON object of ``onrecord check --json``."""
    return {
        "claim": claim(answer.claim),
        "verdict": answer.verdict,
        "wording": str(answer.wording),
        "attribution": str(answer.attribution),
        "severity": answer.severity,
        "independent_texts": answer.independent_texts,
        "origins": list(origins(carrier for each in answer.variants for carrier in each.witnesses)),
        "carriers": answer.carriers,
        "variants": [variant(each) for each in answer.variants],
        "coverage": coverage(answer.coverage),
        "policy": answer.policy,
    }


def claim(posted: Claim) -> dict[str, Any]:
    """What was asked."""
    return {"quote": posted.text, "speaker": posted.speaker, "outlet": posted.outlet, "url": posted.url}


def variant(each: Variant) -> dict[str, Any]:
    """One wording with its differences and its witnesses."""
    return {
        "text": each.text,
        "wording": str(each.wording),
        "severity": each.severity,
        "findings": [finding(found) for found in each.findings],
        "witnesses": [witness(carrier) for carrier in each.witnesses],
    }


def finding(found: Finding) -> dict[str, Any]:
    """One difference; `claim` and `witness` are the words concerned, "" where a side has none."""
    spot = found.witness_span
    return {
        "class": str(found.cls),
        "severity": found.severity,
        "claim": found.claim,
        "witness": found.witness,
        "claim_span": [found.claim_span.start, found.claim_span.end],
        "witness_span": [spot.start, spot.end] if spot else None,
    }


def witness(carrier: Witness) -> dict[str, Any]:
    """One passage that carries the words."""
    said = carrier.attribution
    return {
        "passage": carrier.id,
        "utterance": carrier.utterance or carrier.id,
        "outlet": carrier.outlet,
        "url": carrier.url,
        "article": carrier.article,
        "title": carrier.title,
        "published": when(carrier.published),
        "speaker": said.who if said else None,
        "speakers": [each.name for each in said.speakers] if said else [],
        "via": list(said.via) if said else [],
        "kind": str(carrier.kind),
        "confidence": round(said.confidence, 3) if said else None,
        "current": carrier.current,
    }


def edit(found: Edit) -> dict[str, Any]:
    """What an outlet changed in one quotation after publication; ``after`` is null where it took it back."""
    return {
        "before": found.before.text,
        "after": found.after.text if found.after else None,
        "speaker_before": _speaker(found.before),
        "speaker_after": _speaker(found.after) if found.after else None,
        "severity": found.severity,
        "findings": [finding(each) for each in found.findings],
    }


def _speaker(carrier: Witness) -> str | None:
    return carrier.attribution.who if carrier.attribution else None


def utterance(found: Utterance) -> dict[str, Any]:
    """All renderings of one utterance: the JSON object of ``onrecord utterance show --json``."""
    return {
        "utterance": found.id,
        "first": when(found.first),
        "last": when(found.last),
        "outlets": list(found.outlets),
        "independent_texts": found.independent_texts,
        "origins": list(origins(found.witnesses)),
        "speakers": list(found.speakers),
        "readings": [
            {"text": text, "witnesses": [witness(carrier) for carrier in carriers]}
            for text, carriers in found.readings.items()
        ],
    }


def coverage(searched: Coverage) -> dict[str, Any]:
    """What was searched."""
    return {
        "articles": searched.articles,
        "outlets": searched.outlets,
        "quotations": searched.quotations,
        "oldest": when(searched.oldest),
        "newest": when(searched.newest),
    }


def when(moment: datetime | None) -> str | None:
    """ISO 8601 in UTC, or `None`."""
    return moment.isoformat() if moment else None

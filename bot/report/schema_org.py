"""Passages and answers in the words of schema.org: Quotation for each carrier, and a draft of a ClaimReview.

A ClaimReview is only ever a draft. It tells how a posted quote stands to what was printed, not whether what it says is
so; `MISSING` names what a review has once somebody has published it, and nobody but its author can fill in.
https://schema.org/Quotation, https://developers.google.com/search/docs/appearance/structured-data/factcheck
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from bot.errors import ClaimError
from bot.match.agreement import agreement
from bot.model import Agreement, Report, SpeakerKind, Utterance, Witness, Wording
from bot.report import phrases
from bot.report.data import when

CONTEXT = "https://schema.org"
MISSING = ("author", "datePublished", "url")
"""Fields of a ClaimReview that a draft has not."""
_BEST, _WORST = 5, 1
_KINDS = {SpeakerKind.PERSON: "Person", SpeakerKind.ORGANISATION: "Organization"}


def quotation(carrier: Witness, *, contested: bool = False) -> dict[str, Any]:
    """One passage as a Quotation.

    `creator` is left out where outlets contradict one another, and where nobody is named; `spokenByCharacter` is whom
    this article names. What stands in an outlet's own prose is a Statement, no Quotation.
    """
    speaker = None if carrier.kind.own else _speakers(carrier)
    return _filled(
        {
            "@type": "Statement" if carrier.kind.own else "Quotation",
            "text": carrier.text,
            "inLanguage": carrier.language,
            "creator": None if contested else speaker,
            "spokenByCharacter": speaker,
            "isPartOf": _article(carrier),
        }
    )


def quotations(carriers: Sequence[Witness]) -> list[dict[str, Any]]:
    """Passages as Quotations; those of an utterance on whose speaker the outlets disagree have no `creator`."""
    held: dict[int, list[Witness]] = {}
    for carrier in carriers:
        held.setdefault(_utterance(carrier), []).append(carrier)
    contested = {one for one, group in held.items() if agreement(None, group)[0] is Agreement.OUTLETS_DISAGREE}
    return [quotation(carrier, contested=_utterance(carrier) in contested) for carrier in carriers]


def utterance(found: Utterance) -> dict[str, Any]:
    """All renderings of one utterance as a graph of Quotations."""
    return graph(quotations(found.witnesses))


def report(answer: Report) -> dict[str, Any]:
    """The carriers that an answer shows as a graph of Quotations."""
    return graph(quotations([carrier for variant in answer.variants for carrier in variant.witnesses]))


def graph(nodes: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Nodes as one document of JSON-LD."""
    return {"@context": CONTEXT, "@graph": list(nodes)}


def claim_review(answer: Report) -> dict[str, Any]:
    """The draft of a review of the posted quote. Raises `ClaimError` where the record has nothing to review it by."""
    if answer.wording in (Wording.NOT_FOUND, Wording.TOO_COMMON, Wording.SIMILAR):
        raise ClaimError(
            f"a review rests on what was printed, and the answer is {answer.wording.replace('_', ' ')}",
            hint="Put the article that carries the words on record first.",
        )
    posted = answer.claim
    carriers = [carrier for variant in answer.variants for carrier in variant.witnesses]
    first = min(carriers, key=lambda one: (one.published is None, one.published or 0, one.id))
    return _filled(
        {
            "@context": CONTEXT,
            "@type": "ClaimReview",
            "claimReviewed": f"{posted.speaker}: “{posted.text}”" if posted.speaker else f"“{posted.text}”",
            "itemReviewed": _filled(
                {
                    "@type": "Claim",
                    "author": {"@type": "Person", "name": posted.speaker} if posted.speaker else None,
                    "appearance": {"@type": "CreativeWork", "url": posted.url} if posted.url else None,
                    "firstAppearance": _article(first),
                }
            ),
            "reviewRating": {
                "@type": "Rating",
                "ratingValue": max(_BEST - answer.severity, _WORST),
                "bestRating": _BEST,
                "worstRating": _WORST,
                "alternateName": answer.verdict.replace("_", " ").capitalize(),
                "ratingExplanation": " ".join([phrases.sentence(answer.verdict), *phrases.details(answer)]),
            },
            "citation": [_article(carrier) for carrier in _articles(carriers)],
        }
    )


def _speakers(carrier: Witness) -> dict[str, str] | list[dict[str, str]] | None:
    """Those who are named, alone or together; a role names nobody."""
    said = carrier.attribution.speakers if carrier.attribution else ()
    named = [{"@type": _KINDS[one.kind], "name": one.name} for one in said if one.kind in _KINDS]
    return named if len(named) > 1 else next(iter(named), None)


def _utterance(carrier: Witness) -> int:
    return carrier.utterance or -carrier.id


def _articles(carriers: Iterable[Witness]) -> list[Witness]:
    """One carrier of each article, in order."""
    return list({carrier.article: carrier for carrier in carriers}.values())


def _article(carrier: Witness) -> dict[str, Any]:
    """The article of a passage, and the agencies that it credits."""
    said = carrier.attribution
    agencies = [{"@type": "Organization", "name": name} for name in (said.via if said else ()) or carrier.credits]
    return _filled(
        {
            "@type": "NewsArticle",
            "headline": carrier.title or None,
            "url": carrier.url,
            "datePublished": when(carrier.published),
            "publisher": {"@type": "Organization", "name": carrier.outlet},
            "sourceOrganization": agencies or None,
        }
    )


def _filled(fields: dict[str, Any]) -> dict[str, Any]:
    """Without the fields of which nothing is known."""
    return {name: value for name, value in fields.items() if value is not None}

"""The sentences of an answer, in the language of a locale; the words themselves stand in the catalogue of `say`."""

from __future__ import annotations

from datetime import datetime

from bot.match.origins import origins
from bot.match.speakers import same_speaker
from bot.model import (
    Agreement,
    Attribution,
    Coverage,
    Finding,
    FindingClass,
    Report,
    Utterance,
    Variant,
    Witness,
    Wording,
    corroborating,
)
from bot.report.say import language, say

ICONS = {
    "verbatim": "✔",
    "trimmed": "✔",
    "elided": "≈",
    "overlap": "≈",
    "reworded": "≠",
    "translated": "⇄",
    "cropped": "✂",
    "altered": "✖",
    "paraphrase": "¶",
    "similar": "?",
    "too_common": "∅",
    "not_found": "∅",
    "misattributed": "✖",
    "disputed": "⚖",
}

_UNEXPLAINED = (
    FindingClass.UNMARKED,
    FindingClass.CHANGED,
    FindingClass.TRIM,
    FindingClass.TYPOGRAPHY,
    FindingClass.OVERLAP,
)
"""Findings whose words say no more than their name."""

ENGLISH = "en"


def headline(report: Report) -> str:
    """Icon, word and sentence: ``✔ VERBATIM  These words stand in the record as posted.``"""
    verdict = report.verdict
    return f"{ICONS[verdict]} {verdict.replace('_', ' ').upper()}  {sentence(verdict)}"


def sentence(verdict: str, locale: str | None = ENGLISH) -> str:
    """What a verdict or a wording means."""
    return say(locale, f"sentence.{verdict}")


def details(report: Report, locale: str | None = ENGLISH) -> list[str]:
    """What the headline leaves open, a sentence each."""
    lines = []
    if report.verdict != report.wording and report.variants:
        name, meaning = say(locale, f"verdict.{report.wording}"), sentence(report.wording, locale)
        lines.append(say(locale, "detail.wording", name=name, sentence=meaning))
    if report.attribution is not Agreement.NOT_CLAIMED:
        lines += _attribution(report, locale)
    outlets = [witness.outlet for variant in report.variants for witness in variant.witnesses]
    if report.claim.outlet and outlets and not any(map(report.claim.names, outlets)):
        lines.append(say(locale, "detail.elsewhere", outlet=report.claim.outlet))
    if report.wording is Wording.TOO_COMMON or report.carriers > 1:
        lines.append(many("passage", report.carriers, locale))
    return lines


def _attribution(report: Report, locale: str | None) -> list[str]:
    named = listed(report.speakers, locale)
    match report.attribution:
        case Agreement.DIFFERS:
            named = named or say(locale, "detail.somebody")
            return [say(locale, "detail.differs", claimed=report.claim.speaker, named=named)]
        case Agreement.OUTLETS_DISAGREE:
            return [say(locale, "detail.disagree", named=named)]
        case Agreement.ROLE_ONLY:
            return [say(locale, "detail.role_only", named=named)]
        case Agreement.AGREES:
            agreeing = tuple(name for name in report.speakers if same_speaker(report.claim.speaker or "", name))
            return [say(locale, "detail.agrees", named=listed(agreeing or report.speakers, locale))]
        case _:
            return []


def tally(report: Report, locale: str | None = ENGLISH) -> str:
    """``3 outlets · 2 independent texts · first seen 11 May 2019 (dw.com)``."""
    witnesses = [witness for variant in report.variants for witness in variant.witnesses]
    outlets = {witness.outlet for witness in corroborating(witnesses)}
    parts = [many("outlet", len(outlets), locale), many("independent_text", report.independent_texts, locale)]
    dated = [(witness.published, witness.outlet) for witness in witnesses if witness.published]
    if dated:
        moment, outlet = min(dated)
        parts.append(say(locale, "detail.first_seen", day=day(moment, locale), outlet=outlet))
    agencies = origins(witnesses)
    if agencies:
        parts.append(say(locale, "detail.origin", names=listed(agencies, locale)))
    return " · ".join(parts)


def looked_in(coverage: Coverage, locale: str | None = ENGLISH) -> str:
    """What was searched: ``Looked in 26 articles of 8 outlets, 3 May 2026 to 9 May 2026.``"""
    if not coverage.articles:
        return say(locale, "detail.empty")
    articles, outlets = many("article", coverage.articles, locale), many("outlet", coverage.outlets, locale)
    if coverage.oldest is None or coverage.newest is None:
        return say(locale, "detail.searched", articles=articles, outlets=outlets)
    first, last = day(coverage.oldest, locale), day(coverage.newest, locale)
    if first == last:
        return say(locale, "detail.searched_day", articles=articles, outlets=outlets, first=first)
    return say(locale, "detail.searched_days", articles=articles, outlets=outlets, first=first, last=last)


def difference(finding: Finding, locale: str | None = ENGLISH) -> str:
    """One finding in words: ``more words in the outlet: “and far-reaching”``."""
    name = say(locale, f"finding.{finding.cls}")
    yours, theirs = shorten(finding.claim.strip()), shorten(finding.witness.strip())
    if finding.cls in _UNEXPLAINED or not (yours or theirs):
        return name
    if yours and theirs:
        return say(locale, "finding.both", name=name, yours=yours, theirs=theirs)
    return say(locale, "finding.one", name=name, words=yours or theirs)


def telling(variant: Variant) -> list[Finding]:
    """The findings worth a line of their own, worst first: none of severity 0 beside a graver one."""
    ranked = sorted(variant.findings, key=lambda finding: -finding.severity)
    return [finding for finding in ranked if finding.severity or len(ranked) == 1]


def speakers(variant: Variant, locale: str | None = ENGLISH) -> tuple[str, ...]:
    """The speakers that the variant's witnesses name, in order of appearance."""
    found: dict[str, None] = {}
    for witness in variant.witnesses:
        found[who(witness.attribution, locale)] = None
    return tuple(found)


def who(said: Attribution | None, locale: str | None = ENGLISH) -> str:
    """Who is said to have said it: ``Ana Lorentz and Karel Marek``, ``speaker unclear``."""
    if said is None:
        return say(locale, "detail.no_speaker")
    return listed(tuple(each.name for each in said.speakers), locale) or say(locale, "detail.unclear")


def said_by(variant: Variant, locale: str | None = ENGLISH) -> str:
    """Who is said to have said it, or whose prose it is: ``Ana Lorentz`` or ``in the outlet's own words``."""
    if all(witness.kind.own for witness in variant.witnesses):
        return listed(tuple(dict.fromkeys(own_words(witness, locale) for witness in variant.witnesses)), locale)
    return listed(speakers(variant, locale), locale)


def own_words(witness: Witness, locale: str | None = ENGLISH) -> str:
    """Whose words a sentence of prose are, and whose speech they report, if any."""
    said = witness.attribution
    if said and said.speaker:
        return say(locale, "detail.own_words_about", speaker=who(said, locale))
    return say(locale, "detail.own_words")


def widest(found: Utterance) -> list[tuple[str, list[Witness]]]:
    """The wordings of an utterance with their carriers, those of most outlets first, longer before shorter."""
    readings = found.readings.items()
    return sorted(readings, key=lambda item: (-len({one.outlet for one in item[1]}), -len(item[0])))


def said_once(found: Utterance) -> str:
    """Who is said to have said it, and how far it has spread, in one line."""
    who = listed(found.speakers) or "no speaker named"
    spread = (
        count(len(found.outlets), "outlet"),
        count(found.independent_texts, "independent text"),
        count(len(found.readings), "wording"),
    )
    seen = " to ".join(dict.fromkeys(day(moment) for moment in (found.first, found.last) if moment))
    return " · ".join([who, *spread, *([seen] if seen else [])])


def listed(names: tuple[str, ...], locale: str | None = ENGLISH) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    if len(names) < 2:
        return "".join(names)
    return say(locale, "detail.list", first=", ".join(names[:-1]), last=names[-1])


def count(number: int, noun: str) -> str:
    """``1 outlet``, ``2 outlets``, ``1,200 articles``: the terminal's English."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def many(noun: str, number: int, locale: str | None = ENGLISH) -> str:
    """The same in the language of a locale, for the nouns of the catalogue: ``1.200 artículos``."""
    return say(locale, f"count.{noun}", count=number, number=figure(number, locale))


def figure(number: int, locale: str | None = ENGLISH) -> str:
    """``1,200``; a comma would be the decimal sign in Spanish."""
    return f"{number:,}" if language(locale) == ENGLISH else f"{number:,}".replace(",", ".")


def day(moment: datetime, locale: str | None = ENGLISH) -> str:
    """``11 May 2019``: no reader takes it for another day."""
    month = say(locale, "date.months").split()[moment.month - 1]
    return say(locale, "date.day", day=moment.day, month=month, year=moment.year)


def shorten(text: str, limit: int = 60) -> str:
    """`text` on one line and cut at a word's end to at most `limit` characters."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    return line[: limit - 1].rsplit(" ", 1)[0] + "…"

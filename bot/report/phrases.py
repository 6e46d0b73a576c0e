"""The sentences of an answer: one place for every word that people read about a report."""

from __future__ import annotations

from datetime import datetime

from bot.match.speakers import same_speaker
from bot.model import Agreement, Coverage, Finding, FindingClass, Report, Utterance, Variant, Witness, Wording

ICONS = {
    "verbatim": "✔",
    "trimmed": "✔",
    "elided": "≈",
    "overlap": "≈",
    "reworded": "≠",
    "cropped": "✂",
    "altered": "✖",
    "paraphrase": "¶",
    "similar": "?",
    "too_common": "∅",
    "not_found": "∅",
    "misattributed": "✖",
    "disputed": "⚖",
}

SENTENCES = {
    "verbatim": "These words stand in the record as posted.",
    "trimmed": "An unbroken part of a longer quote on record; nothing that qualifies it was cut away.",
    "elided": "The same words, with a gap or an insertion that one of the texts marks itself.",
    "overlap": "It shares a stretch with a quote on record; each has words of its own around it.",
    "reworded": "A quote on record says this in partly other words.",
    "cropped": "The words are on record, but they stop short of a qualification that stands there.",
    "altered": "A change in the words changes what they mean.",
    "paraphrase": "The words stand in an outlet's own prose, not in quotation marks.",
    "similar": "Possibly the same; not close enough to say so. The nearest words on record are shown.",
    "too_common": "Too short or too common to attribute to anybody.",
    "not_found": "Not on record. That is no proof that it was not said.",
    "misattributed": "The words are on record, but from another mouth.",
    "disputed": "The words are on record, but the outlets disagree on who said them.",
}

_CLASSES = {
    FindingClass.TYPOGRAPHY: "typography",
    FindingClass.SPELLING: "spelling",
    FindingClass.NUMBER_FORMAT: "the same number, written otherwise",
    FindingClass.DISFLUENCY: "a hesitation cleaned up",
    FindingClass.HOMOGLYPH: "letters of another alphabet that look alike",
    FindingClass.TRIM: "part of a longer quote",
    FindingClass.ELISION: "words left out, and marked",
    FindingClass.BRACKET: "an editor's words in brackets",
    FindingClass.CROPPED: "a qualification cut away",
    FindingClass.INSERTION: "more words in the outlet",
    FindingClass.OMISSION: "words that the outlet does not have",
    FindingClass.INFLECTION: "another form of the word",
    FindingClass.SUBSTITUTION: "another word",
    FindingClass.REORDER: "another order",
    FindingClass.OVERLAP: "only a stretch in common",
    FindingClass.POLARITY: "yes and no exchanged",
    FindingClass.MODALITY: "how certain it is, changed",
    FindingClass.QUANTIFIER: "how much of it, changed",
    FindingClass.NUMBER: "another number",
    FindingClass.NAME: "another name",
    FindingClass.PERSON: "another person",
    FindingClass.SPLICE: "two passages joined without a mark",
    FindingClass.UNMARKED: "the outlet's own prose",
    FindingClass.TRANSLATION: "another translation",
    FindingClass.SPEAKER: "another speaker",
}


def headline(report: Report) -> str:
    """Icon, word and sentence: ``✔ VERBATIM  These words stand in the record as posted.``"""
    verdict = report.verdict
    return f"{ICONS[verdict]} {verdict.replace('_', ' ').upper()}  {SENTENCES[verdict]}"


def details(report: Report) -> list[str]:
    """What the headline leaves open, a sentence each."""
    lines = []
    if report.verdict != report.wording and report.variants:
        lines.append(f"Wording: {report.wording}. {SENTENCES[report.wording]}")
    if report.attribution is Agreement.DIFFERS:
        lines.append(f"You name {report.claim.speaker}; the record names {listed(report.speakers) or 'somebody else'}.")
    elif report.attribution is Agreement.OUTLETS_DISAGREE:
        lines.append(f"The outlets name different speakers: {listed(report.speakers)}.")
    elif report.attribution is Agreement.ROLE_ONLY:
        lines.append(f"The outlets name nobody, only {listed(report.speakers)}.")
    elif report.attribution is Agreement.AGREES:
        agreeing = tuple(name for name in report.speakers if same_speaker(report.claim.speaker or "", name))
        lines.append(f"The record, too, names {listed(agreeing or report.speakers)}.")
    if report.wording is Wording.TOO_COMMON or report.carriers > 1:
        lines.append(f"{count(report.carriers, 'passage')} on record hold these words.")
    return lines


def tally(report: Report) -> str:
    """``3 outlets · 2 independent texts · first seen 11 May 2019 (dw.com)``."""
    witnesses = [witness for variant in report.variants for witness in variant.witnesses]
    outlets = {witness.outlet for witness in witnesses}
    parts = [count(len(outlets), "outlet"), count(report.independent_texts, "independent text")]
    dated = [(witness.published, witness.outlet) for witness in witnesses if witness.published]
    if dated:
        moment, outlet = min(dated)
        parts.append(f"first seen {day(moment)} ({outlet})")
    return " · ".join(parts)


def looked_in(coverage: Coverage) -> str:
    """What was searched: ``Looked in 26 articles of 8 outlets, 3 May 2026 to 9 May 2026.``"""
    if not coverage.articles:
        return "The record is empty: add articles first."
    where = f"Looked in {count(coverage.articles, 'article')} of {count(coverage.outlets, 'outlet')}"
    if coverage.oldest is None or coverage.newest is None:
        return f"{where}."
    if day(coverage.oldest) == day(coverage.newest):
        return f"{where}, {day(coverage.oldest)}."
    return f"{where}, {day(coverage.oldest)} to {day(coverage.newest)}."


def difference(finding: Finding) -> str:
    """One finding in words: ``more words in the outlet: “and far-reaching”``."""
    name = _CLASSES[finding.cls]
    yours, theirs = finding.claim.strip(), finding.witness.strip()
    if finding.cls in (FindingClass.UNMARKED, FindingClass.TRIM, FindingClass.TYPOGRAPHY, FindingClass.OVERLAP):
        return name
    if yours and theirs:
        return f"{name}: “{shorten(yours)}” for “{shorten(theirs)}”"
    return f"{name}: “{shorten(yours or theirs)}”" if yours or theirs else name


def telling(variant: Variant) -> list[Finding]:
    """The findings worth a line of their own, worst first: none of severity 0 beside a graver one."""
    ranked = sorted(variant.findings, key=lambda finding: -finding.severity)
    return [finding for finding in ranked if finding.severity or len(ranked) == 1]


def speakers(variant: Variant) -> tuple[str, ...]:
    """The speakers that the variant's witnesses name, in order of appearance."""
    found: dict[str, None] = {}
    for witness in variant.witnesses:
        said = witness.attribution
        found["no speaker named" if said is None else said.speaker or "speaker unclear"] = None
    return tuple(found)


def said_by(variant: Variant) -> str:
    """Who is said to have said it, or whose prose it is: ``Ana Lorentz`` or ``in the outlet's own words``."""
    if all(witness.kind.own for witness in variant.witnesses):
        return listed(tuple(dict.fromkeys(map(own_words, variant.witnesses))))
    return listed(speakers(variant))


def own_words(witness: Witness) -> str:
    """Whose words a sentence of prose are, and whose speech they report, if any."""
    said = witness.attribution
    about = f", about what {said.speaker} said" if said and said.speaker else ""
    return f"in the outlet's own words{about}"


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


def listed(names: tuple[str, ...]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def count(number: int, noun: str) -> str:
    """``1 outlet``, ``2 outlets``, ``1,200 articles``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def day(moment: datetime) -> str:
    """``11 May 2019``: no reader takes it for another day."""
    return f"{moment.day} {moment:%b %Y}"


def shorten(text: str, limit: int = 60) -> str:
    """`text` on one line and cut at a word's end to at most `limit` characters."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    return line[: limit - 1].rsplit(" ", 1)[0] + "…"

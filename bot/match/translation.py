"""Readings of what was said in another language: where they differ, it may be the translators who do.

That something was said in another language is a fact of the utterance: it is enough that one article says so beside
the words, or that articles in two languages carry them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from bot.match import policy
from bot.match.compare import Comparison
from bot.model import Finding, FindingClass, Span, Witness

_CODES = {
    "Albanian": "sq", "Amharic": "am", "Arabic": "ar", "Armenian": "hy", "Azerbaijani": "az", "Bengali": "bn",
    "Bulgarian": "bg", "Burmese": "my", "Cantonese": "zh", "Catalan": "ca", "Chinese": "zh", "Croatian": "hr",
    "Czech": "cs", "Danish": "da", "Dari": "fa", "Dutch": "nl", "English": "en", "Estonian": "et", "Farsi": "fa",
    "Finnish": "fi", "Flemish": "nl", "French": "fr", "Georgian": "ka", "German": "de", "Greek": "el", "Hebrew": "he",
    "Hindi": "hi", "Hungarian": "hu", "Indonesian": "id", "Italian": "it", "Japanese": "ja", "Khmer": "km",
    "Korean": "ko", "Kurdish": "ku", "Latvian": "lv", "Lithuanian": "lt", "Macedonian": "mk", "Malay": "ms",
    "Mandarin": "zh", "Mongolian": "mn", "Nepali": "ne", "Norwegian": "no", "Pashto": "ps", "Persian": "fa",
    "Polish": "pl", "Portuguese": "pt", "Romanian": "ro", "Russian": "ru", "Serbian": "sr", "Sinhala": "si",
    "Slovak": "sk", "Slovene": "sl", "Somali": "so", "Spanish": "es", "Swahili": "sw", "Swedish": "sv",
    "Tagalog": "tl", "Tamil": "ta", "Thai": "th", "Turkish": "tr", "Ukrainian": "uk", "Urdu": "ur", "Uzbek": "uz",
    "Vietnamese": "vi", "Welsh": "cy",
}  # fmt: skip
"""Languages as an article in English names them (ISO 639-1)."""

# "in Spanish", and not "in Spanish waters": what follows is no noun
_SPOKEN = re.compile(
    rf"\b(?:in|from)\s+(?:(?:\w+\s+native|fluent|broken|halting|the\s+original)\s+)?({'|'.join(_CODES)})"
    r"(?=\s*(?:[^\w\s-]|$)|\s+(?:and|on|to|at|after|before|during|that|by|with|through|when|as|while|for|via)\b)"
)
_THROUGH = re.compile(
    r"\bthrough\s+(?:an?|his|her|their)\s+(?:\w+\s+)?(?:interpreter|translator)\b"
    r"|\b(?:according\s+to|in)\s+(?:an?|the|our|their)\s+(?:\w+\s+){0,2}translation\b"
    r"|\btranslated\s+(?:by|from)\b|\(translated\)",
    re.IGNORECASE,
)
_WORDED = frozenset(
    {
        FindingClass.INSERTION,
        FindingClass.OMISSION,
        FindingClass.INFLECTION,
        FindingClass.SUBSTITUTION,
        FindingClass.REORDER,
    }
)
"""Differences that two translators of one sentence may make. A turned sense or another figure is not among them."""


def translated(witness: Witness) -> bool:
    """Whether the article says, in the paragraph of the passage, that the words were said in another language."""
    before = witness.before[witness.before.rfind("\n\n") + 1 :]
    beside = (before, witness.after.partition("\n\n")[0])
    return any(_THROUGH.search(text) or _foreign(text, witness.language) for text in beside)


def several(witnesses: Iterable[Witness]) -> bool:
    """Whether renderings of one utterance go back to another language than that of one of them."""
    held = list(witnesses)
    return len({witness.language for witness in held}) > 1 or any(map(translated, held))


def marked(found: Sequence[Comparison], *more: Witness) -> list[Comparison]:
    """The comparisons, with the differences of a translated utterance told as such; `more` renders it as well."""
    worded = {_utterance(one.witness) for one in found if not _WORDED.isdisjoint(each.cls for each in one.findings)}
    witnesses = [one for one in (*(each.witness for each in found), *more) if _utterance(one) in worded]
    witnesses.sort(key=_utterance)
    foreign = {number for number, held in groupby(witnesses, _utterance) if several(held)}
    return [softened(one) if _utterance(one.witness) in foreign else one for one in found]


def softened(one: Comparison) -> Comparison:
    """A comparison of translated words: differences that translators make weigh little, and are told as such."""
    worded = [found for found in one.findings if found.cls in _WORDED]
    if not worded:
        return one
    cls = FindingClass.TRANSLATION
    least = policy.severity(cls)
    findings = [
        replace(found, severity=min(found.severity, least)) if found.cls in _WORDED else found for found in one.findings
    ]
    whole = Span(worded[0].claim_span.start, worded[-1].claim_span.end)
    flag = Finding(cls=cls, severity=least, claim_span=whole, witness_span=None, claim="", witness="")
    return replace(one, findings=(*findings, flag))


def _foreign(text: str, language: str) -> bool:
    return any(_CODES[found[1]] != language for found in _SPOKEN.finditer(text))


def _utterance(witness: Witness) -> int:
    return witness.utterance or -witness.id

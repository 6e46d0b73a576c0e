"""The policy: what each class of finding weighs, what wording it makes, and when a witness carries a claim at all.

Every number that decides a verdict stands here, so that an answer can name the rules that made it (`POLICY`).
The severities are those of ``docs/verdicts.md``; how the acceptance rule was fitted is in ``docs/matching.md``.
"""

from __future__ import annotations

from collections.abc import Collection
from math import log

from bot.match.change import content, weighty
from bot.model import FindingClass, Wording

POLICY = "2026-11"
"""The version of the rules: changed whenever one of them is."""

WORDINGS: dict[FindingClass, Wording] = {
    FindingClass.TYPOGRAPHY: Wording.VERBATIM,
    FindingClass.SPELLING: Wording.VERBATIM,
    FindingClass.NUMBER_FORMAT: Wording.VERBATIM,
    FindingClass.DISFLUENCY: Wording.VERBATIM,
    FindingClass.HOMOGLYPH: Wording.VERBATIM,
    FindingClass.TRIM: Wording.TRIMMED,
    FindingClass.ELISION: Wording.ELIDED,
    FindingClass.BRACKET: Wording.ELIDED,
    FindingClass.OVERLAP: Wording.OVERLAP,
    FindingClass.INSERTION: Wording.REWORDED,
    FindingClass.OMISSION: Wording.REWORDED,
    FindingClass.INFLECTION: Wording.REWORDED,
    FindingClass.SUBSTITUTION: Wording.REWORDED,
    FindingClass.REORDER: Wording.REWORDED,
    FindingClass.CROPPED: Wording.CROPPED,
    FindingClass.POLARITY: Wording.ALTERED,
    FindingClass.MODALITY: Wording.ALTERED,
    FindingClass.QUANTIFIER: Wording.ALTERED,
    FindingClass.NUMBER: Wording.ALTERED,
    FindingClass.NAME: Wording.ALTERED,
    FindingClass.PERSON: Wording.ALTERED,
    FindingClass.SPLICE: Wording.ALTERED,
    FindingClass.TRANSLATION: Wording.REWORDED,
    FindingClass.CHANGED: Wording.VERBATIM,
    FindingClass.UNMARKED: Wording.PARAPHRASE,
}
"""The wording that a finding alone makes."""

_SEVERITIES: dict[FindingClass, int] = {
    FindingClass.TYPOGRAPHY: 0,
    FindingClass.SPELLING: 1,
    FindingClass.NUMBER_FORMAT: 1,
    FindingClass.DISFLUENCY: 1,
    FindingClass.HOMOGLYPH: 1,
    FindingClass.TRIM: 0,
    FindingClass.OVERLAP: 2,
    FindingClass.INFLECTION: 2,
    FindingClass.REORDER: 3,
    FindingClass.CROPPED: 4,
    FindingClass.SPLICE: 4,
    FindingClass.TRANSLATION: 1,
    FindingClass.UNMARKED: 2,
    FindingClass.CHANGED: 1,
}
"""Where it is the class alone that decides; `severity` knows the others, and 5 is for what turns the sense."""

_RANKS = (
    Wording.VERBATIM,
    Wording.TRIMMED,
    Wording.ELIDED,
    Wording.OVERLAP,
    Wording.REWORDED,
    Wording.PARAPHRASE,
    Wording.CROPPED,
    Wording.ALTERED,
)


def severity(cls: FindingClass, words: Collection[str] = (), names: Collection[str] = ()) -> int:
    """0 to 5 for one finding; `words` are the folded words that differ, `names` the witness's proper names."""
    if cls in (FindingClass.INSERTION, FindingClass.OMISSION, FindingClass.SUBSTITUTION):
        return 3 if content(words) else 2
    if cls in (FindingClass.ELISION, FindingClass.BRACKET):
        return 3 if weighty(words, names) else 1
    return _SEVERITIES.get(cls, 5)


def wording(classes: Collection[FindingClass]) -> Wording:
    """The worst wording among those that the findings make; verbatim where there are none."""
    return max((WORDINGS[cls] for cls in classes), key=_RANKS.index, default=Wording.VERBATIM)


def rank(kind: Wording) -> int:
    """Its place from best to worst."""
    return _RANKS.index(kind)


def strength(information: float, alike: float, loose: float, passages: int) -> float:
    """The log-odds that claim and witness render one utterance; `bot.match.evidence` says what is measured.

    What chance brings together grows with the record: of `passages`, one holds words of ln(passages) nats by chance.
    """
    beyond = information - log(max(passages, FEWEST))
    return CONSTANT + INFORMATION * beyond + ALIKE * alike + LOOSE * loose


# --- when a witness carries a claim -----------------------------------------------------------------------------------

INFORMATION, ALIKE, LOOSE, CONSTANT = 0.232, 11.235, -2.065, -5.836
"""Weights of the log-odds that a witness renders the claim's utterance: see `strength`."""

FEWEST = 10_000
"""Passages: a record of fewer is taken for one of so many."""

ASSERTED = 2.5
"""Log-odds from which a witness carries the claim."""

POSSIBLE = -1.8
"""Log-odds from which it is shown as possibly the same."""

WHOLE = 0.95
"""Of the claim's weight: with so much in common a shorter claim is carried, too."""

FEW_WORDS = 3
"""So many words are held by many: they are answered word for word or from the named speaker's, and counted."""

EXACT_ONLY = 22.0
"""Nats: a claim of fewer is carried only word for word."""

TELLING = 9.0
"""Nats: fewer, and a part of a longer quotation is too common to attribute."""

RELATED_SHARE = 0.3
"""Of the claim's weight: what another reading of a known utterance, or of its speaker, must have in common."""

AS_MUCH = 0.1
"""Of the claim's weight: witnesses that hold no more less than another explain the claim as well."""

LONG_SKIP = 8
"""Words that a claim leaves out without a mark: with a sentence's end among them, it joins two statements."""

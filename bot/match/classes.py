"""The ordered rules that name what one changed stretch of words is, the first that fires deciding."""

from __future__ import annotations

from bot.match.change import Change, Rule
from bot.match.meaning import figure, modality, name, person, polarity, quantifier
from bot.match.sameness import (
    acronym,
    backshift,
    disfluency,
    homoglyph,
    inflection,
    joined,
    reordered,
    respelled,
    spelling,
)
from bot.model import FindingClass

RULES: tuple[Rule, ...] = (
    homoglyph,
    joined,
    acronym,
    disfluency,
    reordered,
    polarity,
    modality,
    figure,
    backshift,
    person,
    name,
    respelled,
    quantifier,
    inflection,
    spelling,
)


def classify(change: Change) -> FindingClass:
    """The class that the first rule to fire names; where none does, words for words, or words more or fewer."""
    for rule in RULES:
        found = rule(change)
        if found is not None:
            return found
    if change.both:
        return FindingClass.SUBSTITUTION
    return FindingClass.OMISSION if change.claim else FindingClass.INSERTION

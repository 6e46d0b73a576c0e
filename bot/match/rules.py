"""Which happenings a server's rule asks for."""

from __future__ import annotations

from dataclasses import dataclass

from bot.match.speakers import said_by
from bot.model import Witness
from bot.orders import AlertKind, Rule
from bot.text import fold


@dataclass(frozen=True, slots=True)
class Happening:
    """Something new about an utterance: the passage that brings it, and the utterance's other witnesses."""

    kind: AlertKind
    severity: int
    new: Witness
    others: tuple[Witness, ...] = ()

    @property
    def witnesses(self) -> tuple[Witness, ...]:
        """All of them, the new one first."""
        return (self.new, *self.others)


def fires(rule: Rule, happening: Happening) -> bool:
    """Whether the rule asks for it: each of its filters that is not empty must hold.

    A speaker or a word may stand in any witness of the utterance. An outlet is meant for what it prints itself: it must
    be that of the new passage, or one side of a disagreement.
    """
    return (
        happening.kind in rule.kinds
        and happening.severity >= rule.least
        and (not rule.outlets or _printed(rule.outlets, happening))
        and (
            not rule.speakers
            or any(said_by(one.attribution, name) for name in rule.speakers for one in happening.witnesses)
        )
        and (not rule.words or any(_holds(phrase, one) for phrase in rule.words for one in happening.witnesses))
    )


def _printed(outlets: tuple[str, ...], happening: Happening) -> bool:
    asked = {name.strip().casefold() for name in outlets}
    sides = happening.witnesses if happening.kind is AlertKind.DISAGREE else (happening.new,)
    return any(witness.outlet.casefold() in asked for witness in sides)


def _holds(phrase: str, witness: Witness) -> bool:
    """Whether the words of the phrase stand in the witness one after the other, whatever their case and accents."""
    asked = fold(phrase)
    return bool(asked) and f" {' '.join(asked)} " in f" {' '.join(fold(witness.text))} "

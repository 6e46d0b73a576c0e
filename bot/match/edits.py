"""What an outlet changed after publication: the quotations of one edition of an article against those of the next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.match import policy
from bot.match.compare import compare
from bot.match.speakers import said_by
from bot.match.utterance import rendered, same_utterance
from bot.model import Claim, Finding, FindingClass, Span, Witness
from bot.text import fold


@dataclass(frozen=True, slots=True)
class Edit:
    """One quotation as it stood, and as it stands now; `None` where it is gone.

    The findings are those of the earlier words held against the later: "more words in the outlet" are new.
    """

    before: Witness
    after: Witness | None
    findings: tuple[Finding, ...]

    @property
    def severity(self) -> int:
        """That of the worst finding."""
        return max((found.severity for found in self.findings), default=0)

    @property
    def newer(self) -> Witness:
        """The passage that tells of it: the later one, or the one that is gone."""
        return self.after or self.before


def edits(before: Sequence[Witness], after: Sequence[Witness], weight: Mapping[str, float]) -> Iterator[Edit]:
    """The quotations of an edition that the next has in other words, from another mouth, or no more, in their order.

    `weight` is the information of their words in nats. Differences of typography are no edits.
    """
    words = {one.id: tuple(fold(one.text)) for one in (*before, *after)}
    kept = Counter(words[one.id] for one in after)
    said = Counter(words[one.id] for one in before)
    new = [one for one in after if not said[words[one.id]]]
    for old in before:
        if not kept[words[old.id]]:
            yield _changed(old, new, weight)
        elif kept[words[old.id]] == said[words[old.id]] == 1:
            same = next(one for one in after if words[one.id] == words[old.id])
            if _another_mouth(old, same):
                yield Edit(old, same, (_finding(FindingClass.SPEAKER, old),))


def _changed(old: Witness, new: Sequence[Witness], weight: Mapping[str, float]) -> Edit:
    """A quotation whose words the next edition has not: the nearest of the new ones that renders its utterance."""
    was = rendered(old)
    alike = [one for one in new if same_utterance(was, rendered(one), lambda word: weight.get(word, 0.0))]
    if not alike:
        return Edit(old, None, (_finding(FindingClass.CHANGED, old),))
    compared = min((compare(Claim(old.text), one, weight) for one in alike), key=lambda found: found.rank)
    return Edit(old, compared.witness, compared.findings)


def _another_mouth(old: Witness, now: Witness) -> bool:
    was, said = old.attribution, now.attribution
    if was is None or said is None or was.speaker is None or said.speaker is None:
        return False
    return not any(said_by(said, each.name) for each in was.speakers)


def _finding(cls: FindingClass, old: Witness) -> Finding:
    whole = Span(0, len(old.text))
    return Finding(cls=cls, severity=policy.severity(cls), claim_span=whole, witness_span=None, claim="", witness="")

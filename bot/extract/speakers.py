"""Who speaks each quotation: the candidates weighed in order of the text, each decision known to the next."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.extract import coreference, roles, speech, trust
from bot.extract.coreference import Choice
from bot.extract.cues import Frame
from bot.extract.features import NOWHERE, Candidate, Previous, Setting, candidates, setting
from bot.extract.layers import Layer, Reading
from bot.extract.mentions import Mention
from bot.extract.ranker import Weights, chance, shares, total
from bot.model import Speaker, SpeakerKind

_SIGNED = "cue:outer:dash:after"
"""The feature of a name behind a dash right after the marks: it signs them, whatever else is near."""
_REPORTED = 0.9
"""How sure the subject of a reporting verb is the speaker of the verb's own sentence."""


@dataclass(slots=True)
class Verdict:
    """What was decided about one passage. `speech` is the chance that it is speech, `confidence` that the speaker is
    right.

    `candidates` stand likeliest first with their probability as `score`; `referents` are the entities weighed for a
    pronoun or nominal, likeliest first, `unnamed` is the chance that a nominal stands for none. `trust` are the
    features that the confidence is made of.
    """

    speech: float
    candidates: list[Candidate] = field(default_factory=list)
    referents: list[tuple[Choice, float]] = field(default_factory=list)
    unnamed: float = 0.0
    entity: int = -1
    name: str | None = None
    kind: SpeakerKind = SpeakerKind.UNCLEAR
    others: tuple[Speaker, ...] = ()
    confidence: float = 0.0
    trust: list[str] = field(default_factory=list)

    @property
    def spoken(self) -> bool:
        """Whether the passage is taken for speech."""
        return self.speech >= 0.5


def verdicts(reading: Reading, weights: Weights) -> list[Verdict]:
    """The verdict on every passage, in the passages' order."""
    made: list[Verdict] = []
    previous: dict[int, Previous] = {}
    for index in range(len(reading.passages)):
        parent = reading.parent[index]
        here = setting(reading, index, previous.get(parent))
        verdict = _decide(here, weights)
        if verdict.candidates:
            _name(verdict, here, weights, made[parent] if parent >= 0 else None)
            _trust(verdict, here, weights)
        made.append(verdict)
        if verdict.spoken and verdict.candidates:
            previous[parent] = Previous(index, verdict.candidates[0].mention, verdict.entity)
    return made


def _trust(verdict: Verdict, here: Setting, weights: Weights) -> None:
    """Make the confidence that chance which decisions of this sort have of being right."""
    referent = max(verdict.referents[0][1], verdict.unnamed) if verdict.referents else None
    verdict.trust = trust.features(here, verdict.candidates[0], verdict.entity, referent)
    if verdict.name is not None:
        verdict.confidence = chance(total(verdict.trust, weights.trust))


def reported(reading: Reading, layer: Layer, frame: Frame, weights: Weights) -> Verdict | None:
    """Who says what a sentence of the prose reports through `frame`; `None` where its cue has no subject."""
    if frame.subject is None:
        return None
    speaker = Candidate(frame.subject, frame=frame, rule=f"{frame.group}:indirect")
    verdict = Verdict(speech=1.0, candidates=[speaker], confidence=_REPORTED)
    _name(verdict, Setting(reading, layer, NOWHERE, frame.subject.first, None), weights, None)
    return verdict


def _decide(here: Setting, weights: Weights) -> Verdict:
    """Whether it is speech, and the candidates weighed."""
    verdict = Verdict(0.0 if speech.borrowed(here) else chance(total(speech.features(here), weights.speech)))
    found = candidates(here) if verdict.spoken else []
    found = [candidate for candidate in found if _SIGNED in candidate.features] or found
    if not found:
        return verdict
    scores = [total(candidate.features, weights.speaker) for candidate in found]
    for candidate, share in zip(found, shares(scores), strict=True):
        candidate.score = share
    found.sort(key=lambda candidate: (-candidate.score, candidate.mention.first))
    verdict.candidates = found
    verdict.confidence = found[0].score
    return verdict


# --- from the mention to a name -------------------------------------------------------------------------------------


def _name(verdict: Verdict, here: Setting, weights: Weights, around: Verdict | None) -> None:
    """Who the likeliest mention is, and who speaks together with it."""
    best = verdict.candidates[0]
    _identify(verdict, here, best, weights, around)
    if verdict.name is None:
        return
    group = coreference.group(here.layer, best.mention, here.reading.tongue) or best.mention
    for mention in group.others:
        beside = Verdict(1.0)
        _identify(beside, here, Candidate(mention), weights, around)
        if beside.entity == verdict.entity and mention.kind == "nominal":  # "Ortega and her deputy" are two
            beside.name = roles.described(here.layer.stream, mention, None, here.reading.tongue)
            beside.kind = SpeakerKind.ROLE
        if beside.name is not None and beside.name != verdict.name:
            verdict.others += (Speaker(beside.name, beside.kind),)


def _identify(verdict: Verdict, here: Setting, best: Candidate, weights: Weights, around: Verdict | None) -> None:
    """Who a mention is: its own name, the entity it refers to, or a role."""
    tongue, previous = here.reading.tongue, here.previous
    introduced = coreference.introduced(here.layer, best.mention, tongue)
    mention = introduced or coreference.group(here.layer, best.mention, tongue) or best.mention
    if introduced is not None:
        verdict.entity = -1
    elif previous is not None and previous.mention is mention:
        verdict.entity = previous.entity
    elif mention.entity >= 0:
        verdict.entity = mention.entity
    elif mention.kind == "pronoun" and mention.head in tongue.lists["first"]:
        turn = coreference.turn(here.layer, mention) if around is None else None
        if turn is None:
            _speak_again(verdict, around)
            return
        verdict.entity = turn.entity
    elif mention.kind == "pronoun" or roles.points(here.layer.stream, mention, tongue):
        _refer(verdict, here, mention, weights)
    if verdict.entity >= 0:
        entity = here.reading.known[verdict.entity]
        verdict.name = entity.name
        verdict.kind = SpeakerKind.ORGANISATION if entity.body else SpeakerKind.PERSON
    elif mention.kind == "nominal":
        verdict.name = roles.described(here.layer.stream, mention, None if introduced else best.frame, tongue)
        verdict.kind = SpeakerKind.ORGANISATION if roles.is_proper(here.layer.stream, mention) else SpeakerKind.ROLE


def _speak_again(verdict: Verdict, around: Verdict | None) -> None:
    """Within a quotation "I" is its speaker; in the article's own prose it is the author, whom nothing names."""
    if around is not None:
        verdict.entity, verdict.name, verdict.kind = around.entity, around.name, around.kind
        verdict.confidence *= around.confidence


def _refer(verdict: Verdict, here: Setting, mention: Mention, weights: Weights) -> None:
    """Weigh whom a pronoun or nominal stands for; a nominal may also stand for nobody named."""
    found = coreference.choices(here, mention)
    if not found:
        return
    if mention.kind == "nominal":
        verdict.unnamed = chance(total(coreference.unnamed(here, mention, found), weights.unnamed))
    scores = shares([total(choice.features, weights.referent) for choice in found])
    scores = [score * (1 - verdict.unnamed) for score in scores]
    verdict.referents = sorted(zip(found, scores, strict=True), key=lambda pair: -pair[1])
    best, share = verdict.referents[0]
    if share >= verdict.unnamed:
        verdict.entity = best.entity
        verdict.confidence *= share

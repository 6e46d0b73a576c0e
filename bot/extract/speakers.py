"""Who speaks each quotation: the candidates weighed in order of the text, each decision known to the next."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.extract import coreference, speech
from bot.extract.coreference import Choice
from bot.extract.features import Candidate, Previous, Setting, candidates, setting
from bot.extract.layers import Reading
from bot.extract.mentions import Mention
from bot.extract.ranker import Weights, chance, shares, total
from bot.model import SpeakerKind


@dataclass(slots=True)
class Verdict:
    """What was decided about one passage. `speech` is the chance that it is speech, `confidence` that the speaker is
    right.

    `candidates` stand likeliest first with their probability as `score`; `referents` are the entities weighed for a
    pronoun or nominal, likeliest first.
    """

    speech: float
    candidates: list[Candidate] = field(default_factory=list)
    referents: list[tuple[Choice, float]] = field(default_factory=list)
    entity: int = -1
    name: str | None = None
    kind: SpeakerKind = SpeakerKind.UNCLEAR
    confidence: float = 0.0

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
        made.append(verdict)
        if verdict.spoken and verdict.candidates:
            previous[parent] = Previous(index, verdict.candidates[0].mention, verdict.entity)
    return made


def _decide(here: Setting, weights: Weights) -> Verdict:
    verdict = Verdict(chance(total(speech.features(here), weights.speech) / weights.heat))
    if not verdict.spoken:
        return verdict
    found = candidates(here)
    if not found:
        return verdict
    scores = [total(candidate.features, weights.speaker) for candidate in found]
    for candidate, share in zip(found, shares(scores, weights.heat), strict=True):
        candidate.score = share
    found.sort(key=lambda candidate: (-candidate.score, candidate.mention.first))
    verdict.candidates = found
    verdict.confidence = found[0].score
    _name(verdict, here, found[0].mention, weights)
    return verdict


def _name(verdict: Verdict, here: Setting, mention: Mention, weights: Weights) -> None:
    """Who the chosen mention is: its own name, the entity it refers to, or a role."""
    reading = here.reading
    if mention.entity < 0 and (mention.kind == "pronoun" or _definite(here, mention)):
        _refer(verdict, here, mention, weights)
    elif mention.entity >= 0:
        verdict.entity = mention.entity
    if verdict.entity >= 0:
        entity = reading.known[verdict.entity]
        verdict.name = entity.name
        verdict.kind = SpeakerKind.ORGANISATION if entity.body else SpeakerKind.PERSON
    elif mention.kind == "nominal":
        verdict.name = mention.role or here.layer.stream.string(mention.first, mention.last)
        verdict.kind = SpeakerKind.ORGANISATION if mention.body else SpeakerKind.ROLE


def _definite(here: Setting, mention: Mention) -> bool:
    """Whether a nominal points at somebody named: "the senator", where a senator is named."""
    stream, tongue = here.layer.stream, here.reading.tongue
    return stream.low[mention.first] in tongue.lists["definite"] and any(
        mention.head in entity.heads for entity in here.reading.known
    )


def _refer(verdict: Verdict, here: Setting, mention: Mention, weights: Weights) -> None:
    found = coreference.choices(here, mention)
    if mention.kind == "nominal":
        found = [choice for choice in found if mention.head in here.reading.known[choice.entity].heads]
    previous = here.previous
    if previous is not None and previous.mention is mention:
        verdict.entity = previous.entity
        return
    if not found:
        return
    scores = shares([total(choice.features, weights.referent) for choice in found], weights.heat)
    verdict.referents = sorted(zip(found, scores, strict=True), key=lambda pair: -pair[1])
    verdict.entity = verdict.referents[0][0].entity
    verdict.confidence *= verdict.referents[0][1]

"""What is looked at to decide who speaks: the candidates for each quotation, each with its named features.

A feature is a short string; its weight stands in ``weights.json``. Names read as paths: ``cue:before:touch:say`` is
"the candidate is the subject of a verb like *said* that stands directly before the quotation".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field

from bot.extract.cues import Frame
from bot.extract.entities import Known, fold
from bot.extract.language import Tag
from bot.extract.layers import Layer, Reading
from bot.extract.mentions import Mention
from bot.extract.stream import Stream

BEFORE, AFTER = 160, 70
"""How many tokens away from a quotation a candidate may stand."""
_MOST = (16, 8)
"""How many candidates are weighed before and after."""
_STEPS = (1, 3, 6, 12, 25, 50)


@dataclass(slots=True)
class Candidate:
    """One mention that may be the speaker's; `frame` is the cue it speaks through, the nearest of several."""

    mention: Mention
    features: list[str] = field(default_factory=list)
    frame: Frame | None = None
    rule: str = "nearest"
    score: float = 0.0


@dataclass(slots=True)
class Previous:
    """The speaker of the quotation before in the same layer."""

    quote: int
    mention: Mention
    entity: int


NOWHERE = -1
"""The quotation of a setting in prose, outside all marks."""


@dataclass(slots=True)
class Setting:
    """Where one quotation, or one cue of the prose, stands: what its features need more than once."""

    reading: Reading
    layer: Layer
    quote: int  # or NOWHERE
    at: int  # its token
    previous: Previous | None
    frames: list[tuple[Frame, str]] = field(default_factory=list)
    starts_lower: bool = False
    fills: str = ""
    inside: frozenset[str] = frozenset()  # the folded words with capitals inside the quotation


_CAPITAL = re.compile(r"[^\W\d_a-z][\w-]+")


def setting(reading: Reading, quote: int, previous: Previous | None) -> Setting:
    """The surroundings of one quotation."""
    layer = reading.layers[reading.parent[quote]]
    stream, at = layer.stream, layer.place[quote]
    made = Setting(reading, layer, quote, at, previous)
    passage = reading.passages[quote]
    made.starts_lower = reading.text[passage.inner_start].islower()
    made.inside = frozenset(
        fold(word) for word in _CAPITAL.findall(reading.text, passage.inner_start, passage.inner_end)
    )
    opens = at == 0 or stream.tag[at - 1] is Tag.BREAK
    closes = at + 1 >= len(stream) or stream.tag[at + 1] is Tag.BREAK
    made.fills = ("whole" if closes else "opens") if opens else ("closes" if closes else "inside")
    made.frames = _related(made)
    return made


# --- cues about a quotation -----------------------------------------------------------------------------------------


def _related(made: Setting) -> list[tuple[Frame, str]]:
    """The frames near a quotation, each with its relation to it."""
    layer, at = made.layer, made.at
    stream = layer.stream
    paragraph = stream.paragraph[at]
    middle = layer.frames_from(at)
    found: list[tuple[Frame, str]] = []
    for index in range(middle - 1, max(-1, middle - 9), -1):
        frame = layer.frames[index]
        if at - frame.last > BEFORE or paragraph - stream.paragraph[frame.first] > 2:
            break
        found.append((frame, _relation(stream, frame, at, middle - 1 - index)))
    for index in range(middle, min(len(layer.frames), middle + 5)):
        frame = layer.frames[index]
        if frame.first - at > AFTER or stream.paragraph[frame.first] - paragraph > 1:
            break
        found.append((frame, _relation(stream, frame, at, index - middle)))
    return found


def _relation(stream: Stream, frame: Frame, at: int, others: int) -> str:
    """Side, nearness, and whether other cues stand between."""
    if frame.first > at:
        low = frame.low if frame.low > at else frame.first
        gap = _words_between(stream, at + 1, low)
        stops = stream.sentence[low] - stream.sentence[at]
        side = "after"
    else:
        high = frame.high if frame.high <= at else frame.last
        gap = _words_between(stream, high, at)
        stops = stream.sentence[at] - stream.sentence[high - 1]
        side = "before"
        if gap == 0 and stops and stream.tag[at - 1] is Tag.BREAK and stream.low[at - 2] == ":":
            return "before:colon"
    if stops:
        apart = abs(stream.paragraph[frame.first] - stream.paragraph[at])
        return f"{side}:s{min(stops, 3)}p{min(apart, 2)}:{min(others, 2)}"
    near = "touch" if gap == 0 else "near" if gap <= 3 else "mid" if gap <= 9 else "far"
    return f"{side}:{near}:{min(others, 2)}"


def _words_between(stream: Stream, first: int, last: int) -> int:
    """Tokens between, marks not counted; a quotation counts for three."""
    count = 0
    for tag in stream.tag[first:last]:
        if tag is Tag.QUOTATION:
            count += 3
        elif tag is not Tag.PUNCTUATION and tag is not Tag.STOP and tag is not Tag.BREAK:
            count += 1
    return count


# --- candidates -----------------------------------------------------------------------------------------------------


def candidates(made: Setting) -> list[Candidate]:
    """Every mention that may name the speaker, each with its features."""
    found: dict[int, Candidate] = {}
    for mention in _window(made):
        if not mention.beside:
            found[id(mention)] = Candidate(mention)
    if made.previous is not None:
        found.setdefault(id(made.previous.mention), Candidate(made.previous.mention))
    for frame, relation in made.frames:
        if frame.subject is not None:
            candidate = found.setdefault(id(frame.subject), Candidate(frame.subject))
            _speaks_through(made, candidate, frame, relation)
    ordered = sorted(found.values(), key=lambda candidate: candidate.mention.first)
    for candidate in ordered:
        _describe(made, candidate)
    return ordered


def _window(made: Setting) -> list[Mention]:
    layer, at = made.layer, made.at
    stream = layer.stream
    paragraph = stream.paragraph[at]
    middle = bisect_left(layer.starts, at)
    before = layer.mentions[max(0, middle - _MOST[0]) : middle]
    after = layer.mentions[middle : middle + _MOST[1]]
    kept = [m for m in before if at - m.last <= BEFORE and paragraph - stream.paragraph[m.first] <= 2]
    return kept + [m for m in after if m.first - at <= AFTER and stream.paragraph[m.first] - paragraph <= 1]


def _speaks_through(made: Setting, candidate: Candidate, frame: Frame, relation: str) -> None:
    case = "lower" if made.starts_lower else "upper"
    features = candidate.features
    if candidate.frame is None:
        candidate.frame = frame
        candidate.rule = f"{frame.group}:{relation.split(':', maxsplit=1)[0]}"
        features += (
            f"cue:{relation}",
            f"cue:{relation}:{frame.group}",
            f"cue:{relation}:{case}",
            f"cue:{frame.group}",
            f"cue:{relation.split(':', maxsplit=1)[0]}:{made.fills}",
            f"form:{frame.form}:{frame.group}",
        )
        above, below = _stacked(made, frame)
        side = relation.split(":", maxsplit=1)[0]
        if side == "before" and not relation.startswith("before:s"):
            features.append(f"led:{_leading(made)}:{frame.group}")
        features.append(f"cue:{'inner' if above else 'outer'}:{frame.group}:{side}")
        if above:
            features.append(f"under:{above}:{frame.group}:{side}")
        if below:
            features.append(f"over:{frame.group}:{below}:{side}")
        if frame.inverted:
            features.append(f"inverted:{relation.split(':', maxsplit=1)[0]}")
    else:
        features += (f"also:{relation}", f"also:{relation.split(':', maxsplit=1)[0]}:{frame.group}:{frame.form}")
        if relation.endswith(":0") and "touch" in relation:
            candidate.frame = frame
            candidate.rule = f"{frame.group}:{relation.split(':', maxsplit=1)[0]}"


def _leading(made: Setting) -> str:
    """The small word right before the marks, else what sort of word: "Ortega's answer *was* “no”"."""
    stream, at = made.layer.stream, made.at
    tag = stream.tag[at - 1]
    return stream.low[at - 1] if tag in (Tag.AUXILIARY, Tag.PREPOSITION, Tag.CONJUNCTION) else tag.name


def _stacked(made: Setting, frame: Frame) -> tuple[str, str]:
    """The groups of the first frame before and the last after a frame in its sentence, "" for none.

    In "Ortega said that the port wants a “clean break”" the words are said by whoever says all of it.
    """
    sentence = made.layer.stream.sentence
    here = [other for other, _ in made.frames if sentence[other.first] == sentence[frame.first]]
    first, last = min(here, key=lambda other: other.first), max(here, key=lambda other: other.first)
    return first.group if first is not frame else "", last.group if last is not frame else ""


def _describe(made: Setting, candidate: Candidate) -> None:
    """Add what does not depend on a cue: kind, place, distance, grammar, and the speaker before."""
    mention, stream, at = candidate.mention, made.layer.stream, made.at
    features = candidate.features
    side = "after" if mention.first > at else "before"
    stops = abs(stream.sentence[mention.first] - stream.sentence[at])
    apart = abs(stream.paragraph[mention.first] - stream.paragraph[at])
    gap = mention.first - at if side == "after" else at - mention.last
    distance = bisect_left(_STEPS, max(gap, 0))
    kind = "body" if mention.body else mention.kind
    cued = "cued" if candidate.frame is not None else "bare"
    features += (
        f"kind:{kind}",
        f"kind:{kind}:{cued}",
        f"at:{side}:{distance}",
        f"at:{side}:s{min(stops, 3)}p{min(apart, 2)}",
        f"at:{side}:s{min(stops, 2)}p{min(apart, 1)}:{made.fills}",
        f"cued:{cued}:{side}",
    )
    if mention.hangs:
        features.append(f"hangs:{cued}")
    if mention.hears:
        features.append(f"hears:{cued}")
    if not mention.listed:
        features.append(f"unlisted:{cued}")
    following = stream.tag[mention.last].name if mention.last < len(stream) else "BREAK"
    features.append(f"next:{following}:{cued}")
    if mention.last < len(stream) and stream.tag[mention.last] is Tag.POSSESSIVE:
        features.append(f"owns:{cued}")
    if stream.initial[mention.start]:
        features.append(f"leads:{side}:{min(stops, 2)}")
    if mention.inner:
        features.append("inner")
    if mention.entity >= 0:
        _identify(made, candidate, made.reading.known[mention.entity], cued)
    if mention.kind == "pronoun":
        features.append(f"pronoun:{mention.head}")
    _carry(made, candidate)


def _identify(made: Setting, candidate: Candidate, entity: Known, cued: str) -> None:
    """Add what the article knows of the one who is named."""
    candidate.features.append(f"like:{entity.like}:{cued}")
    if entity.count > 2:
        candidate.features.append("often")
    if entity.key[-1] in made.inside:
        candidate.features.append(f"named inside:{cued}")


def _carry(made: Setting, candidate: Candidate) -> None:
    """Whether the candidate spoke the quotation before."""
    previous, stream = made.previous, made.layer.stream
    if previous is None:
        return
    place = made.layer.place[previous.quote]
    apart = min(stream.paragraph[made.at] - stream.paragraph[place], 3)
    touched = any("touch" in relation and relation.endswith(":0") for _, relation in made.frames)
    owned = "owned" if touched else "free"
    if candidate.mention is previous.mention:
        if candidate.frame is None:
            candidate.rule = "carried over"
        candidate.features += (f"same:mention:{apart}", f"same:mention:{apart}:{owned}:{made.fills}")
    elif previous.entity >= 0 and candidate.mention.entity == previous.entity:
        candidate.features += (f"same:entity:{apart}", f"same:entity:{apart}:{owned}")
    else:
        candidate.features += (f"other:{apart}:{owned}", f"other:{apart}:{owned}:{made.fills}")

"""Whether marks hold what somebody said or only borrow a term: the features that tell.

Features are short strings with a weight each, like those of the speakers.
"""

from __future__ import annotations

import re

from bot.extract import mentions
from bot.extract.features import Setting
from bot.extract.language import Language, Tag

_WORDS = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SIZES = (1, 2, 3, 5, 8, 12)
_READ = 400
"""Only so many characters of a quotation are looked at."""


def borrowed(made: Setting) -> bool:
    """Whether the words before the marks say that they hold no speech ("so-called"), or a name is around them."""
    stream, at = made.layer.stream, made.at
    if at and stream.low[at - 1] in made.reading.tongue.lists["borrowing"]:
        return True
    if _stray(made) or _is_stage(made) or _is_title(made):
        return True
    return mentions.is_nickname(stream, at) and all(
        0 <= beside < len(stream) and stream.tag[beside] is Tag.CAPITAL for beside in (at - 1, at + 1)
    )


def _stray(made: Setting) -> bool:
    """Whether a mark at a paragraph's start opens nothing: never closed, no next paragraph runs on, nobody speaks."""
    reading, stream, at = made.reading, made.layer.stream, made.at
    passage = reading.passages[made.quote]
    if passage.closed or passage.block or made.fills not in ("whole", "opens") or passage.glyph != '"':
        return False
    if any(frame.group in ("label", "colon") or "touch" in relation for frame, relation in made.frames):
        return False
    following = reading.text[passage.end :].lstrip()[:1] if passage.end < len(reading.text) else ""
    runs_on = following == passage.glyph or (made.previous is not None and _ran_on(made))
    return bool(following) and not runs_on and stream.paragraph[at] > 0


def _ran_on(made: Setting) -> bool:
    """Whether the quotation before was left open and this paragraph takes it up."""
    passages = made.reading.passages
    before = passages[made.previous.quote] if made.previous is not None else None
    here = passages[made.quote]
    return (
        before is not None
        and not before.closed
        and before.glyph == here.glyph
        and not made.reading.text[before.end : here.start].strip()
    )


def _is_stage(made: Setting) -> bool:
    """Whether the marks hold a transcript's stage direction: (CROSSTALK), (APPLAUSE)."""
    passage = made.reading.passages[made.quote]
    return _STAGE.fullmatch(made.reading.text, passage.inner_start, passage.inner_end) is not None


_STAGE = re.compile(r"[(\[][A-Z][A-Z ,]{2,40}[.,]?[)\]]?\.?")


def _is_title(made: Setting) -> bool:
    """Whether the marks hold a work's name: Radio Nord's “Talk of the Town”, an episode of “The Long Quay”."""
    stream, at, reading = made.layer.stream, made.at, made.reading
    place = at - 1 if at and stream.tag[at - 1] is not Tag.NUMBER else at - 2  # his 1994 “Letters to Lisk”
    owned = place >= 0 and stream.tag[place] in (Tag.POSSESSIVE, Tag.OWNER)
    works = reading.tongue.lists["works"]
    if not owned and not any(low in works for low in stream.low[max(0, at - 2) : at]):
        return False
    passage = reading.passages[made.quote]
    words = _WORDS.findall(reading.text[passage.inner_start : min(passage.inner_end, passage.inner_start + _READ)])
    if len(words) == 1:
        return stream.low[at - 1] in works and not words[0][0].islower()
    return len(words) <= _TITLE and _capitals(words, reading.tongue) == "all"


_TITLE = 8
"""The name of a programme or a song is hardly longer than so many words."""


def features(made: Setting) -> list[str]:
    """What speaks for and against a passage being speech."""
    reading = made.reading
    passage = reading.passages[made.quote]
    content = reading.text[passage.inner_start : min(passage.inner_end, passage.inner_start + _READ)]
    words = _WORDS.findall(content)
    size = sum(len(words) > step for step in _SIZES)
    case = "lower" if content[:1].islower() else "upper" if content[:1].isupper() else "other"
    last = reading.text[passage.inner_end - 1]
    final = last if last in ",.?!…-—" else "none"
    capitals = _capitals(words, reading.tongue)
    glyph = "single" if passage.glyph in "'‘‚" else "block" if passage.block else "double"
    found = [
        "bias",
        f"size:{size}",
        f"case:{case}",
        f"final:{final}",
        f"size:{size}:{case}",
        f"final:{final}:{size > 1}",
        f"glyph:{glyph}",
        f"glyph:{glyph}:{made.fills}",
        f"fills:{made.fills}",
        f"capitals:{capitals}:{min(size, 3)}",
        f"depth:{min(passage.depth, 2)}",
        f"closed:{passage.closed}",
    ]
    found += _around(made, reading.tongue, size)
    found += _judged(made, capitals, "short" if size < 3 else "long")
    if any(word.lower() in _SPOKEN for word in words):
        found.append("spoken")
    found += _words(made, words, "short" if size < 3 else "long")
    return found


def _judged(made: Setting, capitals: str, short: str) -> list[str]:
    """Whether somebody names or likens with the words: "called it a “sham”", "hailed her as “The Rock”"."""
    stream, at = made.layer.stream, made.at
    groups = {frame.group for frame, relation in made.frames if relation.startswith("before") and not _apart(relation)}
    found = [f"judged:{group}:{capitals}:{short}" for group in sorted(groups & {"naming", "say", "tell", "report"})]
    place = at - 1
    while place > 0 and stream.tag[place] in (Tag.DETERMINER, Tag.OWNER, Tag.ADVERB):
        place -= 1
    if place >= 0 and stream.low[place] in made.reading.tongue.lists["likening"]:
        found.append(f"likened:{stream.low[place]}:{short}")
    if at and stream.tag[at - 1] is Tag.POSSESSIVE:
        found.append(f"owned:{capitals}:{short}")
    return found


def _apart(relation: str) -> bool:
    """Whether a sentence's end stands between a cue and the quotation."""
    return ":s" in relation


def _words(made: Setting, words: list[str], short: str) -> list[str]:
    """The first and last word inside and the words next to the marks."""
    stream, at, tongue = made.layer.stream, made.at, made.reading.tongue
    before = stream.low[at - 1] if at else ""
    after = stream.low[at + 1] if at + 1 < len(stream) else ""
    head = tongue.tags.get(words[-1].lower(), Tag.WORD).name if words else ""
    lead = tongue.tags.get(words[0].lower(), Tag.WORD).name if words else ""
    found = [f"word before:{before}", f"word after:{after}", f"head:{head}:{short}", f"lead:{lead}:{short}"]
    before_that = stream.tag[at - 2] if at > 1 else Tag.BREAK
    found.append(f"two before:{before_that.name}:{stream.tag[at - 1].name if at else 'BREAK'}:{short}")
    if stream.paragraph[at] == 0:
        found.append(f"headline:{short}")
    return found + _chain(made, short)


def _chain(made: Setting, short: str) -> list[str]:
    """Whether the quotation before in one list with this was speech: "a “bully” and a “crook”"."""
    stream, at = made.layer.stream, made.at
    for place in range(at - 1, max(-1, at - _LIST), -1):
        if stream.tag[place] is Tag.QUOTATION:
            spoken = made.previous is not None and made.layer.place[made.previous.quote] == place
            return [f"list:{'spoken' if spoken else 'borrowed'}:{short}"]
        if stream.tag[place] not in _LISTED:
            break
    return []


_LIST = 5
"""No list holds more tokens than that between two quotations."""
_LISTED = frozenset({Tag.CONJUNCTION, Tag.PUNCTUATION, Tag.DETERMINER, Tag.PREPOSITION})


_SPOKEN = frozenset(
    [
        "i",
        "we",
        "you",
        "i'm",
        "i’m",
        "we're",
        "we’re",
        "it's",
        "it’s",
        "don't",
        "don’t",
        "my",
        "our",
        "me",
        "us",
        "is",
        "are",
        "was",
        "were",
        "have",
        "has",
        "will",
        "would",
        "can",
    ]
)


def _capitals(words: list[str], tongue: Language) -> str:
    """Whether every word but the small ones is capitalised, as in a title."""
    large = [word for word in words if tongue.tags.get(word.lower(), Tag.WORD) in _LARGE]
    if len(words) < 2 or not large:
        return "few"
    return "all" if all(word[0].isupper() or word[0].isdigit() for word in large) else "some"


_LARGE = frozenset({Tag.WORD, Tag.CUE, Tag.ROLE, Tag.BODY})


def _around(made: Setting, tongue: Language, size: int) -> list[str]:
    """The words beside the marks and the nearest cues."""
    stream, at = made.layer.stream, made.at
    before = stream.tag[at - 1] if at else Tag.BREAK
    after = stream.tag[at + 1] if at + 1 < len(stream) else Tag.BREAK
    short = "short" if size < 3 else "long"
    found = [
        f"before:{before.name}:{short}",
        f"after:{after.name}:{short}",
    ]
    if at and before is Tag.PUNCTUATION:
        found.append(f"before:{stream.low[at - 1]}:{short}")
    found.append(f"beside:{before.name}:{after.name}:{short}")
    if stream.low[max(0, at - 2) : at] and any(low in tongue.lists["works"] for low in stream.low[max(0, at - 2) : at]):
        found.append("work")
    if any(low in tongue.scare for low in stream.low[max(0, at - 3) : at]):
        found.append("borrowed")
    if any(low in tongue.lists["uttering"] for low in stream.low[max(0, at - 4) : at]):
        found.append(f"uttered:{'borrowed' in found}")
    relations = sorted({relation for frame, relation in made.frames if relation.endswith(":0")})
    found += [f"cue:{relation}" for relation in relations]
    found += [f"cue:{relation}:{short}" for relation in relations]
    found += [f"group:{frame.group}:{short}" for frame, relation in made.frames if "touch:0" in relation]
    found += [f"near:{frame.group}:{short}" for frame, relation in made.frames if ":near:0" in relation]
    sides = {
        relation.split(":", maxsplit=1)[0]: frame.group
        for frame, relation in reversed(made.frames)
        if not _apart(relation)
    }
    found += [f"beside:{side}:{group}:{short}" for side, group in sorted(sides.items())]
    if not sides:
        found.append(f"uncued:{short}")
    if made.previous is not None:
        apart = stream.paragraph[at] - stream.paragraph[made.layer.place[made.previous.quote]]
        found.append(f"previous:{min(apart, 2)}:{short}")
        if stream.sentence[at] == stream.sentence[made.layer.place[made.previous.quote]]:
            found.append(f"previous:sentence:{short}")
    return found

"""Who speaks together: "Ana Ortega and Karel Marek said", "said Ortega, Marek and the mayor".

A list is read on from its first member, past what explains one ("Ortega, the mayor, and Marek"). A comma alone joins
nobody: "Ortega, Marek's deputy" is one, and so is whoever met two others ("Ortega, who saw Marek and Lorentz"). Behind
a cue a list must end its clause, or its last member does something else ("said Ortega and Marek nodded").
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.extract.cues import Frame, Frames
from bot.extract.language import Tag
from bot.extract.mentions import Mention, is_plural
from bot.extract.stream import Stream

_GOES_ON = frozenset({Tag.AUXILIARY, Tag.CUE, Tag.WORD, Tag.POSSESSIVE})
"""What follows a phrase that does something itself or owns something."""
_EXPLAINS = 9
"""Tokens of the longest apposition after its head."""


def together(frames: Frames) -> None:
    """Tell the subject of each cue who speaks beside it; a frame that found a later member gets the first."""
    heads: dict[int, Mention] = {}
    for frame in frames.frames:
        if frame.subject is None:
            continue
        if id(frame.subject) not in heads:
            head, others = _list(frames, frame, frame.subject)
            head.others = others
            for member in (frame.subject, head, *others):
                heads[id(member)] = head
                member.beside = member is not head
        frame.subject = heads[id(frame.subject)]
        frame.subject.speaks = frame.subject.speaks or frame.group not in _DEVICES
    _opening(frames, heads)


def _opening(frames: Frames, heads: dict[int, Mention]) -> None:
    """Join the names that open a sentence together, whatever they do: "they" may speak later."""
    for head in list(frames.begins.values()):
        if head.kind == "name" and id(head) not in heads and frames.stream.initial[head.start]:
            members, _ = _listed(frames, head, len(frames.stream))
            if members and all(member.kind == "name" and id(member) not in heads for member in members):
                head.others = tuple(members)
                for member in members:
                    member.beside = True


_DEVICES = frozenset({"phrase", "noun", "label", "colon", "dash"})


def _list(frames: Frames, frame: Frame, subject: Mention) -> tuple[Mention, tuple[Mention, ...]]:
    """The first member of the list that a subject stands in, and the rest of it."""
    stream = frames.stream
    if frame.first >= subject.last:
        for head in _before(frames, subject):
            found, _ = _listed(frames, head, frame.first)
            if any(_same(member, subject) for member in found):
                return _first(stream, head, found)
        return _first(stream, subject, _listed(frames, subject, frame.first)[0])
    found, end = _listed(frames, subject, len(stream))
    does = end < len(stream) and stream.tag[end] in _GOES_ON and frame.group != "noun"
    return (subject, ()) if does else _first(stream, subject, found)


def _first(stream: Stream, head: Mention, found: list[Mention]) -> tuple[Mention, tuple[Mention, ...]]:
    """Head and rest of a list, without a second thing that a name is called: "*author and activist* Ana Ortega"."""
    both = bool(found) and head.kind == "nominal" and not head.body and not is_plural(head.head)
    if both and found[0].kind == "name" and stream.word[found[0].first].islower():
        return found[0], tuple(found[1:])
    return head, tuple(found)


def _same(one: Mention, other: Mention) -> bool:
    return one is other or one.entity == other.entity >= 0


def _before(frames: Frames, subject: Mention) -> Iterator[Mention]:
    """The phrases that could begin a list with a subject in it, the first in the sentence first."""
    stream, begin = frames.stream, subject.start
    if begin == 0 or not (stream.low[begin - 1] == "," or stream.low[begin - 1] in frames.tongue.lists["and"]):
        return
    while begin > max(0, subject.start - _REACH) and stream.tag[begin - 1] not in _EDGES:
        begin -= 1
    for place in range(begin, subject.start):
        head = frames.begins.get(place)
        if head is not None and not head.hangs and (place == begin or stream.low[place - 1] == ","):
            yield head


_REACH = 30
_EDGES = frozenset({Tag.STOP, Tag.BREAK, Tag.QUOTATION, Tag.CUE})


def _listed(frames: Frames, subject: Mention, limit: int) -> tuple[list[Mention], int]:
    """The members of a list after its first, and where it ends; nobody where no "and" joins the last."""
    low, joining = frames.stream.low, frames.tongue.lists["and"]
    found: list[Mention] = []
    waiting: list[Mention] = []
    at, end, explained, last = subject.last, subject.last, False, subject
    while at + 1 < limit:
        comma = low[at] == ","
        joined = at + 1 if comma and low[at + 1] in joining else at
        if low[joined] in joining:
            member = None if comma and not (waiting or explained) else _member(frames, joined + 1, limit)
            if member is None:
                break
            found += [*waiting, member]
            waiting, explained = [], False
            at, end, last = member.last, member.last, member
        elif comma and (past := _explanation(frames, last, at + 1, limit)) > 0:
            at, explained = past, True
        elif comma and (member := _member(frames, at + 1, limit)) is not None and member.kind == subject.kind:
            waiting.append(member)
            at, explained, last = member.last, False, member
        elif at == subject.last and (past := _placed(frames, at, limit)) > 0:
            at = past
        else:
            break
    return found, end


def _placed(frames: Frames, at: int, limit: int) -> int:
    """Where the place after a head ends: "analysts *at Ortega Bank* and two ministers"; 0 where there is none."""
    if frames.stream.low[at] not in frames.tongue.lists["places"]:
        return 0
    place = frames.begins.get(at + 1)
    if place is None or place.last + 1 >= limit or frames.stream.low[place.last] not in frames.tongue.lists["and"]:
        return 0
    following = frames.begins.get(place.last + 1)
    return place.last if following is not None and following.kind == "nominal" else 0


def _member(frames: Frames, at: int, limit: int) -> Mention | None:
    """The phrase at `at`, where it may be one of several speakers."""
    mention = frames.begins.get(at)
    if mention is None:
        mention = _unlisted(frames, at, limit)
    return mention if mention is not None and mention.last <= limit else None


def _unlisted(frames: Frames, at: int, limit: int) -> Mention | None:
    """A noun phrase that no list knows, right before the verb: "Ortega and *two colleagues* said"."""
    tags = frames.stream.tag
    if at >= limit or limit >= len(tags) or tags[at] not in (Tag.DETERMINER, Tag.OWNER, Tag.NUMBER):
        return None
    return frames.unlisted(at) if frames.phrase_end(at, limit) == limit > at + 1 else None


def _explanation(frames: Frames, said: Mention, at: int, limit: int) -> int:
    """Where an apposition or an age that begins at `at` and explains `said` ends; 0 where none stands there.

    It ends with a comma, or where the list goes on: "Ortega, *the mayor*, and Marek", "Ortega, *the mayor* and Ana
    Marek".
    """
    stream, joining = frames.stream, frames.tongue.lists["and"]
    mention = frames.begins.get(at)
    if mention is not None and (mention.kind == "nominal" or _same(mention, said)):
        past = mention.last
        if past < limit and stream.low[past] in joining:
            following = frames.begins.get(past + 1)
            return past if following is not None and len(following.name) > 1 else 0
    elif stream.tag[at] in (Tag.NUMBER, Tag.PREPOSITION):
        past = at + 1
    else:
        return 0
    while past < limit and past - at < _EXPLAINS and stream.tag[past] not in _NO_PART:
        if stream.low[past] == ",":
            return past
        if stream.low[past] in joining:
            break
        past += 1
    return 0


_NO_PART = frozenset({Tag.STOP, Tag.BREAK, Tag.QUOTATION, Tag.CUE, Tag.AUXILIARY, Tag.RELATIVE})

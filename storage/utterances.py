"""Utterances on record: quotations that render one utterance are linked as they arrive, in the storing transaction."""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations, islice
from typing import NamedTuple

from sqlite_utils import Database

from bot.match.speakers import same_speaker
from bot.match.utterance import Alike, Rendering, Telling, Wording, alike, around, rendered, rule, same_utterance
from bot.model import EventKind, Span, Speaker, Witness
from storage import repeats, rows, servers
from storage.features import numbers
from storage.grouping import Pair
from storage.index import Near
from storage.information import ENGLISH
from storage.strands import grow, regroup

_CARRIERS = 12
"""Those that a new quotation is compared with, at most."""
_NEWEST = 48
"""Carriers of one wording that are looked at; of each speaker and utterance the newest speaks for the others."""
_THESE = "(SELECT value FROM json_each(?1))"
_CARRYING = (
    f"{rows.TELLING} WHERE p.id IN (SELECT max(q.id) FROM json_each(?1) w JOIN passage q ON q.id IN (SELECT p.id "
    f"FROM passage p WHERE p.wording = w.value AND {rows.RENDERING} AND p.edition <> ?2 "
    f"ORDER BY p.id DESC LIMIT {_NEWEST}) GROUP BY q.wording, q.speaker, coalesce(q.utterance, -q.id)) "
    "ORDER BY p.id DESC"
)
_OF_OUTLET = (  # those of some utterances that another article of a new one's outlet has
    f"SELECT DISTINCT utterance FROM passage WHERE utterance IN {_THESE} AND edition IN (SELECT e.id FROM edition e "
    "JOIN article a ON a.id = e.article WHERE e.id <> ?2 AND a.outlet = "
    "(SELECT b.outlet FROM edition n JOIN article b ON b.id = n.article WHERE n.id = ?2) "
    f"AND e.id IN (SELECT edition FROM passage WHERE utterance IN {_THESE}))"
)
_STANDS = (  # the passages of an article, their utterances, and whether another has the wording, too
    "SELECT n.id, n.utterance, EXISTS (SELECT 1 FROM passage p WHERE p.utterance = n.utterance "
    "AND +p.wording = n.wording AND p.edition <> n.edition) "
    "FROM passage n WHERE n.edition = ? AND n.utterance IS NOT NULL"
)
_ENGLISH = ENGLISH.__getitem__

Find = Callable[[Sequence[Sequence[str]]], list[Near]]


@dataclass(frozen=True, slots=True)
class _Held:
    """A quotation of a new article with what decides whether it renders the utterance of another."""

    id: int
    wording: int
    outer: Span
    witness: Witness
    rendering: Rendering


class _Known(NamedTuple):
    """What other articles have of an utterance: whether one is of the new one's outlet, and who they say spoke."""

    outlet: bool
    speakers: set[Speaker]


class _Carrier(NamedTuple):
    """A passage of another article: its wording, and how it is told of there."""

    id: int
    wording: int
    telling: Telling


def join(db: Database, edition: int, find: Find) -> None:
    """Link the quotations of a new edition with those on record that render the same utterances, and tell of it."""
    new = list(_held(db, edition))
    pairs = [*_within(new), *_nearest(db, edition, new, find)]
    _link(db, pairs)
    grow(db, [held.id for held in new], pairs)
    _tell(db, edition, new)


def join_listed(db: Database, after: int) -> None:
    """Link the quotations of a list, those behind passage `after`, by what costs next to nothing.

    That is the same words of the same speaker: a back catalogue of millions is not compared in full.
    """
    pairs = list(repeats.pairs(db, repeats.added(db, after)))
    _link(db, pairs)
    grow(db, {number for pair in pairs for number in pair if number > after}, pairs)


def leave(db: Database, passages: Sequence[int]) -> None:
    """Take passages that are no witnesses any more out of their utterances, which may fall apart."""
    gone = json.dumps(passages)
    together = f"p.utterance IN (SELECT utterance FROM passage WHERE id IN {_THESE}) AND p.id NOT IN {_THESE}"
    others = db.execute(f"SELECT p.id, p.utterance, p.wording FROM passage p WHERE {together}", [gone]).fetchall()
    db.execute(f"DELETE FROM rendering WHERE one IN {_THESE} OR other IN {_THESE}", [gone])
    db.execute(f"UPDATE passage SET strand = NULL, utterance = NULL WHERE id IN {_THESE}", [gone])
    _mend(db, others, set(passages))
    regroup(db, [number for number, *_ in others])
    left, heirs = set(passages), dict[int, int]()
    for number, utterance, _ in others:
        if utterance in left:
            heirs[utterance] = min(number, heirs.get(utterance, number))
    servers.follow(db, heirs)


def hand_on(db: Database, article: int, newest: int) -> None:
    """Keep what a person has taken out of an utterance out of it in the article's new edition, too."""
    same = (
        "FROM apart t JOIN passage o ON o.id = t.{} JOIN edition e ON e.id = o.edition "
        f"JOIN passage p ON p.edition = ?2 AND p.wording = o.wording AND {rows.RENDERING} "
        "WHERE e.article = ?1 AND e.id <> ?2"
    )
    into = "INSERT OR IGNORE INTO apart (passage, other)"
    db.execute(f"{into} SELECT p.id, t.other {same.format('passage')}", [article, newest])
    db.execute(f"{into} SELECT t.passage, p.id {same.format('other')}", [article, newest])


def part(db: Database, passage: int) -> None:
    """Take one passage out of its utterance for good: what a person has parted stays parted."""
    query = "SELECT p.id, p.utterance, p.wording FROM passage p JOIN passage q ON q.utterance = p.utterance"
    others = db.execute(f"{query} WHERE q.id = ?1 AND p.id <> ?1", [passage]).fetchall()
    pairs = [(passage, number) for number, *_ in others]
    db.conn.executemany("INSERT OR IGNORE INTO apart (passage, other) VALUES (?, ?)", pairs)
    _mend(db, others, {passage})
    regroup(db, [passage, *(number for number, *_ in others)])


def rejoin(db: Database, passage: int) -> None:
    """Undo `part`."""
    members = [number for (number,) in db.execute("SELECT other FROM apart WHERE passage = ?", [passage])]
    db.execute("DELETE FROM apart WHERE passage = ?", [passage])
    regroup(db, [passage, *members])


def _link(db: Database, pairs: Iterable[Pair]) -> None:
    db.conn.executemany("INSERT OR IGNORE INTO rendering (one, other) VALUES (?, ?)", pairs)


def _mend(db: Database, others: Sequence[tuple[int, int, int]], gone: Collection[int]) -> None:
    """Close the chains of repeats that passages leave: `others` are those they were with, utterance and wording."""
    together = {number: utterance for number, utterance, _ in others}
    pairs = repeats.pairs(db, {wording for *_, wording in others}, gone)
    _link(db, [pair for pair in pairs if len({together.get(number, -number) for number in pair}) == 1])


# --- who is linked with whom ----------------------------------------------------------------------------------------


def _held(db: Database, edition: int) -> Iterator[_Held]:
    query = f"SELECT p.wording, p.outer_start, p.outer_end, w.* FROM ({rows.WITNESS}) w "
    query = f"{query} JOIN passage p ON p.id = w.id WHERE p.edition = ? AND {rows.RENDERING}"
    for wording, start, end, *row in db.execute(query, [edition]):
        witness = rows.witness_of(tuple(row))
        yield _Held(witness.id, wording, Span(start, end), witness, rendered(witness))


def _within(new: Sequence[_Held]) -> Iterator[Pair]:
    """The pairs of one article; a quotation and one within it are two utterances."""
    for one, other in combinations(new, 2):
        nested = one.outer.holds(other.outer) or other.outer.holds(one.outer)
        if not nested and same_utterance(one.rendering, other.rendering, _ENGLISH):
            yield _pair(one.id, other.id)


def _nearest(db: Database, edition: int, new: Sequence[_Held], find: Find) -> Iterator[Pair]:
    """The pairs with what is on record in other articles."""
    if not new:
        return
    near = find([held.rendering.wording.words for held in new])
    shared = [dict(_sharing(held, found)) for held, found in zip(new, near, strict=True)]
    carriers = list(_carriers(db, edition, set().union(*shared)))
    for held, wordings in zip(new, shared, strict=True):
        for other in islice((one for one in carriers if one.wording in wordings), _CARRIERS):
            if rule(wordings[other.wording], held.rendering.telling, other.telling, _ENGLISH):
                yield _pair(held.id, other.id)


def _sharing(held: _Held, found: Near) -> Iterator[tuple[int, Alike]]:
    """Those of the wordings found that share enough with a quotation for any rule, and what they share."""
    ours = Wording(array("I", numbers(held.rendering.wording.words)))
    for wording, theirs in found.wordings.items():
        common = alike(ours, Wording(array("I", theirs)), found.nats.__getitem__)
        if common is not None:
            yield wording, common


def _carriers(db: Database, edition: int, wordings: Collection[int]) -> Iterator[_Carrier]:
    """The newest passages of other articles that carry some wordings, newest first."""
    for number, wording, *row in db.execute(_CARRYING, [json.dumps(list(wordings)), edition]):
        yield _Carrier(number, wording, rows.telling_of(tuple(row), partial(_around, db, number)))


def _around(db: Database, passage: int) -> str:
    (row,) = db.execute(f"{rows.WITNESS} WHERE p.id = ?", [passage])
    witness = rows.witness_of(row)
    return around(witness.text, witness.before, witness.after)


def _pair(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)


# --- what is new about it -------------------------------------------------------------------------------------------


def _tell(db: Database, edition: int, new: Sequence[_Held]) -> None:
    """Note what a new article adds to utterances that other articles have: an outlet, a wording, a speaker."""
    stands = {number: (utterance, worded) for number, utterance, worded in db.execute(_STANDS, [edition])}
    known = _known(db, edition, {utterance for utterance, _ in stands.values()})
    for held in new:
        utterance, worded = stands.get(held.id, (0, False))
        if utterance in known:
            note(db, ((kind, held.id) for kind in _news(held, known[utterance], worded)))


def _known(db: Database, edition: int, utterances: Collection[int]) -> dict[int, _Known]:
    """What articles but one have of some utterances; those that no other has are left out."""
    values = [json.dumps(list(utterances)), edition]
    outlet = {number for (number,) in db.execute(_OF_OUTLET, values)}
    query = f"SELECT DISTINCT utterance, speaker FROM passage WHERE utterance IN {_THESE} AND edition <> ?2"
    said = db.execute(query, values).fetchall()
    query = f"SELECT id, name, kind FROM speaker WHERE id IN {_THESE}"
    named = db.execute(query, [json.dumps([speaker for _, speaker in said])])
    speakers = {number: rows.speakers_of(name, kind) for number, name, kind in named}
    known: dict[int, _Known] = {}
    for utterance, speaker in said:
        held = known.setdefault(utterance, _Known(utterance in outlet, set()))
        held.speakers.update(speakers.get(speaker, ()))
    return known


def note(db: Database, events: Iterable[tuple[EventKind, int]]) -> None:
    """Keep events, each with the passage that brings it, within the caller's transaction."""
    statement = (
        "INSERT INTO event (at, kind, utterance, passage) "
        "SELECT strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), ?, coalesce(utterance, id), id FROM passage WHERE id = ?"
    )
    db.conn.executemany(statement, events)


def _news(new: _Held, known: _Known, worded: bool) -> Iterator[EventKind]:
    if not known.outlet:
        yield EventKind.OUTLET
    if not worded:
        yield EventKind.WORDING
    said = new.witness.attribution
    if said is None or said.speaker is None or not known.speakers:
        return
    if not any(same_speaker(each.name, one.name, one.kind) for each in said.speakers for one in known.speakers):
        yield EventKind.SPEAKER

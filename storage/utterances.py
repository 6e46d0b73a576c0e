"""Utterances on record: quotations that render one utterance are linked as they arrive, in the storing transaction."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations

from sqlite_utils import Database

from bot.match.speakers import same_speaker
from bot.match.utterance import SPOKEN, Rendering, Weight, rendering, same_utterance
from bot.model import EventKind, Kind, Span, Witness
from bot.text import fold
from storage import rows
from storage.features import word_id
from storage.grouping import Pair, Place, groups, reached
from storage.index import Retrieved
from storage.information import weights

NEAREST = 8
"""Wordings on record that a new quotation is compared with."""
_FAINT = 0.05  # of the best score, which is the new quotation's own: a fragment of it scores little
_CARRIERS = 12  # their newest carriers, at most: the others hang together with these already
_THESE = "(SELECT value FROM json_each(?1))"
_SPOKEN = "p.kind NOT IN ('prose', 'indirect', 'joined', 'scare') AND p.wording IS NOT NULL"
_LINKED = "SELECT other FROM rendering WHERE one = ?1 UNION ALL SELECT one FROM rendering WHERE other = ?1"
_PARTS = (
    f"SELECT p.id FROM passage p JOIN passage q ON q.edition = p.edition AND q.part_of = p.part_of "
    f"WHERE q.id = ?1 AND q.part_of > 0 AND q.wording IS NOT NULL AND p.id <> ?1 AND {_SPOKEN}"
)

Find = Callable[[Sequence[str], int, float], Retrieved]


@dataclass(frozen=True, slots=True)
class _Held:
    """A passage with what decides whether it renders the utterance of another."""

    id: int
    wording: int
    outer: Span
    edition: int
    witness: Witness
    rendering: Rendering


def join(db: Database, edition: int, find: Find) -> None:
    """Link the quotations of a new edition with those on record that render the same utterances, and tell of it."""
    new = list(_held(db, f"p.edition = ? AND {_SPOKEN}", [edition]))
    scenes = _scenes(new)
    pairs = list(_within(new, scenes))
    for held in new:
        pairs += _nearest(db, held, scenes, find)
    db.conn.executemany("INSERT OR IGNORE INTO rendering (one, other) VALUES (?, ?)", pairs)
    touched = {held.id for held in new}
    regroup(db, touched)
    _tell(db, new)


def join_listed(db: Database, after: int) -> None:
    """Link the quotations of a list, those behind passage `after`, by what costs next to nothing.

    That is the same five words and more of the same speaker: a back catalogue of millions is not compared in full.
    """
    earliest = "SELECT q.id FROM passage q WHERE q.wording = p.wording AND +q.speaker = p.speaker ORDER BY q.id LIMIT 1"
    listed = (
        f"SELECT ({earliest}) AS first, p.id AS id FROM passage p JOIN wording w ON w.id = p.wording "
        "WHERE p.id > ? AND p.speaker IS NOT NULL AND length(w.words) >= 20"
    )
    pairs = db.execute(f"SELECT first, id FROM ({listed}) WHERE first < id", [after]).fetchall()
    db.conn.executemany("INSERT OR IGNORE INTO rendering (one, other) VALUES (?, ?)", pairs)
    named = "coalesce((SELECT utterance FROM passage WHERE id = ?1), ?1)"
    db.conn.executemany(f"UPDATE passage SET utterance = {named} WHERE id IN (?1, ?2)", pairs)


def leave(db: Database, passages: Sequence[int]) -> None:
    """Take passages that are no witnesses any more out of their utterances, which may fall apart."""
    gone = json.dumps(passages)
    together = f"p.utterance IN (SELECT utterance FROM passage WHERE id IN {_THESE})"
    others = db.execute(f"SELECT p.id FROM passage p WHERE {together} AND p.id NOT IN {_THESE}", [gone]).fetchall()
    db.execute(f"DELETE FROM rendering WHERE one IN {_THESE} OR other IN {_THESE}", [gone])
    db.execute(f"UPDATE passage SET utterance = NULL WHERE id IN {_THESE}", [gone])
    regroup(db, {number for (number,) in others})


def part(db: Database, passage: int) -> None:
    """Take one passage out of its utterance for good: what a person has parted stays parted."""
    members = [number for number in _members(db, passage) if number != passage]
    db.conn.executemany("INSERT OR IGNORE INTO apart (one, other) VALUES (?, ?)", [_pair(passage, m) for m in members])
    regroup(db, {passage, *members})


def rejoin(db: Database, passage: int) -> None:
    """Undo `part`."""
    parted = "SELECT other FROM apart WHERE one = ?1 UNION SELECT one FROM apart WHERE other = ?1"
    members = {number for (number,) in db.execute(parted, [passage])}
    db.execute("DELETE FROM apart WHERE one = ?1 OR other = ?1", [passage])
    regroup(db, {passage, *members})


def regroup(db: Database, passages: set[int]) -> None:
    """Give every passage that hangs together with these its utterance anew: none where it stands alone."""
    left = set(passages)
    while left:
        around = reached(left.pop(), partial(_neighbours, db))
        left -= around
        named = json.dumps(list(around))
        found = db.execute(f"SELECT id, edition, part_of FROM passage WHERE id IN {_THESE}", [named]).fetchall()
        places = {number: Place(edition, part_of or -number) for number, edition, part_of in found}
        links = db.execute(f"SELECT one, other FROM rendering WHERE one IN {_THESE}", [named]).fetchall()
        apart = db.execute(f"SELECT one, other FROM apart WHERE one IN {_THESE}", [named]).fetchall()
        group = groups(places, [pair for pair in links if pair not in apart], apart)
        sizes = list(group.values())
        values = [(root if sizes.count(root) > 1 else None, number) for number, root in group.items()]
        db.conn.executemany("UPDATE passage SET utterance = ? WHERE id = ?", values)


def _neighbours(db: Database, passage: int) -> Iterator[int]:
    for query in (_LINKED, _PARTS):
        yield from (other for (other,) in db.execute(query, [passage]))


def _members(db: Database, passage: int) -> list[int]:
    query = "SELECT p.id FROM passage p JOIN passage q ON q.utterance = p.utterance WHERE q.id = ?"
    return [number for (number,) in db.execute(query, [passage])]


# --- who is linked with whom ----------------------------------------------------------------------------------------


def _held(db: Database, condition: str, values: Sequence[int | str]) -> Iterator[_Held]:
    query = f"SELECT p.wording, p.outer_start, p.outer_end, p.edition, w.* FROM ({rows.WITNESS}) w "
    query = f"{query} JOIN passage p ON p.id = w.id WHERE {condition}"
    for wording, start, end, edition, *row in db.execute(query, values):
        witness = rows.witness_of(tuple(row))
        yield _Held(witness.id, wording, Span(start, end), edition, witness, rendered(witness))


def rendered(witness: Witness) -> Rendering:
    """A witness as it is compared with others."""
    return rendering(
        witness.text,
        witness.before,
        witness.after,
        witness.attribution,
        witness.published,
        nested=witness.kind is Kind.NESTED,
    )


def _scenes(held: Sequence[_Held]) -> Weight:
    """What the words of the sentences tell by their rarity in English at large, whatever is on record."""
    return weights({word for each in held for word in each.rendering.scene}, {}, 0)


def _within(new: Sequence[_Held], weight: Weight) -> Iterator[Pair]:
    """The pairs of one article; a quotation and one within it are two utterances."""
    for one, other in combinations(new, 2):
        nested = one.outer.holds(other.outer) or other.outer.holds(one.outer)
        if not nested and same_utterance(one.rendering, other.rendering, weight):
            yield _pair(one.id, other.id)


def _nearest(db: Database, held: _Held, scenes: Weight, find: Find) -> Iterator[Pair]:
    """The pairs with what is on record in other articles."""
    found = find(held.rendering.words, NEAREST, _FAINT)
    weight = {**scenes, **found.weight}
    near = json.dumps([held.wording, *_sharing(db, held.rendering.words, found)])
    condition = f"p.wording IN {_THESE} AND {_SPOKEN} AND p.edition <> ?2 ORDER BY p.id DESC LIMIT {_CARRIERS}"
    for other in _held(db, condition, [near, held.edition]):
        if same_utterance(held.rendering, other.rendering, weight):
            yield _pair(held.id, other.id)


def _sharing(db: Database, words: Sequence[str], found: Retrieved) -> Iterator[int]:
    """Those of the wordings found that share enough with some words for any rule: a look at numbers spares most."""
    told = {word_id(word): found.weight.get(word, 0.0) for word in words}
    rows_ = db.execute(f"SELECT id, words FROM wording WHERE id IN {_THESE}", [json.dumps(found.wordings)])
    for wording, data in rows_:
        theirs = set(memoryview(data).cast("I"))
        common = theirs & told.keys()
        if sum(map(told.__getitem__, common)) >= SPOKEN or len(common) == min(len(theirs), len(told)):
            yield wording


def _pair(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)


# --- what is new about it -------------------------------------------------------------------------------------------


def _tell(db: Database, new: Sequence[_Held]) -> None:
    """Note what a new article adds to utterances that other articles have: an outlet, a wording, a speaker."""
    for held in new:
        query = f"p.utterance = (SELECT utterance FROM passage WHERE id = ?) AND p.edition <> ? AND {_SPOKEN}"
        known = [
            rows.witness_of(tuple(row)) for row in db.execute(f"{rows.WITNESS} WHERE {query}", [held.id, held.edition])
        ]
        events = [(kind, held.id) for kind in _news(held.witness, known)] if known else []
        statement = (
            "INSERT INTO event (at, kind, utterance, passage) "
            "SELECT strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), ?, utterance, id FROM passage WHERE id = ?"
        )
        db.conn.executemany(statement, events)


def _news(new: Witness, known: Sequence[Witness]) -> Iterator[EventKind]:
    if new.outlet not in {other.outlet for other in known}:
        yield EventKind.OUTLET
    words = fold(new.text)
    if all(words != fold(other.text) for other in known):
        yield EventKind.WORDING
    said = new.attribution
    named = [one for one in (other.attribution for other in known) if one and one.speaker]
    if said is None or said.speaker is None or not named:
        return
    if not any(same_speaker(said.speaker, one.speaker, one.kind) for one in named if one.speaker):
        yield EventKind.SPEAKER

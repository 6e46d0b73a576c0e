"""The strand and the utterance of each passage on record, as `storage.grouping` has them.

What is new is added to what is there, so that an article costs by its own quotations, however many others carry the
same. All that hangs together is looked at where strands meet or fall apart, or where a split quotation tells something
new of them.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from itertools import chain, combinations, pairwise
from typing import NamedTuple

from sqlite_utils import Database

from storage import rows
from storage.grouping import Forest, Pair, joined, strands, told_apart

_THESE = "(SELECT value FROM json_each(?1))"
_OF_STRANDS = f"(p.strand IN {_THESE} OR p.id IN {_THESE})"  # one of a single passage is named by it, and not stored
_LINKED = (
    "WITH RECURSIVE near (id) AS (SELECT value FROM json_each(?1) "
    "UNION SELECT r.other FROM near n JOIN rendering r ON r.one = n.id "
    "UNION SELECT r.one FROM near n JOIN rendering r ON r.other = n.id) SELECT id FROM near"
)
_SPLIT = (
    "WITH RECURSIVE near (strand) AS (SELECT value FROM json_each(?1) UNION SELECT coalesce(p.strand, p.id) "
    "FROM near n JOIN passage q ON q.strand = n.strand OR q.id = n.strand JOIN passage p ON p.edition = q.edition "
    f"AND p.part_of = q.part_of WHERE q.part_of > 0 AND q.wording IS NOT NULL AND {rows.RENDERING}) "
    "SELECT strand FROM near"
)
_BOTH = (
    "SELECT 1 FROM passage p JOIN passage q ON q.edition = p.edition AND q.part_of = p.part_of "
    "WHERE (p.strand = ?2 OR p.id = ?2) AND (q.strand = ?3 OR q.id = ?3) AND +p.part_of > 0 "
    f"AND p.id NOT IN {_THESE} AND q.id NOT IN {_THESE} LIMIT 1"
)


class _Standing(NamedTuple):
    """Where a passage stands, and what it belongs to: where it is `alone`, a strand and an utterance of its own."""

    edition: int
    part_of: int
    strand: int
    utterance: int
    alone: bool


def grow(db: Database, new: Collection[int], links: Collection[Pair]) -> None:
    """Give new passages, and those that new links bring together, their strands and utterances.

    The links are on record already, as are those between other passages.
    """
    ends = {*new, *chain.from_iterable(links)}
    if not ends:
        return
    held = _standing(db, f"p.id IN {_THESE}", ends)
    made = Forest(one.strand for one in held.values())
    for one, other in links:
        made.unite(held[one].strand, held[other].strand)
    joining = {number for number, one in held.items() if one.alone}  # the new ones among them
    strands_of = defaultdict[int, set[int]](set)
    for number in ends - joining:
        strands_of[made.root(held[number].strand)].add(held[number].strand)
    meeting = {strand for met in strands_of.values() if len(met) > 1 for strand in met}
    if _apart(db, joining.union(_standing(db, _OF_STRANDS, meeting))):
        regroup(db, ends)
        return
    _rename(db, made)
    now = {number: one._replace(strand=made.root(one.strand)) for number, one in held.items()}
    utterances = None if meeting else _joining(db, joining, now)
    if utterances is None:
        _settle(db, {one.strand for one in now.values()})
    else:
        write(db, "utterance", utterances)


def regroup(db: Database, passages: Collection[int]) -> None:
    """Give every passage that hangs together with these its strand and its utterance anew."""
    around = [number for (number,) in db.execute(_LINKED, [json.dumps(list(passages))])]
    links = db.execute(f"SELECT one, other FROM rendering WHERE one IN {_THESE}", [json.dumps(around)]).fetchall()
    strand = strands(around, links, _apart(db, around))
    write(db, "strand", strand)
    _settle(db, set(strand.values()))


def _settle(db: Database, names: Collection[int]) -> None:
    """Give the passages of some strands, and of those that split quotations join with them, their utterances anew."""
    near = [strand for (strand,) in db.execute(_SPLIT, [json.dumps(list(names))])]
    held = _standing(db, f"{_OF_STRANDS} AND {rows.RENDERING}", near)
    apart = [(held[one].strand, held[other].strand) for one, other in _apart(db, held) if {one, other} <= held.keys()]
    utterance = joined([(one.strand, one.edition, one.part_of) for one in held.values()], apart)
    write(db, "utterance", {number: utterance[one.strand] for number, one in held.items()})


def _joining(db: Database, joining: set[int], held: dict[int, _Standing]) -> dict[int, int] | None:
    """The utterances that passages which stood alone join; `None` where that has to be settled among all.

    A strand of such alone goes to an utterance where an article splits a quotation between the two. That holds as long
    as no article tells apart what is one, and no utterance gets a lower number, as one of two that come together does.
    Strands that are two utterances although a quotation was split between them stay two, however often it is.
    """
    editions = {held[number].edition for number in joining}
    here = _standing(db, f"p.edition IN {_THESE} AND {rows.RENDERING}", editions) | {one: held[one] for one in joining}
    known = {one.strand: one.utterance for number, one in (here | held).items() if number not in joining}

    def name(one: _Standing) -> int:
        return known.get(one.strand, one.strand)

    made = Forest(map(name, [*here.values(), *held.values()]))
    split: dict[tuple[int, int], dict[int, int]] = defaultdict(dict)
    for one in here.values():
        split[one.edition, one.part_of][one.strand] = name(one)
    for names in split.values():
        if len({*names.values()}) > 1 and not _were_split(db, names, joining):
            for one_name, other_name in pairwise(names.values()):
                made.unite(one_name, other_name)
    standing: dict[tuple[int, int], dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for one in here.values():
        standing[one.edition, made.root(name(one))][one.part_of].add(one.strand)
    lower = any(min(strand, made.root(utterance)) < utterance for strand, utterance in known.items())
    if lower or told_apart(parts.values() for parts in standing.values()):
        return None
    return {number: made.root(name(one)) for number, one in held.items()}


_MOST_SPLIT = 8
"""Strands of more parts are settled anew, which costs less than looking at every two of them."""


def _were_split(db: Database, names: Collection[int], new: Collection[int]) -> bool:
    """Whether every two of some strands have parts of one quotation, those in `new` passages left out."""
    passages = json.dumps(list(new))
    return len(names) <= _MOST_SPLIT and all(
        db.execute(_BOTH, [passages, *pair]).fetchone() is not None for pair in combinations(names, 2)
    )


def _standing(db: Database, condition: str, values: Collection[int]) -> dict[int, _Standing]:
    query = (
        "SELECT p.id, p.edition, iif(p.part_of, p.part_of, -p.id), coalesce(p.strand, p.id), "
        f"coalesce(p.utterance, p.id), p.utterance IS NULL FROM passage p WHERE {condition}"
    )
    return {number: _Standing(*row) for number, *row in db.execute(query, [json.dumps(list(values))])}


def _apart(db: Database, passages: Iterable[int]) -> list[Pair]:
    """The pairs with one of these that a person has parted."""
    query = f"SELECT passage, other FROM apart WHERE passage IN {_THESE} OR other IN {_THESE}"
    return db.execute(query, [json.dumps(list(passages))]).fetchall()


def _rename(db: Database, made: Forest) -> None:
    """Have the passages of strands that were united carry one name, the lowest."""
    sizes = Counter(map(made.root, made))
    roots = [(root, root) for root, size in sizes.items() if size > 1]
    others = [(made.root(name), name) for name in made if made.root(name) != name]
    db.conn.executemany("UPDATE passage SET strand = ?1 WHERE id = ?2", roots)
    db.conn.executemany("UPDATE passage SET strand = ?1 WHERE strand = ?2 OR id = ?2", others)


def write(db: Database, column: str, names: Mapping[int, int]) -> None:
    """Give passages the name of their strand or utterance: none where it is of one."""
    sizes = Counter(names.values())
    values = [(name if sizes[name] > 1 else None, number) for number, name in names.items()]
    db.conn.executemany(f"UPDATE passage SET {column} = ?1 WHERE id = ?2 AND {column} IS NOT ?1", values)

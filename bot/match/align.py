"""Word alignment of a posted quote with a passage on record, local on both sides.

`align` takes the best chain of equal runs (`bot.match.chain`) and tiles both texts with edits around it: what lies
before and behind the chain is `outside`, gaps and brackets are `marked`, and blocks of words that stand elsewhere in
the other text are moves.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rapidfuzz.distance import LCSseq

from bot.match import chain
from bot.match.chain import Run, Side
from bot.model import Alignment, Edit, Op
from bot.text import Mark, Word

SHORTEST_MOVE = 3
"""Fewer words in another place are chance."""

END_CHANGE = 3
"""At most this many words of the claim beyond the chain still count as changed words of the witness next to them."""


def shared(claim_words: Sequence[Word], witness_words: Sequence[Word]) -> int:
    """How many words two texts have in common in order: a bound on `Alignment.equal` for a thirtieth of its time."""
    return LCSseq.similarity([word.text for word in claim_words], [word.text for word in witness_words])


def align(claim_words: Sequence[Word], witness_words: Sequence[Word]) -> Alignment:
    """The edits that turn one list of words into the other; see the module for what is `outside` and `marked`."""
    ours, theirs = [word.text for word in claim_words], [word.text for word in witness_words]
    whole = _contained(ours, theirs)
    if whole is not None:
        return Alignment(tuple(_flanked([whole], [], claim_words, witness_words)))
    found = chain.runs(ours, theirs)
    worth = chain.gains(ours)
    spine, _ = chain.best(found, worth, Side.of(claim_words), Side.of(witness_words))
    moves = _moves(spine, found, len(ours), len(theirs))
    return Alignment(tuple(_flanked(spine, moves, claim_words, witness_words)))


def _contained(ours: list[str], theirs: list[str]) -> Run | None:
    """The claim in one piece in the witness, or the witness in the claim."""
    short, long = (ours, theirs) if len(ours) <= len(theirs) else (theirs, ours)
    if not short:
        return None
    at = -1
    for _ in range(long.count(short[0])):
        at = long.index(short[0], at + 1)
        if long[at : at + len(short)] == short:
            return (0, at, len(short)) if short is ours else (at, 0, len(short))
    return None


def _moves(spine: list[Run], found: list[Run], ours: int, theirs: int) -> list[Run]:
    """Equal runs wholly in what the spine leaves out on both sides, longest first, none overlapping another."""
    if not spine or all(run[2] < SHORTEST_MOVE or run in spine for run in found):
        return []
    taken_ours, taken_theirs = [False] * ours, [False] * theirs
    for run in spine:
        _take(run, taken_ours, taken_theirs)
    moves = []
    for run in sorted((run for run in found if run[2] >= SHORTEST_MOVE), key=lambda run: -run[2]):
        claim, witness, length = run
        if not any(taken_ours[claim : claim + length]) and not any(taken_theirs[witness : witness + length]):
            _take(run, taken_ours, taken_theirs)
            moves.append(run)
    return moves


def _take(run: Run, ours: list[bool], theirs: list[bool]) -> None:
    claim, witness, length = run
    ours[claim : claim + length] = theirs[witness : witness + length] = [True] * length


def _flanked(spine: list[Run], moves: list[Run], ours: Sequence[Word], theirs: Sequence[Word]) -> Iterator[Edit]:
    """All edits: the flank before the spine, its runs with what lies between, the flank behind."""
    if not spine:
        yield from _outside((0, len(ours)), (0, len(theirs)))
        return
    moved_ours = sorted((claim, claim + length) for claim, _, length in moves)
    moved_theirs = sorted((witness, witness + length) for _, witness, length in moves)
    tiles = _Tiles(ours, theirs, moved_ours, moved_theirs)
    ours_at, theirs_at, _ = spine[0]
    yield from tiles.before(ours_at, theirs_at)
    for claim, witness, length in spine:
        if ours_at < claim or theirs_at < witness:
            yield from tiles.between((ours_at, claim), (theirs_at, witness))
        ours_at, theirs_at = claim + length, witness + length
        yield Edit(Op.EQUAL, (claim, ours_at), (witness, theirs_at))
    yield from tiles.behind(ours_at, theirs_at)


Bounds = tuple[int, int]


def _outside(claim: Bounds, witness: Bounds) -> Iterator[Edit]:
    if claim[0] < claim[1]:
        yield Edit(Op.DELETE, claim, (witness[0], witness[0]), outside=True)
    if witness[0] < witness[1]:
        yield Edit(Op.INSERT, (claim[1], claim[1]), witness, outside=True)


class _Tiles:
    """Cuts what lies between equal runs into edits."""

    def __init__(
        self, ours: Sequence[Word], theirs: Sequence[Word], moved_ours: list[Bounds], moved_theirs: list[Bounds]
    ) -> None:
        self._ours, self._theirs = ours, theirs
        self._moved_ours, self._moved_theirs = moved_ours, moved_theirs

    def before(self, claim: int, witness: int) -> Iterator[Edit]:
        """The flanks before the spine."""
        if self._moved((0, claim), self._moved_ours) or self._moved((0, witness), self._moved_theirs):
            yield from self._cut((0, claim), (0, witness), outside=True)
            return
        take = self._changed(self._ours[:claim], witness)
        yield from _outside((0, claim if take < 0 else 0), (0, witness - max(take, 0)))
        if take >= 0:
            yield from self.between((0, claim), (witness - take, witness))

    def behind(self, claim: int, witness: int) -> Iterator[Edit]:
        """The flanks behind the spine."""
        ends = (len(self._ours), len(self._theirs))
        if self._moved((claim, ends[0]), self._moved_ours) or self._moved((witness, ends[1]), self._moved_theirs):
            yield from self._cut((claim, ends[0]), (witness, ends[1]), outside=True)
            return
        take = self._changed(self._ours[claim:], ends[1] - witness)
        if take < 0:
            yield from _outside((claim, ends[0]), (witness, ends[1]))
            return
        yield from self.between((claim, ends[0]), (witness, witness + take))
        yield from _outside((ends[0], ends[0]), (witness + take, ends[1]))

    def between(self, claim: Bounds, witness: Bounds) -> Iterator[Edit]:
        """The edits between two runs."""
        if self._moved(claim, self._moved_ours) or self._moved(witness, self._moved_theirs):
            yield from self._cut(claim, witness, outside=False)
        else:
            yield from _marked_apart(self._ours, self._theirs, claim, witness)

    def _changed(self, flank: Sequence[Word], available: int) -> int:
        """How many of the witness's words next to the spine the claim's flank changes; -1: the flank is of its own."""
        plain = sum(word.mark is Mark.WORD for word in flank)
        if plain > END_CHANGE or 3 * plain > len(self._ours):
            return -1
        return available if available <= plain + 2 and plain else min(plain, available)

    def _moved(self, bounds: Bounds, moved: list[Bounds]) -> list[Bounds]:
        return [move for move in moved if bounds[0] <= move[0] and move[1] <= bounds[1]] if moved else []

    def _cut(self, claim: Bounds, witness: Bounds, *, outside: bool) -> Iterator[Edit]:
        """A stretch in which blocks moved away or in: the claim's part, then the witness's."""
        if not outside and not self._moved(claim, self._moved_ours):
            yield from self._parted(claim, (witness[0], witness[0]), self._moved_theirs, outside=False)
        else:
            yield from self._parted(claim, (witness[0], witness[0]), self._moved_ours, outside=outside)
        yield from self._parted((claim[1], claim[1]), witness, self._moved_theirs, outside=outside)

    def _parted(self, claim: Bounds, witness: Bounds, moved: list[Bounds], *, outside: bool) -> Iterator[Edit]:
        ours = claim[0] < claim[1]
        start, end = claim if ours else witness
        for move in [*self._moved((start, end), moved), (end, end)]:
            if start < move[0]:
                yield self._one_sided((start, move[0]), claim, witness, ours=ours, outside=outside)
            if move[0] < move[1]:
                yield Edit(Op.MOVE, move, (witness[0],) * 2) if ours else Edit(Op.MOVE, (claim[1],) * 2, move)
            start = move[1]

    def _one_sided(self, part: Bounds, claim: Bounds, witness: Bounds, *, ours: bool, outside: bool) -> Edit:
        words = self._ours if ours else self._theirs
        marked = not outside and _all_marked(words, part)
        if ours:
            return Edit(Op.DELETE, part, (witness[0], witness[0]), marked=marked, outside=outside)
        return Edit(Op.INSERT, (claim[1], claim[1]), part, marked=marked, outside=outside)


def _marked_apart(ours: Sequence[Word], theirs: Sequence[Word], claim: Bounds, witness: Bounds) -> Iterator[Edit]:
    """One stretch without moves, its marked words apart from its plain ones."""
    if claim[0] == claim[1] and witness[0] == witness[1]:
        return
    gap = _gap(ours, claim)
    if gap is not None:  # the claim's gap swallows what the witness has there
        yield from _plain((claim[0], gap), (witness[0], witness[0]), ours, theirs)
        yield Edit(Op.REPLACE if witness[0] < witness[1] else Op.DELETE, (gap, gap + 1), witness, marked=True)
        yield from _marked_apart(ours, theirs, (gap + 1, claim[1]), (witness[1], witness[1]))
        return
    gap = _gap(theirs, witness)
    if gap is not None:
        yield from _plain((claim[0], claim[0]), (witness[0], gap), ours, theirs)
        yield Edit(Op.REPLACE if claim[0] < claim[1] else Op.INSERT, claim, (gap, gap + 1), marked=True)
        yield from _marked_apart(ours, theirs, (claim[1], claim[1]), (gap + 1, witness[1]))
        return
    yield from _plain(claim, witness, ours, theirs)


def _plain(claim: Bounds, witness: Bounds, ours: Sequence[Word], theirs: Sequence[Word]) -> Iterator[Edit]:
    """A stretch without gaps; brackets at its end are an edit of their own."""
    while claim[0] < claim[1] or witness[0] < witness[1]:
        claim_cut, witness_cut = _bracket(ours, claim), _bracket(theirs, witness)
        op = _op(claim[0] < claim_cut, witness[0] < witness_cut)
        marked = _all_marked(ours, (claim[0], claim_cut)) or _all_marked(theirs, (witness[0], witness_cut))
        yield Edit(op, (claim[0], claim_cut), (witness[0], witness_cut), marked=marked)
        claim, witness = (claim_cut, claim[1]), (witness_cut, witness[1])


def _bracket(words: Sequence[Word], bounds: Bounds) -> int:
    """Where the words from the start on stop being all bracketed, or all plain."""
    start, end = bounds
    at = start
    while at < end and words[at].mark is words[start].mark:
        at += 1
    return at


def _op(ours: bool, theirs: bool) -> Op:
    if ours and theirs:
        return Op.REPLACE
    return Op.DELETE if ours else Op.INSERT


def _all_marked(words: Sequence[Word], bounds: Bounds) -> bool:
    return bounds[0] < bounds[1] and all(word.mark is not Mark.WORD for word in words[bounds[0] : bounds[1]])


def _gap(words: Sequence[Word], bounds: Bounds) -> int | None:
    return next((at for at in range(*bounds) if words[at].mark is Mark.GAP), None)

"""What a new article brings that somebody asked to hear of, put in the outbox in the transaction that stores it.

Nothing is looked at where nobody has asked. What an alert tells is its key: an outlet that joins an utterance, a
wording, a speaker is told to a server once, whatever editions and copies of the article follow.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from itertools import chain

from sqlite_utils import Database

from bot.match import policy, translation
from bot.match.agreement import agreement
from bot.match.edits import Edit
from bot.match.rules import Happening, fires
from bot.match.speakers import said_by, same_speaker
from bot.match.trial import Trial
from bot.model import Agreement, EventKind, FindingClass, SpeakerKind, Witness
from bot.orders import Alert, AlertKind, Rule, Scope, Watch, WatchKind
from bot.text import fold, words
from storage import outbox, rows, servers, users
from storage.information import weights

_KINDS = {
    EventKind.OUTLET: AlertKind.OUTLET,
    EventKind.WORDING: AlertKind.WORDING,
    EventKind.SPEAKER: AlertKind.ATTRIBUTION,
}
_FRAGMENT = 4
"""A passage that has less than one in so many of a quote's words does not carry it: the look at sets spares most."""
_MOST = 48
"""Other witnesses of an utterance that a new passage is held against, the oldest."""
_NEW = (
    f"p.edition = ?1 AND {rows.RENDERING} AND NOT EXISTS (SELECT 1 FROM edition o "
    "JOIN passage q ON q.edition = o.id WHERE o.article = e.article AND o.id <> ?1 AND q.digest = p.digest)"
)
"""Picks what an article has said in no earlier edition."""


@dataclass(frozen=True, slots=True)
class _Server:
    """One server that is to be told: its fact-check channel, its rules, and whom it does not want to hear of."""

    scope: Scope
    channel: int
    rules: tuple[Rule, ...]
    muted: tuple[str, ...]


def raise_alerts(db: Database, edition: int, edited: Iterable[Edit] = ()) -> None:
    """Put in the outbox what a new edition brings to those who asked for it, and what it changed in the last one."""
    now = datetime.now(UTC)
    asking = _servers(db, now)
    if asking:
        for happening in chain(_happenings(db, edition), map(_edited, edited)):
            for server in asking:
                if _wants(db, server, happening):
                    outbox.put(db, _to_server(server, happening), now)
    watches = [users.watch_of(row) for row in db.execute("SELECT id, user, kind, text FROM watch ORDER BY id")]
    if watches:
        for watch, found in _watched(watches, _witnesses(db, _NEW, edition)):
            outbox.put(db, _to_user(watch, found), now)


# --- servers --------------------------------------------------------------------------------------------------------


def _servers(db: Database, now: datetime) -> list[_Server]:
    """The servers that have a fact-check channel and rules."""
    query = (
        "SELECT s.id, s.channel, r.id, r.least, r.speakers, r.outlets, r.words, r.kinds FROM server s "
        "JOIN rule r ON r.server = s.id WHERE s.channel IS NOT NULL AND s.departed IS NULL ORDER BY s.id, r.id"
    )
    held: dict[tuple[int, int], list[Rule]] = {}
    for server, channel, *rule in db.execute(query):
        held.setdefault((server, channel), []).append(servers.rule_of(tuple(rule)))
    return [
        _Server(Scope(server), channel, tuple(rules), servers.muted(db, Scope(server), now))
        for (server, channel), rules in held.items()
    ]


def _wants(db: Database, server: _Server, happening: Happening) -> bool:
    return (
        any(fires(rule, happening) for rule in server.rules)
        and not any(said_by(happening.new.attribution, name) for name in server.muted)
        and not servers.suppressed(db, server.scope, happening.new.utterance)
    )


def _happenings(db: Database, edition: int) -> Iterator[Happening]:
    """What the events of an edition come to, and the disagreements that it brings about."""
    told: dict[int, list[EventKind]] = {}
    for passage, kind in db.execute(
        f"SELECT v.passage, v.kind FROM event v JOIN passage p ON p.id = v.passage JOIN edition e ON e.id = p.edition "
        f"WHERE {_NEW} ORDER BY v.id",
        [edition],
    ):
        if EventKind(kind) in _KINDS:  # what was changed is told with the words that stood there before
            told.setdefault(passage, []).append(EventKind(kind))
    for new in _witnesses(db, "p.id IN (SELECT value FROM json_each(?1)) ORDER BY p.id", json.dumps(list(told))):
        others = tuple(_others(db, new, edition))
        disputed = _disputed((*others, new))
        for kind in told[new.id]:
            yield Happening(_KINDS[kind], _severity(kind, new, others, disputed=disputed), new, others)
        if disputed and not _disputed(others):
            yield Happening(AlertKind.DISAGREE, policy.severity(FindingClass.SPEAKER), new, others)


def _edited(edit: Edit) -> Happening:
    others = (edit.before,) if edit.after else ()
    return Happening(AlertKind.CHANGED, edit.severity, edit.newer, others)


def _others(db: Database, new: Witness, edition: int) -> list[Witness]:
    condition = f"p.utterance = ?1 AND p.edition <> ?2 AND p.{rows.SPOKEN} ORDER BY p.id LIMIT {_MOST}"
    return _witnesses(db, condition, new.utterance, edition)


def _disputed(witnesses: Sequence[Witness]) -> bool:
    how, _ = agreement(None, witnesses)
    return how is Agreement.OUTLETS_DISAGREE


def _severity(kind: EventKind, new: Witness, others: Iterable[Witness], *, disputed: bool) -> int:
    """0 for an outlet that joins; a wording's is that of its worst difference, a speaker's that of a contradiction."""
    if kind is EventKind.WORDING:
        return _differing(new, others)
    if kind is EventKind.SPEAKER and disputed:
        return policy.severity(FindingClass.SPEAKER)
    return 0


def _differing(new: Witness, others: Iterable[Witness]) -> int:
    """The worst difference between a new wording and the others that carry the same of the utterance."""
    against = translation.marked(_trial(new.text).against(others), new)
    return max((one.severity for one in against if one.evidence.asserts or one.evidence.suggests), default=0)


def _to_server(server: _Server, happening: Happening) -> Alert:
    new = happening.new
    said = new.attribution
    what = {
        AlertKind.OUTLET: new.outlet,
        AlertKind.WORDING: " ".join(fold(new.text)),
        AlertKind.ATTRIBUTION: " ".join(fold(said.who)) if said and said.who else "",
        AlertKind.CHANGED: f"{new.id}",
    }.get(happening.kind, "")
    return Alert(
        key=f"server {server.scope.server}, utterance {new.utterance or new.id}, {happening.kind}: {what}",
        kind=happening.kind,
        severity=happening.severity,
        scope=server.scope,
        channel=server.channel,
        utterance=new.utterance or new.id,
        passage=new.id,
    )


# --- users ----------------------------------------------------------------------------------------------------------


def _watched(watches: Iterable[Watch], new: Sequence[Witness]) -> Iterator[tuple[Watch, Witness]]:
    """Each watch that new passages concern, with the first of them: of the speaker, or carrying the quote."""
    spoken: dict[tuple[str, SpeakerKind], Witness] = {}
    for witness in new:
        for one in witness.attribution.speakers if witness.attribution is not None else ():
            spoken.setdefault((one.name, one.kind), witness)
    told = [(frozenset(fold(witness.text)), witness) for witness in new]
    for watch in watches:
        if watch.kind is WatchKind.SPEAKER:
            found = next((one for (name, kind), one in spoken.items() if same_speaker(watch.text, name, kind)), None)
        else:
            found = _carrying(watch.text, told)
        if found is not None:
            yield watch, found


def _carrying(quote: str, told: Iterable[tuple[frozenset[str], Witness]]) -> Witness | None:
    """The first of some passages, given with their folded words, that carries a quote."""
    asked = _folded(quote)
    near = [witness for held, witness in told if len(asked & held) * _FRAGMENT >= len(asked)]
    if not near:
        return None
    trial = _trial(quote)
    return next((one for one in near if trial.most(one).asserts and trial.compare(one).evidence.asserts), None)


@lru_cache(maxsize=1 << 14)
def _folded(quote: str) -> frozenset[str]:
    return frozenset(fold(quote))


def _to_user(watch: Watch, found: Witness) -> Alert:
    return Alert(
        key=f"watch {watch.id}, article {found.article}",
        kind=AlertKind.WATCH,
        severity=0,
        user=watch.user,
        utterance=found.utterance or None,
        passage=found.id,
        facts={"watch": watch.id},
    )


def _trial(text: str) -> Trial:
    """A text as a claim, its words weighed by their rarity in English at large."""
    ours = words(text)
    return Trial(text, ours, weights((word.text for word in ours), {}, 0))


def _witnesses(db: Database, condition: str, *values: int | str) -> list[Witness]:
    return [rows.witness_of(row) for row in db.execute(f"{rows.WITNESS} WHERE {condition}", values)]

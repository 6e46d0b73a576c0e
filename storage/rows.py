"""Rows of the database to values of the model and back; the order of columns is said once, here."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlite_utils import Database

from bot.match.utterance import Telling
from bot.model import (
    Article,
    ArticleSummary,
    Attribution,
    Entity,
    Event,
    EventKind,
    Kind,
    Mention,
    Quotation,
    Sentence,
    Span,
    Speaker,
    SpeakerKind,
    Witness,
)
from storage.passages import CONTEXT, Passage, digest

Value = str | bytes | int | float | None
_KINDS = {kind.value: kind for kind in Kind}

EDITION = (
    "article, newest, whole, digest, text, title, published, fetched, language, credits, credits_read, shingles, "
    "modified, dated"
)
PASSAGE = (
    "edition, wording, kind, start, end, outer_start, outer_end, depth, part_of, parts, digest, utterance, "
    "speaker, mention, mention_start, mention_end, cue, cue_start, cue_end, rule, confidence, via"
)
MARKED = "kind NOT IN ('prose', 'indirect', 'joined')"
"""Picks the passages that are one marked passage of their article each: those that count as quotations."""
SPOKEN = "kind NOT IN ('prose', 'indirect', 'joined', 'scare')"
"""Of these, the ones that somebody is taken to have said."""
RENDERING = f"p.{SPOKEN} AND p.wording IS NOT NULL"
"""Picks those passages `p` that render utterances: of an older edition, what the newest has no more."""
_SAID = (
    "s.name, s.kind, p.rule, p.confidence, p.mention, p.mention_start, p.mention_end, "
    "p.cue, p.cue_start, p.cue_end, p.via"
)
_SHOWN = (
    "p.id, p.kind, p.start, p.end, p.parts, p.utterance, e.text, e.title, e.published, e.credits_read, "
    f"e.newest, e.language, a.id, a.url, a.copies, o.name, {_SAID}"
)
_AROUND = (
    "JOIN edition e ON e.id = p.edition JOIN article a ON a.id = e.article "
    "JOIN outlet o ON o.id = a.outlet LEFT JOIN speaker s ON s.id = p.speaker"
)
WITNESS = f"SELECT {_SHOWN} FROM passage p {_AROUND}"
TELLING = (
    f"SELECT p.id, p.wording, p.kind = '{Kind.NESTED}', e.published, {_SAID} FROM passage p "
    "JOIN edition e ON e.id = p.edition LEFT JOIN speaker s ON s.id = p.speaker"
)
"""A passage, its wording, and how its article tells of it, but for the sentence around: the columns of `telling_of`."""
CARRIERS = (
    f"SELECT {_SHOWN} FROM json_each(?1) w CROSS JOIN passage p ON p.id IN "
    f"(SELECT id FROM passage WHERE wording = w.value ORDER BY id DESC LIMIT ?2) {_AROUND} ORDER BY w.key, p.id DESC"
)
"""The newest carriers of each wording of a JSON list, at most so many of each, in the order of the list."""
READ = (
    f"SELECT p.kind, p.start, p.end, p.outer_start, p.outer_end, p.depth, p.part_of, {_SAID} "
    "FROM passage p LEFT JOIN speaker s ON s.id = p.speaker WHERE p.edition = ? AND p.kind <> 'joined' ORDER BY p.id"
)
_WHOLE = "e.text, o.name, a.url, e.title, e.published, e.fetched, e.language, e.credits, e.modified, e.dated"
_OF = "FROM edition e JOIN article a ON a.id = e.article JOIN outlet o ON o.id = a.outlet"
ARTICLE = f"SELECT a.id, {_WHOLE} {_OF}"
"""An article's number, and the columns of `article_of`."""
EDITIONS = f"SELECT e.id, e.credits_read, {_WHOLE} {_OF}"
"""An edition's number, the credits read in it, and the columns of `article_of`."""
SUMMARY = (
    "SELECT a.id, o.name, e.title, a.url, e.published, "
    "(SELECT count(*) FROM edition WHERE article = a.id), "
    f"(SELECT count(*) FROM passage WHERE edition = e.id AND {MARKED}), "
    "(SELECT count(*) FROM article WHERE copies = a.copies) "
    "FROM article a JOIN outlet o ON o.id = a.outlet JOIN edition e ON e.article = a.id AND e.newest"
)


def last(db: Database, table: str) -> int:
    """The highest identifier that a table ever gave, 0 for none."""
    row = db.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", [table]).fetchone()
    return int(row[0]) if row else 0


def printable(text: str) -> str:
    """The text as SQLite can hold it: half a surrogate pair, which is no character, becomes a question mark."""
    return text if text.isascii() or not _halved(text) else text.encode("utf-8", "replace").decode()


def _halved(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


# --- articles -------------------------------------------------------------------------------------------------------


def edition_row(article: Article, identifier: int, read: tuple[str, ...], shingles: bytes | None) -> tuple[Value, ...]:
    """The columns of `EDITION` for the newest edition of an article."""
    return (
        identifier,
        1,
        1,
        bytes.fromhex(article.digest),
        printable(article.text),
        printable(article.title),
        moment(article.published),
        moment(article.fetched),
        article.language,
        listed(article.credits),
        listed(read),
        shingles,
        moment(article.modified),
        article.dated,
    )


def article_of(row: tuple[Value, ...]) -> Article:
    """The article of `text, outlet, url, title, published, fetched, language, credits, modified, dated`."""
    text, outlet, url, title, published, fetched, language, credits_, modified, dated = row
    return Article(
        text=str(text),
        outlet=str(outlet),
        url=_text(url),
        title=str(title),
        published=time_of(published),
        fetched=time_of(fetched),
        language=str(language),
        credits=names_of(credits_),
        modified=time_of(modified),
        dated=str(dated),
    )


def summary_of(row: tuple[Value, ...]) -> ArticleSummary:
    """One row of `SUMMARY`."""
    identifier, outlet, title, url, published, editions, quotations, copies = row
    return ArticleSummary(
        id=_number(identifier),
        outlet=str(outlet),
        title=str(title),
        url=_text(url),
        published=time_of(published),
        editions=_number(editions),
        quotations=_number(quotations),
        copies=_number(copies),
    )


def entity_row(entity: Entity, edition: int) -> tuple[Value, ...]:
    """The columns of the table `entity`."""
    return (edition, printable(entity.name), entity.kind, json.dumps(entity.forms), json.dumps(entity.roles))


def entity_of(row: tuple[Value, ...]) -> Entity:
    """The entity of `name, kind, forms, roles`."""
    name, kind, forms, roles = row
    return Entity(str(name), SpeakerKind(str(kind)), names_of(forms), names_of(roles))


# --- passages -------------------------------------------------------------------------------------------------------


def passage_row(
    passage: Passage, text: str, *, edition: int, wording: int | None, speaker: int | None
) -> tuple[Value, ...]:
    """The columns of `PASSAGE` for a passage of the edition's `text`."""
    return (
        edition,
        wording,
        passage.kind,
        passage.start,
        passage.end,
        *_span_row(passage.outer),
        passage.depth,
        passage.part_of,
        json.dumps([(part.start, part.end) for part in passage.parts]) if len(passage.parts) > 1 else None,
        digest(passage.text(text)),
        None,
        speaker,
        *_said_row(passage.attribution),
    )


def insert_passages(db: Database, values: Sequence[tuple[Value, ...]]) -> None:
    """Store rows of `passage_row`."""
    places = ", ".join("?" * (PASSAGE.count(",") + 1))
    db.conn.executemany(f"INSERT INTO passage ({PASSAGE}) VALUES ({places})", values)


def _said_row(said: Attribution | None) -> tuple[Value, ...]:
    if said is None:
        return (None,) * 9
    return (*_mention_row(said.mention), *_mention_row(said.cue), said.rule, said.confidence, listed(said.via))


def _mention_row(mention: Mention | None) -> tuple[Value, ...]:
    if mention is None:
        return (None, None, None)
    return (printable(mention.text), *_span_row(mention.span))


def _span_row(span: Span | None) -> tuple[Value, Value]:
    return (None, None) if span is None else (span.start, span.end)


def witness_of(row: tuple[Any, ...]) -> Witness:
    """One row of `WITNESS`."""
    identifier, kind, start, end, parts, utterance, text, title, published, read, newest, language = row[:12]
    article, url, copies, outlet = row[12:16]
    return Witness(
        id=identifier,
        text=words_of(text, start, end, parts),
        kind=_KINDS[kind],
        outlet=outlet,
        article=article,
        url=url,
        title=title,
        published=time_of(published),
        credits=names_of(read),
        attribution=_attribution_of(row[16:]),
        before=text[max(0, start - CONTEXT) : start],
        after=text[end : end + CONTEXT],
        copies=copies,
        utterance=utterance or 0,
        current=bool(newest),
        language=language,
    )


def telling_of(row: tuple[Any, ...], around: Callable[[], str]) -> Telling:
    """The last columns of `TELLING`: whether it is nested, when it was published, who is said to have said it."""
    nested, published, *said = row
    return Telling(around, _attribution_of(tuple(said)), time_of(published), bool(nested))


def words_of(text: str, start: int, end: int, parts: str | None) -> str:
    """The text of a passage that stands from `start` to `end`, or is joined of `parts`."""
    if parts is None:
        return text[start:end]
    spans = tuple(Span(begin, stop) for begin, stop in json.loads(parts))
    return Passage(kind=Kind.JOINED, parts=spans).text(text)


def read_of(rows: Iterable[tuple[Value, ...]]) -> tuple[tuple[Quotation, ...], tuple[Sentence, ...]]:
    """Quotations and sentences of the rows of `READ`."""
    quotations, sentences = [], []
    for kind, start, end, outer_start, outer_end, depth, part_of, *said in rows:
        span, attribution = Span(_number(start), _number(end)), _attribution_of(tuple(said))
        if Kind(str(kind)).own:
            sentences.append(Sentence(span=span, attribution=attribution))
            continue
        quotations.append(
            Quotation(
                outer=Span(_number(outer_start), _number(outer_end)),
                inner=span,
                kind=Kind(str(kind)),
                depth=_number(depth),
                utterance=_number(part_of),
                attribution=attribution,
            )
        )
    return tuple(quotations), tuple(sentences)


def event_of(row: tuple[Value, ...]) -> Event:
    """The event of `id, at, kind, utterance, passage`."""
    identifier, at, kind, utterance, passage = row
    moment_ = datetime.fromisoformat(str(at))
    return Event(_number(identifier), moment_, EventKind(str(kind)), _number(utterance), _number(passage))


@lru_cache(maxsize=1 << 10)
def _attribution_of(said: tuple[Value, ...]) -> Attribution | None:
    speaker, kind, rule, confidence, mention, begin, end, cue, cue_begin, cue_end, via = said
    if rule is None:
        return None
    named = speakers_of(str(speaker), str(kind)) if speaker is not None else ()
    return Attribution(
        speaker=named[0].name if named else None,
        kind=named[0].kind if named else SpeakerKind.UNCLEAR,
        rule=str(rule),
        confidence=float(confidence or 0),
        mention=_mention_of(mention, begin, end),
        cue=_mention_of(cue, cue_begin, cue_end),
        via=names_of(via),
        others=named[1:],
    )


def written(said: Sequence[Speaker]) -> tuple[str, str]:
    """Name and kind of the row of those who said something together: a line for each."""
    names = "\n".join(printable(" ".join(each.name.split())) for each in said)
    return names, "\n".join(each.kind for each in said)


@lru_cache(maxsize=1 << 12)
def speakers_of(name: str, kind: str) -> tuple[Speaker, ...]:
    """Who stands in a row that `written` made."""
    kinds = kind.split("\n")
    names = name.split("\n") if len(kinds) > 1 else [name]
    return tuple(Speaker(each, SpeakerKind(one)) for each, one in zip(names, kinds, strict=True))


def _mention_of(text: Value, start: Value, end: Value) -> Mention | None:
    if text is None:
        return None
    return Mention(str(text), None if start is None else Span(_number(start), _number(end)))


# --- single values --------------------------------------------------------------------------------------------------


def moment(time: datetime | None) -> str | None:
    """A time as it is stored, so that the order of the texts is that of the times."""
    return None if time is None else time.isoformat(timespec="seconds")


def listed(names: tuple[str, ...]) -> str | None:
    """Names as they are stored; no name is null."""
    return json.dumps(names) if names else None


def names_of(stored: Value) -> tuple[str, ...]:
    """What `listed` stored."""
    return tuple(json.loads(str(stored))) if stored else ()


def time_of(stored: Value) -> datetime | None:
    """What `moment` stored."""
    return None if stored is None else datetime.fromisoformat(str(stored))


def _text(stored: Value) -> str | None:
    return None if stored is None else str(stored)


def _number(stored: Value) -> int:
    return int(stored)  # type: ignore[arg-type]

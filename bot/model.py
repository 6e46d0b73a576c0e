"""The nouns of On Record: frozen values, standard library only, no input or output.

Offsets are half-open code-point indices, scores are fractions of one, times are aware UTC.
The words are those of the README's vocabulary; every invariant is checked when a value is made.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points; empty where something is missing at a place."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def of(self, text: str) -> str:
        """The characters of `text` that the span covers."""
        return text[self.start : self.end]

    def holds(self, other: Span) -> bool:
        """Whether `other` lies within this span."""
        return self.start <= other.start and other.end <= self.end


# --- what an article says -------------------------------------------------------------------------------------------


class Kind(StrEnum):
    """What a passage of an article is."""

    DIRECT = "direct"  # whole sentences or clauses in marks
    MIXED = "mixed"  # a fragment in marks inside the reporter's sentence
    NESTED = "nested"  # a quotation inside a quotation
    SCARE = "scare"  # marks around a term or title that nobody is said to have said
    JOINED = "joined"  # the parts of one split quotation, put together
    PROSE = "prose"  # a sentence of the article's own, with no marks or with marks around a part
    INDIRECT = "indirect"  # such a sentence that reports what somebody said

    @property
    def own(self) -> bool:
        """Whether the words are the article's own: never shown as a quotation."""
        return self in (Kind.PROSE, Kind.INDIRECT)


class SpeakerKind(StrEnum):
    """How far an attribution identifies its speaker."""

    PERSON = "person"
    ORGANISATION = "organisation"
    ROLE = "role"  # "officials", "a spokesman for the port": nobody is named
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of the article that name a speaker or a cue, and where they stand (`None`: not in the text)."""

    text: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Speaker:
    """One who is said to have said something: a canonical name, or a role in the article's words."""

    name: str
    kind: SpeakerKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Who is said to have said it, and why we think so.

    `speaker` is the canonical name ("Juan Guaido"), `None` when the speaker is unclear; `others` are those who said it
    together with that one, in the article's order. `mention` is the surface form that stands for them, `rule` the name
    of the rule that decided, `via` the agencies or outlets between the speaker and this article, nearest to the speaker
    first.
    """

    speaker: str | None
    kind: SpeakerKind
    rule: str
    confidence: float
    mention: Mention | None = None
    cue: Mention | None = None
    via: tuple[str, ...] = ()
    others: tuple[Speaker, ...] = ()

    def __post_init__(self) -> None:
        if not 0.0 <= self.confidence <= 1.0:
            raise ValueError(f"confidence {self.confidence} is not a fraction")
        if (self.speaker is None) != (self.kind is SpeakerKind.UNCLEAR):
            raise ValueError(f"speaker {self.speaker!r} cannot be {self.kind}")
        if self.speaker is None and self.others:
            raise ValueError("nobody can speak together with an unclear speaker")

    @property
    def speakers(self) -> tuple[Speaker, ...]:
        """All who are said to have said it, in order; none where the speaker is unclear."""
        return () if self.speaker is None else (Speaker(self.speaker, self.kind), *self.others)

    @property
    def who(self) -> str | None:
        """Their names as one line ("Anna Holt, Ben Marsh and the mayor"), `None` where the speaker is unclear."""
        names = [each.name for each in self.speakers]
        return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else self.speaker


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """One marked passage of one article. `outer` includes the marks, `inner` is the content.

    Quotations with one `utterance` number are parts of one split quotation ("…," he said, "…").
    """

    outer: Span
    inner: Span
    kind: Kind
    depth: int = 0
    utterance: int = 0
    attribution: Attribution | None = None

    def __post_init__(self) -> None:
        if not self.outer.holds(self.inner):
            raise ValueError("the marks do not enclose the content")
        if self.kind is Kind.SCARE and self.attribution is not None:
            raise ValueError("a scare quote has no speaker")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence of the article's own prose; with an `attribution` it reports what somebody said."""

    span: Span
    attribution: Attribution | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """A person or organisation of one article: canonical name, every surface form, its roles and titles."""

    name: str
    kind: SpeakerKind
    forms: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One edition of an article: its text as fetched, LF line ends, and what is known about it.

    `dated` tells where `published` was read: "json-ld", "meta", "time", "text" or "feed", "given" where somebody named
    it, "" where that is not known.
    """

    text: str
    outlet: str
    url: str | None = None
    title: str = ""
    published: datetime | None = None
    fetched: datetime | None = None
    language: str = "en"
    credits: tuple[str, ...] = ()
    modified: datetime | None = None
    dated: str = ""

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise ValueError("an article has text")
        if not self.outlet:
            raise ValueError("an article has an outlet")
        for moment in (self.published, self.fetched, self.modified):
            if moment is not None and moment.utcoffset() != timedelta(0):
                raise ValueError(f"{moment} is not UTC")

    @property
    def digest(self) -> str:
        """SHA-256 of the text, in hexadecimal: what tells editions apart."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that is read in one article: quotations in order of their start, sentences of its prose, its entities."""

    quotations: tuple[Quotation, ...]
    sentences: tuple[Sentence, ...] = ()
    entities: tuple[Entity, ...] = ()
    credits: tuple[str, ...] = ()


UNLISTED = " (unlisted)"
"""Ends the name of an outlet that somebody stated, and that no address bears out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """One passage on record as an answer needs it: the words, where they stand, and what stands around them.

    `before` and `after` are the article's characters next to the passage (a sentence or so): they tell whether a claim
    stops just before a qualifier. `copies` identifies the group of articles that share one text, `utterance` the
    quotations that render one utterance (0: it stands alone). `current` is false for a passage of an earlier edition
    that the article's newest no longer has. `language` is the article's, as an ISO 639 code.
    """

    id: int
    text: str
    kind: Kind
    outlet: str
    article: int
    url: str | None = None
    title: str = ""
    published: datetime | None = None
    credits: tuple[str, ...] = ()
    attribution: Attribution | None = None
    before: str = ""
    after: str = ""
    copies: int = 0
    utterance: int = 0
    current: bool = True
    language: str = "en"

    @property
    def listed(self) -> bool:
        """Whether its outlet is more than what somebody stated."""
        return not self.outlet.endswith(UNLISTED)


def corroborating(witnesses: Iterable[Witness]) -> list[Witness]:
    """Those whose outlets are more than stated; all of them where there are no others."""
    every = list(witnesses)
    return [witness for witness in every if witness.listed] or every


def independent_texts(witnesses: Iterable[Witness]) -> int:
    """How many texts they come to. Articles that copy one text count once.

    Those of stated outlets are one text at most, since whoever states one may have stated all, and none beside others.
    """
    counted = corroborating(witnesses)
    texts = {witness.copies or -witness.article for witness in counted}
    return len(texts) if all(witness.listed for witness in counted) else 1


class AddStatus(StrEnum):
    """What storing an article came to."""

    NEW = "new"
    KNOWN = "known"  # the same text of the same outlet again: nothing changed
    EDITION = "edition"  # another text under a URL that is on record


@dataclass(frozen=True, slots=True)
class Added:
    """The outcome of storing one article: its identifier, and how many passages it brought."""

    article: int
    status: AddStatus
    quotations: int
    copies_of: tuple[int, ...] = ()  # articles on record that share its text


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """A quotation as a list of quotations gives it, without the text of the article that it stands in.

    `speaker` is a name, `None` where nobody is named; `url` the article's canonical address.
    """

    text: str
    outlet: str
    speaker: str | None = None
    url: str | None = None
    published: datetime | None = None
    title: str = ""

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise ValueError("a quotation has words")
        if not self.outlet:
            raise ValueError("a quotation has an outlet")
        if self.published is not None and self.published.utcoffset() != timedelta(0):
            raise ValueError(f"{self.published} is not UTC")


@dataclass(frozen=True, slots=True)
class Loaded:
    """The outcome of storing a list of quotations: how many were new, and how many were on record already."""

    new: int
    known: int


@dataclass(frozen=True, slots=True)
class Utterance:
    """All quotations on record that render one utterance, oldest first."""

    id: int
    witnesses: tuple[Witness, ...]

    @property
    def first(self) -> datetime | None:
        """When it was first published, as far as dates are known."""
        return min((witness.published for witness in self.witnesses if witness.published), default=None)

    @property
    def last(self) -> datetime | None:
        """When it was last published."""
        return max((witness.published for witness in self.witnesses if witness.published), default=None)

    @property
    def outlets(self) -> tuple[str, ...]:
        """The outlets that carry it, each once."""
        return tuple(dict.fromkeys(witness.outlet for witness in self.witnesses))

    @property
    def readings(self) -> dict[str, list[Witness]]:
        """Each distinct wording, as first printed, with those that have it; differences of typography do not count."""
        found: dict[str, list[Witness]] = {}
        for witness in self.witnesses:
            plain = "".join(char for char in witness.text if char.isalnum()).casefold()
            found.setdefault(plain, []).append(witness)
        return {same[0].text: same for same in found.values()}

    @property
    def speakers(self) -> tuple[str, ...]:
        """The speakers that are named, each once; those who said it together are one."""
        said = (witness.attribution for witness in self.witnesses)
        return tuple(dict.fromkeys(who for one in said if one and (who := one.who)))

    @property
    def independent_texts(self) -> int:
        """How many texts carry it."""
        return independent_texts(self.witnesses)


class EventKind(StrEnum):
    """What an article adds to an utterance that is on record."""

    OUTLET = "new_outlet"
    WORDING = "new_wording"
    SPEAKER = "new_speaker"
    CHANGED = "changed"  # its outlet has changed it, or taken it back


@dataclass(frozen=True, slots=True)
class Event:
    """One addition to a known utterance; `id` grows, so that a reader can go on where it stopped."""

    id: int
    at: datetime
    kind: EventKind
    utterance: int
    passage: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleSummary:
    """One line of a list of articles."""

    id: int
    outlet: str
    title: str
    url: str | None
    published: datetime | None
    editions: int
    quotations: int
    copies: int


@dataclass(frozen=True, slots=True)
class Candidates:
    """What retrieval hands to matching: passages that may carry a claim, likeliest first.

    `weight` gives each folded word of the claim its information in nats, ln(N / df) over the passages on record.
    `carriers` counts the passages that hold the claim's words in one piece, which may be more than are handed over;
    `passages` those that were looked through, each one more in which chance can bring words together.
    """

    witnesses: tuple[Witness, ...]
    weight: dict[str, float]
    carriers: int = 0
    passages: int = 0


# --- a posted quote and what is found -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Claim:
    """What a user posted."""

    text: str
    speaker: str | None = None
    outlet: str | None = None
    url: str | None = None

    def names(self, outlet: str) -> bool:
        """Whether an outlet is the one that the claim names; a part of its name will do."""
        return bool(self.outlet) and (self.outlet or "").casefold() in outlet.casefold()


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a list: its line in the file, from 1 on (of a JSON list: its place), the claim, and its identifier.

    `error` is what is wrong with it; such a row is not checked, and may yet have a claim to be shown.
    """

    line: int
    claim: Claim | None
    identifier: str = ""
    error: str = ""

    def __post_init__(self) -> None:
        if self.claim is None and not self.error:
            raise ValueError("a row has a claim, or what is wrong with it")


class Op(StrEnum):
    """What one edit does, seen from the claim."""

    EQUAL = "equal"
    INSERT = "insert"  # words only in the witness
    DELETE = "delete"  # words only in the claim
    REPLACE = "replace"
    MOVE = "move"  # the same words, elsewhere in the other text: one edit on each side


@dataclass(frozen=True, slots=True)
class Edit:
    """One stretch of an alignment, as half-open ranges into the two word lists.

    `marked`: the difference is marked in the text itself, by an ellipsis or by brackets.
    `outside`: before the first or after the last aligned word (the alignment is local on both sides).
    """

    op: Op
    claim: tuple[int, int]
    witness: tuple[int, int]
    marked: bool = False
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Alignment:
    """Edits that tile both word lists, in order."""

    edits: tuple[Edit, ...]

    def __post_init__(self) -> None:
        at = (0, 0)
        for edit in self.edits:
            if (edit.claim[0], edit.witness[0]) != at or edit.claim[1] < at[0] or edit.witness[1] < at[1]:
                raise ValueError("the edits do not tile both texts")
            at = (edit.claim[1], edit.witness[1])

    @property
    def equal(self) -> int:
        """How many words are the same on both sides."""
        return sum(edit.claim[1] - edit.claim[0] for edit in self.edits if edit.op is Op.EQUAL)


class FindingClass(StrEnum):
    """What kind of difference a finding is; DESIGN §5 and `docs/verdicts.md` say what each weighs."""

    TYPOGRAPHY = "typography"
    SPELLING = "spelling"
    NUMBER_FORMAT = "number_format"
    DISFLUENCY = "disfluency"
    HOMOGLYPH = "homoglyph"
    TRIM = "trim"
    ELISION = "elision"
    BRACKET = "bracket"
    CROPPED = "cropped"
    INSERTION = "insertion"
    OMISSION = "omission"
    INFLECTION = "inflection"
    SUBSTITUTION = "substitution"
    REORDER = "reorder"
    OVERLAP = "overlap"
    POLARITY = "polarity"
    MODALITY = "modality"
    QUANTIFIER = "quantifier"
    NUMBER = "number"
    NAME = "name"
    PERSON = "person"
    SPLICE = "splice"
    UNMARKED = "unmarked"  # the words stand in an article's own prose
    TRANSLATION = "translation"
    CHANGED = "changed"  # the words stood there, and the article does not have them any more
    SPEAKER = "speaker"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One difference between claim and witness.

    `claim` and `witness` are the words concerned, as printed ("" where a side has none); the spans point into the
    claim's and the witness's text. `witness_span` is `None` where the words stand beside the witness, in its context.
    """

    cls: FindingClass
    severity: int
    claim_span: Span
    witness_span: Span | None
    claim: str
    witness: str

    def __post_init__(self) -> None:
        if not 0 <= self.severity <= 5:
            raise ValueError(f"severity {self.severity} is not in 0..5")


class Wording(StrEnum):
    """How the claim's words stand to the record's; the order is from best to worst."""

    VERBATIM = "verbatim"
    TRIMMED = "trimmed"
    ELIDED = "elided"
    OVERLAP = "overlap"
    REWORDED = "reworded"
    CROPPED = "cropped"
    ALTERED = "altered"
    PARAPHRASE = "paraphrase"
    SIMILAR = "similar"
    TOO_COMMON = "too_common"
    NOT_FOUND = "not_found"


class Agreement(StrEnum):
    """How the claimed speaker stands to those the witnesses name."""

    AGREES = "agrees"
    DIFFERS = "differs"
    OUTLETS_DISAGREE = "outlets_disagree"
    ROLE_ONLY = "role_only"
    NOT_CLAIMED = "not_claimed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One distinct wording with all its witnesses, compared with the claim through one of them."""

    text: str
    witnesses: tuple[Witness, ...]
    alignment: Alignment
    wording: Wording
    findings: tuple[Finding, ...] = ()

    def __post_init__(self) -> None:
        if not self.witnesses:
            raise ValueError("a variant has a witness")

    @property
    def severity(self) -> int:
        """The severity of the worst finding, 0 where there is none."""
        return max((finding.severity for finding in self.findings), default=0)


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was searched: how many articles of how many outlets, and the span of their dates."""

    articles: int
    outlets: int
    quotations: int
    oldest: datetime | None = None
    newest: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The answer to one claim. `variants` is widest first; `wording` is that of the best witness."""

    claim: Claim
    wording: Wording
    attribution: Agreement
    severity: int
    variants: tuple[Variant, ...]
    independent_texts: int
    coverage: Coverage
    policy: str
    carriers: int = 0  # how many passages hold the words, where these are few or too common to attribute
    speakers: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        if (self.wording is Wording.NOT_FOUND) == bool(self.variants) and self.wording is not Wording.TOO_COMMON:
            raise ValueError("not found goes with no variants, and nothing else does")

    @property
    def verdict(self) -> str:
        """The two axes in one word: an attribution that is wrong outweighs the wording."""
        if self.attribution is Agreement.DIFFERS and self.wording is not Wording.NOT_FOUND:
            return "misattributed"
        if self.attribution is Agreement.OUTLETS_DISAGREE and self.wording in (Wording.VERBATIM, Wording.TRIMMED):
            return "disputed"
        if self.wording is Wording.REWORDED and self._translated():
            return "translated"
        return str(self.wording)

    def _translated(self) -> bool:
        """Whether the other words may be those of translators."""
        reworded = (variant for variant in self.variants if variant.wording is Wording.REWORDED)
        nearest = min(reworded, key=lambda variant: variant.severity, default=None)
        return nearest is not None and any(found.cls is FindingClass.TRANSLATION for found in nearest.findings)

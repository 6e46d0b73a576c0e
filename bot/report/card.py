"""A report as a card for Discord: pure values in Discord's markdown, within its limits whatever is in the report.

All foreign text goes through `safe`. What does not fit is told in less detail, never in a broken way: `_DETAILS` is
gone through from the fullest to the barest until the whole card fits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from bot.model import Report, Variant, Witness, Wording
from bot.report import diff, phrases
from bot.report.diff import Part, Segment
from bot.report.safe import CUT, apart, link, safe, units
from bot.report.say import say
from bot.text import words

PER_PAGE = 5
"""Wordings on one page of a card."""

MOST = 3700
"""UTF-16 units of a card's text: Discord takes 4,000 in one message, and who sends it adds a line or two."""

GREEN, AMBER, RED, GREY = 0x2E9E5B, 0xE09F1F, 0xD23B3B, 0x7A7F87
_GRAVITY = (GREEN, GREEN, AMBER, AMBER, RED, RED)
_NO_ANSWER = (Wording.NOT_FOUND, Wording.TOO_COMMON, Wording.SIMILAR)
_MARKS = {Part.YOURS: ("~~", "~~"), Part.THEIRS: ("**__", "__**"), Part.MARKED: ("__", "__")}
_ENDS = tuple(closing for _, closing in _MARKS.values())
_HAIR = "\u200a"
_GAP = re.compile(r"[\[(]\s*(?:…|\.\s?\.\s?\.+)\s*[\])]|…+|\.{3,}|\.\s\.\s\.")


@dataclass(frozen=True, slots=True)
class Card:
    """What is shown for one claim: `blocks` are those of one of `pages`, every text is markup, `accent` is RGB."""

    accent: int
    head: str
    blocks: tuple[str, ...]
    foot: str
    pages: int

    @property
    def length(self) -> int:
        """UTF-16 units of all its text."""
        return sum(map(units, (self.head, *self.blocks, self.foot)))


@dataclass(frozen=True, slots=True)
class _Detail:
    """How much is told: lengths in UTF-16 units, and how many lines of a kind."""

    quote: int
    wording: int
    line: int
    findings: int
    outlets: int
    linked: bool = True


_DETAILS = (
    _Detail(quote=700, wording=1200, line=300, findings=4, outlets=5),
    _Detail(quote=500, wording=700, line=200, findings=3, outlets=4),
    _Detail(quote=350, wording=420, line=160, findings=2, outlets=3),
    _Detail(quote=250, wording=300, line=120, findings=1, outlets=2),
    _Detail(quote=200, wording=240, line=100, findings=1, outlets=1),
    _Detail(quote=120, wording=120, line=60, findings=1, outlets=1, linked=False),
)


def card(report: Report, page: int = 0, locale: str | None = "en") -> Card:
    """The card of a report's `page`, counted from 0; a page that there is not is the nearest that there is."""
    pages = max(1, ceil(len(report.variants) / PER_PAGE))
    page = min(max(page, 0), pages - 1)
    shown = _parted(report, page)
    for detail in _DETAILS:
        made = _Writer(report, locale, detail).card(page, pages, shown)
        if made.length <= MOST:
            break
    return made


def blocks(report: Report, locale: str | None = "en", most: int = MOST) -> tuple[str, ...]:
    """The wordings of a card's first page alone, or as many of them as `most` units of text hold: one at least."""
    shown = _parted(report, 0)
    for detail in _DETAILS:
        writer = _Writer(report, locale, detail)
        made = tuple(writer.block(number, *each) for number, each in enumerate(shown, 1))
        if sum(map(units, made)) <= most:
            break
    while len(made) > 1 and sum(map(units, made)) > most:
        made = made[:-1]
    return made


def _parted(report: Report, page: int) -> list[tuple[Variant, list[Segment]]]:
    """The wordings of a page, each with its segments against the claim."""
    shown = report.variants[page * PER_PAGE :][:PER_PAGE]
    return [(one, [Segment(each.part, _gaps(each.text)) for each in diff.segments(report.claim, one)]) for one in shown]


def accent(report: Report) -> int:
    """Green, amber or red by the severity; grey where nothing could be told, never green where outlets disagree."""
    if report.wording in _NO_ANSWER:
        return GREY
    colour = _GRAVITY[report.severity]
    return AMBER if colour == GREEN and report.verdict in ("disputed", "misattributed", "paraphrase") else colour


def marked_up(parts: list[Segment], limit: int) -> str:
    """Segments as markup: ``~~only in the claim~~ **__only in the outlet__**``, cut to `limit` units.

    Marks stand next to a space or a sign, never to a letter, beside which not every client reads them: in a script that
    does not part its words a hair's breadth is put between.
    """
    shown = ""
    for segment in parts:
        opening, closing = _MARKS.get(segment.part, ("", ""))
        bare = segment.text.strip()
        text = safe(bare, limit - units(shown) - len(opening) - len(closing) - 2)
        if not text:
            shown += " " if segment.text.isspace() else ""
            continue
        lead, tail = (" " if at.isspace() else "" for at in (segment.text[0], segment.text[-1]))
        touching = (opening and shown[-1:].isalnum()) or (shown.endswith(_ENDS) and text[0].isalnum())
        shown += f"{lead or (_HAIR if touching else '')}{opening}{text}{closing}{tail}"
        if text.endswith(CUT) and not bare.endswith(CUT):
            break
    return shown.strip()


def changes(parts: list[Segment]) -> tuple[int, int]:
    """How many words only the outlet has, and how many only the claim."""
    more, fewer = (sum(len(words(one.text)) for one in parts if one.part is part) for part in (Part.THEIRS, Part.YOURS))
    return more, fewer


@dataclass(frozen=True, slots=True)
class _Writer:
    report: Report
    locale: str | None
    detail: _Detail

    def card(self, page: int, pages: int, shown: Sequence[tuple[Variant, list[Segment]]]) -> Card:
        numbered = enumerate(shown, page * PER_PAGE + 1)
        blocks = tuple(self.block(number, variant, parts) for number, (variant, parts) in numbered)
        used = {segment.part for _, parts in shown for segment in parts}
        return Card(accent(self.report), self.head(), blocks, self.foot(used, page, pages), pages)

    def head(self) -> str:
        report, line = self.report, self.detail.line
        verdict = self.say(f"verdict.{report.verdict}")
        lines = [f"### {phrases.ICONS[report.verdict]} {verdict[:1].upper()}{verdict[1:]}"]
        lines += [phrases.sentence(report.verdict, self.locale), "", f"> {self.quoted(report)}", ""]
        lines += [apart(safe(each, 2 * line)) for each in phrases.details(report, self.locale)]
        if report.variants:
            lines.append(safe(phrases.tally(report, self.locale), line))
        return "\n".join(lines).rstrip()

    def quoted(self, report: Report) -> str:
        claimed = f" — {apart(safe(report.claim.speaker, 80))}" if report.claim.speaker else ""
        return f"“{apart(safe(_gaps(report.claim.text), self.detail.quote))}”{claimed}"

    def block(self, number: int, variant: Variant, parts: list[Segment]) -> str:
        text = apart(marked_up(diff.shortened(parts), self.detail.wording))
        who = apart(safe(phrases.said_by(variant, self.locale), self.detail.line))
        said = [f"> {text}", "", who] if variant.witnesses[0].kind.own else [f"> “{text}”", "", f"— {who}"]
        lines = [self.heading(number, variant, changes(parts)), *said]
        told = phrases.telling(variant)[: self.detail.findings]
        lines += [f"-# {apart(safe(phrases.difference(one, self.locale), self.detail.line))}" for one in told]
        return "\n".join([*lines, *self.outlets(variant)])

    def heading(self, number: int, variant: Variant, changed: tuple[int, int]) -> str:
        outlets = len({witness.outlet for witness in variant.witnesses})
        name = self.say(f"verdict.{variant.wording}")
        parts = [f"**{number} · {name}**", phrases.many("outlet", outlets, self.locale)]
        signed = [f"{sign}{many}" for sign, many in zip("+−", changed, strict=True) if many]
        if signed:
            parts.append(f"{' '.join(signed)} {self.say('count.word', count=sum(changed))}")
        return " · ".join(parts)

    def outlets(self, variant: Variant) -> Iterator[str]:
        for witness in variant.witnesses[: self.detail.outlets]:
            yield self.outlet(witness)
        more = len(variant.witnesses) - self.detail.outlets
        if more > 0:
            yield phrases.many("more_article", more, self.locale)

    def outlet(self, witness: Witness) -> str:
        url = witness.url if self.detail.linked else None
        name = apart(link(witness.outlet, url, self.detail.line + 200 if url else self.detail.line))
        date = phrases.day(witness.published, self.locale) if witness.published else self.say("card.undated")
        via = witness.attribution.via if witness.attribution else ()
        parts = [name, date.replace(" ", "\u00a0")]
        if via:
            reported = self.say("card.via", names=phrases.listed(via, self.locale))
            parts.append(apart(safe(reported, self.detail.line)))
        if not witness.current:
            parts.append(self.say("card.changed"))
        return " · ".join(parts)

    def foot(self, used: set[Part], page: int, pages: int) -> str:
        lines = []
        legend = [self.say(key).join(_MARKS[part]) for part, key in diff.LEGEND.items() if part in used]
        if legend:
            lines.append(f"-# {' · '.join(legend)}")
        lines.append(f"-# {phrases.looked_in(self.report.coverage, self.locale)}")
        if pages > 1:
            lines.append(f"-# {self.say('card.page', page=page + 1, pages=pages)}")
        return "\n".join(lines)

    def say(self, key: str, **values: object) -> str:
        return say(self.locale, key, **values)


def _gaps(text: str) -> str:
    """A gap that the text itself marks as ``[…]``, so that nobody takes it for a cut of ours."""
    return _GAP.sub("[…]", text)

"""Alerts as cards: what happened to an utterance, its wordings against the first one, and what became of the alert.

As in every card all foreign text goes through `safe`; what Discord makes of a link or a mention here is ours.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.match import policy, translation
from bot.match.agreement import agreement
from bot.match.compare import Comparison, compare
from bot.model import Attribution, Claim, Coverage, Kind, Report, SpeakerKind, Utterance, Variant, Witness
from bot.orders import Alert, AlertKind
from bot.report import phrases
from bot.report.card import GREEN, MOST, Card, accent, blocks
from bot.report.safe import apart, link, plain, safe, units
from bot.report.say import say

ICONS = {
    AlertKind.MISQUOTE: "✖",
    AlertKind.ATTRIBUTION: "⚖",
    AlertKind.DISAGREE: "⚖",
    AlertKind.CHANGED: "✎",
    AlertKind.WORDING: "≠",
    AlertKind.OUTLET: "＋",
    AlertKind.WATCH: "◉",
}
_ORDER = tuple(ICONS)
_SHOWN = 5
"""Happenings that one card tells of, and quotes that a card of watches shows."""
_DIGEST = 12
"""Quotes that a digest shows; the graver go first."""
_FOOT = 600  # units that the foot of a card may need
_MARKS = ("~~", "**__")


@dataclass(frozen=True, slots=True)
class Standing:
    """What a server has done about an utterance: who acknowledged it and when, and whether it is no divergence."""

    acknowledged: tuple[int, datetime] | None = None
    suppressed: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """An alert with the passage that it is about; `None` where that is not on record any more."""

    alert: Alert
    witness: Witness | None = None

    @property
    def gravity(self) -> tuple[int, int]:
        """Orders alerts from the gravest down."""
        return -self.alert.severity, _ORDER.index(self.alert.kind)


def notice(
    found: Utterance,
    told: Sequence[Told],
    standing: Standing = Standing(),
    posted: Report | None = None,
    locale: str | None = "en",
) -> Card:
    """The card of an utterance that alerts were raised about, in the order in which they came.

    `posted` is the answer to the misquote that was posted, where its words could be had; else the first wording on
    record is what the others are held against.
    """
    report = posted or against_first(found, [one.witness.id for one in told if one.witness])
    head = _head(report, told, posted is not None, locale)
    shown = blocks(report, locale, MOST - units(head) - _FOOT)
    foot = _foot(report, standing, len(shown), posted is not None, locale)
    gravity = max((one.alert.severity for one in told), default=report.severity)
    colour = GREEN if standing.acknowledged or standing.suppressed else accent(_weighing(report, gravity))
    return Card(colour, head, shown, foot, 1)


def against_first(found: Utterance, new: Sequence[int] = ()) -> Report:
    """An utterance as the answer to its first wording: that one, those of the passages `new`, then the widest."""
    (first, _), *_ = found.readings.items()
    claim = Claim(first)
    readings = list(found.readings.values())
    compared = translation.marked([compare(claim, held[0]) for held in readings], *found.witnesses)
    variants = [_variant(one, held) for one, held in zip(compared, readings, strict=True)]
    rest = sorted(
        variants[1:],
        key=lambda one: (
            not any(each.id in new for each in one.witnesses),
            -len({each.outlet for each in one.witnesses}),
        ),
    )
    how, speakers = agreement(None, found.witnesses)
    return Report(
        claim=claim,
        wording=variants[0].wording,
        attribution=how,
        severity=max(variant.severity for variant in variants),
        variants=(variants[0], *rest),
        independent_texts=found.independent_texts,
        coverage=Coverage(len({one.article for one in found.witnesses}), len(found.outlets), len(found.witnesses)),
        policy=policy.POLICY,
        speakers=speakers,
    )


def digest(quotes: Sequence[tuple[Utterance, Sequence[Told]]], dropped: int = 0, locale: str | None = "en") -> Card:
    """One card for many utterances, a line or two each; `dropped`: so many alerts more were not kept."""
    ranked = sorted(quotes, key=lambda pair: min(one.gravity for one in pair[1]))
    head = f"### {say(locale, 'notice.digest', count=len(quotes))}"
    lines = _fitting([_in_short(found, told, locale) for found, told in ranked[:_DIGEST]], MOST - _FOOT)
    more = len(quotes) - len(lines)
    foot = [say(locale, "notice.more_quotes", count=more)] if more else []
    foot += [say(locale, "notice.dropped", count=dropped)] if dropped else []
    gravity = max((one.alert.severity for _, told in quotes for one in told), default=0)
    report = against_first(ranked[0][0])
    shown = ("\n".join(lines),)
    return Card(
        accent(_weighing(report, gravity)), head, shown, "\n".join(foot) or f"-# {say(locale, 'notice.held')}", 1
    )


def watched(about: Sequence[tuple[str, Witness]], locale: str | None = "en") -> Card:
    """What a user's watches found: each with what is watched."""
    head = f"### {ICONS[AlertKind.WATCH]} {say(locale, 'notice.watch')}"
    told = [
        f"{say(locale, 'notice.watching', what=f'**{safe(what, 120)}**')}\n> “{apart(safe(one.text, 300))}”\n\n"
        f"{_who(one, locale)} · {_where(one, locale)}"
        for what, one in about[:_SHOWN]
    ]
    shown = tuple(_fitting(told, MOST - _FOOT))
    more = len(about) - len(shown)
    foot = [say(locale, "notice.more_quotes", count=more)] if more > 0 else []
    return Card(GREEN, head, shown, "\n".join([*foot, f"-# {say(locale, 'notice.watch_end')}"]), 1)


def sample(locale: str | None = "en") -> Card:
    """A card of a quote that nobody said, to try a channel with."""
    said = Attribution(
        speaker=say(locale, "notice.sample_speaker"), kind=SpeakerKind.PERSON, rule="sample", confidence=1.0
    )
    texts = (say(locale, "notice.sample"), say(locale, "notice.sample_other"))
    witnesses = tuple(
        Witness(id=number, text=text, kind=Kind.DIRECT, outlet=outlet, article=number, attribution=said)
        for number, (text, outlet) in enumerate(zip(texts, ("bay.example", "cape.example"), strict=True), 1)
    )
    alert = Alert(key="sample", kind=AlertKind.WORDING, severity=4, user=1, passage=2)
    made = notice(Utterance(1, witnesses), [Told(alert, witnesses[1])], locale=locale)
    return replace(made, foot=f"{made.foot}\n-# {say(locale, 'notice.sample_note')}")


def happenings(told: Sequence[Told]) -> list[list[Told]]:
    """Alerts by what they are about: all that one passage brought, or one posted quote."""
    found: dict[object, list[Told]] = {}
    for one in told:
        posted = one.alert.kind is AlertKind.MISQUOTE
        found.setdefault(one.alert.key if posted else one.alert.passage, []).append(one)
    return list(found.values())


def happening(told: Sequence[Told], locale: str | None = "en", *, words: bool = False, linked: bool = True) -> str:
    """One line on what one passage brought; with `words` those of the passage stand below it."""
    kinds = sorted({one.alert.kind for one in told}, key=_ORDER.index)
    lead = f"{ICONS[kinds[0]]} **{', '.join(say(locale, f'notice.{kind}') for kind in kinds)}**"
    alert, witness = told[0].alert, told[0].witness
    if alert.kind is AlertKind.MISQUOTE:
        verdict = str(alert.facts.get("verdict", ""))
        named = f" · {say(locale, f'verdict.{verdict}')}" if verdict else ""
        return f"{lead}{named} · {alert.facts.get('link', '')}".rstrip(" ·")
    if witness is None:
        return lead
    line = f"{lead} · {_who(witness, locale)} · {_where(witness if linked else replace(witness, url=None), locale)}"
    return f"{line}\n> “{apart(safe(witness.text, 500))}”" if words else line


def title(found: Utterance, limit: int = 90) -> str:
    """A plain line that names an utterance: ``Ana Lorentz: “a lasting peace”``."""
    who = f"{plain(found.speakers[0])[:30]}: " if found.speakers else ""
    text = plain(found.witnesses[0].text)
    room = limit - len(who) - 2
    return f"{who}“{text if len(text) <= room else text[: room - 1].rstrip() + '…'}”"


def source(witness: Witness, locale: str | None = "en") -> str:
    """One carrier of an utterance: outlet, date, speaker, the article's title."""
    parts = [_where(witness, locale), _who(witness, locale)]
    if witness.title:
        parts.append(apart(safe(witness.title, 80)))
    return " · ".join(parts)


def _variant(compared: Comparison, held: Sequence[Witness]) -> Variant:
    return Variant(
        text=held[0].text,
        witnesses=tuple(held),
        alignment=compared.alignment,
        wording=compared.wording,
        findings=compared.findings,
    )


def _weighing(report: Report, severity: int) -> Report:
    return replace(report, severity=severity)


def _head(report: Report, told: Sequence[Told], posted: bool, locale: str | None) -> str:
    worst = min(told, key=lambda one: one.gravity).alert.kind if told else AlertKind.OUTLET
    lines = [f"### {ICONS[worst]} {say(locale, f'notice.{worst}_title')}", *_lines(told, locale), ""]
    if posted:
        lines += [say(locale, "notice.posted"), f"> “{apart(safe(report.claim.text, 300))}”"]
    else:
        lines.append(say(locale, "notice.first", where=_where(report.variants[0].witnesses[0], locale)))
    return "\n".join(lines)


def _lines(told: Sequence[Told], locale: str | None) -> Iterator[str]:
    all_ = happenings(told)
    if len(all_) > _SHOWN:
        yield f"-# {say(locale, 'notice.earlier', count=len(all_) - _SHOWN)}"
    for each in all_[-_SHOWN:]:
        yield happening(each, locale, linked=each is all_[-1])


def _foot(report: Report, standing: Standing, shown: int, posted: bool, locale: str | None) -> str:
    names = ("notice.only_posted" if posted else "notice.only_first", "card.theirs")
    legend = " · ".join(f"{mark}{say(locale, key)}{mark[::-1]}" for mark, key in zip(_MARKS, names, strict=True))
    lines = [f"-# {legend}", safe(phrases.tally(report, locale), 300)]
    if len(report.variants) > shown:
        lines.append(f"-# {say(locale, 'notice.more_wordings', count=len(report.variants) - shown)}")
    if standing.acknowledged:
        user, at = standing.acknowledged
        lines.append(f"✓ {say(locale, 'notice.acknowledged', who=f'<@{user}>', when=f'<t:{int(at.timestamp())}:R>')}")
    if standing.suppressed:
        lines.append(f"✕ {say(locale, 'notice.suppressed')}")
    return "\n".join(lines)


def _fitting(lines: Sequence[str], most: int) -> list[str]:
    """As many of some lines, from the first, as `most` units hold."""
    left, fitting = most, list[str]()
    for line in lines:
        left -= units(line) + 1
        if left < 0:
            break
        fitting.append(line)
    return fitting


def _in_short(found: Utterance, told: Sequence[Told], locale: str | None) -> str:
    kinds = sorted({one.alert.kind for one in told}, key=_ORDER.index)
    names = ", ".join(say(locale, f"notice.{kind}") for kind in kinds)
    newest = next((one.witness for one in reversed(told) if one.witness), found.witnesses[-1])
    outlets = phrases.many("outlet", len(found.outlets), locale)
    quote = f"“{apart(safe(newest.text, 110))}”"
    return f"{ICONS[kinds[0]]} {quote}\n-# {names} · {_who(newest, locale)} · {_where(newest, locale)} · {outlets}"


def _who(witness: Witness, locale: str | None) -> str:
    return apart(safe(phrases.who(witness.attribution, locale), 60))


def _where(witness: Witness, locale: str | None) -> str:
    date = phrases.day(witness.published, locale) if witness.published else say(locale, "card.undated")
    return f"{apart(link(witness.outlet, witness.url, 260 if witness.url else 60))} · {date}"

"""Passages, quotations and articles as the rows of a list in Discord: markdown, each of a length that is known.

All foreign text goes through `safe`. A row is at most `LONGEST` UTF-16 units long, so that five of them, a heading and
a foot are within the 4,000 of one message.
"""

from __future__ import annotations

from bot.match.edits import Edit
from bot.model import ArticleSummary, Attribution, Quotation, Utterance, Witness
from bot.report import phrases
from bot.report.safe import apart, link, safe
from bot.report.say import say

LONGEST = 700
"""UTF-16 units of one row."""
_QUOTE, _NAME, _VIA, _LINK, _CUE, _NAMES = 260, 60, 40, 150, 60, 90


def passage(witness: Witness, locale: str | None, utterance: Utterance | None = None) -> str:
    """One passage on record: its words, who is said to have said them, where they stand, what is contested."""
    words = apart(safe(witness.text, _QUOTE))
    own = witness.kind.own
    who = apart(safe(phrases.own_words(witness, locale), _NAME + _VIA)) if own else said(witness.attribution, locale)
    parts = [who, link(witness.outlet, witness.url, _LINK), _dated(witness, locale), _number(witness.article, locale)]
    lines = [f"> {words}" if own else f"> “{words}”", "", " · ".join(parts)]
    if utterance is not None and contested(utterance):
        lines.append(f"-# ⚖ {_contest(utterance, locale)}")
    return "\n".join(lines)


def contested(utterance: Utterance) -> bool:
    """Whether the outlets differ on who said it, or on the words."""
    return len(utterance.speakers) > 1 or len(utterance.readings) > 1


def quotation(found: Quotation, text: str, locale: str | None) -> str:
    """One quotation of an article: its words with their marks, its speaker, its cue and what it rests on."""
    lines = [f"> {apart(safe(found.outer.of(text), _QUOTE))}", "", said(found.attribution, locale)]
    if found.attribution is not None and found.attribution.cue is not None:
        lines[-1] += f" · *{apart(safe(found.attribution.cue.text, _CUE))}*"
    if found.attribution is not None:
        sure = round(100 * found.attribution.confidence)
        lines.append(f"-# {say(locale, 'article.how', kind=found.kind, rule=found.attribution.rule, sure=sure)}")
    return "\n".join(lines)


def edit(found: Edit, locale: str | None) -> str:
    """What an outlet changed in one quotation after publication: as it stood and as it stands."""
    lines = [f"✎ {say(locale, 'notice.changed')}", f"> ~~“{apart(safe(found.before.text, _QUOTE))}”~~"]
    if found.after is not None:
        lines.append(f"> “{apart(safe(found.after.text, _QUOTE))}”")
    worst = max(found.findings, key=lambda one: one.severity, default=None)
    told = phrases.difference(worst, locale) if worst else ""
    return "\n".join([*lines, "", f"-# {apart(safe(told, _LINK))}"])


def article(summary: ArticleSummary, locale: str | None) -> str:
    """An article in one line: number, title as a link, outlet, date, how many quotations."""
    title = link(summary.title or say(locale, "article.untitled"), summary.url, 2 * _LINK)
    parts = [_number(summary.id, locale), title, apart(safe(summary.outlet, _NAME))]
    if summary.published:
        parts.append(phrases.day(summary.published, locale))
    parts.append(phrases.many("quote", summary.quotations, locale))
    return " · ".join(parts)


def said(attribution: Attribution | None, locale: str | None) -> str:
    """Who is said to have said it: ``**Ana Lorentz** · via AP``."""
    if attribution is None:
        return say(locale, "detail.no_speaker")
    if not attribution.speakers:
        who = say(locale, "detail.unclear")
    else:
        who = f"**{apart(safe(phrases.who(attribution, locale), _NAME))}**"
    if not attribution.via:
        return who
    reported = say(locale, "card.via", names=phrases.listed(attribution.via, locale))
    return f"{who} · {apart(safe(reported, _VIA))}"


def _contest(utterance: Utterance, locale: str | None) -> str:
    parts = [phrases.many("wording", len(utterance.readings), locale)]
    if len(utterance.speakers) > 1:
        names = apart(safe(phrases.listed(utterance.speakers, locale), _NAMES))
        parts.append(say(locale, "speaker.named_as", names=names))
    return " · ".join(parts)


def _dated(witness: Witness, locale: str | None) -> str:
    return phrases.day(witness.published, locale) if witness.published else say(locale, "card.undated")


def _number(article_: int, locale: str | None) -> str:
    return say(locale, "article.number", number=article_)

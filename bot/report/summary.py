"""The report of a list in short: how many quotes have which verdict, and the gravest of them, as a card for Discord."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.model import Claim
from bot.report import phrases
from bot.report.card import AMBER, GREEN, RED, Card
from bot.report.safe import apart, safe
from bot.report.say import say

WORST = 5
"""Quotes that are shown."""
_QUOTE, _NAME, _FILE, _OUTLETS = 220, 60, 80, 90


@dataclass(frozen=True, slots=True)
class Grave:
    """A quote that differs from what is on record: its line in the list, and what its row of the sheet tells."""

    line: int
    claim: Claim
    told: Mapping[str, str]

    @property
    def severity(self) -> int:
        """1 to 5."""
        return int(self.told["severity"])


@dataclass(frozen=True, slots=True)
class Summary:
    """`verdicts` counts the quotes by verdict, those of most quotes first; `unusable` could not be checked."""

    rows: int
    verdicts: Mapping[str, int]
    unusable: int
    worst: tuple[Grave, ...]


def summary(rows: Iterable[tuple[int, Claim | None, Mapping[str, str]]]) -> Summary:
    """What a list comes to, of the line, the claim and what `sheet.answer` told of each row; read once, none kept."""
    verdicts: Counter[str] = Counter()
    total = 0
    worst: list[Grave] = []
    for line, claim, told in rows:
        total += 1
        if claim is None or not told.get("verdict"):
            continue
        verdicts[told["verdict"]] += 1
        grave = Grave(line, claim, told)
        if grave.severity:
            worst = sorted([*worst, grave], key=lambda one: (-one.severity, one.line))[:WORST]
    return Summary(total, dict(verdicts.most_common()), total - verdicts.total(), tuple(worst))


def card(found: Summary, name: str, locale: str | None = "en") -> Card:
    """The card of a list that was sent under a file's name."""
    gravest = max((grave.severity for grave in found.worst), default=0)
    checked = phrases.many("quote", found.rows, locale)
    heading = say(locale, "bulk.heading", name=safe(name, _FILE), quotes=checked)
    lines = [f"### {heading}", *(_counted(verdict, number, locale) for verdict, number in found.verdicts.items())]
    if found.unusable:
        lines.append(say(locale, "bulk.unusable", count=found.unusable))
    blocks = [_block(grave, locale) for grave in found.worst]
    if blocks:
        lines += ["", say(locale, "bulk.worst", count=len(blocks))]
    accent = RED if gravest >= 4 else AMBER if gravest >= 2 else GREEN
    return Card(accent, "\n".join(lines), tuple(blocks), f"-# {say(locale, 'bulk.foot')}", 1)


def _counted(verdict: str, number: int, locale: str | None) -> str:
    return f"{phrases.ICONS[verdict]} {phrases.figure(number, locale)} × {say(locale, f'verdict.{verdict}')}"


def _block(grave: Grave, locale: str | None) -> str:
    """A quote, and the wording and the speakers that are on record for it."""
    told, claim = grave.told, grave.claim
    verdict = f"{phrases.ICONS[told['verdict']]} {say(locale, 'verdict.' + told['verdict'])}"
    claimed = f" — {apart(safe(claim.speaker, _NAME))}" if claim.speaker else ""
    lines = [
        f"**{verdict}** · {say(locale, 'bulk.line', line=grave.line)}",
        f"> “{apart(safe(claim.text, _QUOTE))}”{claimed}",
        "",
    ]
    if told.get("best_text"):
        who = safe(told.get("speakers_found", ""), _NAME) or say(locale, "detail.no_speaker")
        text, outlets = safe(told["best_text"], _QUOTE), safe(told.get("outlets", ""), _OUTLETS)
        lines.append(say(locale, "bulk.on_record", text=apart(text), who=apart(who), outlets=outlets))
    return "\n".join(lines).rstrip()

"""A report on the terminal: with colour where there is colour, and as clear without.

Text from outside is never parsed as markup, and its control characters are shown, not obeyed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.text import Text

from bot.match.edits import Edit
from bot.model import Report, Utterance, Variant, Witness, independent_texts
from bot.report import diff, phrases
from bot.report.diff import Part, Segment

MOST_VARIANTS = 6
MOST_WITNESSES = 6
_STYLES = {
    Part.SAME: "",
    Part.CONTEXT: "dim",
    Part.YOURS: "strike red",
    Part.THEIRS: "bold underline green",
    Part.MARKED: "italic cyan",
}
_GRAVITY = ("green", "green", "yellow", "yellow", "red", "red")
LEGEND = "[-only in your quote-]  {+only in the outlet+}  {~marked in the text itself~}"


class _Wording:
    """One variant's words. Decided when it is drawn: styles where the console has colour, brackets where it has not."""

    def __init__(self, parts: list[Segment], *, quoted: bool) -> None:
        self._parts = parts
        self._marks = ("“", "”") if quoted else ("", "")

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        if console.color_system is None or console.no_color:
            yield Text(clean(diff.marked_up(self._parts)).join(self._marks))
            return
        text = Text(self._marks[0])
        for part in self._parts:
            text.append(clean(part.text), style=_STYLES[part.part])
        text.rstrip()
        text.append(self._marks[1])
        yield text


def render(report: Report) -> RenderableType:
    """The whole answer, for any width from 30 columns on."""
    return Group(*_blocks(report))


def clean(text: str) -> str:
    """Text from outside on one line, safe for a terminal: control, format and surrogate characters become a blank."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split(" "))


def _blocks(report: Report) -> Iterator[RenderableType]:
    yield Text(phrases.headline(report), style=f"bold {_GRAVITY[report.severity]}")
    claimed = f" — {clean(report.claim.speaker)}" if report.claim.speaker else ""
    yield Text(f"“{clean(phrases.shorten(report.claim.text, 400))}”{claimed}", style="italic")
    for line in phrases.details(report):
        yield Text(clean(line))
    if report.variants:
        yield Text(phrases.tally(report))
    for number, variant in enumerate(report.variants[:MOST_VARIANTS], 1):
        yield Text()
        yield from _variant(number, variant, report)
    if len(report.variants) > MOST_VARIANTS:
        more = phrases.count(len(report.variants) - MOST_VARIANTS, "more wording")
        yield Padding(Text(f"… and {more}: use --json for all of them.", style="dim"), (1, 0, 0, 0))
    yield Text()
    if any(finding.severity for variant in report.variants for finding in variant.findings):
        yield _Legend()
    yield Text(phrases.looked_in(report.coverage), style="dim")


def utterance(found: Utterance) -> RenderableType:
    """Every wording of one utterance with those who carry it, widest first."""
    lines: list[RenderableType] = [Text(phrases.said_once(found), style="bold")]
    for number, (text, carriers) in enumerate(phrases.widest(found), 1):
        outlets = len({witness.outlet for witness in carriers})
        lines += [Text(), Text(f"{number}. {phrases.count(outlets, 'outlet')}", style="bold")]
        lines.append(_indented(Text(f"“{clean(text.strip())}”")))
        for witness in carriers[:MOST_WITNESSES]:
            said = witness.attribution.who if witness.attribution else None
            who = f"passage {witness.id} · {clean(said or 'no speaker named')} · "
            lines.append(_indented(Text(who).append(_carrier(witness))))
        if len(carriers) > MOST_WITNESSES:
            lines.append(_indented(Text(f"and {len(carriers) - MOST_WITNESSES} more; --json has all", style="dim")))
    return Group(*lines)


def utterance_line(found: Utterance, since: datetime) -> RenderableType:
    """One utterance in a list: its widest wording, who said it, how far it has spread, and how far of late."""
    text = phrases.shorten(clean(phrases.widest(found)[0][0]), 200)
    heading = Text(f"{found.id:>6}  ").append(f"“{text}”", style="bold")
    late = independent_texts(each for each in found.witnesses if each.published and each.published >= since)
    lately = f" · {late:,} of the texts since {since:%-d %b %Y}" if late < found.independent_texts else ""
    return Group(heading, _indented(Text(f"{phrases.said_once(found)}{lately}", style="dim")))


def edits(found: Sequence[Edit]) -> RenderableType:
    """What an outlet changed in quotations after publication: as it stood, as it stands, and what that comes to."""
    lines: list[RenderableType] = [Text(), Text("changed after publication", style="bold")]
    for edit in found:
        lines.append(_indented(Text(f"was  “{clean(edit.before.text.strip())}” — {clean(_who(edit.before))}")))
        if edit.after:
            lines.append(_indented(Text(f"now  “{clean(edit.after.text.strip())}” — {clean(_who(edit.after))}")))
        for finding in edit.findings:
            told = f"severity {finding.severity}: {clean(phrases.difference(finding))}"
            lines.append(Padding(Text(told, style=_GRAVITY[finding.severity]), (0, 0, 0, 8), expand=False))
    return Group(*lines)


def _who(witness: Witness) -> str:
    said = witness.attribution
    return said.who or "speaker unclear" if said else "no speaker named"


class _Legend:
    """Explains the brackets; where there is colour, colour explains itself."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        if console.color_system is None or console.no_color:
            yield Text(LEGEND)
        else:
            legend = Text()
            for part, name in ((Part.YOURS, "only in your quote"), (Part.THEIRS, "only in the outlet")):
                legend.append(name, style=_STYLES[part])
                legend.append("   ")
            yield legend


def _variant(number: int, variant: Variant, report: Report) -> Iterator[RenderableType]:
    outlets = len({witness.outlet for witness in variant.witnesses})
    heading = f"{number}. {variant.wording.replace('_', ' ')} · {phrases.count(outlets, 'outlet')}"
    yield Text(f"{heading} · {clean(phrases.said_by(variant))}", style="bold")
    quoted = not variant.witnesses[0].kind.own
    yield _indented(_Wording(diff.shortened(diff.segments(report.claim, variant)), quoted=quoted))
    for finding in phrases.telling(variant)[:5]:
        yield _indented(
            Text(f"severity {finding.severity}: {clean(phrases.difference(finding))}", style=_GRAVITY[finding.severity])
        )
    for witness in variant.witnesses[:MOST_WITNESSES]:
        yield _indented(_carrier(witness))
    if len(variant.witnesses) > MOST_WITNESSES:
        yield _indented(
            Text(f"and {phrases.count(len(variant.witnesses) - MOST_WITNESSES, 'more article')}", style="dim")
        )


def _carrier(witness: Witness) -> Text:
    date = phrases.day(witness.published) if witness.published else "undated"
    where = clean(witness.url or witness.title or f"article {witness.article}")
    via = witness.attribution.via if witness.attribution else ()
    reported = f", via {clean(phrases.listed(via))}" if via else ""
    earlier = "" if witness.current else ", changed since"
    return Text(f"{clean(witness.outlet)}, {date}{reported}{earlier}  {where}", style="cyan")


def _indented(inner: RenderableType) -> Padding:
    return Padding(inner, (0, 0, 0, 3), expand=False)

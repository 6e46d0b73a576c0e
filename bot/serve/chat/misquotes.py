"""The alert that a quote was posted which differs from the record. Where it stands is stored, never what it says."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.errors import InputError
from bot.match.rules import Happening, fires
from bot.match.speakers import said_by
from bot.model import Report, Witness
from bot.orders import Alert, AlertKind, Scope
from storage.store import Store

if TYPE_CHECKING:
    from bot.serve.chat.client import Bot

_MOST = 20  # witnesses that are noted with an alert
_LINK = re.compile(r"https://discord\.com/channels/(\d+)/(\d+)/(\d+)")


async def misquote(bot: Bot, scope: Scope, report: Report, message_link: str) -> bool:
    """Put an alert about a posted quote in the outbox of the server it was posted in.

    Returns whether there is one: not where the server has no fact-check channel, did not ask for it, does not want to
    hear of the speaker or the quote, or was told of this message before. Raises `InputError` for a link that is none.
    """
    where = _LINK.fullmatch(message_link)
    if where is None or int(where[1]) != scope.server:
        raise InputError("that is no message of this server", hint="Copy the link of a message.")
    witnesses = [witness for variant in report.variants for witness in variant.witnesses]
    if not witnesses:
        return False
    now = datetime.now(UTC)

    def put(store: Store) -> bool:
        channel = _wanted(store, scope, report, witnesses, now)
        if channel is None:
            return False
        alert = Alert(
            key=f"server {scope.server}, message {where[3]}",
            kind=AlertKind.MISQUOTE,
            severity=report.severity,
            scope=scope,
            channel=channel,
            utterance=witnesses[0].utterance or None,
            passage=witnesses[0].id,
            facts={
                "link": message_link,
                "verdict": report.verdict,
                "witnesses": [witness.id for witness in witnesses[:_MOST]],
            },
        )
        return store.outbox.put(alert, now)

    added = await bot.office.write(put)
    if added:
        bot.alerts.wake()
    return added


def _wanted(store: Store, scope: Scope, report: Report, witnesses: list[Witness], now: datetime) -> int | None:
    """The channel that the server wants the alert in, or `None` where it wants none.

    Rules that name posted misquotes decide; where there are none of these, the severity that the server has chosen.
    """
    settings = store.servers.settings(scope)
    first = witnesses[0]
    rules = [rule for rule in store.servers.rules(scope) if AlertKind.MISQUOTE in rule.kinds]
    happening = Happening(AlertKind.MISQUOTE, report.severity, first, tuple(witnesses[1:]))
    wanted = any(fires(rule, happening) for rule in rules) if rules else report.severity >= settings.least
    muted = any(said_by(one.attribution, name) for name in store.servers.mutes(scope, now) for one in witnesses)
    if not wanted or muted or store.servers.suppressed(scope, first.utterance or first.id):
        return None
    return settings.channel

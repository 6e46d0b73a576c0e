"""The sender of alerts: takes what is due from the outbox, and sends, edits, holds back, sums up or gives up."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

import aiohttp
import discord

from bot.errors import NotInRecord, OnRecordError, RecordError
from bot.model import Utterance
from bot.orders import Alert, Scope, Settings, back_off
from bot.report import notice
from bot.report.notice import Told
from bot.report.safe import safe
from bot.report.say import say
from bot.serve.chat import notices, posting, timing
from bot.serve.chat.tally import Tally
from storage.store import Store

if TYPE_CHECKING:
    from bot.serve.chat.client import Bot

log = logging.getLogger(__name__)
PAUSE = 5.0
"""Seconds between two looks into the outbox, where nothing wakes the sender earlier."""
MOST = 1_000
"""Alerts that are taken at a time, and those that are held back for one server."""
_HANDS = 10  # servers and users that are served at the same time
_PARTING = 10.0  # seconds that a message under way is given when the bot ends
_TROUBLE = (discord.DiscordServerError, aiohttp.ClientError, OSError, TimeoutError)


class Sender:
    """Sends alerts while the bot runs. `counts` says what became of them since it began."""

    def __init__(
        self,
        bot: Bot,
        *,
        burst: timedelta = timing.BURST,
        pause: float = PAUSE,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.counts = Tally()
        self.burst, self.pause, self.clock = burst, pause, clock
        self._bot, self._office = bot, bot.office
        self._woken, self._over = asyncio.Event(), asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._dropped: Counter[Scope] = Counter()
        self._resting: dict[Scope, datetime] = {}  # servers whose digest failed, and until when it is not tried
        self._unsettled: list[int] = []  # alerts whose fate could not be stored
        self._hands = asyncio.Semaphore(_HANDS)

    def begin(self) -> None:
        """Send from here on."""
        self._task = asyncio.create_task(self._run(), name="alerts")

    def wake(self) -> None:
        """There is something new."""
        self._woken.set()

    async def end(self) -> None:
        """Finish the message that is under way, and send no more."""
        self._over.set()
        self._woken.set()
        if self._task is not None:
            done, _ = await asyncio.wait([self._task], timeout=_PARTING)
            if not done:
                self._task.cancel()

    async def _run(self) -> None:
        await self._bot.wait_until_ready()
        await self.recover()
        while not self._over.is_set():
            try:
                await self.round()
            except OnRecordError as error:
                log.warning("alerts wait: %s", error)
            self._woken.clear()
            if self._over.is_set():
                return
            try:
                await asyncio.wait_for(self._woken.wait(), self.pause)
            except TimeoutError:
                continue

    async def round(self) -> None:
        """Deal with all that is due now. Raises `RecordError`."""
        now = self.clock()
        if unsettled := self._unsettled[:]:
            await self._office.write(lambda store: store.outbox.later(*unsettled, at=now))
            self._unsettled = self._unsettled[len(unsettled) :]
        due = await self._office.read(lambda store: store.outbox.due(now, MOST))
        places: dict[Scope | int, list[list[Alert]]] = {}
        for group in timing.bursts(due, now, self.burst):
            places.setdefault(group[0].scope or group[0].user or 0, []).append(group)
        await asyncio.gather(*(self._place(place, groups) for place, groups in places.items()))
        for scope in await self._office.read(lambda store: store.outbox.holding()):
            await self._held(scope)

    async def _place(self, place: Scope | int, groups: Sequence[Sequence[Alert]]) -> None:
        """The groups of one server or user, one after the other."""
        async with self._hands:
            for group in groups:
                if self._over.is_set():
                    return
                try:
                    await (self._server(place, group) if isinstance(place, Scope) else self._user(place, group))
                except RecordError as error:
                    self._unsettled += [alert.id for alert in group]
                    log.warning("alerts wait: %s", error)
                    return
                except Exception:  # one alert that nobody foresaw must not silence all others
                    self._unsettled += [alert.id for alert in group]
                    log.exception("alerts %s", [alert.id for alert in group])

    # --- servers ------------------------------------------------------------------------------------------------------

    async def _server(self, scope: Scope, group: Sequence[Alert]) -> None:
        now, ids = self.clock(), [alert.id for alert in group]
        passage = group[0].utterance or group[0].passage or 0

        def look(store: Store) -> tuple[Settings, int, bool]:
            sent = store.outbox.sent_since(scope, now - timing.HOUR)
            return store.servers.settings(scope), sent, store.servers.posted(scope, passage) is not None

        settings, sent, known = await self._office.read(look)
        if timing.waits(settings, group, now, sent, known=known) or settings.channel is None:
            self.counts.add(scope, "held", len(group))
            await self._office.write(lambda store: store.outbox.hold(*ids))
            return
        channel = settings.channel
        await self._office.write(lambda store: store.outbox.begin(*ids))
        try:
            utterance, posted = await posting.tell(self._bot, scope, channel, group, passage)
        except (OnRecordError, discord.DiscordException, *_TROUBLE) as error:
            await self._failed(scope, group, error)
            return
        self.counts.add(scope, "sent", len(group))
        await self._office.write(lambda store: store.outbox.shown(scope, utterance, posted, *ids, now=now))

    async def _failed(self, scope: Scope, group: Sequence[Alert], error: Exception) -> None:
        """What becomes of alerts that could not be sent: later, kept until the channel is chosen anew, or never."""
        ids, now = [alert.id for alert in group], self.clock()
        attempts = max(alert.attempts for alert in group) + 1
        if isinstance(error, discord.HTTPException) and error.status in (403, 404):
            await self._office.write(lambda store: store.outbox.later(*ids, at=now))
            await self._office.write(lambda store: store.outbox.hold(*ids))
            await self._stop(scope, error)
        elif isinstance(error, NotInRecord) or (isinstance(error, discord.HTTPException) and error.status == 400):
            self.counts.add(scope, "dropped", len(group))
            log.error("alerts %s cannot be sent: %s", ids, error)
            await self._office.write(lambda store: store.outbox.give_up(*ids))
        else:
            self.counts.add(scope, "failed", len(group))
            log.warning("alerts %s later: %s", ids, error)
            await self._office.write(lambda store: store.outbox.later(*ids, at=now + back_off(attempts)))

    async def _stop(self, scope: Scope, error: discord.HTTPException) -> None:
        """Post no more in a server until its channel is chosen anew, and tell the one who chose it, once."""
        settings = await self._office.read(lambda store: store.servers.settings(scope))
        if settings.channel is None:
            return
        self.counts.add(scope, "paused", 1)
        log.warning("alerts of server %d are paused: %s", scope.server, error)
        await self._office.write(lambda store: store.servers.change(scope, channel=None))
        if settings.keeper is None:
            return
        guild = self._bot.get_guild(scope.server)
        named = safe(guild.name if guild else str(scope.server), 100)
        locale = await notices.speaking(self._bot, scope)
        why = safe(error.text or str(error.status), 100)
        text = say(locale, "notice.paused", channel=settings.channel, server=named, why=why)
        try:
            await (await self._bot.create_dm(discord.Object(settings.keeper))).send(text)
        except discord.HTTPException as failure:
            log.info("the one who set the alerts up cannot be told: %s", failure)

    # --- what is held back --------------------------------------------------------------------------------------------

    async def _held(self, scope: Scope) -> None:
        now = self.clock()

        def look(store: Store) -> tuple[Settings, list[Alert], int]:
            sent = store.outbox.sent_since(scope, now - timing.HOUR)
            return store.servers.settings(scope), store.outbox.held(scope), sent

        settings, held, sent = await self._office.read(look)
        if over := [alert.id for alert in timing.surplus(held, MOST)]:
            self.counts.add(scope, "dropped", len(over))
            self._dropped[scope] += len(over)
            await self._office.write(lambda store: store.outbox.give_up(*over))
            held = [alert for alert in held if alert.id not in over]
        what = timing.release(settings, held, now, sent)
        if what is timing.Release.SINGLY:
            await self._office.write(lambda store: store.outbox.release(scope, now))
            self.wake()
        elif what is timing.Release.DIGEST and self._resting.get(scope, now) <= now:
            await self._digest(scope, settings, held)

    async def _digest(self, scope: Scope, settings: Settings, held: Sequence[Alert]) -> None:
        """Tell all that is held back in one message; what was tried before is looked for first."""
        held = [alert for alert in held if alert.attempts] or held
        ids, now, nonce = [alert.id for alert in held], self.clock(), summing(held[0])
        await self._office.write(lambda store: store.outbox.begin(*ids))
        quotes = await self._office.read(lambda store: notices.quotes(store, held))
        try:
            message = await self._summed_up(scope, settings, quotes, nonce, again=held[0].attempts > 0)
        except (discord.DiscordException, *_TROUBLE) as error:
            await self._office.write(lambda store: store.outbox.later(*ids, at=now))
            await self._office.write(lambda store: store.outbox.hold(*ids))
            self._resting[scope] = now + back_off(held[0].attempts + 1)
            self.counts.add(scope, "failed", len(ids))
            if isinstance(error, discord.HTTPException) and error.status in (403, 404):
                await self._stop(scope, error)
            return
        self.counts.add(scope, "digests", 1)
        self.counts.add(scope, "sent", len(ids))
        self._dropped.pop(scope, None)
        await self._office.write(lambda store: store.outbox.sent(*ids, message=message, now=now))

    async def _summed_up(
        self,
        scope: Scope,
        settings: Settings,
        quotes: Sequence[tuple[Utterance, list[Told]]],
        nonce: str,
        *,
        again: bool,
    ) -> int | None:
        if not quotes or settings.channel is None:
            return None
        locale = await notices.speaking(self._bot, scope)
        view = notices.marked(notice.digest(quotes, self._dropped[scope], locale), [], nonce)
        place = self._bot.get_partial_messageable(settings.channel, guild_id=scope.server)
        return await posting.once(self._bot, place, view, nonce, again=again)

    # --- users --------------------------------------------------------------------------------------------------------

    async def _user(self, user: int, group: Sequence[Alert]) -> None:
        """What a user's watches found, as one direct message."""
        now, ids, nonce = self.clock(), [alert.id for alert in group], group[0].nonce
        await self._office.write(lambda store: store.outbox.begin(*ids))
        about = await self._office.read(lambda store: notices.watched(store, user, group))
        try:
            if about:
                place = await self._bot.create_dm(discord.Object(user))
                view = notices.marked(notice.watched(about, self._bot.tongues.of(user)), [], nonce)
                message = await posting.once(self._bot, place, view, nonce, again=group[0].attempts > 0)
                await self._office.write(lambda store: store.outbox.sent(*ids, message=message, now=now))
                self.counts.add(None, "sent", len(ids))
                return
        except (discord.DiscordException, *_TROUBLE) as error:
            if not (isinstance(error, discord.HTTPException) and error.status in (400, 403, 404)):
                self.counts.add(None, "failed", len(ids))
                later = now + back_off(group[0].attempts + 1)
                await self._office.write(lambda store: store.outbox.later(*ids, at=later))
                return
        self.counts.add(None, "dropped", len(ids))  # they take no messages from us, or watch it no more
        await self._office.write(lambda store: store.outbox.give_up(*ids))

    # --- after a crash ------------------------------------------------------------------------------------------------

    async def recover(self) -> None:
        """Find out about the digests that were being sent when the program ended; all else is then due again."""
        sending: dict[Scope, list[Alert]] = {}
        for alert in await self._office.read(lambda store: store.outbox.sending()):
            if alert.scope is not None:
                sending.setdefault(alert.scope, []).append(alert)
        now = self.clock()
        for scope, alerts in sending.items():
            channel, ids = alerts[0].channel or 0, [alert.id for alert in alerts]
            place = self._bot.get_partial_messageable(channel, guild_id=scope.server)
            try:
                there = await posting.found(self._bot, place, summing(alerts[0]))
            except (discord.HTTPException, *_TROUBLE):
                there = None
            if there is not None:
                await self._office.write(partial(_settle, ids, there, now))
        await self._office.write(lambda store: store.outbox.recover(now))


def _settle(alerts: Sequence[int], message: int, now: datetime, store: Store) -> None:
    store.outbox.sent(*alerts, message=message, now=now)


def summing(first: Alert) -> str:
    """The nonce of the digest that begins with an alert."""
    return f"{int(first.nonce, 16) ^ (1 << 95):024x}"

"""One interaction from the person's click or command to the last thing that the bot did about it."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tests.discord_double.clock import Clock
from tests.discord_double.messages import Message
from tests.discord_double.places import Channel, User
from tests.discord_double.refusal import Refusal

if TYPE_CHECKING:
    from tests.discord_double.people import Person

COMMAND, COMPONENT, AUTOCOMPLETE, MODAL_SUBMIT = 2, 3, 4, 5
ACK_SECONDS, TOKEN_SECONDS, OUTSIDE_FOLLOWUPS = 3.0, 900.0, 5


@dataclasses.dataclass(eq=False)
class Exchange:
    """What came of one interaction.

    Times are seconds from the interaction's start. `acknowledged` is None until the bot answered in time; `changes`
    has (time, message) of every state that became visible: the answer, its edits, the follow-ups.
    """

    id: str
    token: str
    kind: int
    person: Person
    channel: Channel
    clock: Clock
    sent: float
    source: Message | None = None  # the message whose component or menu was used
    acknowledged: float | None = None
    acknowledged_with: int | None = None
    choices: list[dict[str, Any]] | None = None
    modal: dict[str, Any] | None = None
    original: Message | None = None
    followups: list[Message] = dataclasses.field(default_factory=list)
    changes: list[tuple[float, Message]] = dataclasses.field(default_factory=list)
    refusals: list[Refusal] = dataclasses.field(default_factory=list)
    _arrived: asyncio.Condition = dataclasses.field(default_factory=asyncio.Condition)

    @property
    def user(self) -> User:
        return self.person.user

    @property
    def age(self) -> float:
        """Seconds since the interaction began, on the clock that tests can move."""
        return self.clock.elapsed() - self.sent

    @property
    def ephemeral(self) -> bool:
        """Whether the answer is for the asker's eyes only."""
        return self.original is not None and self.original.ephemeral

    @property
    def outside(self) -> bool:
        """Whether it was used where the bot itself is not, by one who has installed it for themselves."""
        return self.channel.guild is not None and not self.channel.guild.has_bot

    async def news(self) -> None:
        """Wake those who wait."""
        async with self._arrived:
            self._arrived.notify_all()

    async def until(self, holds: Callable[[Exchange], Any], what: str, timeout: float = 5.0) -> None:  # noqa: ASYNC109
        """Wait until `holds`; TimeoutError tells what did not come and what did."""
        try:
            async with asyncio.timeout(timeout), self._arrived:
                await self._arrived.wait_for(lambda: bool(holds(self)))
        except TimeoutError:
            raise TimeoutError(f"no {what} within {timeout} s; {self._summary()}") from None

    async def acked(self, timeout: float = 5.0) -> float:  # noqa: ASYNC109
        """Wait for the acknowledgement: the seconds it took."""
        await self.until(lambda it: it.acknowledged is not None, "acknowledgement", timeout)
        assert self.acknowledged is not None
        return self.acknowledged

    async def answer(self, timeout: float = 5.0) -> Message:  # noqa: ASYNC109
        """Wait for the message that answers: no mere "is thinking…"."""
        await self.until(lambda it: it.original and not it.original.loading, "answer", timeout)
        assert self.original is not None
        return self.original

    async def edited(self, timeout: float = 5.0) -> Message:  # noqa: ASYNC109
        """Wait until the message whose button was pressed has changed."""
        await self.until(lambda it: it.changes, "change of the message", timeout)
        return self.changes[-1][1]

    async def followup(self, number: int = 0, timeout: float = 5.0) -> Message:  # noqa: ASYNC109
        """Wait for the follow-up message of this number, counted from 0."""
        await self.until(lambda it: len(it.followups) > number, f"follow-up {number}", timeout)
        return self.followups[number]

    async def form(self, timeout: float = 5.0) -> dict[str, Any]:  # noqa: ASYNC109
        """Wait for the modal: its payload."""
        await self.until(lambda it: it.modal is not None, "modal", timeout)
        assert self.modal is not None
        return self.modal

    async def suggestions(self, timeout: float = 5.0) -> list[dict[str, Any]]:  # noqa: ASYNC109
        """Wait for the choices of an autocompletion."""
        await self.until(lambda it: it.choices is not None, "choices", timeout)
        assert self.choices is not None
        return self.choices

    async def refused(self, timeout: float = 5.0) -> Refusal:  # noqa: ASYNC109
        """Wait until Discord refused something that the bot sent for this interaction."""
        await self.until(lambda it: it.refusals, "refusal", timeout)
        return self.refusals[0]

    def _summary(self) -> str:
        seen = [message.text or "(thinking)" for _, message in self.changes]
        return f"acknowledged after {self.acknowledged}, refusals {self.refusals}, seen {seen}"

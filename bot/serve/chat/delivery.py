"""The report of a job as it is sent: a card with the gravest quotes, and the sheet in as many files as it needs."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import discord
from discord import ui

from bot.model import Row
from bot.orders import Job
from bot.report import sheet, summary
from bot.report.card import Card
from bot.report.parcels import Parcel, parcels
from bot.report.say import say
from bot.serve.chat import cards
from bot.serve.chat.showing import Send
from storage.store import Store

LIMIT = discord.utils.DEFAULT_FILE_SIZE_LIMIT_BYTES
"""Bytes of one file that a bot may send by direct message."""


@dataclass(frozen=True, slots=True)
class Report:
    """All that is sent for a job."""

    job: Job
    card: Card
    files: list[Parcel]


def report(store: Store, job: Job, limit: int = LIMIT) -> Report:
    """The report of a job out of its rows, which are read one after another; no file is larger than `limit` bytes."""

    def rows() -> Iterator[list[str]]:
        return (sheet.cells(row.line, row.claim, told, row.identifier) for row, told in _told(store, job))

    short = summary.summary((row.line, row.claim, told) for row, told in _told(store, job))
    files = parcels(f"on-record-job-{job.id}", rows, limit)  # the name of the user's file is no name of ours
    return Report(job, summary.card(short, job.name, job.locale), files)


def _told(store: Store, job: Job) -> Iterator[tuple[Row, dict[str, str]]]:
    for row, result in store.jobs.results(job.id):
        yield row, json.loads(result) if result else {}


async def send(made: Report, to: Send, *, nonce: str | None = None, **options: Any) -> None:
    """Send the card with the first file, then a message for each further one; `options` go with every message.

    With a `nonce` what was sent already in the last minutes is not sent again.
    """
    for number, parcel in enumerate(made.files, 1):
        view = cards.layout(made.card) if number == 1 else ui.LayoutView(timeout=None)
        if len(made.files) > 1:
            note = say(made.job.locale, "bulk.part", part=number, parts=len(made.files))
            view.add_item(ui.TextDisplay(f"-# {note}"))
        view.add_item(ui.File(f"attachment://{parcel.name}"))
        once = {"nonce": f"{nonce}-{number}"} if nonce else {}
        await to(view=view, file=discord.File(io.BytesIO(parcel.data), parcel.name), **once, **options)

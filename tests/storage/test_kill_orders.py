"""A process that is killed while it answers jobs, stores articles and sends alerts: no row and no alert is lost or
doubled.

What receives the alerts is a file. As Discord does, it takes a message with a nonce that it has had for the same
message.
"""

from __future__ import annotations

import json
import os
import random
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from bot.model import Claim, Row
from bot.orders import AlertState, JobState, Rule, Scope
from storage.store import Store
from tests.contract.reader import article, read
from tests.storage.killing import killed

SERVER, USER = Scope(11), 1
ROWS, AT_ONCE = 60, 7
START_AGAIN = 40
"""Kills after which a new record is begun."""
_NAMES = "harbour quay bridge ferry school winter council mayor engine garden market tower river valley station museum"


def sentence(number: int) -> str:
    """Words that no other number has."""
    chance = random.Random(number)
    return f"{' '.join(chance.sample(_NAMES.split(), 8))} number {number} stays closed"


def receive(sent: Path, nonce: str) -> int:
    """Take a message and answer with its number; one that is known is not taken again."""
    known = sent.read_text().split() if sent.exists() else []
    if nonce in known:
        return known.index(nonce) + 1
    file = os.open(sent, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(file, f"{nonce}\n".encode())
    os.close(file)
    return len(known) + 1


def begin(store: Store) -> None:
    """What the program does when it starts."""
    store.servers.change(SERVER, channel=5)
    if not store.servers.rules(SERVER):
        store.servers.add_rule(SERVER, Rule(least=0))
    store.jobs.recover()
    store.outbox.recover(datetime.now(UTC))


def answer(store: Store, limit: int | None = None) -> None:
    """Answer queued jobs, a few rows at a time; at most so many times."""
    while (job := store.jobs.take()) is not None:
        while rows := store.jobs.rows(job.id, AT_ONCE):
            store.jobs.answered(job.id, [(row.line, json.dumps({"row": row.line})) for row in rows])
            limit = None if limit is None else limit - 1
            if limit == 0:
                store.jobs.recover()
                return
        store.jobs.finish(job.id, JobState.DONE)


def send(store: Store, sent: Path) -> None:
    """Send what is due."""
    now = datetime.now(UTC)
    for alert in store.outbox.due(now):
        store.outbox.begin(alert.id)
        store.outbox.sent(alert.id, message=receive(sent, alert.nonce), now=now)


def work(path: Path, sent: Path, told: Connection) -> None:
    """Store articles in pairs, of which the second raises an alert, take jobs in, answer and send; without an end."""
    with Store.open(path) as store:
        begin(store)
        number = store.coverage().articles // 2
        told.send(("begun", number))
        while True:
            text = f"“{sentence(number)},” said Ada Lind on the quay."
            for outlet in ("one.example", "two.example"):
                store.add(article(text, outlet), read(text))
            told.send(("stored", number))
            rows = [Row(line, Claim(f"{sentence(line)}")) for line in range(1, ROWS)]
            job = store.jobs.create(user=USER, channel=9, name="list", rows=rows, now=datetime.now(UTC))
            told.send(("created", job.id))
            answer(store, 5)
            send(store, sent)
            number += 1


def conclude(path: Path, sent: Path, told: list[tuple[str, int]]) -> None:
    """Do what is left, and hold the outcome to what was acknowledged."""
    with Store.open(path) as store:
        begin(store)
        answer(store)
        send(store, sent)
        stored = [number for what, number in told if what == "stored"]
        texts = {witness.text for witness in store.quotations()}
        assert {f"{sentence(number)}," for number in stored} <= texts
        news = store.events(limit=100_000)
        assert len(news) >= len(set(stored))
        nonces = sent.read_text().split()
        held = {nonce for (nonce,) in store.db.execute("SELECT nonce FROM alert WHERE state = 'sent'")}
        assert len(nonces) == len(set(nonces)) == len(news)
        assert set(nonces) == held
        assert store.outbox.counts() == dict.fromkeys(AlertState, 0) | {AlertState.SENT: len(news)}
        jobs = {job.id: job for job in store.jobs.of(USER)}
        assert {job for what, job in told if what == "created"} <= jobs.keys()
        for job in jobs.values():
            assert (job.state, job.done) == (JobState.DONE, job.total)
            expected = [(line, json.dumps({"row": line})) for line in range(1, ROWS)]
            assert [(row.line, result) for row, result in store.jobs.results(job.id)] == expected


def hold_to(folder: Path, kills: int, seed: int) -> None:
    chance = random.Random(seed)
    for first in range(0, kills, START_AGAIN):
        path, sent = folder / f"record-{first}.db", folder / f"sent-{first}"
        told: list[tuple[str, int]] = []
        for _ in range(min(START_AGAIN, kills - first)):
            told += killed(work, path, sent, after=chance.uniform(0.0, 0.12))
        conclude(path, sent, told)


def test_a_killed_bot_loses_and_doubles_nothing(tmp_path: Path) -> None:
    hold_to(tmp_path, 20, 1)


@pytest.mark.slow
def test_two_hundred_kills_lose_and_double_nothing(tmp_path: Path) -> None:
    hold_to(tmp_path, 200, 2)

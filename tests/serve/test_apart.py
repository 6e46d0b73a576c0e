"""What is read apart may take too long, need too much or kill its process: whoever asked is answered all the same."""

import os
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.errors import ArticleError, OnRecordError
from bot.fetch.details import Details
from bot.serve import reading
from bot.serve.apart import Apart

PAGE = (
    "<html lang=en><article><h1>The pier stays open</h1><p>“We will keep the pier open,” said Ana Ortega, the mayor of "
    "the town, after the council had met for most of the night in the old customs house.</p></article>"
).encode()


@pytest.fixture(scope="module")
def apart():
    with Apart(1, cpu_s=2, wall_s=5) as made:
        yield made


def test_a_page_comes_back_with_what_was_read_in_it(apart):
    article, found = apart.read(reading.page, PAGE, Details("harbour.example"))
    assert article.title == "The pier stays open"
    assert [quotation.attribution.speaker for quotation in found.quotations] == ["Ana Ortega"]


@pytest.mark.parametrize("work", ["_computes", "_waits", "_fills", "_dies"])
def test_what_exceeds_a_limit_is_too_complex_and_the_next_is_read(apart, work):
    with pytest.raises(ArticleError, match="too complex") as told:
        apart.read(globals()[work])
    assert told.value.hint
    assert apart.read(abs, -1) == 1


def test_a_process_may_compute_longer_than_one_document_may(apart):
    """The limit counts from the beginning of each document."""
    before = apart.read(os.getpid)
    for _ in range(3):
        apart.read(_computes, 0.7)
    assert apart.read(os.getpid) == before


def test_its_own_errors_come_back_and_do_not_end_it(apart):
    before = apart.read(os.getpid)
    with pytest.raises(ArticleError, match="no article"):
        apart.read(reading.page, b"<html></html>", Details("harbour.example"))
    assert apart.read(os.getpid) == before


def test_two_are_read_at_a_time():
    with Apart(2) as apart, ThreadPoolExecutor(2) as threads:
        assert len(set(threads.map(apart.read, [_pid_later] * 2))) == 2


@pytest.mark.parametrize("later", [0.1, 3.0])
def test_whoever_waits_when_it_ends_is_told(later):
    """While its process begins, or in the middle of its work."""
    apart = Apart(1)
    waiting = apart.submit(time.sleep, 30)
    time.sleep(later)
    apart.shutdown()
    with pytest.raises(OnRecordError, match="ended"):
        waiting.result(5)


def _computes(seconds=60.0):
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


def _waits():
    time.sleep(60)


def _fills():
    return len(bytearray(1 << 30))


def _dies():
    os._exit(1)


def _pid_later():
    time.sleep(0.3)
    return os.getpid()

"""Work on several processes comes back in order, and no more of it waits than it may."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.serve import pool


def test_answers_come_in_the_order_of_the_items():
    with pool.processes(2) as workers:
        assert list(pool.in_order(workers, abs, range(-5, 5), 3)) == [5, 4, 3, 2, 1, 0, 1, 2, 3, 4]


def test_no_more_is_taken_than_may_wait():
    taken = []

    def items():
        for number in range(10):
            taken.append(number)
            yield number

    with ThreadPoolExecutor(1) as workers:
        answers = pool.in_order(workers, str, items(), 3)
        assert next(answers) == "0"
        assert len(taken) == 3


def test_an_error_in_a_process_is_raised_here():
    with pool.processes(1) as workers, pytest.raises(ZeroDivisionError):
        list(pool.in_order(workers, _broken, [1], 1))


def _broken(number):
    return number / 0


def test_chunks_hold_everything():
    assert list(pool.chunks(range(5), 2)) == [[0, 1], [2, 3], [4]]

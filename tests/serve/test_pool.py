"""Work on several processes comes back in order, and no more of it waits than it may."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.errors import DatabaseLocked, OnRecordError
from bot.serve import pool
from tests.serve.conftest import ROOT


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


@pytest.mark.parametrize("jobs", [1, 2, 3])
@pytest.mark.parametrize("most", [1, 2, 5])
def test_work_is_shared_and_its_answers_come_in_order(jobs, most):
    with pool.hands(jobs) as hands:
        come = list(hands.together(_slowly, range(12), most))
    assert [answer for some in come for answer, _ in some] == [-number for number in range(12)]
    assert max(map(len, come)) <= most
    assert len({process for some in come for _, process in some}) == jobs


def test_a_list_of_one_needs_no_other_process():
    with pool.hands(2) as hands:
        assert list(hands.each(_slowly, [1])) == [(-1, os.getpid())]


def test_an_error_is_raised_wherever_the_work_is_done():
    with pool.hands(2) as hands, pytest.raises(ZeroDivisionError):
        list(hands.each(_broken, range(9)))


def test_an_error_in_a_process_is_raised_here():
    with pool.processes(1) as workers, pytest.raises(ZeroDivisionError):
        list(pool.in_order(workers, _broken, [1], 1))


def test_an_error_of_ours_comes_with_its_hint():
    with pool.processes(1) as workers, pytest.raises(DatabaseLocked, match="held") as told:
        list(pool.in_order(workers, _locked, [1], 1))
    assert told.value.hint == "Wait."


def test_a_process_that_is_killed_is_told():
    with pytest.raises(OnRecordError, match="was killed"), pool.processes(1) as workers:
        list(pool.in_order(workers, os._exit, [1], 1))


def test_a_process_that_is_killed_once_is_replaced():
    """What it was doing is begun again, and what is asked later is done."""
    with pool.processes(1) as workers:
        first = workers.submit(os.getpid).result()
        slow = workers.submit(_slow)
        os.kill(first, signal.SIGKILL)
        assert slow.result() != first
        assert workers.submit(abs, -1).result() == 1


def test_processes_end_with_the_one_that_started_them():
    """Even where that one is killed and cannot tell them: whoever still runs holds the pipe that is read here."""
    script = (
        "import os\n"
        "from bot.serve import pool\n"
        "if __name__ == '__main__':\n"
        "    with pool.processes(1) as workers:\n"
        "        print(workers.submit(abs, -1).result(), flush=True)\n"
        "        os.kill(os.getpid(), 9)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        timeout=30,
        check=False,
    )
    assert (ended.returncode, ended.stdout) == (-9, b"1\n")


def _slow():
    time.sleep(0.2)
    return os.getpid()


def _broken(number):
    return number / 0


def _locked(number):
    raise DatabaseLocked("it is held", hint="Wait.")


def test_chunks_hold_everything():
    """Each as much as it may weigh and a little more."""
    assert list(pool.chunks(range(5), 2, lambda _: 1)) == [[0, 1], [2, 3], [4]]
    assert list(pool.chunks([1, 1, 5, 1, 9], 5, abs)) == [[1, 1, 5], [1, 9]]


def _slowly(number: int) -> tuple[int, int]:
    """The answer, and the process that gave it."""
    time.sleep(0.1)
    return -number, os.getpid()

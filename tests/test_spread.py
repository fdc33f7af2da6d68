"""Work in other processes: in order, drawn no further than it is ahead, and done all the same where a worker dies."""

import os
import threading
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context

import pytest

from negsplit.spread import Jobs, spread
from spread_work import dies_always, dies_once, raises, squared

WANTED = [1 + item * item for item in range(100)]


@pytest.fixture(scope="module")
def jobs():
    with Jobs(2) as found:
        yield found


def test_without_an_executor_it_is_done_here_as_results_are_asked_for():
    drawn = []
    items = (drawn.append(item) or item for item in range(100))
    results = spread(squared, {"plus": 1}, items)
    assert next(results) == 1
    assert drawn == [0]


def test_processes_and_threads_give_the_same_in_the_same_order(jobs):
    assert list(spread(squared, {"plus": 1}, range(100), jobs, chunk=7)) == WANTED
    with ThreadPoolExecutor(3) as threads:
        assert list(spread(squared, {"plus": 1}, range(100), threads, chunk=7)) == WANTED


def test_no_more_is_drawn_than_may_be_ahead():
    drawn, may_go_on = [], threading.Event()
    items = (drawn.append(item) or item for item in range(100))
    with ThreadPoolExecutor(1) as threads:
        threads.submit(may_go_on.wait, 30)
        results = spread(squared, {"plus": 1}, items, threads, chunk=5, ahead=3)
        threading.Timer(0.2, may_go_on.set).start()
        assert next(results) == 1
        assert len(drawn) == 3 * 5
        results.close()


@pytest.mark.parametrize("how", [{"chunk": 0}, {"ahead": 0}, {"ahead": -1}])
def test_nothing_is_lost_by_a_number_that_means_nothing(how):
    with pytest.raises(ValueError, match="at least one"):
        spread(squared, {"plus": 1}, range(5), **how)


def test_what_waits_is_cancelled_where_the_work_raises():
    with ThreadPoolExecutor(1) as threads:
        results = spread(raises, None, iter(range(1000)), threads, chunk=1, ahead=4)
        with pytest.raises(ZeroDivisionError):
            list(results)


def test_a_worker_that_dies_costs_a_second_try(tmp_path):
    with Jobs(2) as jobs:
        found = list(spread(dies_once, tmp_path, range(40), jobs, chunk=2))
    assert (tmp_path / "died").exists()
    assert [item for item, _ in found] == [*range(40)]
    assert os.getpid() not in {process for _, process in found}


def test_what_a_broken_pool_does_not_take_is_done_here(tmp_path):
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        found = list(spread(dies_once, tmp_path, range(40), pool, chunk=2))
    assert [item for item, _ in found] == [*range(40)]
    assert os.getpid() in {process for _, process in found}


def test_a_chunk_that_kills_twice_is_given_up():
    with Jobs(2) as jobs, pytest.raises(BrokenExecutor):
        list(spread(dies_always, os.getpid(), range(40), jobs, chunk=2))

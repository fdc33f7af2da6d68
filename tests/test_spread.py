"""Work in other processes: in order, drawn no further than it is ahead, and done all the same where a worker dies."""

import os
import threading
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
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


class Fragile(Executor):
    """Processes as they are at worst: where one dies, all that is on the way dies with it. They work when asked."""

    def __init__(self, deaths):
        self.deaths, self.tries, self.together = deaths, [], []

    def submit(self, fn, /, packed, items):
        future = Promised(self)
        future.work = (fn, packed, items)
        self.together.append(future)
        return future

    def run(self):
        together, self.together = self.together, []
        begun = [item for one in together for item in one.work[2]]
        self.tries.append(begun)
        deadly = [item for item in begun if self.deaths.get(item)]
        for item in deadly:
            self.deaths[item] -= 1
        for one in together:
            fn, packed, items = one.work
            one.set_exception(BrokenExecutor()) if deadly else one.set_result(fn(packed, items))


class Promised(Future):
    """Makes its executor work when it is asked."""

    def __init__(self, executor):
        super().__init__()
        self.executor = executor

    def exception(self, timeout=None):
        if not self.done():
            self.executor.run()
        return super().exception(timeout)

    def result(self, timeout=None):
        self.exception()
        return super().result(timeout)


def test_who_was_beside_one_that_kills_is_not_charged_with_it():
    """Item 3 kills whenever it is tried: all before it are there, and it is given up when it was alone."""
    executor = Fragile({3: 99})
    results = spread(squared, {"plus": 1}, range(9), executor, chunk=1, ahead=5)
    assert [next(results) for _ in range(3)] == WANTED[:3]
    with pytest.raises(BrokenExecutor):
        next(results)
    assert executor.tries == [[0, 1, 2, 3, 4], [0], [1], [2], [3]]


def test_after_a_death_all_that_was_on_the_way_comes_alone_and_then_side_by_side_again():
    executor = Fragile({3: 1})
    assert list(spread(squared, {"plus": 1}, range(9), executor, chunk=1, ahead=5)) == WANTED[:9]
    assert executor.tries[:6] == [[0, 1, 2, 3, 4], [0], [1], [2], [3], [4]]
    assert sorted(len(one) for one in executor.tries[6:]) == [4]


class KilledWorker(Exception):  # noqa: N818 - its name there
    """As Dask calls it where its workers died of a task several times."""


@pytest.mark.parametrize("error", [KilledWorker, CancelledError])
def test_what_a_cluster_lost_is_lost_as_by_processes(error):
    future = Future()
    future.set_exception(error())
    cluster = Executor()
    cluster.submit = lambda *_: future
    with pytest.raises(BrokenExecutor):
        list(spread(squared, {"plus": 1}, range(4), cluster, chunk=1))

"""One request a second."""

from __future__ import annotations

import pytest

from negsplit.account.pauses import Pauses


class Watch:
    """A clock that sleeping moves on."""

    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def pauses(watch: Watch, chance: float, seconds: float = 1.0) -> Pauses:
    return Pauses(seconds, clock=lambda: watch.now, sleep=watch.sleep, chance=lambda: chance)


@pytest.mark.parametrize(("chance", "pause"), [(0.0, 1.0), (1.0, 1.25)])
def test_requests_start_a_second_apart(chance, pause):
    watch = Watch()
    between = pauses(watch, chance)
    for took in (0.0, 0.4, 3.0, 0.0):
        between.request()
        watch.now += took
    assert watch.slept == pytest.approx([pause, pause - 0.4])


def test_tries_wait_longer_each_time():
    watch = Watch()
    between = pauses(watch, 0.0)
    between.failed(1)
    between.failed(2)
    assert watch.slept == [2.0, 4.0]


def test_no_pause_at_all():
    watch = Watch()
    between = pauses(watch, 1.0, seconds=0)
    for _ in range(3):
        between.request()
        between.failed(1)
    assert watch.slept == []

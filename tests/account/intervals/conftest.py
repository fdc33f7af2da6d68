"""A double of intervals.icu for each test that asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from account.intervals.double import Double


@pytest.fixture
def double() -> Iterator[Callable[..., Double]]:
    """Starts a double with the given knobs. At the end nothing was asked that the service does not know."""
    running: list[Double] = []

    def start(**knobs: Any) -> Double:
        running.append(Double(**knobs).start())
        return running[-1]

    yield start
    for one in running:
        one.stop()
    assert [one.log.violations for one in running] == [[] for _ in running]

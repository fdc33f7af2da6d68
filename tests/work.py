"""What something may cost at most, by measures that do not know how fast this machine is."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

MEASURED = 50_000
"""Turns of a loop that are measured: a millisecond or so."""


@contextmanager
def at_most_calls(most: int) -> Iterator[None]:
    """Fails at once where more functions than that are called inside, of Python or of C.

    The same everywhere; but what a regular expression or another call does without calling anything is not seen.
    """
    left = 2 * most  # a call is told of when it begins and when it ends

    def seen(_frame: object, _event: str, _argument: object) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            pytest.fail(f"more than {most} calls")

    sys.setprofile(seen)
    try:
        yield
    finally:
        sys.setprofile(None)


@contextmanager
def at_most_turns(most: int) -> Iterator[None]:
    """Fails where this takes longer than so many turns of an empty loop, measured right behind it.

    For what works inside one call. CPU time wavers with what else the machine does, so ``most`` is many times
    what is usual, and what is not stopped has to cost many times that.
    """
    begun = time.process_time()
    yield
    spent = time.process_time() - begun
    begun = time.process_time()
    for _ in range(MEASURED):
        pass
    turn = (time.process_time() - begun) / MEASURED
    assert spent <= most * turn, f"as long as {spent / turn:.0f} turns of an empty loop"

"""How long something may take, in what a bare loop takes on the same machine in the same minute.

A machine that others use may be many times as slow as ours, so no test compares its clock with seconds.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

_ROUNDS = 1_000_000


@contextmanager
def soon(loops: float = 60) -> Iterator[None]:
    """What is done in it takes no more processor time than so many bare loops of a million rounds.

    As many loops as it takes usually, and some ten times more: it tells what never ends, or grows with the square of
    what it reads, from what does not.
    """
    begun = time.process_time()
    yield
    taken = time.process_time() - begun
    if taken > loops * _a_loop():
        # The machine may have become slower since it was measured.
        _a_loop.cache_clear()
        assert taken <= loops * _a_loop(), f"{taken / _a_loop():.0f} bare loops, of {loops} allowed"


@lru_cache(maxsize=1)
def _a_loop() -> float:
    """Seconds of processor time."""
    begun = time.process_time()
    for _ in range(_ROUNDS):
        pass
    return time.process_time() - begun

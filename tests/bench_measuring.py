"""How the benchmarks measure: seconds on a quiet machine, instructions on any, and the rows of their table."""

from __future__ import annotations

import os
import re
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

INSTALLED = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""As users have it: modules are compiled once, not at every start."""


def line(what: str, measured: str, allowed: str = "") -> None:
    """One row of the table."""
    print(f"{what:<58} {measured:>12} {allowed:>10}", flush=True)


def median(run: Callable[[], object], times: int = 9) -> float:
    """The median of some runs, in seconds, after one that warms up."""
    run()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def least(run: Callable[[], object], times: int, rounds: int = 5) -> float:
    """Seconds of one run: the least of some rounds, each of so many."""
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        for _ in range(times):
            run()
        taken.append(time.perf_counter() - start)
    return min(taken) / times


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    """A fresh interpreter."""
    return subprocess.run([sys.executable, *arguments], check=True, capture_output=True, text=True, env=INSTALLED)


def can_count() -> bool:
    """Whether valgrind is here."""
    return shutil.which("valgrind") is not None


def counted(*arguments: str) -> int:
    """The instructions of a fresh interpreter; what the system does for it is not among them."""
    command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", sys.executable, *arguments]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env={**INSTALLED, "PYTHONHASHSEED": "0"})
    found = re.search(r"Collected : (\d+)", done.stderr)
    assert found
    return int(found[1])

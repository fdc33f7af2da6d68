"""How ten workouts for very many runners scale: this process, two of them, and a Dask cluster of two.

Run it with ``make scale`` on a quiet machine; ``N=5000`` is a shorter one. Nothing here passes or fails by the clock.
"""

from __future__ import annotations

import logging
import os
import resource
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager, nullcontext

import bench
from negsplit import compile_many
from negsplit.spread import Jobs
from negsplit.units import clock

EACH = 10
"""Workouts that each runner gets, of ten steps each."""
WORKOUTS = "---\n".join(bench.ten_steps(number) for number in range(EACH))
PROCESSES = 2
MILLION = 1_000_000
CHUNK = 64


def runners(number: int) -> Iterator[str]:
    """That many, of whom nearly all differ: 5 km from 15 to 40 minutes by the tenth of a second."""
    for one in range(number):
        yield f"5 km in {clock(900_000 + one * 7919 % 15_000 * 100)}"


def run(number: int, executor: Executor | None) -> tuple[float, int]:
    """Seconds for that many athlete-workouts, and the bytes of all files; memory is looked at ten times on the way."""
    start, written = time.perf_counter(), 0
    often = max(1, number // EACH // 10)
    for done, one in enumerate(
        compile_many(WORKOUTS, runners(number // EACH), executor=executor, chunk=CHUNK), start=1
    ):
        assert one.ok, one.diagnostics
        written += sum(len(workout.fit) for workout in one.workouts if workout)
        if done % often == 0:
            MEMORY.append(_resident())
    return time.perf_counter() - start, written


MEMORY: list[float] = []
"""MB of this process, in the order seen."""


def _resident() -> float:
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * resource.getpagesize() / 1e6


@contextmanager
def cluster() -> Iterator[Executor]:
    """Dask's, of processes of this machine."""
    from distributed import Client, LocalCluster

    how = {"n_workers": PROCESSES, "threads_per_worker": 1, "dashboard_address": None, "silence_logs": logging.ERROR}
    with LocalCluster(**how) as found, Client(found, direct_to_workers=True) as client:
        yield client.get_executor(pure=False)


def main() -> None:
    """A table of rates and ratios, and the line to a million."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    print(f"{number} athlete-workouts of ten steps, ten for each runner, {os.cpu_count()} cores")
    rates: dict[str, float] = {}
    size = 0
    for name, opened in (("one process", nullcontext), ("two processes", lambda: Jobs(PROCESSES)), ("Dask", cluster)):
        MEMORY.clear()
        with opened() as executor:
            list(compile_many(WORKOUTS, runners(4 * CHUNK), executor=executor, chunk=CHUNK))  # everything is started
            seconds, written = run(number, executor)
        assert size in (0, written), "the files differ"
        size, rates[name] = written, number / seconds
        print(f"  {name:<14} {seconds:7.1f} s  {rates[name]:6.0f} a second  {min(MEMORY):.0f} to {max(MEMORY):.0f} MB")
    print(f"  two processes, of one  {rates['two processes'] / rates['one process']:.2f} x  (1.70 x at least)")
    print(f"  Dask, of two processes {rates['Dask'] / rates['two processes']:.2f} x  (0.80 x at least)")
    with Jobs(PROCESSES) as jobs:
        points = [(part, run(part, jobs)[0]) for part in (number // 10, number // 3, number)]
    (few, short), (many, long) = points[0], points[-1]
    each = (long - short) / (many - few)
    start_up = long - each * many
    between = points[1][1] / (start_up + each * points[1][0])
    print(f"  the line: {start_up:.2f} s and {each * 1000:.3f} ms each; a third in between is at {between:.2f} of it")
    print(f"  a million: {(start_up + each * MILLION) / 60:.1f} min  (under 10)")


if __name__ == "__main__":
    main()

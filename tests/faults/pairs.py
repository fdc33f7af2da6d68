"""Two versions of a plan, compiled into one folder at once: one of them is there at the end, and whole."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

from faults import tracing
from faults.forks import Forks
from faults.promises import settled
from faults.subjects import COMPILE_PLAN, negsplit
from faults.world import Ended, World

COMMANDS = (COMPILE_PLAN, negsplit("compile", "other/spring.plan.yaml", "-o", "spring"))
"""Of the world of ``plan-over``."""
_PAUSE = 2000
"""Microseconds by which each call that changes a file is drawn out, so that both are at work together."""
_STEP = 0.015
"""Seconds by which the second run of a pair begins later than that of the pair before."""


def mixed(world: World, root: Path, forks: Forks, both: Callable[[World], list[Ended]]) -> list[str]:
    """What is wrong after both commands were given at once in a copy of a world."""
    root.mkdir()
    try:
        alone = [world.copy(root / f"alone-{at}") for at in range(2)]
        assert [forks.run(one, *command).status for one, command in zip(alone, COMMANDS, strict=True)] == [0, 0]
        shared = world.copy(root / "shared")
        ended = both(shared)
        here = settled(shared.snapshot())
        is_there = [settled(one.snapshot()) == here for one in alone]
    finally:
        shutil.rmtree(root)
    found = [f"it ended with {one.status}: {one.err.strip()[-300:]}" for one in ended if not _is_in_order(one)]
    if not any(there and one.status == 0 for there, one in zip(is_there, ended, strict=True)):
        found.append(f"the folder holds neither version whole; the two ended with {[one.status for one in ended]}")
    return found


def traced(world: World, root: Path, forks: Forks, at: int) -> list[str]:
    """The ``at``-th pair (from 0) of real processes; each pair begins a little further apart."""

    kinds = ("write", "sync", "rename", "link", "unlink")
    names = ",".join(name for kind in kinds for name in tracing.KINDS[kind])
    slowly = ["strace", "-f", "--seccomp-bpf", "-o", os.devnull, "-e", f"inject={names}:delay_exit={_PAUSE}"]

    def both(shared: World) -> list[Ended]:
        commands = COMMANDS[:: -1 if at % 2 else 1]
        started = []
        for number, command in enumerate(commands):
            time.sleep(number * (at // 2) * _STEP)
            started.append(tracing.started(shared, command, slowly))
        ended = [tracing.ended(one) for one in started]
        return ended[:: -1 if at % 2 else 1]

    return mixed(world, root, forks, both)


def _is_in_order(ended: Ended) -> bool:
    """Whether it has done its work, or said that another one is at it."""
    return ended.status == 0 or (ended.status == 1 and "another negsplit" in ended.err)

"""Two versions of a plan, compiled into one folder at once: one of them is there at the end, and whole."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Sequence
from itertools import permutations
from pathlib import Path

from faults import tracing
from faults.forks import Forks
from faults.promises import settled
from faults.subjects import COMPILE_PLAN, negsplit
from faults.world import Ended, Snapshot, World

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
        shared = world.copy(root / "shared")
        ended = both(shared)
        done = [command for command, one in zip(COMMANDS, ended, strict=True) if one.status == 0]
        turns = [_in_turn(world, root / f"turn-{at}", forks, order) for at, order in enumerate(permutations(done))]
        is_whole = bool(done) and settled(shared.snapshot()) in turns
    finally:
        shutil.rmtree(root)
    found = [f"it ended with {one.status}: {one.err.strip()[-300:]}" for one in ended if not _is_in_order(one)]
    if not is_whole:
        found.append(f"the folder holds neither version whole; the two ended with {[one.status for one in ended]}")
    return found


def _in_turn(world: World, root: Path, forks: Forks, commands: Sequence[tuple[str, ...]]) -> Snapshot:
    """What a world holds after one command and then the other: the calendar counts both."""
    copy = world.copy(root)
    assert [forks.run(copy, *command).status for command in commands] == [0] * len(commands)
    return settled(copy.snapshot())


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

"""How long each thing takes with the one watch that is plugged in, without the start of the program: for the docs."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from negsplit.watch.attached import attach
from negsplit.watch.finding import find
from negsplit.watch.inventory import take_inventory

Done = TypeVar("Done")


def timed(what: str, do: Callable[[], Done]) -> Done:
    start = time.perf_counter()
    done = do()
    print(f"{(time.perf_counter() - start) * 1000:.0f} ms to {what}")
    return done


def times(file: Path) -> None:
    """Prints a line for each step, which leaves nothing on the watch; `file` is what is put."""
    data, name = file.read_bytes(), "TIMING.FIT"
    (place,) = timed("find", lambda: find().places)
    watch = timed("open and read its manifest", lambda: attach(place))
    timed("read what it keeps and what waits", lambda: take_inventory(watch))
    folder = watch.workouts.into
    assert folder is not None
    timed(f"put {len(data)} bytes", lambda: watch.door.put(folder, name, data))
    timed("read them back", lambda: watch.door.read((*folder, name), len(data)))
    timed("remove them", lambda: watch.door.remove((*folder, name)))
    timed("let go of it", watch.door.close)

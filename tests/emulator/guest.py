"""What happens in the emulated machine: the program as it is meets both watches, or a broken program does.

Run by the interpreter of the project's environment, with the folder of the unpacked packages, the list of their
libraries, a folder of compiled workouts, and what is to be told: names of rows, or `faults`.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from emulator.faults import FAULTS, Fault
from emulator.packages import Packages
from emulator.rows import ROWS, Row
from emulator.story import Story, expect, say
from emulator.watches import DiskWatch, MtpWatch, Watch

MEMORY = Path("/run")
LOADED = (
    *("cli.watch", "cli.watch.contents", "cli.watch.copy", "cli.watch.remove", "desk.plan_files"),
    *("plan.compile", "plan.totals", "watch.ways.gvfs", "watch.ways.mtp"),
)


def main(packages: Packages, libraries: Path, workouts: Path, words: Sequence[str]) -> None:
    say("the system is up")
    subprocess.run(("mount", "--bind", libraries, "/etc/ld.so.cache"), check=True)
    started_cold()
    for module in LOADED:
        import_module(f"negsplit.{module}")
    say("the program is loaded for the rest")
    watches: tuple[Watch, ...] = (MtpWatch(packages, MEMORY / "watch"), DiskWatch(packages, MEMORY / "watch.img"))
    files = sorted(workouts.glob("*.fit"))
    if "faults" in words:
        try_faults(watches, files, [word for word in words if word != "faults"])
        return
    for row in ROWS:
        if not words or row.name in words:
            for watch in watches:
                if watch.way in row.ways:
                    told(row, watch, files)


def started_cold() -> None:
    """The program as a shell starts it, without a watch."""
    start = time.monotonic()
    done = subprocess.run(
        (sys.executable, "-m", "negsplit", "watch", "list"), capture_output=True, text=True, check=False
    )
    say(f"watch list without a watch, the start of the program in it, {time.monotonic() - start:.2f} s")
    expect(done.returncode == 1 and "no watch" in done.stderr, f"no watch to be found:\n{done.stdout}{done.stderr}")


def told(row: Row, watch: Watch, files: list[Path], fault: Fault | None = None) -> None:
    """Tells a row with one watch, which is what it was in the end."""
    unit, start = watch.unit, time.monotonic()
    try:
        row.tell(Story(watch, files, *([fault.breaks] if fault else [])))
    finally:
        watch.unit = unit
    say(f"{watch.name}: {row.name} is well, {time.monotonic() - start:.1f} s")


def try_faults(watches: Sequence[Watch], files: list[Path], names: Sequence[str]) -> None:
    """Breaks the program in each way and tells with each watch the row that has to notice it."""
    chosen = [fault for fault in FAULTS if not names or fault.name in names]
    each = [(fault, watch) for fault in chosen for watch in watches if watch.way in fault.ways]
    missed = [f"{fault.name}, {watch.name}" for fault, watch in each if not noticed(fault, watch, files)]
    expect(each and not missed, f"every fault to be noticed, not {missed} missed")


def noticed(fault: Fault, watch: Watch, files: list[Path]) -> bool:
    """Whether the row of a fault notices it. A program that breaks down with it shows nothing."""
    (row,) = (row for row in ROWS if row.tell is fault.row)
    caught = ""
    try:
        told(row, watch, files, fault)
    except (AssertionError, subprocess.CalledProcessError) as error:
        caught = str(error)
    finally:
        watch.yank()
    well = caught and "Traceback" not in caught
    what = f"caught by {row.name}: {caught.splitlines()[0]}" if well else f"not caught by {row.name}: {caught}"
    say(f"FAULT {fault.name}, {watch.name}, {what}")
    return bool(well)


if __name__ == "__main__":
    main(Packages(Path(sys.argv[1])), Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4:])

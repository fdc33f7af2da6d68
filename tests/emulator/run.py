"""Plugs an emulated Forerunner into an emulated computer and runs the program there: `make test-watch`.

With names of rows (`emulator/rows.py`) those alone are told; with `faults` the program is broken in each way of
`emulator/faults.py`, or in those named behind it, and whoever does not notice fails.

Needs Debian (or what is made of it) on amd64 and about 600 MB below `build/emulator`, nothing installed, no root. What
was fetched once stays there.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from emulator import boot
from emulator.machine import Machine, MachineError
from emulator.packages import Packages, UnavailableError, packages_in

TESTS = Path(__file__).parents[1]
PROJECT = TESTS.parent
FOLDER = PROJECT / "build/emulator"
COUNT = 20
SILENCE = 600  # seconds in which nothing is printed


def main(words: list[str]) -> int:
    begun = time.monotonic()

    def say(words: str) -> None:
        print(f"{time.monotonic() - begun:7.2f}  {words}", flush=True)

    try:
        packages = packages_in(FOLDER)
    except UnavailableError as reason:
        print(f"skipped: {reason}")
        return 0
    say("packages are here")
    try:
        workouts = _compiled(FOLDER / "workouts")
        say("workouts are compiled, and so is the program")
        kernel, initramfs = boot.kernel(packages, FOLDER), boot.initramfs(packages, FOLDER)
        libraries = boot.library_cache(packages, FOLDER)
        machine = Machine(packages, kernel, initramfs, FOLDER / "console.log")
        say("the machine starts; from here each line has its own clock")
        environment = (f"PYTHONPATH={TESTS}", f"LD_PRELOAD={_worn_out_memory(packages)}")
        command = (sys.executable, "-m", "emulator.guest", packages.root, libraries, workouts, *words)
        for line in machine.run((*environment, *command), SILENCE):
            print(line, flush=True)
    except subprocess.CalledProcessError as error:
        say(f"failed: `{' '.join(map(str, error.cmd[:4]))} ...` ended with {error.returncode}")
        return 1
    except MachineError as ending:
        say(f"failed: {ending}; what its kernel said is in {FOLDER / 'console.log'}")
        return 1
    say(f"passed, with {os.times().children_user:.0f} s of a processor")
    return 0


def _compiled(folder: Path) -> Path:
    """The first of the project's own workouts, as the watch gets them."""
    shutil.rmtree(folder, ignore_errors=True)
    sources = sorted((PROJECT / "workouts").glob("*.workout.yaml"))[:COUNT]
    command = (sys.executable, "-m", "negsplit", "compile", *sources, "-o", folder, "--quiet")
    subprocess.run(command, check=True)
    # In the machine nothing can be written beside the sources, and each start would compile them all again.
    rooms = (PROJECT / "src", *(TESTS / room for room in ("emulator", "strategies", "watch")))
    subprocess.run((sys.executable, "-m", "compileall", "-q", *rooms), check=True)
    return folder


def _worn_out_memory(packages: Packages) -> Path:
    """The library that writes another byte than it is given, compiled without anything that a system must have."""
    library = FOLDER / "flip.so"
    compiler = (packages.program("tcc"), f"-B{packages.libraries[0] / 'tcc'}", "-nostdlib", "-nostdinc", "-shared")
    subprocess.run((*compiler, "-o", library, Path(__file__).with_name("flip.c")), check=True)
    return library


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

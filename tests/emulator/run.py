"""Plugs an emulated Forerunner into an emulated computer and runs the program there: `make test-watch`.

Needs Debian (or what is made of it) on amd64 and about 600 MB below `build/emulator`, nothing installed, no root. What
was fetched once stays there.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path

import boot
from machine import Machine, MachineError
from packages import UnavailableError, packages_in

PROJECT = Path(__file__).parents[2]
FOLDER = PROJECT / "build/emulator"
COUNT = 20
LIMIT = 600  # seconds


def main() -> int:
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
        command = (sys.executable, Path(__file__).with_name("guest.py"), packages.root, libraries, workouts)
        for line in machine.run(command, LIMIT):
            print(line, flush=True)
    except subprocess.CalledProcessError as error:
        say(f"failed: `{' '.join(map(str, error.cmd[:4]))} ...` ended with {error.returncode}")
        return 1
    except MachineError as ending:
        say(f"failed: {ending}; what its kernel said is in {FOLDER / 'console.log'}")
        return 1
    say("passed")
    return 0


def _compiled(folder: Path) -> Path:
    """The first of the project's own workouts, as the watch gets them."""
    shutil.rmtree(folder, ignore_errors=True)
    sources = sorted((PROJECT / "workouts").glob("*.workout.yaml"))[:COUNT]
    command = (sys.executable, "-m", "negsplit", "compile", *sources, "-o", folder, "--quiet")
    subprocess.run(command, check=True)
    # In the machine nothing can be written beside the sources, and each start would compile them all again.
    subprocess.run((sys.executable, "-m", "compileall", "-q", PROJECT / "src"), check=True)
    return folder


if __name__ == "__main__":
    sys.exit(main())

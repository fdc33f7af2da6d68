"""Runs the program under a Windows Python in Wine: `make test-wpd`.

Its way into a watch over MTP goes through real COM tables to the double that the other tests have too; and what it
compiles there is what it compiles here, byte for byte. Needs Debian's `wine` on amd64 and 200 MB below `build/wine`.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path

from windows import PROJECT, Windows

FOLDER = PROJECT / "build/wine"
DOORS = ("attached", "copying", "removing")
"""Of what goes through every door into a watch, as much as has calls of its own."""
COMMANDS = (
    ("compile", "workouts", "-o", "fit", "-q"),
    ("compile", "workouts/plans/couch-to-5k.plan.yaml", "-o", "plan", "-q"),
    ("show", "workouts/thirds-12k.workout.yaml", "--format", "svg", "-o", "thirds.svg"),
    ("new", "first.workout.yaml"),
    ("check", "workouts"),
    ("inspect", "fit/thirds-12k.fit"),
    ("plan", "show", "workouts/plans/couch-to-5k.plan.yaml"),
)
"""Each is run on both systems, in a folder with a copy of the workouts."""


def main() -> int:
    begun = time.monotonic()

    def say(words: str) -> None:
        print(f"{time.monotonic() - begun:7.2f}  {words}", flush=True)

    windows = Windows(FOLDER)
    try:
        windows.prepare()
        say("a Windows Python and its packages are here")
        for line in windows.run(*_pytest()):
            say(line)
        here, other = _desk("here"), _desk("windows")
        for command in COMMANDS:
            subprocess.run(
                (sys.executable, "-m", "negsplit", *command), cwd=here, check=True, stdout=subprocess.DEVNULL
            )
            for _ in windows.run("-m", "negsplit", *command, folder=other):
                pass
            say(f"negsplit {' '.join(command)}")
        if differ := _difference(here, other):
            say(f"failed: not the same on both systems: {', '.join(differ)}")
            return 1
    except subprocess.CalledProcessError as error:
        say(f"failed: `{' '.join(map(str, error.cmd[:6]))} ...` ended with {error.returncode}")
        return 1
    finally:
        windows.end()
    say("what was compiled is the same on both systems; passed")
    return 0


def _pytest() -> list[str]:
    doors = [f"tests/watch/test_{name}.py" for name in DOORS]
    files = ["tests/wine/windows_alone.py", "tests/watch/ways/test_wpd.py", *doors]
    only = "windows_alone or test_wpd or wpd]"
    return ["-m", "pytest", "-p", "no:cacheprovider", "-p", "through_com", "-k", only, *files]


def _desk(name: str) -> Path:
    """An empty folder with the project's own workouts."""
    folder = FOLDER / "desks" / name
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(PROJECT / "workouts", folder / "workouts")
    return folder


def _difference(here: Path, other: Path) -> list[str]:
    """The files that are not in both folders, or not the same."""
    names = {path.relative_to(folder) for folder in (here, other) for path in folder.rglob("*") if path.is_file()}
    return sorted(str(name) for name in names if _content(here / name) != _content(other / name))


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


if __name__ == "__main__":
    sys.exit(main())

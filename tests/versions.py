"""``make test-versions``: the tests with the lowest and with the newest versions that pyproject.toml allows.

The program is installed as a user has it, from a wheel, without constraints.txt. ``pre-releases`` looks ahead: what
fails with them and with nothing else is named and does not count; where there are none nothing is run.

::

    python tests/versions.py                            every set under every Python that is here
    python tests/versions.py lowest@3.11 newest@3.13    some of it
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
import tomllib
from pathlib import Path
from typing import Final, NamedTuple
from xml.etree import ElementTree

ROOT: Final = Path(__file__).parent.parent
FOLDER: Final = ROOT / "build" / "versions"
UV: Final = ROOT / "build" / "uv" / "bin" / "uv"
PYTHONS: Final = ("3.11", "3.12", "3.13")
SETS: Final = {
    "lowest": ("--resolution", "lowest-direct"),
    "newest": ("--resolution", "highest"),
    "pre-releases": ("--resolution", "highest", "--prerelease", "allow"),
}
"""How uv chooses each. What our dependencies need themselves is always new: its lowest versions are not our promise."""


class Case(NamedTuple):
    """One set of versions under one Python."""

    versions: str
    python: str

    def __str__(self) -> str:
        return f"{self.versions}@{self.python}"


class Ending(NamedTuple):
    """What was installed, and how the tests ended: a word or two, and the names of those that failed."""

    installed: dict[str, str]
    words: str
    failed: tuple[str, ...] = ()


def main(words: list[str]) -> int:
    known = [str(Case(versions, python)) for versions in SETS for python in PYTHONS]
    if wrong := [word for word in words if word not in known]:
        print(f"{', '.join(wrong)}: none of {', '.join(known)}", file=sys.stderr)
        return 2
    endings: dict[Case, Ending] = {}
    for case in (Case(*word.split("@")) for word in words or known):
        if python := _found(case.python):
            endings[case] = _run(case, python, endings.get(Case("newest", case.python)))
        else:
            print(f"{case}: this Python is not here", flush=True)
    print("", *_table(endings), *_names(endings), sep="\n")
    return any(ending.failed and case.versions != "pre-releases" for case, ending in endings.items()) or not endings


def _found(version: str) -> str | None:
    found = subprocess.run((ROOT / ".ci" / "find-python", version), capture_output=True, text=True, check=False)
    return found.stdout.strip() or None


# --- One set -------------------------------------------------------------------------------------


def _run(case: Case, python: str, newest: Ending | None) -> Ending:
    """Installs a set into an environment of its own and runs the tests there."""
    print(f"\n{case}", flush=True)
    place = FOLDER / str(case)
    binary = place / "bin" / "python"
    where = ("--python", binary)
    _uv("venv", "--clear", "--python", python, place)
    # A wheel made from an older state of the sources must not come from uv's store.
    if _uv("pip", "install", *where, *SETS[case.versions], "--refresh-package", "negsplit", ".[dev]"):
        return Ending({}, "not to be installed", ("the installation",))
    listing = subprocess.run((UV, "pip", "list", "--quiet", "--format", "json", *where), stdout=-1, check=True).stdout
    installed = {one["name"].lower(): one["version"] for one in json.loads(listing)}
    if case.versions == "pre-releases" and newest and installed == newest.installed:
        return Ending(installed, "as newest")
    report = place / "report.xml"
    begun = time.monotonic()
    options = ("-p", "no:cacheprovider", "-n", "auto", "--maxprocesses", "8", f"--junitxml={report}")
    status = subprocess.run((binary, "-m", "pytest", *options), cwd=ROOT, check=False).returncode
    failed = _failed(report) or (("the run itself",) if status else ())
    words = f"{len(failed)} failed" if failed else "passed"
    return Ending(installed, f"{words}, {time.monotonic() - begun:.0f} s", failed)


def _uv(*words: str | Path) -> int:
    # Whoever calls may have settings of their own; what is asked here are the ranges and nothing else.
    alone = {name: value for name, value in os.environ.items() if name not in ("UV_CONSTRAINT", "UV_OVERRIDE")}
    return subprocess.run((UV, *words, "--quiet"), cwd=ROOT, env=alone, check=False).returncode


def _failed(report: Path) -> tuple[str, ...]:
    """The names of the tests that failed, from pytest's report; none where there is no report."""
    if not report.exists():
        return ()
    cases = ElementTree.parse(report).iter("testcase")
    return tuple(
        f"{case.get('classname')}::{case.get('name')}"
        for case in cases
        if case.find("failure") is not None or case.find("error") is not None
    )


# --- What is said at the end ---------------------------------------------------------------------


def _table(endings: dict[Case, Ending]) -> list[str]:
    """A column for each set, a line for each dependency that pyproject.toml names."""
    rows = [
        ["", *(case.versions for case in endings)],
        ["Python", *(case.python for case in endings)],
        *([name, *(ending.installed.get(name, "-") for ending in endings.values())] for name in _dependencies()),
        ["tests", *(ending.words for ending in endings.values())],
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(word.ljust(width) for word, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def _dependencies() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    return [re.split(r"[^\w.-]", one)[0].lower() for one in needed]


def _names(endings: dict[Case, Ending]) -> list[str]:
    """What failed, by name; of the pre-releases what fails with them alone."""
    lines = []
    for case, ending in endings.items():
        failed: list[str] = list(ending.failed)
        words = "fails"
        if case.versions == "pre-releases":
            usual = endings.get(Case("newest", case.python), Ending({}, ""))
            failed = [name for name in failed if name not in usual.failed]
            words = "fails with pre-releases alone, which does not count"
        if failed:
            lines += ["", f"{case}: {words}:", *(f"  {name}" for name in failed)]
    return lines


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

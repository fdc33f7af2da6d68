"""Ends a process at every call that changes a file, and fails every such call, one at a time: `make test-faults`.

The processes are forks of one that has imported the program; it is tried too that one which begins anew makes the same
calls.
What has passed is remembered for as long as the sources stay as they are, so that a run which was cut off goes on.
`PYTHONPATH=tests .venv/bin/python -m faults.run NAME ...` repeats scenarios by name.
"""

from __future__ import annotations

import compileall
import hashlib
import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from difflib import unified_diff
from functools import partial
from pathlib import Path

from faults import pairs, tracing
from faults.forks import Forks
from faults.scenario import Bench, Scenario
from faults.subjects import SUBJECTS, Subject
from faults.tracing import Tracer

PROJECT = Path(__file__).parents[2]
FOLDER = PROJECT / "build/faults"
PAIRS = 20
LEAST = 600
"""Scenarios; fewer, and the recording has missed something."""

_SOURCES = (".py", ".yaml", ".toml")

Task = tuple[str, Callable[[], list[str]]]
"""A scenario's name, and what gives the promises that it breaks."""


def main(names: list[str]) -> int:
    begun = time.monotonic()
    if why := tracing.missing():
        print(f"make test-faults: {why}", file=sys.stderr)
        return 1
    # A module that a run had to compile first would be opened once more than in the next run.
    compileall.compile_dir(PROJECT / "src", quiet=1)
    with tempfile.TemporaryDirectory(prefix="faults-", dir=_memory()) as folder:
        workers = _Workers(Path(folder))
        try:
            tasks = [task for task in workers.tasks() if not names or task[0] in names]
            failed = _run(tasks, workers, Passed(FOLDER), afresh=bool(names))
        finally:
            workers.close()
    for name in failed:
        print(f"failed: PYTHONPATH=tests {os.path.relpath(sys.executable)} -m faults.run {name}")
    if not names and len(tasks) < LEAST:
        print(f"only {len(tasks)} scenarios were found, and there are at least {LEAST}")
        return 1
    print(f"{len(tasks) - len(failed)} passed, {len(failed)} failed in {time.monotonic() - begun:.0f} s")
    return 1 if failed or not tasks else 0


def _memory() -> str | None:
    """A file system in memory, where there is one: flushing is judged by the calls, and no disk need be waited for."""
    return next((folder for folder in ("/dev/shm",) if os.access(folder, os.W_OK)), None)


def _run(tasks: list[Task], workers: _Workers, passed: Passed, *, afresh: bool) -> list[str]:
    """The names of those that failed; what they broke is printed."""
    left = [task for task in tasks if afresh or task[0] not in passed]
    failed: list[str] = []
    done = len(tasks) - len(left)
    print(f"{len(tasks)} scenarios, {done} have passed before", flush=True)
    said = time.monotonic()
    for name, broken in workers.each(left):
        done += 1
        if broken:
            failed.append(name)
            print(name, *(f"    {words}" for words in broken), sep="\n", flush=True)
        else:
            passed.add(name)
        if time.monotonic() - said > 10:
            said = time.monotonic()
            print(f"{done} of {len(tasks)}, {len(failed)} failed", flush=True)
    return failed


class Passed:
    """The names of the scenarios that have passed with these sources, in a file that is named after them."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / f"{_sources()}.passed"
        folder.mkdir(parents=True, exist_ok=True)
        for older in set(folder.glob("*.passed")) - {self._path}:
            older.unlink()
        self._names = set(self._path.read_text().split()) if self._path.exists() else set()

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def add(self, name: str) -> None:
        with open(self._path, "a", encoding="utf-8") as file:
            file.write(f"{name}\n")


def _sources() -> str:
    """A hash of all that a scenario depends on."""
    found = hashlib.sha256(sys.version.encode())
    for folder in ("src", "tests/faults"):
        for path in sorted((PROJECT / folder).rglob("*")):
            if path.suffix in _SOURCES and not path.name.startswith("test_"):
                found.update(str(path.relative_to(PROJECT)).encode() + b"\0" + path.read_bytes())
    return found.hexdigest()[:16]


class _Workers:
    """A thread for each core, each with forks of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._threads = ThreadPoolExecutor(len(os.sched_getaffinity(0)))
        self._own = threading.local()
        self._all: list[Forks] = []

    def tasks(self) -> list[Task]:
        """Every scenario; the recordings are made on the way."""
        benches = list(self._threads.map(self._bench, SUBJECTS))
        found: list[Task] = []
        for bench in benches:
            found.append((f"{bench.subject.name}/undisturbed", bench.undisturbed))
            found.append((f"{bench.subject.name}/anew", partial(self._anew, bench)))
            found += [
                (one.name, partial(self._broken, bench, one)) for one in bench.scenarios(every=bench is benches[0])
            ]
        found += [(f"{bench.subject.name}/order", bench.disorder) for bench in benches[:2]]
        found += [(f"pair/{at}", partial(self._pair, benches[0], at)) for at in range(PAIRS)]
        return found

    def each(self, tasks: Iterable[Task]) -> Iterator[tuple[str, list[str]]]:
        running = {self._threads.submit(task): name for name, task in tasks}
        for one in as_completed(running):
            yield running[one], one.result()

    def close(self) -> None:
        self._threads.shutdown(cancel_futures=True)
        for forks in self._all:
            forks.close()

    def _forks(self) -> Forks:
        if not hasattr(self._own, "forks"):
            logs = self._folder / f"forks-{threading.get_ident()}"
            logs.mkdir()
            self._own.forks = Forks(logs)
            self._all.append(self._own.forks)
        forks: Forks = self._own.forks
        return forks

    def _bench(self, subject: Subject) -> Bench:
        forks, folder = self._forks(), self._folder / subject.name
        return Bench(subject, folder, forks, Tracer(forks, folder.with_suffix(".log")).record)

    def _broken(self, bench: Bench, scenario: Scenario) -> list[str]:
        forks, log = self._forks(), self._folder / f"{threading.get_ident()}.log"
        missed = ""
        for _ in range(2):  # the first fork of a process for a subject has to open what it imports
            try:
                broken = bench.broken(scenario, forks, Tracer(forks, log).disturb)
            except tracing.MissedError as error:
                missed = str(error)
            else:
                return [f"at {scenario.call}", *broken] if broken else []
        return [missed]

    def _anew(self, bench: Bench) -> list[str]:
        """What a process that begins anew does otherwise than a fork."""
        world = bench.world.copy(self._folder / f"{bench.subject.name}-anew")
        _, calls = tracing.record_anew(world, bench.subject.command, self._folder / f"{bench.subject.name}-anew.log")
        here, there = ([str(one) for one in found if one.kind != "read"] for found in (calls, bench.calls))
        return [f"a fork does not make the same calls: {one}" for one in unified_diff(here, there, n=0, lineterm="")]

    def _pair(self, bench: Bench, at: int) -> list[str]:
        return pairs.traced(bench.world, self._folder / f"pair-{at}", self._forks(), at)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

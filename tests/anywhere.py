"""``make test-anywhere``: the tests at unlucky hours, and once in an unlucky place as an unlucky user.

The hours: libfaketime moves the whole process and all that it starts, so that a read of the clock that everybody forgot
is moved as well. Every test runs there but the pure ones and the browser's. Monotonic clocks stay, and so do the times
of files, which nothing here compares with the clock.

The place: a copy of the checkout in a folder with a space and an umlaut, next to nothing in the environment, every test
in a random order, by a user made for it where root asks. Everything is taken away again, whatever happens.

::

    python tests/anywhere.py                      all of it
    python tests/anywhere.py evening 2038         some of it
    python tests/anywhere.py place --seed 4711    the same order again
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from negsplit import clock

ROOT: Final = Path(__file__).parent.parent
LOGS: Final = ROOT / "build" / "anywhere"
PYTEST: Final = ("-m", "pytest", "-p", "no:cacheprovider", "-n", "auto", "--maxprocesses", "8")
PLACE: Final = "place"
CRASHED: Final = re.compile(r"worker '\w+' crashed while running '(.+)'")
ENDS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Moment(NamedTuple):
    """Where the clocks are moved to when the tests begin: a time of day, where that is said."""

    local: str
    zone: str

    @property
    def seconds(self) -> float:
        """Since 1970; of an hour that comes twice the first."""
        return dt.datetime.fromisoformat(self.local).replace(tzinfo=ZoneInfo(self.zone)).timestamp()


# Where something happens at the full hour, the tests begin two minutes earlier and go on behind it.
MOMENTS: Final = {
    "evening": Moment("2026-12-05 23:30", "UTC"),
    "new-year": Moment("2026-12-31 23:58", "UTC"),
    "leap-day": Moment("2028-02-29 12:00", "UTC"),
    "berlin-spring": Moment("2027-03-28 01:58", "Europe/Berlin"),
    "berlin-autumn": Moment("2026-10-25 02:58", "Europe/Berlin"),
    "new-york-spring": Moment("2027-03-14 01:58", "America/New_York"),
    "new-york-autumn": Moment("2026-11-01 01:58", "America/New_York"),
    "kiritimati": Moment("2026-12-01 00:30", "Pacific/Kiritimati"),
    "2038": Moment("2038-01-19 03:13", "UTC"),
}


class Missing(Exception):  # noqa: N818 - it is something, not a mistake
    """What a run needs and this machine does not have."""


def main() -> int:
    """The exit status: 0 where every run passed."""
    parser = argparse.ArgumentParser(description="the tests at unlucky hours, and once in an unlucky place")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join([*MOMENTS, PLACE])}; all if none")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6), help="of the random order")
    asked = parser.parse_args()
    names = asked.names or [*MOMENTS, PLACE]
    if unknown := set(names) - {*MOMENTS, PLACE}:
        parser.error(f"there is no {' and no '.join(sorted(unknown))}")
    for one in ENDS:
        signal.signal(one, end)
    LOGS.mkdir(parents=True, exist_ok=True)
    passed = [name for name in names if passes(name, asked.seed)]
    print(f"{len(passed)} of {len(names)} runs passed")
    return len(passed) < len(names)


def end(number: int, _frame: object) -> None:
    """Ends the program by its own way out, which takes everything away again and is not to be interrupted."""
    for one in ENDS:
        signal.signal(one, signal.SIG_IGN)
    sys.exit(128 + number)


def passes(name: str, seed: int) -> bool:
    """Makes one run, and says how it ended."""
    print(f"{name}: ", end="", flush=True)
    try:
        return in_place(seed) if name == PLACE else at_moment(name, MOMENTS[name])
    except Missing as missing:
        print(f"not run: {missing}")
        return False


def ran(name: str, command: list[str | Path], environment: Mapping[str, str], **options: Any) -> bool:
    """Runs the tests into a log and shows what there is to see of it. Nothing of what was started goes on behind it."""
    log = LOGS / f"{name}.log"
    with log.open("w", encoding="utf-8") as out:
        process = subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,
            **options,
        )
        try:
            status = process.wait()
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            for left in Path("/dev/shm").glob(f"*faketime_*_{process.pid}"):
                left.unlink(missing_ok=True)
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines() or ["it said nothing"]
    print(lines[-1].strip("= "), flush=True)
    for line in [line for line in lines if line.startswith(("FAILED", "ERROR"))]:
        print(f"  {line}")
    if status < 0:
        print(f"  ended by signal {-status}")
    if status:
        print(f"  all of it: {log.relative_to(ROOT)}")
    return status == 0


# --- Unlucky hours -----------------------------------------------------------------------------


def at_moment(name: str, moment: Moment) -> bool:
    """Runs what is not pure with every clock on the wall moved."""
    with tempfile.TemporaryDirectory(prefix="negsplit-") as folder, nothing_mounted(Path(folder)):
        environment = os.environ | moved(moment) | {"TMPDIR": folder, "PYTHONDONTWRITEBYTECODE": "1"}
        ask = [sys.executable, "-c", "from negsplit import clock; print(clock.seconds(), clock.today())"]
        said = subprocess.run(ask, env=environment, capture_output=True, text=True, check=True).stdout.split()
        if abs(float(said[0]) - moment.seconds) > 60 or said[1] != moment.local[:10]:
            raise Missing("libfaketime does not move the clock here")
        command = [sys.executable, *PYTEST, "-m", "not pure", "--ignore-glob=*_in_browser.py"]
        return ran(name, command, environment, cwd=ROOT) or passes_by_itself(name, environment)


@contextmanager
def nothing_mounted(folder: Path) -> Iterator[None]:
    """Takes away the volumes that tests mounted below a folder, where they broke down before they did so themselves."""
    try:
        yield
    finally:
        mounts = Path("/proc/mounts")
        for line in mounts.read_text(encoding="utf-8").splitlines() if mounts.exists() else ():
            place = Path(line.split()[1])
            if folder in place.parents:
                subprocess.run(["umount", "--lazy", place], check=False)


def passes_by_itself(name: str, environment: Mapping[str, str]) -> bool:
    """Whether all that failed are tests in which Python itself broke down, and they pass one by one.

    Under libfaketime 0.9.10 it does so once in some thousand tests, and never in the same one.
    """
    lines = (LOGS / f"{name}.log").read_text(encoding="utf-8", errors="replace").splitlines()
    crashed = [match[1] for line in lines if (match := CRASHED.fullmatch(line))]
    failed = [line for line in lines if line.startswith(("FAILED", "ERROR"))]
    if not crashed or len(failed) > len(crashed):
        return False
    print(f"  {len(crashed)} broke down with Python itself; by themselves: ", end="", flush=True)
    return ran(f"{name}-again", [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *crashed], environment)


def moved(moment: Moment) -> dict[str, str]:
    """What moves the clocks of a process, and of all that it starts."""
    found = sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
    if not found:
        raise Missing("Debian's `faketime` is not here: apt-get install faketime")
    try:
        ahead = round(moment.seconds - clock.seconds())
    except ZoneInfoNotFoundError:
        raise Missing(f"the zone {moment.zone} is not known here: apt-get install tzdata") from None
    return {
        "LD_PRELOAD": str(found[0]),
        "FAKETIME": f"{ahead:+}",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "PYTHONPATH": str(ROOT / "tests" / "stopped"),
        "TZ": moment.zone,
    }


# --- An unlucky place --------------------------------------------------------------------------


def in_place(seed: int) -> bool:
    """Runs every test in a random order, where and as whom nobody would."""
    with ExitStack() as until:
        folder = Path(until.enter_context(tempfile.TemporaryDirectory(prefix="negsplit läuft ")))
        print(f"in the order of --seed {seed}, ", end="", flush=True)
        copied(folder / "checkout")
        python = venv_in(folder)
        (folder / "tmp").mkdir()
        who: dict[str, Any] = {}
        if os.geteuid() == 0:
            who = until.enter_context(somebody(folder))
        else:
            print("as you (only root can make another user), ", end="", flush=True)
        environment = {name: os.environ[name] for name in ("PATH", "PYTEST_ADDOPTS") if name in os.environ}
        environment |= {"TMPDIR": str(folder / "tmp"), "TERM": "dumb", "COLUMNS": "40", "LC_ALL": "C"}
        return ran(PLACE, [python, *PYTEST, f"--shuffle={seed}"], environment, cwd=folder / "checkout", **who)


def copied(folder: Path) -> None:
    """Copies what belongs to the checkout: what git knows or would know of, else everything that nobody made."""
    ask = ["git", "-C", ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(ask, capture_output=True, check=False) if (ROOT / ".git").exists() else None
    if listed is None or listed.returncode:
        shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(".venv", ".git", "build", "dist", "__pycache__"))
        return
    for name in filter(None, map(os.fsdecode, listed.stdout.split(b"\0"))):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)


def venv_in(folder: Path) -> Path:
    """An environment with the packages of this one and the copy's source; gives its Python."""
    subprocess.run([runnable_python(), "-m", "venv", "--without-pip", folder / ".venv"], check=True)
    here = Path(sysconfig.get_path("purelib"))
    there = folder / ".venv" / here.relative_to(sys.prefix)
    but = shutil.ignore_patterns("__pycache__", "_editable_impl_*", "mypy*", "ruff*")
    shutil.copytree(here, there, dirs_exist_ok=True, ignore=but)
    # Relative, since Python reads these files in the locale's encoding, and there they have none for an umlaut.
    (there / "checkout.pth").write_text(os.path.relpath(folder / "checkout" / "src", there), encoding="utf-8")
    return folder / ".venv" / "bin" / "python"


def runnable_python() -> str:
    """A Python like this one that another user may run: this one may lie in the home of root."""
    same = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for one in (os.path.realpath(sys.executable), shutil.which(same, path="/usr/local/bin:/usr/bin")):
        if one and (os.geteuid() != 0 or all(folder.stat().st_mode & 0o001 for folder in Path(one).parents)):
            return one
    raise Missing(f"there is no {same} that another user than root may run")


@contextmanager
def somebody(folder: Path) -> Iterator[dict[str, Any]]:
    """A user without rights and without a home, who owns the folder; as :class:`subprocess.Popen` is told it."""
    if not shutil.which("useradd"):
        raise Missing("there is no `useradd` to make a user with")
    name = f"negsplit-{os.getpid()}"
    try:
        subprocess.run(["useradd", "--system", "--no-create-home", "--shell", "/bin/false", name], check=True)
        subprocess.run(["chown", "-R", f"{name}:", folder], check=True)
        print(f"as {name}, ", end="", flush=True)
        yield {"user": name, "group": folder.stat().st_gid, "extra_groups": []}
    finally:
        # By force, since a process of theirs that was killed may not be gone yet.
        subprocess.run(["userdel", "--force", name], check=False, stderr=subprocess.DEVNULL)


if __name__ == "__main__":
    sys.exit(main())

"""A desk of its own for each test, and two ways to run the program there: in process, and as a process."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import platformdirs
import pytest
from click.testing import CliRunner

from account.garmin.double import Double
from account.intervals.double import Double as IntervalsDouble
from account.several import Several
from negsplit.account.garmin.address import Address
from negsplit.account.garmin.tokens import Tokens, TokenStore
from negsplit.cli import main
from negsplit.state import StateFolder
from negsplit.watch.finding import Found
from strategies.spring_plan import PLAN
from watch.fake_watch import TRIED, FakeWatch, fake_watch, fill_in


class Run(NamedTuple):
    """How a run ended, and what it said."""

    status: int
    out: str
    err: str

    @property
    def codes(self) -> list[str]:
        """The codes of the diagnostics on standard error, in order."""
        heads = (line.partition("[")[2].partition("]") for line in self.err.splitlines() if "]: " in line)
        return [code for code, _, _ in heads]


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder: empty, the only thing in a home without configuration."""
    folder = tmp_path / "desk"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NEGSPLIT_CONFIG_DIR", str(tmp_path / "configuration"))
    for name in (
        "NO_COLOR",
        "COLORFGBG",
        "COLUMNS",
        "PYTHONIOENCODING",
        "PYTHONHASHSEED",
        "PYTHONUNBUFFERED",
        "NEGSPLIT_ACCOUNT",
        "NEGSPLIT_BROWSER",
    ):
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture
def write(desk: Path) -> Callable[..., Path]:
    """Writes a file below the desk; without a text, a workout named after it."""

    def written(name: str, text: str | bytes | None = None) -> Path:
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        if text is None:
            text = f"workout: {json.dumps(path.name.partition('.')[0])}\nsteps: 10 min @ RPE 3, 5 min\n"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return written


@pytest.fixture
def cli(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Run]:
    """Runs the command line in this process."""

    def run(*arguments: object, stdin: bytes = b"") -> Run:
        monkeypatch.setattr(sys, "argv", ["negsplit", *map(str, arguments)])
        with CliRunner().isolation(input=stdin) as streams:
            status: Any = None
            try:
                main()
            except SystemExit as end:
                status = end.code
            out, err = (stream.getvalue().decode() for stream in streams[:2])
        return Run(status, out, err)

    return run


@pytest.fixture
def process() -> Callable[..., Run]:
    """Runs the command line in a process of its own."""

    def run(*arguments: object, **options: Any) -> Run:
        command = [sys.executable, "-m", "negsplit", *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, timeout=30, check=False, **options)
        return Run(done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode())

    return run


@pytest.fixture
def heard() -> Iterator[None]:
    """A run of tests in the background may ignore a signal, and its children would too."""
    usual = {signal.SIGINT: signal.default_int_handler, signal.SIGTERM: signal.SIG_DFL, signal.SIGHUP: signal.SIG_DFL}
    before = {number: signal.signal(number, handler) for number, handler in usual.items()}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.fixture
def unheard() -> Callable[..., Run]:
    """Runs the command line in a process whose standard streams are "gone", a pipe that nobody reads from any more,
    "full", "closed", or the default, "heard".
    """

    def run(*arguments: object, out: str = "heard", err: str = "heard", stdin: bytes | None = b"") -> Run:
        closed = [*(["<&-"] if stdin is None else []), *([">&-"] if out == "closed" else [])]
        closed += ["2>&-"] if err == "closed" else []
        reader, gone = os.pipe()
        os.close(reader)
        with open("/dev/full", "wb") as full, open(gone, "wb") as pipe:
            targets = {"heard": subprocess.PIPE, "closed": subprocess.DEVNULL, "gone": pipe, "full": full}
            done = subprocess.run(
                ["sh", "-c", f'exec "$@" {" ".join(closed)}', "sh", sys.executable, "-m", "negsplit", *arguments],
                input=stdin,
                stdout=targets[out],
                stderr=targets[err],
                timeout=60,
                check=False,
            )
        return Run(done.returncode, (done.stdout or b"").decode(), (done.stderr or b"").decode())

    return run


@pytest.fixture
def unprivileged(desk: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A desk where file permissions count: root is nobody for the time of the test."""
    if os.geteuid() != 0:
        yield
        return
    platformdirs.user_state_path()  # which imports more of it: root's Python may be for root alone
    nobody = 65534
    with tempfile.TemporaryDirectory() as folder:
        os.chown(folder, nobody, nobody)
        monkeypatch.chdir(folder)
        os.setresuid(nobody, nobody, 0)  # the real one too, which `os.access` asks for
        try:
            yield
        finally:
            os.setresuid(0, 0, 0)
            monkeypatch.chdir(desk)


HOSTILE = "A\x1b[31mB\x9b2JC\u202eD\u200bE\u2066F\u00adG\x07H\x7fI\nforged\rforged"
"""Escapes, C1, right-to-left override and isolate, zero width, soft hyphen, bell, delete, line ends."""


@pytest.fixture
def hostile() -> str:
    """Text that would like to drive the terminal."""
    return HOSTILE


@pytest.fixture
def hostile_yaml() -> str:
    """The same as a double-quoted scalar of YAML."""
    return '"' + "".join(char if char.isalnum() else f"\\u{ord(char):04x}" for char in HOSTILE) + '"'


@pytest.fixture
def harmless() -> Callable[[str], None]:
    """Asserts that nothing in an output but its own line ends drives a terminal."""
    invisible = {0xAD, 0x61C, 0x180E, 0xFEFF, *range(0x200B, 0x2010), *range(0x2028, 0x202F), *range(0x2060, 0x2070)}

    def check(output: str) -> None:
        bad = [
            char
            for char in output
            if char != "\n" and (ord(char) < 32 or 127 <= ord(char) < 160 or ord(char) in invisible)
        ]
        assert not bad, f"{bad!r} in {output!r}"
        assert not [line for line in output.split("\n") if line.startswith("forged")], output

    return check


@pytest.fixture
def plan(write: Callable[..., Path]) -> Callable[..., Path]:
    """Writes the spring plan with some of its text replaced."""

    def written(*changes: tuple[str, str], name: str = "spring.plan.yaml") -> Path:
        text = PLAN
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        return write(name, text)

    return written


@pytest.fixture
def at_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody is there to answer."""
    monkeypatch.setattr("negsplit.cli.console.is_asked", lambda: True)


@pytest.fixture(params=TRIED)
def watch(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    stop_clock: Callable[[float | str], None],
) -> Iterator[FakeWatch]:
    """Someone's watch on the cable, by each way of those there are, on the morning on which the spring plan begins."""
    stop_clock("2026-11-30 08:00")
    monkeypatch.setenv("NEGSPLIT_STATE_DIR", str(tmp_path / "state"))
    with fake_watch(request.param, tmp_path) as fake:
        fill_in(fake)
        monkeypatch.setattr("negsplit.cli.watch.connection.find", lambda _mount=None: Found([fake.place()], []))
        yield fake


@pytest.fixture
def state_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What is remembered from run to run: nothing yet."""
    folder = tmp_path / "state"
    monkeypatch.setenv("NEGSPLIT_STATE_DIR", str(folder))
    return folder


@pytest.fixture
def service(state_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Double]:
    """A Garmin account on the loopback, asked without pauses; at the end nothing was asked that it does not know."""
    with Double() as running:
        monkeypatch.setenv("NEGSPLIT_CONNECT_URL", running.url)
        monkeypatch.setenv("NEGSPLIT_PAUSE", "0")
        yield running
    assert running.log.violations == []


@pytest.fixture
def log_in(service: Double, state_folder: Path) -> Callable[[], None]:
    """Puts tokens of the account where `account login` leaves them; its own tests and those of groups really log in."""

    def put() -> None:
        issued = service.sessions.issue()
        tokens = Tokens(issued["access_token"], issued["refresh_token"], "GARMIN_CONNECT_MOBILE_ANDROID_DI_2025Q2")
        TokenStore(StateFolder(state_folder), Address(service.url)).write(tokens)

    return put


@pytest.fixture
def intervals(state_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[IntervalsDouble]:
    """An account of intervals.icu on the loopback, in the same way."""
    with IntervalsDouble() as running:
        monkeypatch.setenv("NEGSPLIT_INTERVALS_URL", running.url)
        monkeypatch.setenv("NEGSPLIT_PAUSE", "0")
        yield running
    assert running.log.violations == []


RUNNERS = ("anna", "ben", "cleo")


@pytest.fixture
def accounts(state_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Double]]:
    """A Garmin account for each of three runners, and one for who has no name, all at one address."""
    monkeypatch.setenv("NEGSPLIT_PAUSE", "0")
    doubles = {
        name: Double(profile=number, email=f"{name or 'coach'}@example.org", warm_up=False)
        for number, name in enumerate(("", *RUNNERS), start=4711)
    }
    with Several(*doubles.values()) as service:
        monkeypatch.setenv("NEGSPLIT_CONNECT_URL", service.url)
        yield doubles
    assert [one.log.violations for one in doubles.values()] == [[]] * 4

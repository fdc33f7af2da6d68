"""What every test may ask for."""

from __future__ import annotations

import datetime as dt
import gc
import os
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from strategies.examples import PROFILE, examples

if TYPE_CHECKING:
    from browser import Browser

# The suite is the same every time; `make fuzz` looks where nobody has looked before.
settings.register_profile("steady", derandomize=True, deadline=None, max_examples=examples(100))
settings.register_profile("search", deadline=None, print_blob=True)
settings.load_profile(PROFILE)

BUDGET = 580
"""CPU seconds of the whole suite; docs/decisions.md says how they are counted and who may add to them."""

PURE = {Path(__file__).parent / room for room in ("athlete", "tree", "phrase", "document", "expand")}
"""The rooms whose tests are marked as pure: texts and numbers go in and come out, and no time is in either."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="rewrite the expected texts that stand beside their inputs")
    parser.addoption("--shuffle", type=int, metavar="SEED", help="run the tests in a random order, the same for a seed")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Where nothing pure is asked for, its folders need not even be read."""
    return True if config.option.markexpr == "not pure" and collection_path in PURE else None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if not PURE.isdisjoint(item.path.parents):
            item.add_marker(pytest.mark.pure)
    if (seed := config.getoption("--shuffle")) is not None:
        random.Random(seed).shuffle(items)


@pytest.fixture
def stop_clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[float | str], None]:
    """Stops the clock at seconds since 1970, or at a moment such as ``2026-11-30 18:00`` here.

    For all that goes by ``time.time``: the program, the double of the account, the library between them, which asks
    the clock whether its token is still good, and every Python that the test starts.
    """

    def stop(moment: float | str) -> None:
        at = dt.datetime.fromisoformat(moment).timestamp() if isinstance(moment, str) else moment
        monkeypatch.setattr("time.time", lambda: at)
        monkeypatch.setenv("STOPPED_AT", repr(at))

    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent / "stopped"), prepend=os.pathsep)
    return stop


@pytest.fixture
def in_zone() -> Iterator[Callable[[str], None]]:
    """Moves this computer into a time zone, by POSIX's rule for it, until the end of the test."""
    if not hasattr(time, "tzset"):
        pytest.skip("the time zone cannot be set here")
    with pytest.MonkeyPatch.context() as there:

        def move(rule: str) -> None:
            there.setenv("TZ", rule)
            time.tzset()

        yield move
    time.tzset()


@pytest.hookimpl(tryfirst=True)
def pytest_collection() -> None:
    """The thousands of tests stay to the end: the garbage collector need not look at them each time."""
    gc.disable()


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    gc.freeze()
    gc.enable()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """What the whole suite cost: a note, since machines differ."""
    if config.args_source is pytest.Config.ArgsSource.TESTPATHS:
        times = os.times()
        spent = times.user + times.system + times.children_user + times.children_system
        above = " (too many: see the budget of the tests in docs/decisions.md)" if spent > BUDGET else ""
        terminalreporter.write_line(f"{spent:.0f} CPU seconds of {BUDGET}{above}")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Compares a text with the expected one in a file, or writes it there under ``--update``."""

    def compare(path: Path, text: str) -> None:
        if request.config.getoption("--update"):
            path.write_text(text, encoding="utf-8")
        assert path.exists(), f"{path.name} is missing; `pytest --update` writes it, then read it"
        assert text == path.read_text(encoding="utf-8")

    return compare


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One headless Chromium for all tests; where it must be there, its absence is no excuse."""
    from browser import absent, opened

    if why := absent():
        if os.environ.get("NEGSPLIT_REQUIRE_BROWSER") == "1":
            pytest.fail(f"pages cannot be tested: {why}")
        pytest.skip(why)
    with opened(tmp_path_factory.mktemp("pages")) as window:
        yield window

"""Files as editors save them, and how soon a browser shows that."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from negsplit import clock

if TYPE_CHECKING:
    from browser import Browser

_PATIENCE: Final = 60.0
"""Seconds after which nothing is expected any more, on any machine."""


def text(name: str, reps: int = 4) -> str:
    """A workout of a name."""
    return (
        f"workout: {name}\nsteps:\n  - warmup 15 min @ easy\n  - {reps}x(1 mi @ threshold, 1 min)\n"
        "  - cooldown 10 min @ easy\n"
    )


def by_renaming(path: Path, words: str) -> float:
    """Writes a file beside it and gives that its name; the moment of that, in seconds since 1970."""
    beside = path.with_name(f".{path.name}.swp")
    beside.write_text(words, encoding="utf-8")
    saved = clock.seconds()
    os.replace(beside, path)
    return saved


def by_emptying(path: Path, words: str) -> float:
    """Empties the file and writes into it; the moment before."""
    saved = clock.seconds()
    with open(path, "w", encoding="utf-8") as file:
        file.write(words)
    return saved


WAYS: Final[Mapping[str, Callable[[Path, str], float]]] = {"renaming": by_renaming, "emptying": by_emptying}
"""The two ways in which editors save."""


@contextmanager
def followed(*arguments: object) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """``negsplit show ... --live`` in a process of its own, and the address that it prints."""
    command = [sys.executable, "-m", "negsplit", "show", *map(str, arguments), "--live"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, text=True, **pipes) as process:  # type: ignore[call-overload]
        try:
            assert process.stdout is not None
            yield process, process.stdout.readline().split()[-1]
        finally:
            process.terminate()


def until(holds: Callable[[], Any]) -> Any:
    """What a function returns as soon as that counts as true."""
    end = time.monotonic() + _PATIENCE
    while not (found := holds()):
        assert time.monotonic() < end, "it never came"
        time.sleep(0.01)
    return found


# The name of the workout each time a page is put in, and the moment in ms since 1970.
_NOTING: Final = """
window.shown = []
const note = () => shown.push([document.querySelector('main h1')?.textContent, Date.now()])
new MutationObserver(note).observe(document.querySelector('main'), {childList: true})
"""


def delays(browser: Browser, path: Path, saves: int, written: Callable[[str], str] = text) -> list[float]:
    """Saves a file so often, in both ways in turn; the ms from each save to the change in the window.

    The window shows the file already; ``written`` is its text by the name in it. Each save is waited for, so every one
    of them must arrive.
    """
    browser.run(_NOTING)
    saved = []
    for number in range(saves):
        time.sleep(0.007 * (number % 7))  # not always as long after a look at the file
        way = list(WAYS.values())[number % 2]
        saved.append(way(path, written(f"Save {number}")))
        until(lambda: browser.run("return shown.length") > number)  # noqa: B023
    shown = browser.run("return shown")
    assert [name for name, _ in shown] == [f"Save {number}" for number in range(saves)]
    return [at - 1000 * moment for (_, at), moment in zip(shown, saved, strict=True)]

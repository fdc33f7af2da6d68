"""Which browser of this computer can draw a page without a window: Chromium and those that are made of it."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

VARIABLE: Final = "NEGSPLIT_BROWSER"
"""The environment variable that names another one, by its path or as on the PATH."""

_COMMANDS: Final = (
    *("chromium", "google-chrome", "google-chrome-stable", "microsoft-edge", "microsoft-edge-stable"),
    *("brave-browser", "brave", "vivaldi", "chromium-browser"),
)
"""On the PATH, where Linux has them; `chromium-browser` is last, because on Ubuntu it only says what to install."""
_APPLICATIONS: Final = ("Google Chrome", "Chromium", "Microsoft Edge", "Brave Browser", "Vivaldi")
"""In a folder of applications, where a Mac has them."""
_PROGRAMS: Final = (
    "Google/Chrome/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
    "BraveSoftware/Brave-Browser/Application/brave.exe",
    "Chromium/Application/chrome.exe",
    "Vivaldi/Application/vivaldi.exe",
)
"""In a folder of programs, where Windows has them."""
_FOLDERS: Final = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")


def browser(environ: Mapping[str, str] = os.environ, system: str = sys.platform) -> Path | None:
    """The one that is named in the environment, else the first that is installed; None where there is none."""
    if named := environ.get(VARIABLE):
        found = shutil.which(named, path=environ.get("PATH"))
        return Path(found) if found else None
    return next((path for path in _places(environ, system) if path.is_file()), None)


def _places(environ: Mapping[str, str], system: str) -> Iterator[Path]:
    if system == "darwin":
        for folder in (Path("/Applications"), Path(environ.get("HOME", "/"), "Applications")):
            yield from (folder / f"{name}.app" / "Contents" / "MacOS" / name for name in _APPLICATIONS)
    if system == "win32":
        folders = [Path(environ[name]) for name in _FOLDERS if name in environ]
        yield from (folder / program for program in _PROGRAMS for folder in folders)
    found = (shutil.which(command, path=environ.get("PATH", "")) for command in _COMMANDS)
    yield from (Path(path) for path in found if path)

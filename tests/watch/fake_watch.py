"""The ways into a fake watch, so that the same tests go through each."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol, cast

from negsplit.watch.attached import Watch
from negsplit.watch.door import Door, FolderEntry, Names, WatchPlace
from watch.fake_volume import FakeVolume
from watch.importing import Storing
from watch.watch_content import FOLDERS, NEW_FILES, standard_content

TRIED = ("volume", "mtp")
"""The ways by which a command does all it can."""
WAYS = (*TRIED, "wpd")


class FakeWatch(Storing, Protocol):
    """A watch from its own side, and where it is found."""

    def place(self) -> WatchPlace: ...

    def make_folder(self, path: str) -> None: ...

    def pull(self) -> None: ...

    def fill(self, left: int) -> None: ...

    def write_protect(self) -> None: ...


@contextmanager
def fake_watch(way: str, folder: Path) -> Iterator[FakeWatch]:
    """A watch with nothing on it."""
    if way == "mtp":
        from watch.mtp_double import MtpDouble

        yield MtpDouble()
        return
    if way == "wpd":
        from watch.wpd_double import WpdDouble

        yield WpdDouble()
        return
    with FakeVolume(folder) as volume:
        yield volume


def fill_in(fake: FakeWatch, **changes: bytes) -> None:
    """Someone's watch with workouts of theirs."""
    for folder in FOLDERS:
        fake.make_folder(folder)
    for path, data in {**standard_content(), **changes}.items():
        fake.add(path, data)


def dateless(entries: list[FolderEntry]) -> list[FolderEntry]:
    """What is listed, but for the dates, which are the fakes' own."""
    return [entry._replace(modified=None) for entry in entries]


class Counting:
    """An attached watch that notes the name of every file that is read, in ``read``."""

    def __init__(self, watch: Watch) -> None:
        self.read: list[str] = []
        self.watch = replace(watch, door=cast(Door, _Noting(watch.door, self.read)))


class _Noting:
    def __init__(self, door: Door, noted: list[str]) -> None:
        self._door, self._noted = door, noted

    def __getattr__(self, name: str) -> Any:
        return getattr(self._door, name)

    def read(self, file: Names, most: int) -> bytes:
        self._noted.append(file[-1])
        return self._door.read(file, most)


def waiting(fake: FakeWatch) -> dict[str, bytes]:
    """What waits to be imported, by name."""
    files = fake.files().items()
    return {path.removeprefix(f"{NEW_FILES}/"): data for path, data in files if path.startswith(f"{NEW_FILES}/")}

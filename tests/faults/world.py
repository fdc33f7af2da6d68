"""A desk, what is remembered, and a watch: all that a run may touch, and what it holds at a moment."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from typing import NamedTuple


class Thing(NamedTuple):
    """What stands under a name: its kind, its permissions, and its bytes or where it points to."""

    kind: str
    mode: int
    content: bytes


Snapshot = dict[str, Thing]
"""Everything below a world's root, by its path from there. Pipes are not opened."""


class Ended(NamedTuple):
    """How a run ended, and what it said. The status is minus the signal's number where a signal ended it."""

    status: int
    out: str
    err: str


class World:
    """Folders below one root. A run works in ``desk`` and finds the others by its environment or by their names."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.desk, self.state, self.watch = root / "desk", root / "state", root / "watch"

    def environment(self) -> dict[str, str]:
        """The same for every run, so that each makes the same calls."""
        return {
            "HOME": str(self.root),
            "LC_ALL": "C.UTF-8",
            "NEGSPLIT_CONFIG_DIR": str(self.root / "configuration"),
            "NEGSPLIT_STATE_DIR": str(self.state),
            "PATH": os.defpath,
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONHASHSEED": "0",
        }

    def put(self, name: str, data: str | bytes, mode: int = 0o644) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        path.chmod(mode)

    def put_strange_things(self, folder: str) -> None:
        """What somebody else may have in a folder, some of it called almost as what is ours."""
        for name in ("notes.txt", "mine.fit", ".negsplit-notes.txt", ".0123456789abcdef.tmp"):
            self.put(f"{folder}/{name}", f"mine: {name}\n", 0o604)
        self.put("desk/elsewhere.txt", "mine, and elsewhere\n")
        here = self.root / folder
        os.symlink("../elsewhere.txt", here / "a link.fit")
        os.symlink("nowhere", here / "a link to nothing.ics")
        os.mkfifo(here / "a pipe.fit", 0o600)

    def snapshot(self) -> Snapshot:
        found: Snapshot = {}
        for folder, folders, files in os.walk(self.root):
            for name in (*folders, *files):
                path = Path(folder, name)
                found[path.relative_to(self.root).as_posix()] = _thing(path)
        return found

    def copy(self, root: Path) -> World:
        """Another one that is the same, but for the dates of its files, which are all one."""
        root.mkdir()
        for name, thing in self.snapshot().items():  # a folder comes before what is in it
            path = root / name
            if thing.kind == "link":
                os.symlink(os.fsdecode(thing.content), path)
                continue
            if thing.kind == "folder":
                path.mkdir()
            elif thing.kind == "pipe":
                os.mkfifo(path)
            else:
                path.write_bytes(thing.content)
                os.utime(path, (_WRITTEN, _WRITTEN))
            path.chmod(thing.mode)
        return World(root)


_WRITTEN = 1_000_000_000
"""When each file of a copy was last written, in seconds since 1970: what is remembered by date never is of those."""


def empty_world(root: Path) -> World:
    world = World(root)
    world.desk.mkdir(parents=True)
    return world


def python(*arguments: str) -> list[str]:
    """A command that runs the Python of the tests, which looks for no module in the desk."""
    return [sys.executable, "-P", *arguments]


def _thing(path: Path) -> Thing:
    status = os.lstat(path)
    mode = stat.S_IMODE(status.st_mode)
    if stat.S_ISLNK(status.st_mode):
        return Thing("link", 0, os.fsencode(os.readlink(path)))
    if stat.S_ISDIR(status.st_mode):
        return Thing("folder", mode, b"")
    if stat.S_ISFIFO(status.st_mode):
        return Thing("pipe", mode, b"")
    return Thing("file", mode, path.read_bytes())

"""The journal of a change to many files: a text file that says how far it is, for whoever comes after its end.

Its first line names the process. The second says what will be done, before anything is. `ready` stands below when
everything new is on the disk, so that the change can be carried through; `back`, when it is to be undone. A line
without its end was never written.
"""

from __future__ import annotations

import errno
import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Final, Literal, NamedTuple

from negsplit.files.reading import read
from negsplit.files.work_file import PREFIX

NAME: Final = f"{PREFIX}journal"
_HEAD: Final = b"negsplit journal 1 "
_MAX_BYTES: Final = 4_000_000
"""Two thousand files with the longest names take less than a quarter of it."""
_RUN: Final = re.compile(r"[0-9a-f]{8}")

Phase = Literal["begun", "ready", "back"]


class JournalFile(NamedTuple):
    """A file that a change writes: whether it replaces one, and the CRC-32 of what is to be in it."""

    name: str
    replaces: bool
    checksum: int


class Intent(NamedTuple):
    """What a change will do: the files that it writes, and the names that go."""

    run: str
    files: tuple[JournalFile, ...]
    gone: tuple[str, ...]

    def new(self, number: int) -> str:
        """The temporary name of what is to become the file with that number, from 0."""
        return f"{PREFIX}{self.run}-{number}.new"

    def old(self, number: int) -> str:
        """The temporary name of what the file with that number replaces; behind the files come those that go."""
        return f"{PREFIX}{self.run}-{number}.old"

    def line(self) -> bytes:
        """As a line of the journal."""
        data = {"run": self.run, "files": self.files, "gone": self.gone}
        return json.dumps(data).encode() + b"\n"


class Journal(NamedTuple):
    """What a journal says: who wrote it, what was to be done, and how far that got."""

    process: str
    intent: Intent | None
    phase: Phase


def head() -> bytes:
    """The first line of a journal of this process."""
    return _HEAD + b"%d\n" % os.getpid()


def mark(phase: Phase) -> bytes:
    """The line that says that a change is ready, or goes back."""
    return phase.encode() + b"\n"


def load(path: Path, owns: Callable[[str], bool]) -> Journal:
    """The journal in a file. It may come from anybody: names that are not its own are refused.

    :raises OSError: where it cannot be read; FileExistsError where it is none of ours.
    """
    data = read(path, _MAX_BYTES)
    lines = data.split(b"\n")[:-1]  # what follows the last end of a line was cut off
    if not lines:
        if _HEAD.startswith(data[: len(_HEAD)]) or not data.strip(b"\0"):  # a power cut leaves zeros
            return Journal("", None, "begun")
        raise _strange(path)
    if not lines[0].startswith(_HEAD):
        raise _strange(path)
    process = lines[0].removeprefix(_HEAD).decode("ascii", errors="replace")
    intent = _intent(lines[1], owns, path) if len(lines) > 1 else None
    phase: Phase = "back" if b"back" in lines[2:] else "ready" if b"ready" in lines[2:] else "begun"
    return Journal(process, intent, phase)


def _intent(line: bytes, owns: Callable[[str], bool], path: Path) -> Intent | None:
    try:
        data = json.loads(line)
        files = tuple(
            JournalFile(str(name), bool(replaces), int(checksum)) for name, replaces, checksum in data["files"]
        )
        intent = Intent(str(data["run"]), files, tuple(map(str, data["gone"])))
    except (ValueError, TypeError, KeyError, RecursionError):
        raise _strange(path) from None
    if not _RUN.fullmatch(intent.run) or not all(map(owns, [*(file.name for file in files), *intent.gone])):
        raise _strange(path)
    return intent


def _strange(path: Path) -> FileExistsError:
    return FileExistsError(errno.EEXIST, "it is not a journal of negsplit's", str(path))


def is_open(folder: Path) -> bool:
    """Whether a change to a folder is under way there, or was cut off."""
    return os.path.lexists(folder / NAME)


def process_of(folder: Path) -> str:
    """The number of the process that is at work in a folder; empty where nobody can say."""
    try:
        return load(folder / NAME, lambda _: True).process
    except OSError:
        return ""

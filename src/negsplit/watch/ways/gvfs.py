"""Watches that a GNOME desktop holds: gvfs speaks MTP with them, and its tool `gio` brings and fetches files.

The mount that gvfs shows in the file system is looked at for names alone: writing through it is reported to fail
with "Operation not supported". The host in a URI of gvfs ends in the watch's serial number, so that no URI gets into
a message; and the messages of gvfs are in its user's language, so that hardly anything is read from them.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import takewhile
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import quote, unquote

from negsplit.watch import naming
from negsplit.watch.door import MANIFEST, ROOT, Door, FolderEntry, Names, WatchPlace, located, shown
from negsplit.watch.ejecting import eject_share
from negsplit.watch.errors import Full, Gone, NotThere, ReadOnly, Refused, Taken, Unusable
from negsplit.watch.ways import usb

PATIENCE: Final = 60.0
"""Seconds that one command may take; a file of a workout takes less than one."""
PATIENCE_TO_FIND: Final = 10.0
"""Seconds that gvfs has to say what there is."""

_GARMIN_HOST: Final = "(?:091[eE]|Garmin)_[0-9A-Za-z_.-]+"
"""What udev makes of a watch's vendor, model and serial number (`ID_SERIAL`)."""
_SHARE: Final = re.compile(f"mtp:host=({_GARMIN_HOST})")
_LISTED: Final = re.compile(f"(?:activation_root=|.* -> )mtp://({_GARMIN_HOST})/?")
_PRODUCT_ID: Final = re.compile("[0-9A-Fa-f]{4}")
_MODEL_WORD: Final = re.compile("[A-Za-z]{1,12}|[1-9][0-9]{0,3}[A-Za-z]?")
_ATTRIBUTES: Final = "standard::type,standard::size,time::modified"
_ROW: Final = re.compile(r"(\S+)\t([0-9]+)\t\(([a-z]+)\)(?:.*\btime::modified=([0-9]+))?")
_FREE: Final = re.compile(r"^\s*filesystem::free: ([0-9]+)$", re.MULTILINE)
_FULL: Final = re.compile(r"no space left|store.?full", re.IGNORECASE)
_READ_ONLY: Final = re.compile(r"read.?only|write.?protected", re.IGNORECASE)


# --- Finding -----------------------------------------------------------------------------------


def find(shares: Path | None = None) -> list[WatchPlace]:
    """The Garmins that gvfs has mounted, or could mount. ``shares`` is the folder that shows what it has mounted."""
    program = shutil.which("gio")
    if program is None:
        return []
    gio, places = Gio(program), list[WatchPlace]()
    for host in sorted(_hosts(gio, shares or _shares())):
        where = _where(host)
        alike = sum(place.where.startswith(where) for place in places)
        places.append(_place(gio, host, f"{where} ({alike + 1})" if alike else where))
    return places


def _hosts(gio: Gio, shares: Path | None) -> set[str]:
    """The hosts of the URIs of all Garmins that gvfs knows of."""
    listed = gio.run("mount", "--list", "--detail", patience=PATIENCE_TO_FIND)
    lines = (_LISTED.fullmatch(line.strip()) for line in listed.text.splitlines())
    names = (_SHARE.fullmatch(name) for name in (_names(shares) if shares else ()))
    return {match[1] for match in (*lines, *names) if match}


def _shares() -> Path | None:
    if runtime := os.environ.get("XDG_RUNTIME_DIR"):
        return Path(runtime, "gvfs")
    return Path(f"/run/user/{os.getuid()}/gvfs") if sys.platform != "win32" else None


def _names(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return []


def _place(gio: Gio, host: str, where: str) -> WatchPlace:
    return WatchPlace("gvfs", where, lambda: _opened(gio, host), lambda: eject_share(f"mtp://{host}/"))


def _where(host: str) -> str:
    """A host without its serial number: the model's number, or the words of its name as far as they look like some."""
    vendor, *words = host.split("_")
    likely = _PRODUCT_ID if vendor.casefold() == "091e" else _MODEL_WORD
    return " ".join(["gvfs,", "Garmin", *takewhile(likely.fullmatch, words[:-1])])


def _opened(gio: Gio, host: str) -> Door:
    """A door to the storage that holds the folder GARMIN, of several to the one with the manifest in it.

    The watch is mounted where it is not yet.
    """
    share, mounted = f"mtp://{host}", ""
    try:
        storages = GvfsDoor(gio, share).list(ROOT)
    except Gone:
        if host not in _hosts(gio, None):
            raise
        if not gio.run("mount", "--", share).done:
            raise usb.hindrance(next((one for one in usb.devices() if one.mode == "mtp"), None)) from None
        mounted = share
        storages = GvfsDoor(gio, share).list(ROOT)
    folders = [storage.name for storage in storages if storage.kind == "folder"]
    doors = [GvfsDoor(gio, f"{share}/{quote(name, safe='')}", mounted) for name in folders]
    holding = [door for door in doors if _holds(door, MANIFEST[:1])]
    if not holding:
        raise Unusable("the watch shows no folder `GARMIN`", "unlock it, plug it in again and wait a moment")
    return next((door for door in holding if len(holding) > 1 and _holds(door, MANIFEST)), holding[0])


def _holds(door: Door, place: Names) -> bool:
    try:
        return bool(located(door, place))
    except NotThere:
        return False


# --- Asking gio --------------------------------------------------------------------------------


class Answer(NamedTuple):
    """What a command came to; ``text`` and ``complaint`` may hold a serial number and are for reading alone."""

    done: bool
    text: str
    complaint: str


class Gio:
    """The tool `gio`, run without a shell and in English, with nobody to answer its questions."""

    def __init__(self, program: str) -> None:
        self._program = program

    def run(self, *arguments: str, patience: float | None = None) -> Answer:
        """Runs a command; one that does not end in time is ended, and has failed."""
        try:
            ended = subprocess.run(
                (self._program, *arguments),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=patience or PATIENCE,
                env={**os.environ, "LC_ALL": "C"},
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            return Answer(False, "", "")
        text, complaint = (stream.decode(errors="replace") for stream in (ended.stdout, ended.stderr))
        return Answer(ended.returncode == 0, text, complaint)


# --- The door ----------------------------------------------------------------------------------


class GvfsDoor:
    """A folder behind a URI of gvfs. ``mounted`` is the share that was mounted for it, to be given back."""

    def __init__(self, gio: Gio, uri: str, mounted: str = "") -> None:
        self._gio = gio
        self._uri = uri
        self._mounted = mounted
        self._closed = False

    def list(self, folder: Names) -> list[FolderEntry]:
        naming.check(folder)
        options = ("--hidden", "--nofollow-symlinks", "--print-uris", f"--attributes={_ATTRIBUTES}")
        answer = self._run("list", *options, "--", self._at(folder))
        if not answer.done:
            raise self._unlisted(folder)
        return sorted((_entry(row) for row in answer.text.splitlines()), key=lambda entry: entry[:3])

    def read(self, file: Names, most: int) -> bytes:
        size = self._file(file).size
        if size > most:
            raise Refused(f"`{shown(file)}` has more than {most} bytes")
        with _own_folder() as folder:
            # Not `gio cat`: gvfs reads only from devices that give parts of a file, but copies whole ones from all.
            target = folder / "read"
            answer = self._run("copy", "--no-target-directory", "--", self._at(file), str(target))
            if not answer.done:
                self._file(file)
                raise Unusable(
                    f"the file system (gvfs) cannot read `{shown(file)}`", "unplug the watch, plug it in again"
                )
            with target.open("rb") as copied:
                data = copied.read(most + 1)
        if len(data) > most:
            raise Refused(f"`{shown(file)}` has more than {most} bytes")
        if len(data) != size:
            raise Unusable(f"only {len(data)} of {size} bytes of `{shown(file)}` came", "try again")
        return data

    def put(self, folder: Names, name: str, data: bytes) -> None:
        place = (*folder, name)
        naming.check(place)
        naming.check_free(folder, name, (entry.name for entry in self.list(folder)))
        try:
            self._send(place, data)
            same = [entry for entry in self.list(folder) if entry.name.casefold() == name.casefold()]
            if [entry[:3] for entry in same] != [(name, "file", len(data))]:
                raise Unusable(f"the watch did not keep `{shown(place)}` as it was sent", "restart the watch")
        except (Gone, Taken):
            raise
        except BaseException:
            self._withdraw(place)
            raise

    def remove(self, file: Names) -> None:
        self._file(file)
        if not self._run("remove", "--", self._at(file)).done:
            self._file(file)
            raise Unusable(
                f"the file system (gvfs) cannot remove `{shown(file)}`", "unplug the watch, plug it in again"
            )

    def free(self) -> int | None:
        found = _FREE.search(self._memory())
        return int(found[1]) if found else None

    def close(self) -> None:
        if not self._closed and self._mounted:
            self._gio.run("mount", "--unmount", "--", self._mounted)
        self._closed = True

    def _run(self, *arguments: str) -> Answer:
        if self._closed:
            raise Gone()
        return self._gio.run(*arguments)

    def _memory(self) -> str:
        """What gvfs knows of the storage."""
        attributes = "--attributes=filesystem::free,filesystem::readonly"
        answer = self._run("info", "--filesystem", attributes, "--", self._uri)
        if not answer.done:
            self.list(ROOT)
        return answer.text

    def _at(self, place: Names) -> str:
        return "/".join([self._uri, *(quote(name, safe="", errors="surrogateescape") for name in place)])

    def _send(self, place: Names, data: bytes) -> None:
        with _own_folder() as folder:
            source = folder / "workout"
            source.write_bytes(data)
            # Where the name is taken `--interactive` asks before it writes over it, and hears nothing.
            options = ("--interactive", "--no-target-directory")
            answer = self._run("copy", *options, "--", str(source), self._at(place))
        if answer.done and "overwrite" in answer.text:
            raise Taken(f"there is a `{shown(place)}` already on the watch")
        if answer.done:
            return
        free = self.free()
        if _FULL.search(answer.complaint) or (free is not None and free < len(data)):
            raise Full()
        if "filesystem::readonly: TRUE" in self._memory() or _READ_ONLY.search(answer.complaint):
            raise ReadOnly("the watch cannot be written to", "unlock it and restart it")
        raise Unusable(
            f"the file system (gvfs) cannot write `{shown(place)}`",
            "unplug the watch, plug it in again and try once more",
        )

    def _withdraw(self, place: Names) -> None:
        """Removes what a failed put has left; the name was free before."""
        with suppress(NotThere):
            self._file(place)
            if not self._run("remove", "--", self._at(place)).done:
                self._file(place)
                message = f"a part of `{shown(place)}` is on the watch and cannot be removed"
                raise Unusable(message, "unplug the watch, plug it in again and remove that file")

    def _file(self, file: Names) -> FolderEntry:
        naming.check(file)
        if not file:
            raise Refused("`/` is not a file")
        entry = self._entry(file)
        if entry.kind != "file":
            raise Refused(f"`{shown(file)}` is not a file")
        return entry

    def _entry(self, place: Names) -> FolderEntry:
        found = [entry for entry in self.list(place[:-1]) if entry.name == place[-1]]
        if not found:
            raise NotThere(f"there is no `{shown(place)}` on the watch")
        if len(found) > 1:
            raise naming.ambiguous(place)
        return found[0]

    def _unlisted(self, folder: Names) -> Exception:
        """Why a folder cannot be listed: told from the one above it, and a root that is not listed is gone."""
        if not folder:
            return Gone()
        if self._entry(folder).kind != "folder":
            return Refused(f"`{shown(folder)}` is not a folder")
        return Unusable(f"the file system (gvfs) cannot list `{shown(folder)}`", "unplug the watch, plug it in again")


@contextmanager
def _own_folder() -> Iterator[Path]:
    """A folder that nobody else can look into, for a file on its way."""
    try:
        with tempfile.TemporaryDirectory(prefix="negsplit-") as path:
            yield Path(path)
    except OSError:
        raise Unusable("no temporary file can be made", "set TMPDIR to a folder with room") from None


def _entry(row: str) -> FolderEntry:
    """A row of `gio list`: URI, bytes and kind between tabs, then what else was asked for and is known."""
    if not (match := _ROW.match(row)):
        raise Unusable("`gio list` answers in a way that is not one of the choices")
    name = unquote(match[1].rstrip("/").rpartition("/")[2], errors="surrogateescape")
    if not naming.is_name(name):
        return FolderEntry(name, "other")
    if match[3] == "directory":
        return FolderEntry(name, "folder")
    if match[3] != "regular":
        return FolderEntry(name, "other")
    return FolderEntry(name, "file", int(match[2]), int(match[4] or 0) or None)

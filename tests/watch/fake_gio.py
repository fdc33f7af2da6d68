"""A watch behind a tool that answers as `gio` 2.74 does, for the one folder that stands for gvfs."""

from __future__ import annotations

import ast
import os
import shlex
import shutil
import sys
from pathlib import Path

from negsplit.watch.door import WatchPlace
from negsplit.watch.ways import gvfs

SERIAL = "0000c560c82c"
HOST = f"Garmin_Forerunner_945_{SERIAL}"

TOOL = r'''
import os, sys

# Nothing else is imported: each call is a start of Python.
HOME = os.path.dirname(os.path.abspath(__file__))
STATE = os.path.join(HOME, "state")
PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
with open(STATE) as file:
    state = eval(file.read())
with open(os.path.join(HOME, "calls"), "a") as file:
    print(repr(sys.argv[1:]), file=file)
assert os.environ["LC_ALL"] == "C" and not sys.stdin.read()


def quote(name):
    return "".join(chr(byte) if chr(byte) in PLAIN else "%%%02X" % byte for byte in os.fsencode(name))


def unquote(uri):
    first, *rest = uri.split("%")
    return os.fsdecode(first.encode() + b"".join(bytes.fromhex(one[:2]) + one[2:].encode() for one in rest))


def changed(**changes):
    with open(STATE, "w") as file:
        file.write(repr({**state, **changes}))


def fail(uri, text, code=1):
    sys.stderr.write("gio: %s: %s\n" % (uri, text))
    sys.exit(code)


def path_of(uri):
    """The file behind a URI of the watch."""
    share = "mtp://" + state["host"]
    if not state["plugged"] or not state["mounted"] or not (uri + "/").startswith(share + "/"):
        fail(uri, "The specified location is not mounted", 2)
    assert set(uri[len(share):]) <= set(PLAIN + "%/"), "a URI is percent-encoded"
    return os.path.join(HOME, "watch") + unquote(uri[len(share):])


def used():
    return sum(os.path.getsize(os.path.join(at, name))
               for at, _, names in os.walk(os.path.join(HOME, "watch")) for name in names)


def listed(uri):
    path = path_of(uri)
    if not os.path.exists(path):
        fail(uri, "File not found", 2)
    if not os.path.isdir(path):
        fail(uri, "The file is not a directory", 2)
    for name in os.listdir(path):
        one = os.path.join(path, name)
        kind = "directory" if os.path.isdir(one) else "regular"
        size = 0 if kind == "directory" else os.path.getsize(one)
        print("%s/%s\t%d\t(%s)\ttime::modified=%d" % (uri, quote(name), size, kind, os.path.getmtime(one)))


def copied(source, target, interactive):
    if source.startswith("mtp://"):
        if os.path.isdir(path_of(source)):
            fail(source, "Can't recursively copy directory")
        with open(path_of(source), "rb") as file, open(target, "wb") as copy:
            copy.write(file.read())
        return
    path = path_of(target)
    if os.path.exists(path):
        assert interactive, "the file there would be written over"
        print('copy: overwrite "%s"? ' % target, end="")
        return
    if not os.path.isdir(os.path.dirname(path)):
        fail(source, "Directory doesn't exist")
    if state["read_only"]:
        fail(source, "libmtp error:  Could not send object info.")
    with open(source, "rb") as file:
        data = file.read()
    kept = data[:max(0, state["capacity"] - used())][:len(data) - state["loses"]]
    with open(path, "wb") as file:
        file.write(kept)
    if state["pulls"]:
        changed(plugged=False)
        fail(source, "libmtp error:  PTP I/O Error")
    if state["fails"] or len(kept) < len(data) - state["loses"]:
        fail(source, state["complaint"])


command, options, rest = sys.argv[1], [], sys.argv[2:]
while rest and rest[0] != "--" and rest[0].startswith("-"):
    options.append(rest.pop(0))
if rest[:1] == ["--"]:
    rest.pop(0)
attributes = "--attributes=standard::type,standard::size,time::modified"
known = {
    "list": {"--hidden", "--nofollow-symlinks", "--print-uris", attributes},
    "copy": {"--interactive", "--no-target-directory"},
    "remove": set(),
    "info": {"--filesystem", "--attributes=filesystem::free,filesystem::readonly"},
    "mount": {"--list", "--detail", "--unmount"},
}
assert set(options) <= known[command], options
if command == "list":
    listed(rest[0])
elif command == "copy":
    copied(rest[0], rest[1], "--interactive" in options)
elif command == "remove":
    path = path_of(rest[0])
    if not os.path.exists(path):
        fail(rest[0], "File doesn't exist")
    if state["sticks"]:
        fail(rest[0], "libmtp error:  could not delete object.")
    os.remove(path)
elif command == "info":
    path_of(rest[0])
    print("attributes:")
    if state["read_only"]:
        print("  filesystem::readonly: TRUE")
    if state["tells_free"]:
        print("  filesystem::free: %d" % (state["capacity"] - used()))
elif "--list" in options:
    print("Drive(0): Disk\n  Type: GProxyDrive (GProxyVolumeMonitorUDisks2)")
    if state["plugged"]:
        print("Volume(0): Forerunner 945\n  Type: GProxyVolume (GProxyVolumeMonitorMTP)")
        print("  activation_root=mtp://%s/" % state["host"])
        print("Volume(1): Evil activation_root=mtp://Garmin_x/;reboot\n  activation_root=mtp://Garmin_x/../y")
        print("  activation_root=mtp://SAMSUNG_Phone_1234/")
elif "--unmount" in options or not options:
    if not state["plugged"] or state["held"]:
        fail(rest[0], "Unable to open MTP device \u201c001,007\u201d".encode("ascii", "replace").decode(), 2)
    changed(mounted=not options)
'''


class FakeGio:
    """Stands on the search path of programs as long as ``bin`` does."""

    def __init__(self, tmp_path: Path) -> None:
        self.bin = tmp_path / "bin"
        self.root = self.bin / "watch"
        (self.root / "Primary").mkdir(parents=True)
        (self.root / "Card").mkdir()
        tool = self.bin / "gio"
        script = self.bin / "gio.py"
        script.write_text(TOOL, encoding="utf-8")
        # By a shell, since `#!` takes no path with a space.
        words = shlex.join([sys.executable, "-IS", str(script)])
        tool.write_text(f'#!/bin/sh\nexec {words} "$@"\n', encoding="utf-8")
        tool.chmod(0o755)
        self.state = {
            "host": HOST,
            "plugged": True,
            "mounted": True,
            "read_only": False,
            "tells_free": True,
            "held": False,
            "sticks": False,
            "fails": False,
            "pulls": False,
            "loses": 0,
            "complaint": "libmtp error:  Could not send object.",
            "capacity": 1 << 20,
        }
        self.set()
        self.add("GARMIN/GarminDevice.xml", b"<Device/>")
        (found,) = gvfs_places(tmp_path)
        self._place = found

    def set(self, **changes: object) -> None:
        """Changes what the tool and the watch do from now on."""
        file = self.bin / "state"
        if file.exists():
            self.state = ast.literal_eval(file.read_text(encoding="utf-8"))
        self.state |= changes
        file.write_text(repr(self.state), encoding="utf-8")

    def calls(self) -> list[list[str]]:
        """The arguments of every call."""
        return [ast.literal_eval(line) for line in (self.bin / "calls").read_text(encoding="utf-8").splitlines()]

    def place(self) -> WatchPlace:
        return self._place

    def files(self) -> dict[str, bytes]:
        storage = self.root / "Primary"
        return {
            path.relative_to(storage).as_posix(): path.read_bytes() for path in storage.rglob("*") if path.is_file()
        }

    def add(self, path: str, data: bytes) -> None:
        file = self.root / "Primary" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)

    def delete(self, path: str) -> None:
        (self.root / "Primary" / path).unlink()

    def make_folder(self, path: str) -> None:
        (self.root / "Primary" / path).mkdir(parents=True, exist_ok=True)

    def clear(self) -> None:
        """Deletes everything."""
        shutil.rmtree(self.root / "Primary")
        (self.root / "Primary").mkdir()

    def pull(self) -> None:
        self.set(plugged=False, mounted=False)

    def fill(self, left: int) -> None:
        self.set(capacity=sum(len(data) for data in self.files().values()) + left)

    def write_protect(self) -> None:
        self.set(read_only=True)


def gvfs_places(tmp_path: Path) -> list[WatchPlace]:
    """What is found while the tool of a folder comes first on the search path."""
    before = os.environ.get("PATH", "")
    os.environ["PATH"] = f"{tmp_path / 'bin'}{os.pathsep}{before}"
    try:
        return gvfs.find(tmp_path / "shares")
    finally:
        os.environ["PATH"] = before

"""Has the system let go of a watch, which imports what was copied to it once it is off the cable."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from negsplit.watch.door import WatchPlace
from negsplit.watch.errors import Busy, Unusable

TIMEOUT: Final = 30.0
"""Seconds a command may take: it ends when everything is on the watch."""
MOUNTS: Final = Path("/proc/self/mountinfo")


def eject(place: WatchPlace) -> None:
    """Ejects a watch whose door is closed. Where it returns, the watch can be unplugged.

    :raises WatchError: where the system cannot; its help says what to do by hand.
    """
    if place.way == "volume":
        _EJECT_VOLUME.get(sys.platform, _eject_volume_on_linux)(place.where)
    elif place.let_go is not None:
        place.let_go()


def eject_share(uri: str) -> None:
    """Has gvfs let go of the watch that it shares. The URI holds a serial number and gets into no message.

    :raises WatchError: where it cannot.
    """
    _run("eject the watch in the file manager", "gio", "mount", "--unmount", uri)


def _eject_volume_on_linux(root: str) -> None:
    by_hand = f"eject it in the file manager, or run `sudo umount {shlex.quote(root)}`"
    device = _device_on(root)
    if device is None:
        raise Unusable(f"nothing that can be ejected is mounted at `{root}`", "eject the watch in the file manager")
    if shutil.which("udisksctl") is None:
        _run(by_hand, "gio", "mount", "--eject", root)
        return
    _run(by_hand, "udisksctl", "unmount", "--no-user-interaction", "--block-device", device)
    # Unmounted, it has everything. Without power it also starts to import; a hub that cannot do that does no harm.
    _succeeds("udisksctl", "power-off", "--no-user-interaction", "--block-device", device)


def _eject_volume_on_macos(root: str) -> None:
    _run("drag the watch to the bin, or press the eject button in the Finder", "diskutil", "eject", root)


def _eject_volume_on_windows(root: str) -> None:
    help = "click `Safely Remove Hardware` in the taskbar, choose the watch, then unplug it"
    raise Unusable(f"`{root}` has to be ejected by hand on Windows", help)


_EJECT_VOLUME: Final[dict[str, Callable[[str], None]]] = {
    "darwin": _eject_volume_on_macos,
    "win32": _eject_volume_on_windows,
}


def _device_on(root: str) -> str | None:
    """The block device whose file system is mounted on a folder, None where there is none (proc(5))."""
    device, mounts = None, b""
    with suppress(OSError):
        mounts = MOUNTS.read_bytes()
    for line in mounts.splitlines():
        mount, _, source = line.partition(b" - ")
        if os.fsdecode(_unescaped(mount.split()[4])) == root:
            device = os.fsdecode(_unescaped(source.split()[1]))  # what was mounted last lies on top
    return device if device is not None and device.startswith("/dev/") else None


def _unescaped(field: bytes) -> bytes:
    """Spaces, tabs, line ends and backslashes stand there as three octal digits."""
    return re.sub(rb"\\([0-7]{3})", lambda found: bytes([int(found[1], 8)]), field)


def _run(by_hand: str, *command: str) -> None:
    """Runs a command to its good end. What it prints may hold a serial number, so nothing of it is passed on.

    :raises WatchError: with ``by_hand`` as the help, where there is no such command or it fails.
    """
    try:
        done = _finished(command)
    except OSError:
        raise Unusable(f"`{command[0]}`, which would eject the watch, cannot be run", by_hand) from None
    except subprocess.TimeoutExpired:
        message = f"the system is still busy with the watch after {TIMEOUT:.0f} s"
        raise Busy(message, "do not unplug it yet", by_hand) from None
    if done.returncode and b"busy" in (done.stderr + done.stdout).lower():
        raise Busy("another program is using the watch", "close it", by_hand)
    if done.returncode:
        raise Unusable("the system could not eject the watch", by_hand)


def _succeeds(*command: str) -> bool:
    try:
        return _finished(command).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _finished(command: tuple[str, ...]) -> subprocess.CompletedProcess[bytes]:
    english = {**os.environ, "LC_ALL": "C"}
    return subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, timeout=TIMEOUT, env=english, check=False
    )

"""Garmin devices on the USB bus, and what keeps us from one of them.

Linux tells by files under `/sys` and `/proc`; elsewhere the bus is not looked at. No serial number is ever read.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Literal

from negsplit.frozen import dataclass
from negsplit.watch.errors import Busy, Gone, NotAllowed, Unusable, WatchError

GARMIN: Final = 0x091E
"""The vendor id of Garmin International."""

GPS_PROTOCOL: Final = 0x0003
"""The product id of every device that speaks Garmin's own protocol of the 1990s, which carries no files."""

MASS_STORAGE: Final = "08"
"""The class of a USB interface that shows a disk."""

RULE_FILE: Final = "/etc/udev/rules.d/60-garmin.rules"
RULE: Final = 'SUBSYSTEM=="usb", ATTR{idVendor}=="091e", TAG+="uaccess"'
"""Gives the device to whoever sits at the computer; it has to stand before `73-seat-late.rules`, which does it."""

_GARMIN_GPS: Final = "garmin_gps"
"""The kernel's driver for Garmin's old protocol, which takes newer devices too (libmtp issue 206)."""

_FREES: Final = {
    "gvfsd-mtp": "gio mount --unmount-scheme=mtp",
    "gvfsd-gphoto2": "gio mount --unmount-scheme=gphoto2",
    "kiod5": "killall kiod5",
    "kiod6": "killall kiod6",
}
"""What lets go of a watch on Linux, for each program known to take it; `/proc` names them so."""

_ON_MACOS: Final = (
    "Garmin Express",
    "ptpcamerad",
    "PTPCamera",
    "Image Capture",
    "Photos",
    "Preview",
    "OpenMTP",
    "MacDroid",
    "Adobe Lightroom",
)
"""Programs that were seen to hold a watch there, or a camera of its kind; `ps` names them so."""


@dataclass(frozen=True, slots=True)
class UsbDevice:
    """A Garmin on the bus: its number there changes whenever it is plugged in."""

    bus: int
    number: int
    product_id: int
    name: str
    mode: Literal["mtp", "disk", "gps"]

    @property
    def node(self) -> str:
        """Its file below `/dev/bus/usb`."""
        return f"{self.bus:03}/{self.number:03}"


@dataclass(frozen=True, slots=True)
class UsbSystem:
    """Where this system tells what is on its bus and who runs; the tests have folders of their own."""

    platform: str = sys.platform
    devices: Path = Path("/sys/bus/usb/devices")
    nodes: Path = Path("/dev/bus/usb")
    processes: Path = Path("/proc")


HERE: Final = UsbSystem()


def devices(system: UsbSystem = HERE) -> list[UsbDevice]:
    """The Garmins on the bus, in its order; empty where the system does not tell."""
    try:
        folders = list(system.devices.iterdir())
    except OSError:
        return []
    found = (_device(folder) for folder in folders)
    return sorted((one for one in found if one is not None), key=lambda one: (one.bus, one.number))


def _device(folder: Path) -> UsbDevice | None:
    try:
        if int(_text(folder / "idVendor") or "0", 16) != GARMIN:
            return None
        product_id = int(_text(folder / "idProduct"), 16)
        bus, number = int(_text(folder / "busnum")), int(_text(folder / "devnum"))
    except ValueError:
        return None  # it was unplugged while it was read
    mode: Literal["mtp", "disk", "gps"] = "mtp"
    if product_id == GPS_PROTOCOL:
        mode = "gps"
    elif any(_text(interface) == MASS_STORAGE for interface in folder.glob("*/bInterfaceClass")):
        mode = "disk"
    return UsbDevice(bus, number, product_id, plain(_text(folder / "product")), mode)


def plain(name: str) -> str:
    """A name that a device gives itself, fit to be shown."""
    return "".join(character for character in name if character.isprintable())[:40].strip()


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""


# --- What is in the way ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Holder:
    """A program and what makes it let go. ``seen`` says that it has the watch; else it runs, and takes watches."""

    program: str
    frees: str
    seen: bool


def hindrance(device: UsbDevice | None, system: UsbSystem = HERE) -> WatchError:
    """Why a device that is on the bus cannot be opened; ``None`` where nothing is known of it."""
    if device is not None:
        if device.mode == "gps":
            return gps_mode()
        node = system.nodes / device.node
        if not node.exists():
            return Gone()
        if not os.access(node, os.R_OK | os.W_OK):
            return NotAllowed(
                "you may not use the watch: only root may use its USB device",
                f"put this line into `{RULE_FILE}`: {RULE}",
                "then run `sudo udevadm control --reload` and plug the watch in again",
            )
    held = holders(device, system)
    if not held:
        return perhaps_held()
    programs = " or ".join(f"`{holder.program}`" for holder in held)
    frees = [holder.frees for holder in held]
    if all(holder.seen for holder in held):
        return Busy(f"the watch cannot be opened: {programs} is using it", *frees)
    return Busy(
        f"the watch could not be opened; {programs} may be using it", *frees, "or unplug the watch and plug it in again"
    )


def perhaps_held() -> Busy:
    """What to say of a watch that does not open, where nothing is known of who has it."""
    message = "the watch could not be opened; perhaps another program is using it"
    return Busy(message, "close programs that may be using it, or unplug the watch and plug it in again")


def gps_mode() -> WatchError:
    """What to say of a watch that speaks Garmin's old protocol."""
    return Unusable(
        "the watch shows no files: its USB mode is `Garmin`",
        "set it to `MTP` (or `Mass Storage`) in the watch's settings under System > USB Mode, and plug it in again",
    )


def holders(device: UsbDevice | None = None, system: UsbSystem = HERE) -> list[Holder]:
    """Who has the watch open; where that cannot be seen, who is known to take watches and runs."""
    if system.platform == "darwin":
        running = _running()
        return [Holder(name, f"quit {name}", seen=False) for name in _ON_MACOS if name in running]
    blacklist = f"sudo rmmod {_GARMIN_GPS}; echo blacklist {_GARMIN_GPS} | sudo tee /etc/modprobe.d/{_GARMIN_GPS}.conf"
    loaded = [line.split(" ", 1)[0] for line in _text(system.processes / "modules").splitlines()]
    kernel = [Holder(_GARMIN_GPS, f"run `{blacklist}`", seen=True)] if _GARMIN_GPS in loaded else []
    processes = sorted(_processes(system))
    if device is not None:
        node = str(system.nodes / device.node)
        if opened := {name for name, process in processes if node in _open_files(process)}:
            return [*kernel, *(_holder(name, seen=True) for name in sorted(opened))]
    known = {name for name, _ in processes if name in _FREES or name.startswith("kio_mtp")}
    return kernel or [_holder(name, seen=False) for name in sorted(known)]


def _holder(program: str, *, seen: bool) -> Holder:
    return Holder(program, f"run `{_FREES.get(program, f'killall {shlex.quote(program)}')}`", seen)


def _processes(system: UsbSystem) -> Iterator[tuple[str, Path]]:
    """The names and folders of the processes that run, but for this one."""
    for process in system.processes.glob("[0-9]*"):
        if process.name != str(os.getpid()) and (name := plain(_text(process / "comm"))):
            yield name, process


def _open_files(process: Path) -> set[str]:
    """What a process has open; empty where it is somebody else's."""
    found = set()
    try:
        for descriptor in (process / "fd").iterdir():
            found.add(os.readlink(descriptor))
    except OSError:
        pass  # it ended, or is not ours to look into
    return found


def _running() -> set[str]:
    """The names of the programs that run, as macOS calls them."""
    try:
        command = ("/bin/ps", "-axco", "command")
        listed = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return set()
    return {line.strip() for line in listed.stdout.splitlines()}

"""The watch's end of the cable: a USB device made with the kernel's configfs, plugged and pulled at will."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

GADGETS = Path("/sys/kernel/config/usb_gadget")
CONTROLLERS = Path("/sys/class/udc")
ENGLISH = "0x409"
GARMIN = 0x091E
SERIAL_NUMBER = "0000c0ffee00"

Seen = TypeVar("Seen")


class Gadget:
    """One USB device of one function, named as configfs names it: `ffs.umtp`, `mass_storage.disk`."""

    def __init__(self, product: int, name: str, function: str) -> None:
        self.root = GADGETS / f"{product:04x}"
        self.function = self.root / "functions" / function
        strings, configuration = self.root / "strings" / ENGLISH, self.root / "configs/c.1"
        for made in (self.root, strings, configuration, self.function):
            made.mkdir()
        (self.root / "idVendor").write_text(f"{GARMIN:#06x}")
        (self.root / "idProduct").write_text(f"{product:#06x}")
        (strings / "manufacturer").write_text("Garmin")
        (strings / "product").write_text(name)
        (strings / "serialnumber").write_text(SERIAL_NUMBER)
        (configuration / function).symlink_to(self.function)

    def plug(self) -> None:
        """Puts the cable in; returns when the other end has seen the watch."""
        (controller,) = CONTROLLERS.iterdir()
        (self.root / "UDC").write_text(controller.name)
        once(lambda: (controller / "state").read_text().strip() == "configured")

    def pull(self) -> None:
        """Pulls the cable, whatever goes through it. Harmless when it is out."""
        if (self.root / "UDC").read_text().strip():
            (self.root / "UDC").write_text("\n")


def once(look: Callable[[], Seen], seconds: float = 300) -> Seen:
    """What `look` sees, as soon as it sees anything. Raises `TimeoutError`."""
    end = time.monotonic() + seconds
    while not (seen := look()):
        if time.monotonic() > end:
            raise TimeoutError(f"nothing to be seen after {seconds} s")
        time.sleep(0.005)
    return seen

"""Watches that speak MTP, through libmtp: every newer Garmin on Linux without a desktop, and on macOS."""

from __future__ import annotations

from negsplit.watch.door import Door, WatchPlace
from negsplit.watch.errors import Gone, Unusable
from negsplit.watch.ways import libmtp, usb
from negsplit.watch.ways.containment import contained
from negsplit.watch.ways.libmtp import Attached, Mtp
from negsplit.watch.ways.mtp_device import MtpError
from negsplit.watch.ways.mtp_door import entered


def find(mtp: Mtp | None = None, system: usb.UsbSystem = usb.HERE) -> list[WatchPlace]:
    """The Garmins that libmtp sees. On Linux it is asked only when the bus has one: it opens every device it tries.

    :raises WatchError: where there is one on the bus and it cannot be had.
    """
    on_bus = [device for device in usb.devices(system) if device.mode != "disk"]
    speaking = [device for device in on_bus if device.mode == "mtp"]
    if system.platform == "linux" and not speaking:
        if on_bus:
            raise usb.gps_mode()
        return []
    mtp = mtp or libmtp.load()
    if mtp is None:
        if not speaking:
            return []
        help = "install it: `sudo apt install libmtp9`, `sudo dnf install libmtp` or `sudo pacman -S libmtp`"
        raise Unusable("a Garmin watch is plugged in, but libmtp, which talks to it, is not installed", help)
    attached = _detected(mtp)
    if speaking and not attached:
        raise usb.hindrance(speaking[0], system)
    names = {(device.bus, device.number): device.name for device in speaking}
    return [_place(mtp, one, names.get((one.bus, one.number), ""), system) for one in attached]


def _detected(mtp: Mtp) -> list[Attached]:
    try:
        with contained():
            return [one for one in mtp.detect() if one.vendor_id == usb.GARMIN]
    except MtpError:
        raise Unusable("libmtp cannot look at the USB bus") from None


def _place(mtp: Mtp, attached: Attached, name: str, system: usb.UsbSystem) -> WatchPlace:
    name = name or usb.plain(attached.name) or "Garmin"
    where = f"{name}, USB {attached.bus:03}:{attached.number:03}"
    return WatchPlace("mtp", where, lambda: _opened(mtp, attached, system))


def _opened(mtp: Mtp, attached: Attached, system: usb.UsbSystem) -> Door:
    try:
        with contained():
            device = mtp.open(attached)
    except MtpError:
        if attached not in _detected(mtp):
            raise Gone() from None
        number = (attached.bus, attached.number)
        raise usb.hindrance(
            next((one for one in usb.devices(system) if (one.bus, one.number) == number), None), system
        ) from None
    return entered(device, lambda: attached in _detected(mtp), contained)

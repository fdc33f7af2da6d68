import os
import subprocess
from pathlib import Path

import pytest

from negsplit.watch.errors import Busy, Gone, NotAllowed, Unusable
from negsplit.watch.ways import mtp, usb
from negsplit.watch.ways.usb import Holder, UsbDevice, UsbSystem, devices, hindrance, holders

SERIAL = "0000c560c82c"
WATCH = UsbDevice(1, 7, 0x4C29, "Forerunner 945", "mtp")


class Computer:
    """Folders that tell of a bus and of processes as Linux does."""

    def __init__(self, root: Path, platform: str = "linux") -> None:
        self.system = UsbSystem(platform, root / "devices", root / "nodes", root / "proc")
        for folder in (self.system.devices, self.system.nodes, self.system.processes):
            folder.mkdir()

    def plug(self, port="1-1", vendor="091e", product="4c29", number=7, name="Forerunner 945", kind="06"):
        folder = self.system.devices / port
        (folder / f"{port}:1.0").mkdir(parents=True)
        told = {"idVendor": vendor, "idProduct": product, "busnum": "1", "devnum": str(number), "product": name}
        for file, text in {**told, "serial": SERIAL, f"{port}:1.0/bInterfaceClass": kind}.items():
            (folder / file).write_text(f"{text}\n", encoding="utf-8")
        node = self.system.nodes / "001" / f"{number:03}"
        node.parent.mkdir(exist_ok=True)
        node.touch()
        return node

    def run(self, pid, name, *opened):
        process = self.system.processes / str(pid)
        (process / "fd").mkdir(parents=True)
        (process / "comm").write_text(f"{name}\n")
        for number, file in enumerate(opened):
            (process / "fd" / str(number)).symlink_to(file)


@pytest.fixture
def computer(tmp_path):
    return Computer(tmp_path)


# --- Devices -----------------------------------------------------------------------------------


def test_garmins_are_told_from_all_else_on_the_bus(computer):
    computer.plug("1-2", number=9, product="0a4c", name="FR935\x1b[0m", kind="08")
    computer.plug("1-3", number=8, product="0003", kind="ff")
    computer.plug("1-4", vendor="046d", number=5)
    computer.plug()
    assert devices(computer.system) == [
        WATCH,
        UsbDevice(1, 8, 3, "Forerunner 945", "gps"),
        UsbDevice(1, 9, 0x0A4C, "FR935[0m", "disk"),
    ]
    assert SERIAL not in repr(devices(computer.system))


def test_a_device_that_goes_while_it_is_read_is_passed_over(computer):
    computer.plug()
    (computer.system.devices / "1-1" / "devnum").unlink()
    assert devices(computer.system) == []


def test_a_system_that_does_not_tell_has_none(tmp_path):
    assert devices(UsbSystem("darwin", tmp_path / "nope", tmp_path, tmp_path)) == []


# --- What is in the way ------------------------------------------------------------------------


def test_a_watch_in_the_old_mode_is_told_to_change_it(computer):
    computer.plug(product="0003")
    with pytest.raises(Unusable, match="USB mode") as caught:
        mtp.find(None, computer.system)
    assert "MTP" in caught.value.help[0]
    assert isinstance(hindrance(devices(computer.system)[0], computer.system), Unusable)


def test_without_libmtp_it_is_said_what_to_install(computer, monkeypatch):
    monkeypatch.setattr(mtp.libmtp, "load", lambda: None)
    computer.plug()
    with pytest.raises(Unusable, match="libmtp") as caught:
        mtp.find(None, computer.system)
    assert "libmtp9" in caught.value.help[0]


def test_a_watch_that_shows_a_disk_is_no_matter_of_libmtp(computer, monkeypatch):
    monkeypatch.setattr(mtp.libmtp, "load", lambda: pytest.fail("libmtp is asked"))
    computer.plug(kind="08")
    assert mtp.find(None, computer.system) == []


def test_a_watch_whose_node_is_no_more_is_gone(computer):
    computer.plug().unlink()
    assert isinstance(hindrance(WATCH, computer.system), Gone)


def test_a_node_that_may_not_be_written_asks_for_a_rule(computer, monkeypatch):
    computer.plug()
    monkeypatch.setattr(os, "access", lambda *_: False)
    error = hindrance(WATCH, computer.system)
    assert isinstance(error, NotAllowed)
    assert usb.RULE in error.help[0]
    assert usb.RULE_FILE in error.help[0]
    assert "udevadm" in error.help[1]


def test_who_has_the_node_open_is_named_with_what_frees_it(computer):
    node = computer.plug()
    computer.run(10, "gvfsd-mtp", "/dev/null", node)
    computer.run(11, "kiod6", "/dev/null")
    computer.run(os.getpid(), "python", node)
    assert holders(WATCH, computer.system) == [Holder("gvfsd-mtp", "run `gio mount --unmount-scheme=mtp`", seen=True)]
    error = hindrance(WATCH, computer.system)
    assert isinstance(error, Busy)
    assert error.message == "the watch cannot be opened: `gvfsd-mtp` is using it"
    assert error.help == ("run `gio mount --unmount-scheme=mtp`",)


def test_a_program_that_nobody_knows_is_named_safely(computer):
    computer.run(10, "a b;c", computer.plug())
    assert holders(WATCH, computer.system) == [Holder("a b;c", "run `killall 'a b;c'`", seen=True)]


def test_where_that_cannot_be_seen_those_known_to_take_watches_are_named(computer):
    computer.plug()
    for pid, name in enumerate(["bash", "kiod5", "kio_mtp", "gvfsd"], start=10):
        computer.run(pid, name)
    (computer.system.processes / "self").mkdir()
    assert [(one.program, one.seen) for one in holders(WATCH, computer.system)] == [
        ("kio_mtp", False),
        ("kiod5", False),
    ]
    error = hindrance(WATCH, computer.system)
    assert error.message == "the watch could not be opened; `kio_mtp` or `kiod5` may be using it"
    assert error.help[-1] == "or unplug the watch and plug it in again"


def test_the_kernels_driver_is_unloaded_and_kept_away(computer):
    (computer.system.processes / "modules").write_text(
        "usbserial 57344 1 garmin_gps, Live\ngarmin_gps 24576 0 - Live\n"
    )
    [holder] = holders(None, computer.system)
    assert holder.program == "garmin_gps"
    assert "rmmod garmin_gps" in holder.frees
    assert "blacklist garmin_gps" in holder.frees


def test_nobody_is_accused_without_a_reason(computer):
    (computer.system.processes / "modules").write_text("usbserial 57344 1 garmin_gps, Live\n")
    assert holders(None, computer.system) == []
    error = hindrance(None, computer.system)
    assert isinstance(error, Busy)
    assert error.message == "the watch could not be opened; perhaps another program is using it"


def test_on_macos_the_programs_that_take_watches_are_asked_for_by_name(tmp_path, monkeypatch):
    ran = subprocess.CompletedProcess([], 0, stdout="COMMAND\nlaunchd\nGarmin Express\nptpcamerad\n")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: ran)
    found = holders(None, Computer(tmp_path, "darwin").system)
    assert [holder.program for holder in found] == ["Garmin Express", "ptpcamerad"]
    assert (found[0].frees, found[0].seen) == ("quit Garmin Express", False)
    assert not any("kill" in holder.frees for holder in found)

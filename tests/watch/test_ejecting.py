"""Ejecting a watch: which commands run, and what is said where they fail. The commands here are fakes on PATH."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from negsplit.watch import ejecting
from negsplit.watch.door import Door, WatchPlace
from negsplit.watch.ejecting import eject, eject_share
from negsplit.watch.errors import Busy, Unusable, WatchError
from watch.fake_volume import FakeVolume

SERIAL = "0000c560c82c"
MOUNTS = rf"""22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
36 22 0:31 / /mnt/share rw - cifs //server/share rw
41 22 8:17 / /media/anna/FR\040935 rw,nosuid shared:7 master:2 - vfat /dev/sdb1 rw,uid=1000
42 22 8:33 / /media/anna/old rw - vfat /dev/sdc1 rw
43 42 8:49 / /media/anna/old rw - vfat /dev/sdd1 rw
44 22 8:65 / /media/a\134b\011c rw - vfat /dev/disk\040{SERIAL} rw
"""

Install = Callable[..., None]


@pytest.fixture(autouse=True)
def linux(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "mountinfo").write_text(MOUNTS)
    monkeypatch.setattr(ejecting, "MOUNTS", tmp_path / "mountinfo")
    monkeypatch.setattr(sys, "platform", "linux")


@pytest.fixture
def install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Install:
    """Puts a command on PATH, where nothing else is."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))

    def put(name: str, then: str = "") -> None:
        log = shlex.quote(str(tmp_path / "log"))
        lines = ["#!/bin/sh", f'for word in {name} "$@"; do printf "%s|" "$word"; done >> {log}', f"echo >> {log}"]
        (folder / name).write_text("\n".join([*lines, f"echo {SERIAL}; echo {SERIAL} >&2", then]) + "\n")
        (folder / name).chmod(0o755)

    return put


@pytest.fixture
def ran(tmp_path: Path) -> Callable[[], list[list[str]]]:
    """The commands that ran, each with its arguments."""

    def read() -> list[list[str]]:
        log = tmp_path / "log"
        return [line.split("|")[:-1] for line in log.read_text().splitlines()] if log.exists() else []

    return read


def never() -> Door:
    raise AssertionError("to eject a watch, nobody has to open it")


def volume(where: str) -> WatchPlace:
    return WatchPlace("volume", where, never)


@pytest.mark.parametrize(
    ("where", "device"),
    [
        ("/media/anna/FR 935", "/dev/sdb1"),
        ("/media/anna/old", "/dev/sdd1"),
        ("/media/a\\b\tc", f"/dev/disk {SERIAL}"),
    ],
)
def test_linux_unmounts_the_device_and_turns_it_off(install, ran, where, device):
    install("udisksctl")
    install("gio")
    eject(volume(where))
    assert ran() == [
        ["udisksctl", "unmount", "--no-user-interaction", "--block-device", device],
        ["udisksctl", "power-off", "--no-user-interaction", "--block-device", device],
    ]


def test_what_is_unmounted_may_stay_powered(install, ran):
    install("udisksctl", '[ "$1" = unmount ]')
    eject(volume("/media/anna/FR 935"))
    assert [command[1] for command in ran()] == ["unmount", "power-off"]


def test_without_udisks_gio_is_asked(install, ran):
    install("gio")
    eject(volume("/media/anna/FR 935"))
    assert ran() == [["gio", "mount", "--eject", "/media/anna/FR 935"]]


@pytest.mark.parametrize("where", ["/mnt/share", "/media/anna", "/media/anna/FR\\040935", "/home/anna/watch"])
def test_what_is_no_volume_of_a_device_is_not_ejected(install, ran, where):
    install("udisksctl")
    with pytest.raises(Unusable, match="mounted at"):
        eject(volume(where))
    assert ran() == []


def test_a_folder_somebody_named_is_not_ejected(install, tmp_path):
    with FakeVolume(tmp_path) as fake, pytest.raises(Unusable):
        eject(fake.place())


def test_without_a_list_of_mounts_nothing_is_ejected(install, ran, tmp_path):
    install("udisksctl")
    (tmp_path / "mountinfo").unlink()
    with pytest.raises(Unusable):
        eject(volume("/media/anna/FR 935"))
    assert ran() == []


def test_macos_ejects_by_diskutil(install, ran, monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    install("diskutil")
    eject(volume("/Volumes/GARMIN"))
    assert ran() == [["diskutil", "eject", "/Volumes/GARMIN"]]


def test_on_windows_it_is_said_how(install, monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    with pytest.raises(Unusable) as caught:
        eject(volume("E:\\"))
    assert "Safely Remove Hardware" in caught.value.help[0]


def test_a_watch_over_mtp_is_let_go_of_by_closing_its_door(install, ran):
    eject(WatchPlace("mtp", "bus 1, device 7", never))
    assert ran() == []


def test_a_share_is_let_go_of_by_its_uri(install, ran):
    install("gio")
    eject(WatchPlace("gvfs", "the Forerunner", never, lambda: eject_share(f"mtp://091e_4cda_{SERIAL}/")))
    assert ran() == [["gio", "mount", "--unmount", f"mtp://091e_4cda_{SERIAL}/"]]


def failures(install: Install, then: str) -> list[WatchError]:
    caught = []
    for call in (lambda: eject(volume("/media/anna/FR 935")), lambda: eject_share(f"mtp://091e_4cda_{SERIAL}/")):
        for command in ("udisksctl", "gio"):
            install(command, then)
        with pytest.raises(WatchError) as error:
            call()
        caught.append(error.value)
    return caught


def test_where_a_command_fails_it_is_said_what_to_do_and_never_what_was_printed(install):
    volume_error, share_error = failures(install, "exit 1")
    assert {type(volume_error), type(share_error)} == {Unusable}
    assert volume_error.help == ("eject it in the file manager, or run `sudo umount '/media/anna/FR 935'`",)
    assert share_error.help == ("eject the watch in the file manager",)
    for error in (volume_error, share_error):
        assert SERIAL not in repr((error, error.help, error.__cause__))
        assert error.__suppress_context__ or error.__context__ is None


def test_a_watch_in_use_is_busy(install):
    for error in failures(install, "echo 'target is Busy' >&2; exit 1"):
        assert isinstance(error, Busy)
        assert "close it" in error.help


def test_a_command_that_never_ends_is_ended(install, monkeypatch):
    monkeypatch.setattr(ejecting, "TIMEOUT", 0.05)
    for error in failures(install, "exec /bin/sleep 60"):
        assert isinstance(error, Busy)
        assert "do not unplug it yet" in error.help
        assert SERIAL not in repr((error, error.help))
        assert error.__suppress_context__


def test_without_any_command_it_is_said_what_to_do(install):
    with pytest.raises(Unusable, match="gio") as caught:
        eject(volume("/media/anna/FR 935"))
    assert "sudo umount" in caught.value.help[0]


def test_commands_speak_english(install, monkeypatch, tmp_path):
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    install("gio", f'printf "%s" "$LC_ALL" > "{tmp_path}/language"')
    eject_share("mtp://x/")
    assert (tmp_path / "language").read_text() == "C"


def test_commands_cannot_ask_for_anything(install, tmp_path):
    install("gio", f'read answer && echo "$answer" > "{tmp_path}/answer"; exit 0')
    reader, writer = os.pipe()
    os.write(writer, b"what was typed for another\n")
    ours = os.dup(0)
    os.dup2(reader, 0)
    try:
        eject_share("mtp://x/")
    finally:
        os.dup2(ours, 0)
        for descriptor in (ours, reader, writer):
            os.close(descriptor)
    assert not (tmp_path / "answer").exists()

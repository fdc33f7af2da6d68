"""What only a Windows can show, be it Wine: the commands as they are, SetupAPI, and calls of the thin layer alone."""

import shutil
import sys
import winreg

import com_double
import pytest
from click.testing import CliRunner

from negsplit.cli import main
from negsplit.watch.ways.device_interfaces import portable_device_paths
from negsplit.watch.ways.portable_devices import WindowsPortableDevices
from negsplit.watch.ways.wpd import WpdError
from watch.watch_content import FOLDERS, NEW_FILES, standard_content
from watch.wpd_double import GENERIC_FILE, INTERNAL, NOT_FOUND, PATH, SERIAL, WpdDouble

DEVICES = r"SYSTEM\CurrentControlSet\Control\DeviceClasses\{6ac27878-a6fa-4155-ba85-f98f491d4f33}"
OURS = rf"{DEVICES}\##?#{PATH[4:]}"
INSTANCE = rf"USB\VID_091E&PID_4C29\{SERIAL}"


@pytest.fixture
def opened():
    watch = WpdDouble()
    watch.add("old.fit", b"old")
    com_double.plug(watch)
    device = WindowsPortableDevices().open(PATH)
    yield watch, device
    device.close()


def written(key, **values):
    with winreg.CreateKeyEx(winreg.HKEY_LOCAL_MACHINE, key, 0, winreg.KEY_ALL_ACCESS) as made:
        for name, value in values.items():
            kind = winreg.REG_DWORD if isinstance(value, int) else winreg.REG_SZ
            winreg.SetValueEx(made, name, 0, kind, value)


def test_setupapi_tells_what_is_plugged_in_and_nothing_else():
    """As the drivers of Windows leave it in the registry, of which Wine makes the same use."""
    written(rf"SYSTEM\CurrentControlSet\Enum\{INSTANCE}", ClassGUID="{eec5ad98-8080-425f-922a-dabf3de3f69a}")
    written(OURS, DeviceInstance=INSTANCE)
    written(rf"{OURS}\#", SymbolicLink=PATH)
    written(rf"{OURS}\#\Control", Linked=1)
    assert portable_device_paths() == [PATH]
    written(rf"{OURS}\#\Control", Linked=0)
    assert portable_device_paths() == []


def test_without_commit_there_is_no_file(opened):
    watch, device = opened
    for ends in (False, True):
        target = device.target(INTERNAL, "new.fit", 3)
        assert target.write(b"new") == 3
        if ends:
            target.commit()
        target.close()
        assert ("new.fit" in watch.files()) == ends


def test_an_object_that_is_not_deleted_is_an_error_though_the_call_succeeds(opened):
    watch, device = opened
    (id,) = device.children(INTERNAL)
    assert device.told(id)[:3] == ("old", "old.fit", GENERIC_FILE)
    watch.delete("old.fit")
    with pytest.raises(WpdError) as told:
        device.delete(id)
    assert told.value.hresult == NOT_FOUND


# --- The commands ------------------------------------------------------------------------------


@pytest.fixture
def watch():
    double = WpdDouble()
    for folder in FOLDERS:
        double.make_folder(folder)
    for path, data in standard_content().items():
        double.add(path, data)
    com_double.plug(double)
    return double


@pytest.fixture
def negsplit(monkeypatch, tmp_path):
    """Runs the command line, which finds its watch by itself; its status and what it says."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NEGSPLIT_STATE_DIR", str(tmp_path / "state"))
    (tmp_path / "easy.workout.yaml").write_text("workout: Easy\nsteps: 20 min @ RPE 3\n", encoding="utf-8")

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["negsplit", *arguments])
        with CliRunner().isolation() as streams:
            with pytest.raises(SystemExit) as end:
                main()
            said = "".join(stream.getvalue().decode() for stream in streams[:2])
        assert com_double.alive() == []
        assert SERIAL not in said
        return end.value.code, said

    return run


def test_the_commands_from_end_to_end(watch, negsplit):
    before = watch.files()
    status, said = negsplit("watch", "list")
    assert (status, said.splitlines()[0]) == (
        0,
        "Forerunner 935 (MTP through Windows, Forerunner 945, USB 091e:4c29)",
    )
    for command in (["copy", "easy.workout.yaml"], ["remove", "--yes"]):
        status, said = negsplit("watch", *command)
        assert (status, "--experimental" in said) == (1, True)
    assert watch.files() == before

    status, said = negsplit("watch", "copy", "easy.workout.yaml", "--experimental")
    assert (status, said.splitlines()[0]) == (0, "GARMIN/NewFiles/easy.fit: Easy, 1 step, about 20:00, exact")
    assert negsplit("compile", "easy.workout.yaml", "-o", "easy.fit", "--device", "forerunner-935")[0] == 0
    with open("easy.fit", "rb") as file:
        assert watch.files() == {**before, f"{NEW_FILES}/easy.fit": file.read()}
    status, said = negsplit("watch", "contents")
    assert (status, "1 file waiting in GARMIN/NewFiles to be imported" in said) == (0, True)
    status, said = negsplit("watch", "remove", "--yes", "--experimental")
    assert (status, watch.files()) == (0, before)


def test_a_cable_that_is_pulled_is_said(watch, negsplit, tmp_path):
    negsplit("watch", "copy", "easy.workout.yaml", "--experimental")
    watch.pull_at = watch.calls.index("write") + 5
    watch.delete(f"{NEW_FILES}/easy.fit")
    shutil.rmtree(tmp_path / "state")  # so that the same calls are made again
    status, said = negsplit("watch", "copy", "easy.workout.yaml", "--experimental")
    assert (status, "the cable was pulled" in said) == (1, True)


def test_a_drive_needs_nothing_experimental(negsplit, tmp_path):
    drive = tmp_path / "drive"
    for folder in FOLDERS:
        (drive / folder).mkdir(parents=True)
    for path, data in standard_content().items():
        (drive / path).write_bytes(data)
    status, said = negsplit("watch", "copy", "easy.workout.yaml", "--mount", str(drive))
    assert (status, said.splitlines()[0]) == (0, "GARMIN/NewFiles/easy.fit: Easy, 1 step, about 20:00, exact")
    assert [path.name for path in (drive / NEW_FILES).iterdir()] == ["easy.fit"]
    status, said = negsplit("watch", "contents", "--mount", str(drive))
    assert (status, "1 file waiting in GARMIN/NewFiles to be imported" in said) == (0, True)
    assert negsplit("watch", "remove", "--yes", "--mount", str(drive))[0] == 0
    assert list((drive / NEW_FILES).iterdir()) == []

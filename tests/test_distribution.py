"""What is handed on: the versions that were tested, and what is packed for those who install or build."""

import json
import os
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from email import message_from_bytes
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
CONSTRAINTS = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()

PYTHONS = [re.search(r"3\.\d+$", one)[0] for one in PROJECT["classifiers"] if re.search(r":: 3\.\d+$", one)]
SYSTEMS = {"linux": ("Linux", "posix"), "darwin": ("Darwin", "posix"), "win32": ("Windows", "nt")}


# --- The versions that were tested -----------------------------------------------------------------


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("platform", SYSTEMS)
def test_constraints_name_one_version_in_range_of_each_dependency(python, platform):
    system, os_name = SYSTEMS[platform]
    place = {"python_version": python, "python_full_version": f"{python}.0", "implementation_name": "cpython"}
    place |= {"sys_platform": platform, "platform_system": system, "os_name": os_name}
    exact = [Requirement(line) for line in CONSTRAINTS if not line.startswith("#")]
    here = [one for one in exact if one.marker is None or one.marker.evaluate(place)]
    all_needed = map(Requirement, [*PROJECT["dependencies"], *(one for extra in EXTRAS.values() for one in extra)])
    for needed in (one for one in all_needed if one.marker is None or one.marker.evaluate(place)):
        [version] = [spec.version for one in here if same(one.name, needed.name) for spec in one.specifier]
        assert version in needed.specifier, f"{needed}: run `make constraints`"


def same(name, other):
    return re.sub(r"[-_.]+", "-", name).lower() == re.sub(r"[-_.]+", "-", other).lower()


def test_constraints_name_no_place_where_packages_lie():
    for line in CONSTRAINTS:
        assert re.fullmatch(r"#[^/\\]*|[\w.-]+==[\w.+!]+( ; [\w .'<>=!()]+)?", line)


# --- What is packed --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def packed(tmp_path_factory):
    """The sdist and the wheel, built from what lies here."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-t", "wheel", "-d", folder]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=60)
    return next(folder.glob("*.tar.gz")), next(folder.glob("*.whl"))


def test_the_sdist_is_the_whole_repository(packed):
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this is no git repository, or one of somebody else")
    with tarfile.open(packed[0]) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert names - {"PKG-INFO"} == {name for name in listed.split("\0") if (ROOT / name).is_file()}


def test_the_wheel_is_the_package_and_asks_for_ranges(packed):
    with zipfile.ZipFile(packed[1]) as archive:
        names = archive.namelist()
        about = message_from_bytes(archive.read(next(name for name in names if name.endswith("/METADATA"))))
    assert {name.partition("/")[0].partition("-")[0] for name in names} == {"negsplit"}
    assert not [name for name in names if "constraints" in name]
    asked = [Requirement(one) for one in about.get_all("Requires-Dist")]
    assert len(asked) == len(PROJECT["dependencies"]) + sum(map(len, EXTRAS.values()))
    assert not [str(one) for one in asked if "==" in str(one.specifier)]


def test_the_wheel_has_every_workout_and_plan_that_is_there_to_be_copied(packed, tmp_path):
    """Judged by a run of what is packed, from a folder where the sources are not near."""
    with zipfile.ZipFile(packed[1]) as archive:
        archive.extractall(tmp_path / "installed")
    there, here = tmp_path / "installed" / "negsplit" / "workouts", ROOT / "workouts"
    names = {path.relative_to(here) for path in here.rglob("*.yaml")} - {Path("athlete.yaml")}
    assert {path.relative_to(there) for path in there.rglob("*") if path.is_file()} == names
    assert len(names) > 60
    assert all((there / name).read_bytes() == (here / name).read_bytes() for name in names)
    code = (
        "import json; from negsplit.cli import main; from negsplit.desk.presets import presets; "
        "print(json.dumps(sorted({str(one.folder) for one in presets().values()})), flush=True); main()"
    )
    words = ("check", "preset:half-marathon-12-weeks", "preset:test-5k", "--athlete", "5 km in 22:30")
    env = {**os.environ, "PYTHONPATH": str(tmp_path / "installed")}
    command = [sys.executable, "-c", code, *words]
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, timeout=60, check=True)
    folders, said = done.stdout.splitlines()
    assert str(there) in json.loads(folders)
    assert str(ROOT) not in folders
    assert said == "2 files: no errors"

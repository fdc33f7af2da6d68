"""A fake watch by each way, and a ledger that is nobody's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from negsplit.state import StateFolder
from negsplit.watch.door import Door
from negsplit.watch.ways.volume_files import DescriptorFolder, PathFolder
from watch.fake_volume import FakeVolume
from watch.fake_watch import WAYS, FakeWatch, fake_watch, fill_in


@pytest.fixture(params=WAYS)
def fake(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[FakeWatch]:
    """Someone's watch."""
    with fake_watch(request.param, tmp_path) as watch:
        fill_in(watch)
        yield watch


@pytest.fixture
def state(tmp_path: Path) -> StateFolder:
    """What is remembered from run to run."""
    return StateFolder(tmp_path / "state")


@pytest.fixture(params=[DescriptorFolder, PathFolder])
def volume(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[FakeVolume]:
    with FakeVolume(tmp_path, request.param) as made:
        made.add("GARMIN/GarminDevice.xml", b"<Device/>")
        made.make_folder("GARMIN/NEWFILES")
        yield made


@pytest.fixture
def door(volume: FakeVolume) -> Iterator[Door]:
    opened = volume.place().open()
    yield opened
    opened.close()


@pytest.fixture
def outside(tmp_path: Path) -> Iterator[Path]:
    """A folder that is none of the watch's business, and is as it was when the test is over."""
    folder = tmp_path / "outside"
    folder.mkdir()
    (folder / "diary.fit").write_bytes(b"dear diary")
    yield folder
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {"diary.fit": b"dear diary"}

"""Every watch by every way, each once."""

import pytest

from negsplit.watch import finding
from negsplit.watch.door import WatchPlace
from negsplit.watch.errors import Busy
from negsplit.watch.ways import gvfs, mtp, volumes


def closed():
    raise AssertionError("nothing is opened to be found")


@pytest.fixture
def found(monkeypatch):
    """What is found where the ways find so many, or are barred."""

    def ways(mounted, shared, bare):
        for way, module, there in (("volume", volumes, mounted), ("gvfs", gvfs, shared), ("mtp", mtp, bare)):

            def find(way=way, there=there):
                if isinstance(there, Exception):
                    raise there
                return [WatchPlace(way, f"{way} {number}", closed) for number in range(there)]

            monkeypatch.setattr(module, "find", find)
        return finding.find()

    return ways


@pytest.mark.parametrize(
    ("ways", "places"),
    [
        ((0, 0, 0), []),
        ((1, 0, 0), ["volume 0"]),
        ((1, 0, 1), ["volume 0", "mtp 0"]),
        ((0, 1, 1), ["gvfs 0"]),
        ((0, 1, 2), ["gvfs 0", "mtp 1"]),
        ((2, 1, 0), ["volume 0", "volume 1", "gvfs 0"]),
    ],
)
def test_what_gvfs_holds_is_not_found_again(found, ways, places):
    assert [place.where for place in found(*ways).places] == places


def test_a_way_that_is_barred_does_not_hide_the_others(found):
    barred = Busy("gvfs is using it")
    there = found(1, 0, barred)
    assert [place.where for place in there.places] == ["volume 0"]
    assert there.hindrances == [barred]


def test_what_gvfs_holds_hinders_nobody(found):
    there = found(0, 1, Busy("gvfs is using it"))
    assert [place.where for place in there.places] == ["gvfs 0"]
    assert there.hindrances == []


def test_a_mount_that_is_named_is_the_only_one(tmp_path, found):
    found(1, 1, 1)
    (place,) = finding.find(tmp_path).places
    assert (place.way, place.where) == ("volume", str(tmp_path))

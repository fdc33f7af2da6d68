"""Has pytest reach the double of a watch through Windows' own COM, and see after each test that all was let go of."""

from __future__ import annotations

import atexit
from collections.abc import Iterator

import com_double
import pytest

from negsplit.watch.ways import wpd
from watch.wpd_double import WpdDouble


@pytest.fixture(autouse=True)
def _through_com(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def system(watch: WpdDouble) -> wpd.WindowsSystem:
        com_double.plug(watch)
        return wpd.WindowsSystem(interfaces=watch.interfaces)

    monkeypatch.setattr(WpdDouble, "system", system)
    com_double.violations.clear()
    yield
    assert com_double.violations == []
    assert com_double.alive() == []


@atexit.register  # behind comtypes' own, which ends COM, and so called before it
def _nothing_is_held_when_com_ends() -> None:
    assert com_double.alive() == []

"""A fake watch by each way, and a ledger that is nobody's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from negsplit.state import StateFolder
from watch.ways import WAYS, FakeWatch, fake_watch, fill_in


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

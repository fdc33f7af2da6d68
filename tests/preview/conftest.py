"""A browser for the tests that look at pages, and the workouts they look at."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from browser import Browser


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One headless Chromium for all tests; where it must be there, its absence is no excuse."""
    from browser import absent, opened

    if why := absent():
        if os.environ.get("NEGSPLIT_REQUIRE_BROWSER") == "1":
            pytest.fail(f"pages cannot be tested: {why}")
        pytest.skip(why)
    with opened(tmp_path_factory.mktemp("pages")) as window:
        yield window

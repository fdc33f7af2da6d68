"""Workouts of Garmin Connect as files; what each means was worked out by hand (see the reference material's README)."""

import pytest

from foreign.meaning import DATA, assert_means, expected
from negsplit.foreign import read_foreign

FILES = ("account_simple", "posted_without_ids", "two_targets", "nested")
pytestmark = pytest.mark.skipif(not DATA.exists(), reason="the reference material is not here")


@pytest.mark.parametrize("name", FILES)
def test_each_file_becomes_what_it_means(name):
    path = DATA / "connect" / f"{name}.json"
    (result,) = read_foreign({path.name: path.read_bytes()})
    for one, meant in zip(result.workouts, expected("connect", name), strict=True):
        assert one.name == meant["name"]
        assert one.compiled is not None
        assert_means(one.compiled.fit(), meant["steps"])
